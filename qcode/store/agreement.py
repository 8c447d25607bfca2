"""What measuring agreement reads: the codings of some coders, and the texts and paragraphs of some sources."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator


def marks_of(db: sqlite3.Connection, coders: Collection[int], source: int | None = None) -> list[tuple[int, int, int, int, int]]:
    """Source, code and coder key, start and end of every coding by `coders` (keys) in its source's present text, by source; of one
    `source` (a key) only, where that is given."""
    one, which = ("", ()) if source is None else ("AND c.source_id = ?", (source,))
    return db.execute(
        "SELECT c.source_id, c.code_id, c.coder_id, c.span_start, c.span_end FROM codings c JOIN sources s ON s.id = c.source_id "
        f"WHERE c.coder_id IN (SELECT value FROM json_each(?)) AND c.text_id = s.text_id {one} ORDER BY c.source_id",
        (json.dumps(list(coders)), *which),
    ).fetchall()


def decisions_of(db: sqlite3.Connection, only: str = "") -> Iterator[tuple[str, str, str, str, str, str, str, str, int, int]]:
    """Of every decision, or those in the source `only` (a UUID): the UUIDs of the source, the code and itself, the two coders' names,
    outcome, reason, the name of who decided, start and end."""
    where, which = ("WHERE s.uuid = ?", (only,)) if only else ("", ())
    return db.execute(
        "SELECT s.uuid, k.uuid, d.uuid, f.name, o.name, d.outcome, d.reason, c.name, d.span_start, d.span_end FROM decisions d "
        "JOIN sources s ON s.id = d.source_id JOIN codes k ON k.id = d.code_id JOIN coders f ON f.id = d.first_id "
        f"JOIN coders o ON o.id = d.second_id JOIN coders c ON c.id = d.coder_id {where} ORDER BY d.uuid",
        which,
    )


def texts_of(db: sqlite3.Connection, sources: Collection[int]) -> Iterator[tuple[int, str]]:
    """Key and present text of each of `sources` (keys)."""
    return db.execute(
        "SELECT s.id, t.content FROM sources s JOIN texts t ON t.id = s.text_id WHERE s.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(sources)),),
    )


def paragraphs_of(db: sqlite3.Connection, sources: Collection[int]) -> Iterator[tuple[int, int, int]]:
    """Source key, start and end of every paragraph of `sources` (keys), in order of source and text."""
    return db.execute(
        "SELECT s.id, p.span_start, p.span_end FROM sources s JOIN paragraphs p ON p.text_id = s.text_id "
        "WHERE s.id IN (SELECT value FROM json_each(?)) ORDER BY s.id, p.span_start",
        (json.dumps(list(sources)),),
    )
