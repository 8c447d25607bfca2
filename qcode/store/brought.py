"""The codings that a merge brought, as far as they are in the tables now."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from typing import Any

from qcode.store.bundle import read_operations
from qcode.store.contributions import doings

_NUMBERS = "SELECT o.id, s.uuid, o.seq FROM operations o JOIN sessions s ON s.id = o.session_id"
_CHANGED = "SELECT row_uuid, before IS NULL, after IS NULL FROM row_changes WHERE operation_id = ? AND table_name = 'codings'"
_CODINGS = (
    "SELECT c.uuid, c.short_id, c.source_id, c.span_start, c.span_end, c.code_id, c.quote, c.memo, s.name FROM codings c "
    "JOIN sources s ON s.id = c.source_id WHERE c.uuid IN (SELECT value FROM json_each(?))"
)
_MEMBERS = (
    "SELECT r.name, count(c.id), count(DISTINCT c.source_id) FROM coders r LEFT JOIN codings c ON c.coder_id = r.id "
    "GROUP BY r.id ORDER BY r.name"
)


def codings_brought(db: sqlite3.Connection, merge: int, back: Collection[str] = ()) -> list[tuple[Any, ...]]:
    """Who, whether newly there, UUID, short ID, source key, start, end, code key, quote and memo of each coding that operations of a merge
    made, brought back or changed, in order of person, source and place. Those of `back` (UUIDs) were gone before it came, and are newly
    there again."""
    numbers = {(session, seq): number for number, session, seq in db.execute(_NUMBERS)}
    newly: dict[tuple[str, str], bool] = {}
    for operation, doing in doings(db, read_operations(db, merge)).items():
        for key, makes, removes in db.execute(_CHANGED, (numbers[operation],)):
            came, went = (removes, makes) if doing.turned else (makes, removes)
            if not went:
                newly[doing.coder, key] = newly.get((doing.coder, key), False) or bool(came)
    there = {row[0]: row for row in db.execute(_CODINGS, (json.dumps(list({key for _, key in newly})),))}
    found = [(coder, is_new or key in back, *there[key]) for (coder, key), is_new in newly.items() if key in there]
    found.sort(key=lambda one: (one[0], one[10], one[5], one[6], one[3]))
    return [one[:10] for one in found]


def count_by_coder(db: sqlite3.Connection) -> list[tuple[str, int, int]]:
    """Each coder's name with how many codings, in how many sources."""
    return db.execute(_MEMBERS).fetchall()


def last_acts(db: sqlite3.Connection) -> dict[str, str]:
    """When each coder, by name, did something last (ISO time)."""
    return dict(db.execute("SELECT coder, max(at) FROM operations GROUP BY coder").fetchall())
