"""A project's title, counts and size."""

from __future__ import annotations

import sqlite3

_COUNTED = ("sources", "cases", "codes", "codings")


def project_title(db: sqlite3.Connection) -> str:
    """The title; '' for a project that lost it."""
    row = db.execute("SELECT title FROM project ORDER BY uuid").fetchone()
    return "" if row is None else str(row[0])


def count_rows(db: sqlite3.Connection) -> dict[str, int]:
    """How many sources, cases, codes and codings there are."""
    return {table: int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in _COUNTED}


def languages_of(db: sqlite3.Connection) -> list[str]:
    """The languages given for sources, in alphabetical order."""
    return [language for (language,) in db.execute("SELECT DISTINCT language FROM sources WHERE language <> '' ORDER BY language")]


def format_of(db: sqlite3.Connection) -> int:
    """The file's format."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def size_of(db: sqlite3.Connection) -> int:
    """The size of the project in bytes, whatever of it still lies in SQLite's log beside the file."""
    pages, size = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages) * int(size)
