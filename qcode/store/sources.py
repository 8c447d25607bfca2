"""Sources, readings and coders as they are read."""

from __future__ import annotations

import json
import sqlite3
from itertools import chain

from qcode.errors import UserError
from qcode.model.reading import Reading, ReadingStatus
from qcode.model.source import Source
from qcode.store.joined import read_for

_SOURCES = (
    "SELECT s.id, s.uuid, s.name, s.title, s.label, s.language, s.format, t.sha256, t.characters, s.original "
    "FROM sources s JOIN texts t ON t.id = s.text_id"
)


def read_sources(db: sqlite3.Connection) -> list[Source]:
    """All sources by name, without their texts."""
    return [Source(*row) for row in db.execute(f"{_SOURCES} ORDER BY s.name, s.uuid")]


def read_text(db: sqlite3.Connection, sha256: str) -> str:
    """The text a SHA-256 names."""
    return str(db.execute("SELECT content FROM texts WHERE sha256 = ?", (sha256,)).fetchone()[0])


def read_coders(db: sqlite3.Connection) -> dict[str, str]:
    """The coders' names by UUID, in alphabetical order."""
    return dict(db.execute("SELECT uuid, name FROM coders ORDER BY name, uuid").fetchall())


def read_readings(db: sqlite3.Connection) -> list[Reading]:
    """Every coder's status on every source he or she has set one for. Readings of one codebook version share one set of codes."""
    known = read_for(db)
    versions = {
        key: frozenset(chain.from_iterable(known.get(code, (code,)) for code in json.loads(codes)))
        for key, codes in db.execute("SELECT id, codes FROM codebooks")
    }
    nothing: frozenset[str] = frozenset()
    rows = db.execute(
        "SELECT c.uuid, s.uuid, r.status, r.codebook_id FROM readings r JOIN coders c ON c.id = r.coder_id "
        "JOIN sources s ON s.id = r.source_id ORDER BY s.name, c.name"
    )
    return [Reading(coder, source, ReadingStatus(status), versions.get(book, nothing)) for coder, source, status, book in rows]


def text_of(db: sqlite3.Connection, source: str) -> tuple[str, int, str]:
    """SHA-256 and length of the present text of a source (a UUID), and the source's label. Raises UserError when it is gone."""
    row = db.execute(
        "SELECT t.sha256, t.characters, s.label FROM sources s JOIN texts t ON t.id = s.text_id WHERE s.uuid = ?", (source,)
    ).fetchone()
    if row is None:
        raise UserError("The source is not in the project any more: choose another.")
    return str(row[0]), int(row[1]), str(row[2])


def withdrawn_texts(db: sqlite3.Connection) -> set[str]:
    """The SHA-256 of every text whose source was purged."""
    return {sha256 for (sha256,) in db.execute("SELECT sha256 FROM tombstones")}


def find_coder(db: sqlite3.Connection, name: str) -> str | None:
    """The UUID of the coder of that name."""
    row = db.execute("SELECT uuid FROM coders WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def coder_keys(db: sqlite3.Connection) -> dict[int, str]:
    """The coders' names by their key in this file."""
    return dict(db.execute("SELECT id, name FROM coders").fetchall())


def finished_readings(db: sqlite3.Connection) -> list[tuple[int, int, int]]:
    """Source key, coder key and codebook version key of every reading that is finished."""
    return db.execute(
        "SELECT source_id, coder_id, codebook_id FROM readings WHERE status = 'finished' AND codebook_id IS NOT NULL "
        "ORDER BY source_id, coder_id"
    ).fetchall()


def find_source_row(db: sqlite3.Connection, source: str) -> Source | None:
    """The source a UUID names, without its text; None when it is gone."""
    row = db.execute(f"{_SOURCES} WHERE s.uuid = ?", (source,)).fetchone()
    return None if row is None else Source(*row)


def statuses_of(db: sqlite3.Connection, coder: str) -> dict[str, str]:
    """How far a coder (a name) is with each source, by the source's UUID."""
    return dict(
        db.execute(
            "SELECT s.uuid, r.status FROM readings r JOIN sources s ON s.id = r.source_id JOIN coders c ON c.id = r.coder_id "
            "WHERE c.name = ?",
            (coder,),
        ).fetchall()
    )

