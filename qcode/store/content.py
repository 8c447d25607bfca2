"""The content hash: one number for what a project says, whatever way it came to say it.

Codings are most of a project, and an act touches those of few sources; so they are listed in two steps, a SHA-256 for each source and
then those, and the file keeps them (`coding_digests`). One is out of date when its source has more codings than it covers; triggers of
the file forget it when a coding changes or goes. The writer works it out again when it is quiet and when it closes, a reader that needs
it meanwhile for itself. See docs/decisions/0025.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable

from qcode.store.rows import content_tables
from qcode.store.schema import CONTENT, Table, key_column

_CODINGS = "codings"
_KEPT = "SELECT s.uuid, d.sha256 FROM coding_digests d JOIN sources s ON s.id = d.source_id"
# Counting takes 5 ms for 100,000 codings; a trigger on every insert would add 0.35 s to their import.
_STALE = (
    "SELECT s.id, s.uuid FROM sources s LEFT JOIN coding_digests d ON d.source_id = s.id "
    "WHERE d.codings IS NOT (SELECT count(*) FROM codings c WHERE c.source_id = s.id)"
)
_ALL = "SELECT id, uuid FROM sources"


def content_hash(db: sqlite3.Connection, *, from_nothing: bool = False) -> str:
    """SHA-256, in hex, over every row of content: its table, UUID and fields, rows in order of their UUIDs.

    References count as the UUID (or the text's SHA-256) they stand for. Of the codings the SHA-256 for each source, over its codings,
    is listed; a table that came with a later format counts when it holds something, so that old projects keep their hash. Times,
    journal, sessions, derived columns, integer keys and this copy's settings are left out; tombstones of withdrawn sources are in.
    `from_nothing` does not trust the digests the file keeps.
    """
    digest = hashlib.sha256()
    for table in content_tables():
        lines = _coding_lines(db, from_nothing) if table.name == _CODINGS else _lines(db, f"{_listing(table)} ORDER BY t.uuid")
        if lines or table.since == 1:
            digest.update(_section(table.name, lines))
    digest.update(_section("tombstones", _lines(db, "SELECT uuid || sha256 FROM tombstones ORDER BY uuid")))
    return digest.hexdigest()


def keep_digests(db: sqlite3.Connection) -> None:
    """Bring the digests that the file keeps up to date, between acts, on the writing connection."""
    found = _digests(db, [key for key, _ in db.execute(_STALE)])
    if found:
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT OR REPLACE INTO coding_digests (source_id, codings, sha256) VALUES (?, ?, ?)", found)
        db.execute("COMMIT")


def _coding_lines(db: sqlite3.Connection, from_nothing: bool) -> list[str]:
    """UUID of the source and digest of its codings, for every source in order."""
    known = dict(db.execute(_KEPT).fetchall()) if not from_nothing else {}
    uuids = dict(db.execute(_ALL if from_nothing else _STALE).fetchall())
    known.update((uuids[key], sha256) for key, _, sha256 in _digests(db, uuids))
    return [f"{uuid} {known[uuid]}" for uuid in sorted(known)]


def _digests(db: sqlite3.Connection, sources: Iterable[int]) -> list[tuple[int, int, str]]:
    """Key, number of codings and digest of each source that is named by its key."""
    listing = f"{_listing(CONTENT[_CODINGS])} WHERE t.source_id = ? ORDER BY t.uuid"
    listed = ((key, _lines(db, listing, key)) for key in sources)
    return [(key, len(lines), hashlib.sha256(_joined(lines)).hexdigest()) for key, lines in listed]


def _section(name: str, lines: Iterable[str]) -> bytes:
    return f"\x1d{name}\n".encode() + _joined(lines) + b"\n"


def _joined(lines: Iterable[str]) -> bytes:
    return "\n".join(lines).encode()


def _lines(db: sqlite3.Connection, sql: str, *values: int) -> list[str]:
    return [line for (line,) in db.execute(sql, values)]


def _listing(table: Table) -> str:
    """One line of text a row: `quote` tells 1 from '1' and NULL from '', and writes control characters as they are."""
    parts = ["t.uuid"]
    joins = []
    for number, field in enumerate(table.fields):
        column = f"t.{field.column}"
        if field.ref:
            joins.append(f"LEFT JOIN {field.ref} r{number} ON r{number}.id = {column}")
            column = f"r{number}.{key_column(field.ref)}"
        parts.append(f"quote({column})")
    return f"SELECT {' || char(31) || '.join(parts)} FROM {table.name} t {' '.join(joins)}"
