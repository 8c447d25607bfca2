"""What people do with codes."""

from __future__ import annotations

from collections.abc import Iterable

from qcode.errors import UserError
from qcode.model.colours import canonical_colour, next_colour
from qcode.model.paths import MARK, checked_name
from qcode.project import Project
from qcode.store.codes import read_codes
from qcode.store.journal import Act
from qcode.store.rows import rows_referring
from qcode.store.schema import Values

TEXTS = ("definition", "include", "exclude", "example", "colour")


def create_code(project: Project, name: str, parent: str | None = None, **texts: str) -> str:
    """Make a code below `parent` (a UUID, None for the top) and give its UUID. `texts` are any of `TEXTS`; it gets a colour if it
    is given none.

    Raises UserError when there is one of that name there already.
    """
    return project.transact("create code", f"Create code {name}", lambda act: add_code(act, name, parent, texts))


def add_code(act: Act, name: str, parent: str | None, texts: dict[str, str]) -> str:
    """Make a code as part of an act; see `create_code`."""
    clean = checked_name(name, "code")
    codes = read_codes(act.db)
    siblings = [code for code in codes if code.parent == parent]
    if any(code.name == clean for code in siblings):
        raise UserError(f"There is a code '{clean}' at this place already: choose another name.")
    position = max((code.position for code in siblings), default=0.0) + 1.0
    given = checked_texts(texts)
    colour = given.get("colour") or next_colour(code.colour for code in codes)
    return act.insert("codes", {**given, "name": clean, "parent": parent, "position": position, "colour": colour})


def change_code(project: Project, code: str, **texts: str) -> bool:
    """Set any of name, definition, include, exclude, example and colour. False when nothing was different."""
    values: Values = {**checked_texts({key: text for key, text in texts.items() if key != "name"})}

    def work(act: Act) -> bool:
        if "name" in texts:
            values["name"] = _free_name(act, code, texts["name"])
        return act.update("codes", code, values)

    return project.transact("change code", "Change a code", work)


def move_code(project: Project, code: str, parent: str | None, position: float | None = None) -> bool:
    """Put a code, with all below it, under another one (None: at the top), at `position` among its siblings (None: last).

    Raises UserError when that would put the code below itself, or where there is one of its name.
    """

    def work(act: Act) -> bool:
        codes = {one.uuid: one for one in read_codes(act.db)}
        above = parent
        while above is not None:
            if above == code:
                raise UserError(f"'{codes[code].name}' cannot stand below itself: choose another place.")
            above = codes[above].parent
        siblings = [one for one in codes.values() if one.parent == parent and one.uuid != code]
        if any(one.name == codes[code].name for one in siblings):
            raise UserError(f"There is a code '{codes[code].name}' at that place already: rename one of them first.")
        last = max((one.position for one in siblings), default=0.0) + 1.0
        return act.update("codes", code, {"parent": parent, "position": last if position is None else position})

    return project.transact("move code", "Move a code", work)


def delete_codes(project: Project, codes: Iterable[str]) -> None:
    """Remove codes with all codes below them, all codings of them, what was decided of these, and the summaries of their cells; one act,
    which undo brings back whole."""
    named = list(codes)
    project.transact("delete code", f"Delete {len(named)} codes" if len(named) > 1 else "Delete a code", lambda act: _delete(act, named))


def checked_texts(texts: dict[str, str]) -> dict[str, str]:
    """The texts of a code as they are stored. Raises UserError for a colour that is none."""
    colour = canonical_colour(texts.get("colour", ""))
    if colour is None:
        raise UserError(f"'{texts['colour']}' is not a colour: write a name such as Teal, or # and six digits such as #2a78d6.")
    return {**texts, "colour": colour} if "colour" in texts else texts


def _free_name(act: Act, code: str, name: str) -> str:
    clean = checked_name(name, "code")
    codes = {one.uuid: one for one in read_codes(act.db)}
    if any(one.name == clean and one.uuid != code and one.parent == codes[code].parent for one in codes.values()):
        raise UserError(f"There is a code '{clean}' at this place already: choose another name.")
    return clean


def _delete(act: Act, codes: list[str]) -> None:
    paths = {code.uuid: code.path for code in read_codes(act.db)}
    tops = [paths[code] for code in codes if code in paths]
    gone = [row for row, path in paths.items() if any(path == top or path.startswith(f"{top} {MARK} ") for top in tops)]
    for table in ("codings", "decisions", "summaries"):
        act.delete(table, rows_referring(act.db, table, "code", gone))
    act.delete("codes", gone[::-1])
