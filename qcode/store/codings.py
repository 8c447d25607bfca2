"""Codings as they are read and found again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from qcode.model.decision import AGREED
from qcode.store.schema import Value

_SAME = (
    "SELECT c.uuid FROM codings c JOIN sources s ON s.id = c.source_id JOIN codes k ON k.id = c.code_id JOIN coders r ON r.id = c.coder_id "
    "WHERE s.uuid = ? AND c.span_start = ? AND c.span_end = ? AND k.uuid = ? AND r.uuid = ?"
)
_BATCH = 500
_PLACES = (
    "SELECT c.uuid, s.uuid, c.span_start, c.span_end, k.uuid, r.uuid FROM codings c JOIN sources s ON s.id = c.source_id "
    "JOIN codes k ON k.id = c.code_id JOIN coders r ON r.id = c.coder_id"
)


def find_same(db: sqlite3.Connection, source: str, start: int, end: int, code: str, coder: str) -> str | None:
    """The UUID of the coding that is this coder's of this code on this very passage; all are UUIDs."""
    row = db.execute(_SAME, (source, start, end, code, coder)).fetchone()
    return None if row is None else str(row[0])


def all_places(db: sqlite3.Connection) -> Iterator[tuple[Value, ...]]:
    """UUID, source, start, end, code and coder of every coding, as UUIDs and code points."""
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


def read_quotes(db: sqlite3.Connection, codes: Sequence[int] | None = None) -> Iterator[tuple[Any, ...]]:
    """Codings with their words, in order of source name and place: UUID, source key, start, end, code key, coder key, short ID, quote,
    context before and after, memo, and whether it contradicts. Of all codes when `codes` (keys) is None."""
    some = "" if codes is None else f"WHERE c.code_id IN ({','.join(map(str, codes))})"
    return db.execute(
        "SELECT c.uuid, c.source_id, c.span_start, c.span_end, c.code_id, c.coder_id, c.short_id, c.quote, c.context_before, "
        f"c.context_after, c.memo, c.contradicts FROM codings c JOIN sources s ON s.id = c.source_id {some} "
        "ORDER BY s.name, c.source_id, c.span_start, c.span_end, c.short_id"
    )


def read_marks(db: sqlite3.Connection) -> list[tuple[int, int, int, int, int]]:
    """Code, source and coder key, start and end of every coding, from an index alone."""
    return db.execute("SELECT code_id, source_id, coder_id, span_start, span_end FROM codings INDEXED BY codings_of_source").fetchall()


def read_contradicting(db: sqlite3.Connection) -> list[tuple[int, int, int, int, int]]:
    """Code, source and coder key, start and end of every coding that is marked as contradicting."""
    return db.execute("SELECT code_id, source_id, coder_id, span_start, span_end FROM codings WHERE contradicts = 1").fetchall()


def count_marks(db: sqlite3.Connection, without: int | None = None) -> list[tuple[int, int, int]]:
    """Code key, source key and how many codings of the one the other has, those of the coder `without` (a key) left out: all that
    counting needs where no passage has cases."""
    others, coder = ("", ()) if without is None else ("WHERE coder_id <> ?", (without,))
    return db.execute(
        f"SELECT code_id, source_id, count(*) FROM codings INDEXED BY codings_of_source {others} GROUP BY source_id, code_id", coder
    ).fetchall()


def count_by(db: sqlite3.Connection, field: str) -> dict[int, int]:
    """How many codings each code, source or coder has, by key; `field` is 'code', 'source' or 'coder'. The layer's count only for the
    layer itself: what it holds is a coder's already."""
    others = "" if field == "coder" else _others(db)
    return dict(db.execute(f"SELECT {field}_id, count(*) FROM codings {others} GROUP BY {field}_id").fetchall())


def _others(db: sqlite3.Connection) -> str:
    """The condition that leaves out the layer 'agreed', '' while there is none: without a condition an index alone answers."""
    row = db.execute("SELECT id FROM coders WHERE name = ?", (AGREED,)).fetchone()
    return f"WHERE coder_id <> {int(row[0])}" if row else ""


_SHOWN = (
    "SELECT s.uuid, c.uuid, c.span_start, c.span_end, k.uuid, r.name, c.memo, c.important, c.contradicts, c.short_id, c.origin "
    "FROM codings c JOIN sources s ON s.id = c.source_id AND s.text_id = c.text_id JOIN codes k ON k.id = c.code_id "
    "JOIN coders r ON r.id = c.coder_id"
)


def codings_in(db: sqlite3.Connection, source: str) -> list[tuple[Any, ...]]:
    """The codings of a source (a UUID) in its present text: UUIDs of source and coding, start, end, the code's UUID, the coder's name,
    memo, important, contradicts, short ID, origin; in no order."""
    return db.execute(f"{_SHOWN} WHERE s.uuid = ?", (source,)).fetchall()


def codings_named(db: sqlite3.Connection, uuids: Sequence[str]) -> list[tuple[Any, ...]]:
    """Those of the codings `uuids` that exist, as `codings_in` gives them."""
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(uuids), _BATCH):
        part = uuids[start : start + _BATCH]
        found.extend(db.execute(f"{_SHOWN} WHERE c.uuid IN ({','.join('?' * len(part))})", part))
    return found


def count_of_coder(db: sqlite3.Connection, coder: str, sources: Sequence[str] | None = None) -> dict[str, int]:
    """How many codings a coder (a name) has in each source by UUID; only in `sources` where these are given."""
    some = "" if sources is None else f"AND s.uuid IN ({','.join('?' * len(sources))})"
    return dict(
        db.execute(
            "SELECT s.uuid, count(*) FROM codings c INDEXED BY codings_of_source JOIN sources s ON s.id = c.source_id "
            f"WHERE c.coder_id = (SELECT id FROM coders WHERE name = ?) {some} GROUP BY c.source_id",
            (coder, *(sources or ())),
        ).fetchall()
    )


def count_by_code(db: sqlite3.Connection) -> dict[str, int]:
    """How many codings each code has, by the code's UUID; without the layer's."""
    counted = f"SELECT code_id, count(*) AS n FROM codings {_others(db)} GROUP BY code_id"
    return dict(db.execute(f"SELECT k.uuid, n FROM ({counted}) JOIN codes k ON k.id = code_id"))

