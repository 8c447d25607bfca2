"""The codings that a merge brought, as far as they are in the tables now."""

from __future__ import annotations

import sqlite3
from typing import Any

_BROUGHT = (
    "SELECT c.row_uuid AS uuid, o.coder AS coder, max(c.before IS NULL) AS made FROM merged_operations m "
    "JOIN sessions s ON s.uuid = m.session JOIN operations o ON o.session_id = s.id AND o.seq = m.seq "
    "JOIN row_changes c ON c.operation_id = o.id AND c.table_name = 'codings' AND c.after IS NOT NULL "
    "WHERE m.merge_id = ? GROUP BY c.row_uuid, o.coder"
)
_CODINGS = (
    f"SELECT b.coder, b.made, c.uuid, c.short_id, c.source_id, c.span_start, c.span_end, c.code_id, c.quote, c.memo FROM ({_BROUGHT}) b "
    "JOIN codings c ON c.uuid = b.uuid JOIN sources s ON s.id = c.source_id ORDER BY b.coder, s.name, c.span_start, c.span_end, c.short_id"
)
_MEMBERS = (
    "SELECT r.name, count(c.id), count(DISTINCT c.source_id) FROM coders r LEFT JOIN codings c ON c.coder_id = r.id "
    "GROUP BY r.id ORDER BY r.name"
)


def codings_brought(db: sqlite3.Connection, merge: int) -> list[tuple[Any, ...]]:
    """Who, whether newly made, UUID, short ID, source key, start, end, code key, quote and memo of each coding that operations of a merge
    made or changed, in order of person, source and place."""
    return db.execute(_CODINGS, (merge,)).fetchall()


def count_by_coder(db: sqlite3.Connection) -> list[tuple[str, int, int]]:
    """Each coder's name with how many codings, in how many sources."""
    return db.execute(_MEMBERS).fetchall()


def last_acts(db: sqlite3.Connection) -> dict[str, str]:
    """When each coder, by name, did something last (ISO time)."""
    return dict(db.execute("SELECT coder, max(at) FROM operations GROUP BY coder").fetchall())
