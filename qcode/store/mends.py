"""What the tables have otherwise than the journal by itself says, so that rows which met in a merge fit together."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable

from qcode.merge.content import Mend, Reason

#: Mends whose partner is a row of the same table that must be looked at together with them.
PAIRED = frozenset((Reason.CUT, Reason.RENAMED, Reason.RELABELLED, Reason.FOLDED, Reason.LENGTHENED))
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def read_mends(db: sqlite3.Connection) -> list[Mend]:
    """Every mend there is, in order."""
    rows = db.execute("SELECT kind, table_name, row_uuid, partner, raw FROM mends ORDER BY id")
    return [Mend(Reason(kind), table, row, partner, json.loads(raw)) for kind, table, row, partner, raw in rows]


def replace_mends(db: sqlite3.Connection, gone: Iterable[Mend], mends: Iterable[Mend]) -> None:
    """Put `mends` in the place of those that are `gone`."""
    db.executemany("DELETE FROM mends WHERE row_uuid = ? AND kind = ?", [(mend.row, mend.reason.value) for mend in gone])
    rows = [(mend.reason.value, mend.table, mend.row, mend.partner, _encode(mend.raw)) for mend in mends]
    db.executemany("INSERT OR REPLACE INTO mends (kind, table_name, row_uuid, partner, raw) VALUES (?, ?, ?, ?, ?)", rows)


def concerning(mends: Iterable[Mend], table: str, rows: Collection[str]) -> list[Mend]:
    """The mends that are decided when somebody touches one of `rows`."""
    return [
        mend
        for mend in mends
        if mend.table == table and (mend.row in rows or (mend.partner in rows and mend.reason in PAIRED))
    ]


def forget(db: sqlite3.Connection, mend: Mend) -> None:
    """Remove one mend."""
    db.execute("DELETE FROM mends WHERE row_uuid = ? AND kind = ?", (mend.row, mend.reason.value))
