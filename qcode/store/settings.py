"""This copy's own settings: who codes in it, where its own history begins. They are neither content nor journal."""

from __future__ import annotations

import sqlite3

#: The coder who works in this copy.
CODER = "coder"
#: The last operation that came with the copy: what Ctrl+Z takes back begins after it.
COPY_BEGINS_AFTER = "copy begins after"

#: Set where codes may not be changed in this copy.
CODEBOOK_LOCKED = "codebook locked"
#: The UUID of the only coder whose work is in this copy, and may be done in it.
BLIND = "blind for"


def read_setting(db: sqlite3.Connection, key: str, default: str = "") -> str:
    """The value kept under `key`."""
    row = db.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
    return default if row is None else str(row[0])


def write_setting(db: sqlite3.Connection, key: str, value: str) -> None:
    """Keep `value` under `key`."""
    db.execute("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value))
