"""Codings as they are read and found again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from qcode.store.schema import Value

_SAME = (
    "SELECT c.uuid FROM codings c JOIN sources s ON s.id = c.source_id JOIN codes k ON k.id = c.code_id JOIN coders r ON r.id = c.coder_id "
    "WHERE s.uuid = ? AND c.span_start = ? AND c.span_end = ? AND k.uuid = ? AND r.uuid = ?"
)
_PLACES = (
    "SELECT s.uuid, c.span_start, c.span_end, k.uuid, r.uuid FROM codings c JOIN sources s ON s.id = c.source_id "
    "JOIN codes k ON k.id = c.code_id JOIN coders r ON r.id = c.coder_id"
)


def find_same(db: sqlite3.Connection, source: str, start: int, end: int, code: str, coder: str) -> str | None:
    """The UUID of the coding that is this coder's of this code on this very passage; all are UUIDs."""
    row = db.execute(_SAME, (source, start, end, code, coder)).fetchone()
    return None if row is None else str(row[0])


def all_places(db: sqlite3.Connection) -> Iterator[tuple[Value, ...]]:
    """Source, start, end, code and coder of every coding, as UUIDs and code points."""
    return db.execute(_PLACES)


def all_ids(db: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """UUID, short ID and imported ID ('' for none) of every coding."""
    return db.execute("SELECT uuid, short_id, imported_id FROM codings")


def is_short_id_taken(db: sqlite3.Connection, short_id: str) -> bool:
    """Whether a coding has this short ID."""
    return db.execute("SELECT 1 FROM codings WHERE short_id = ?", (short_id,)).fetchone() is not None


def source_of(db: sqlite3.Connection, coding: str) -> str:
    """The UUID of the source a coding stands in."""
    return str(db.execute("SELECT s.uuid FROM codings c JOIN sources s ON s.id = c.source_id WHERE c.uuid = ?", (coding,)).fetchone()[0])
