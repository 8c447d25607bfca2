"""What the journal leaves to decide: read anew each time, never stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qcode.merge.content import Content
from qcode.merge.history import OperationId, heads_of
from qcode.merge.lines import Change, Row
from qcode.merge.settling import settle
from qcode.store.journal import last_operations, read_sessions
from qcode.store.mends import PAIRED, read_mends
from qcode.store.replay import REFERENCES
from qcode.store.rows import Rows
from qcode.store.settle import Around

# A row that one session alone wrote to cannot be in dispute.
_WRITTEN_BY_SEVERAL = """
SELECT c.table_name, c.row_uuid FROM row_changes c JOIN operations o ON o.id = c.operation_id
GROUP BY c.row_uuid HAVING min(o.session_id) <> max(o.session_id)
"""
_WHO = (
    "SELECT s.uuid, o.seq, o.coder, o.at FROM operations o JOIN sessions s ON s.id = o.session_id "
    "WHERE o.id IN (SELECT operation_id FROM row_changes WHERE row_uuid IN ({marks}) "
    "UNION SELECT u.id FROM operations u JOIN row_changes c ON c.operation_id = u.undoes_id WHERE c.row_uuid IN ({marks}))"
)
_BATCH = 400


@dataclass(frozen=True)
class Disputes:
    """What is listed, with the lines of the rows concerned that count, in order of rank, and who did each operation that wrote to
    them, and when (ISO time)."""

    content: Content
    lines: Mapping[Row, Sequence[Change]]
    who: Mapping[OperationId, tuple[str, str]]


def read_disputes(db: sqlite3.Connection) -> Disputes:
    """Everything of the project that `db` has open that a person should look at."""
    around = Around(db, Rows(db))
    lines = around.lines(_candidates(db, around))
    content = settle(around.history, lines, REFERENCES, around)
    listed = {(one.table, one.row) for one in content.listed}
    active = {row: around.history.active(lines[row]) for row in listed if row in lines}
    return Disputes(content, active, who_did(db, names_of(lines, listed)))


def count_disputes(db: sqlite3.Connection) -> int:
    """How many things there are to look at."""
    around = Around(db, Rows(db))
    return len(settle(around.history, around.lines(_candidates(db, around)), REFERENCES, around).listed)


def names_of(lines: Mapping[Row, Sequence[Change]], rows: Iterable[Row]) -> set[str]:
    """The UUIDs under which the lines of some rows stand in the journal."""
    return {name for row in rows for name in (row[1], *(line.origin for line in lines.get(row, ()) if line.origin))}


def _candidates(db: sqlite3.Connection, around: Around) -> list[Row]:
    mends = read_mends(db)
    mended = [(mend.table, key) for mend in mends for key in (mend.row, mend.partner if mend.reason in PAIRED else "") if key]
    if not mended and not _ever_met(db):
        return []
    joined = sorted(around.joined.shared()) if around.joined.one else []
    return list(dict.fromkeys([*db.execute(_WRITTEN_BY_SEVERAL).fetchall(), *mended, *joined]))


def _ever_met(db: sqlite3.Connection) -> bool:
    """Whether the journal has acts of copies that went on by themselves: a session that continues several, or one still to come."""
    if db.execute("SELECT 1 FROM sessions WHERE heads LIKE '%],[%' OR heads LIKE '%], [%'").fetchone():
        return True
    return len(heads_of(last_operations(db), read_sessions(db))) > 1


def who_did(db: sqlite3.Connection, keys: Iterable[str]) -> dict[OperationId, tuple[str, str]]:
    """Coder and time (ISO) of each operation that wrote to one of the rows `keys`, or that takes such a one back."""
    found: dict[OperationId, tuple[str, str]] = {}
    every = sorted(set(keys))
    for start in range(0, len(every), _BATCH):
        part = every[start : start + _BATCH]
        marks = ",".join("?" * len(part))
        for session, seq, coder, at in db.execute(_WHO.format(marks=marks), part * 2):
            found[session, seq] = coder, at
    return found
