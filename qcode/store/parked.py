"""What records of merges hold of a source whose consent was withdrawn: acts that were taken back with a merge, and lists of conflicts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from qcode.store.bundle import Bundle, named_by, without_sources
from qcode.store.change_file import from_bytes, to_bytes

#: What stands in for the label of an act that was about a withdrawn source, whatever else it did.
LABEL = "An act about a source withdrawn since"
_TAKING_BACK = (
    "WITH RECURSIVE about(id) AS (SELECT id FROM operations WHERE label = ?1 UNION SELECT o.id FROM operations o "
    "JOIN about a ON o.undoes_id = a.id) UPDATE operations SET label = ?1 WHERE id IN about AND label <> ?1"
)


def is_parked(db: sqlite3.Connection, table: str, row: str) -> bool:
    """Whether a record of a merge has a change of a row of a table."""
    return any((line.table, line.row) == (table, row) for _, bundle in _parked(db) for line in bundle.lines)


def named_in_parked(db: sqlite3.Connection) -> set[str]:
    """The SHA-256 of every text and original that is needed to bring again what was taken back."""
    return {name for _, bundle in _parked(db) for name in named_by(bundle.lines)}


def forget_parked(db: sqlite3.Connection, source: str, rows: Collection[str]) -> set[str]:
    """Take a source, and `rows` that were about it, out of every record of a merge; gives the texts and originals these named."""
    names: set[str] = set()
    for number, bundle in _parked(db):
        names |= named_by(bundle.lines)
        without_sources(bundle, {source}, LABEL, lambda row: row not in rows)
        db.execute("UPDATE merges SET parked = ? WHERE id = ?", (to_bytes(bundle), number))
    for number, report in db.execute("SELECT id, report FROM merges WHERE report <> ''").fetchall():
        plan = json.loads(report)
        plan["conflicts"] = [one for one in plan["conflicts"] if one["row"] not in rows]
        db.execute("UPDATE merges SET report = ? WHERE id = ?", (json.dumps(plan, ensure_ascii=False, separators=(",", ":")), number))
    db.executemany("DELETE FROM mends WHERE row_uuid = ?", [(row,) for row in rows])
    return names


def forget_labels(db: sqlite3.Connection) -> None:
    """Replace the label of every act that takes back one that was about a withdrawn source: it repeats the name."""
    db.execute(_TAKING_BACK, (LABEL,))


def _parked(db: sqlite3.Connection) -> list[tuple[int, Bundle]]:
    rows = db.execute("SELECT id, parked FROM merges WHERE parked IS NOT NULL").fetchall()
    return [(number, from_bytes(parked, "what a merge had brought")) for number, parked in rows]
