"""The content hash: one number for what a project says, whatever way it came to say it."""

from __future__ import annotations

import hashlib
import sqlite3

from qcode.store.rows import content_tables
from qcode.store.schema import Table, key_column

_ROWS_AT_ONCE = 20_000


def content_hash(db: sqlite3.Connection) -> str:
    """SHA-256, in hex, over every row of content: its table, UUID and fields, rows in order of their UUIDs.

    References count as the UUID (or the text's SHA-256) they stand for. Times, journal, sessions, derived columns, integer keys and
    this copy's settings are left out; tombstones of withdrawn sources are in.
    """
    digest = hashlib.sha256()
    for table in content_tables():
        digest.update(f"\x1d{table.name}\n".encode())
        cursor = db.execute(_listing(table))
        while lines := cursor.fetchmany(_ROWS_AT_ONCE):
            digest.update("\n".join([line for (line,) in lines]).encode())
            digest.update(b"\n")
    digest.update(b"\x1dtombstones\n")
    digest.update("\n".join(line for (line,) in db.execute("SELECT uuid || sha256 FROM tombstones ORDER BY uuid")).encode())
    return digest.hexdigest()


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
    return f"SELECT {' || char(31) || '.join(parts)} FROM {table.name} t {' '.join(joins)} ORDER BY t.uuid"
