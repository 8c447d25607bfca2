"""What records of merges hold of a source whose consent was withdrawn: acts that were taken back with a merge, and lists of conflicts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from qcode.store.bundle import without_sources
from qcode.store.change_file import from_bytes, to_bytes

#: What stands in for the label of an act that was about a withdrawn source.
LABEL = "Removed: consent withdrawn"


def forget_parked(db: sqlite3.Connection, source: str, rows: Collection[str]) -> None:
    """Take a source, and `rows` that were about it, out of every record of a merge."""
    for number, parked in db.execute("SELECT id, parked FROM merges WHERE parked IS NOT NULL").fetchall():
        bundle = from_bytes(parked, "what a merge had brought")
        without_sources(bundle, {source}, LABEL, lambda row: row not in rows)
        db.execute("UPDATE merges SET parked = ? WHERE id = ?", (to_bytes(bundle), number))
    for number, report in db.execute("SELECT id, report FROM merges WHERE report <> ''").fetchall():
        plan = json.loads(report)
        plan["conflicts"] = [one for one in plan["conflicts"] if one["row"] not in rows]
        db.execute("UPDATE merges SET report = ? WHERE id = ?", (json.dumps(plan, ensure_ascii=False, separators=(",", ":")), number))
    db.executemany("DELETE FROM mends WHERE row_uuid = ?", [(row,) for row in rows])
