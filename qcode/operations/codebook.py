"""A codebook from a table: codes that are there are brought up to date, the others are made."""

from __future__ import annotations

from qcode.errors import UserError
from qcode.model.code import CODEBOOK_COLUMNS
from qcode.model.outcome import Outcome
from qcode.model.paths import SEPARATOR
from qcode.model.table import Table
from qcode.operations.codes import TEXTS, add_code, checked_texts
from qcode.operations.columns import name_unused
from qcode.operations.trees import WrittenTree
from qcode.project import Project
from qcode.store.journal import Act
from qcode.store.names import Names, Tree


def import_codebook(project: Project, table: Table, *, strict: bool = False) -> Outcome:
    """Bring the codebook up to date from `table` (columns code, parent, definition, include, exclude, example, colour).

    A code is known by its path; only the columns that are there count and an empty cell changes nothing. Parents may stand in any
    line, or nowhere: then they are made without texts. Refused lines are in the outcome; with `strict` they stop everything.
    """
    table.require(("code",), "codes")
    return project.transact("import codebook", f"Import codebook {table.name}", lambda act: _import(act, table, strict))


def _import(act: Act, table: Table, strict: bool) -> Outcome:
    outcome = Outcome()
    name_unused(outcome, table, CODEBOOK_COLUMNS)
    codes = Names(act.db).codes
    names, parents = table.column("code"), table.optional("parent")
    tree = WrittenTree("code", codes, zip(names, parents, strict=True))
    texts = {field: table.column(field) for field in TEXTS if field in table}
    for number, (name, parent) in enumerate(zip(names, parents, strict=True)):
        try:
            given = checked_texts({field: column[number] for field, column in texts.items() if column[number]})
            path = tree.path(name, parent)
            if path not in codes.uuids:
                ensure_code(act, codes, path, given)
                outcome.imported.append(path)
            elif given and act.update("codes", codes.uuids[path], {**given}):
                outcome.changed.append(path)
        except UserError as error:
            outcome.refuse(table.place(number), str(error))
    outcome.insist(strict)
    return outcome


def ensure_code(act: Act, codes: Tree, path: str, texts: dict[str, str]) -> str:
    """The UUID of the code at `path`, made with all above it if it is not there."""
    if path not in codes.uuids:
        above, _, name = path.rpartition(SEPARATOR)
        parent = ensure_code(act, codes, above, {}) if above else None
        codes.add(path, add_code(act, name, parent, texts))
    return codes.uuids[path]
