"""What one person brought in a merge is taken out again, while everything others did stays."""

from __future__ import annotations

from collections.abc import Collection

from qcode.errors import UserError
from qcode.merge.content import Content
from qcode.progress import Progress
from qcode.project import Project
from qcode.store.journal import Act
from qcode.store.merging import brought_by, rows_written
from qcode.store.rows import rows_referring
from qcode.store.schema import CONTENT
from qcode.store.settle import content_without


def take_out(project: Project, merge: int, coder: str, progress: Progress | None = None) -> int:
    """Bring every row that `coder` (a name) wrote to in the acts that merge number `merge` brought to what it would be without them, as
    one act, and give how many rows that are.

    It is an act like any other: it travels, it can be undone, and merging the same file again does not bring back what it removed. What
    others use of it stays. Raises UserError when that merge brought nothing of that coder's.
    """

    def work(act: Act) -> int:
        operations = brought_by(act.db, merge, coder)
        if not operations:
            raise UserError(f"That merge brought nothing by {coder}: look at who did what in its report.")
        rows: dict[str, list[str]] = {}
        for table, key in rows_written(act.db, operations):
            rows.setdefault(table, []).append(key)
        wanted = content_without(act, [(table, key) for table, keys in rows.items() for key in keys], operations)
        changed = _write(act, rows, wanted)
        gone = {table: {key for key in keys if key not in wanted.tables[table]} for table, keys in rows.items()}
        for table in reversed(CONTENT):
            unused = _unused(act, table, gone)
            act.delete(table, unused)
            changed += len(unused)
        return changed

    return project.transact("take out", f"Take out what {coder} did", work, progress)


def _write(act: Act, rows: dict[str, list[str]], wanted: Content) -> int:
    """Give the rows that stay, or come back, the values they would have; how many were different."""
    changed = 0
    for table in CONTENT:
        keys = [key for key in rows.get(table, ()) if key in wanted.tables[table]]
        current = dict(act.rows.read_many(CONTENT[table], keys))
        for key in keys:
            if key in current:
                changed += act.update(table, key, wanted.tables[table][key])
            else:
                act.insert(table, wanted.tables[table][key], key)
                changed += 1
        act.progress.step(act.changes.label, changed, 0)
    return changed


def _unused(act: Act, table: str, gone: dict[str, set[str]]) -> list[str]:
    """Those of the rows to remove that no row refers to which stays; rows below them are looked at first."""
    left = sorted(key for key in gone.get(table, ()) if act.rows.has(table, key))
    while True:
        unused = [key for key in left if not _users(act, table, key, set(left))]
        if len(unused) == len(left):
            return left
        left = unused


def _users(act: Act, table: str, key: str, going: Collection[str]) -> bool:
    """Whether a row that is not `going` itself refers to a row."""
    for other in CONTENT.values():
        for given in other.references:
            if given.ref == table:
                users = rows_referring(act.db, other.name, given.name, [key])
                if any(other.name != table or user not in going for user in users):
                    return True
    return False
