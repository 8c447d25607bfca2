"""Texts, their paragraphs for the search, and the files they were read from. All are named by a SHA-256 and never change, so the
journal only names them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Sequence

from qcode.model.document import Block, BlockKind, PageMark
from qcode.store.journal import Act
from qcode.text.folding import fold

#: Originals beyond this many bytes are not kept beside their text.
LARGEST_ORIGINAL = 10 * 1024 * 1024


def sha256_of(text: str) -> str:
    """The name of a text: SHA-256 of its UTF-8 bytes, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def add_text(act: Act, text: str, blocks: Sequence[Block]) -> str:
    """Keep `text` with its paragraphs, searchable, and give its SHA-256. A text that is there already is left as it is."""
    name = sha256_of(text)
    if act.rows.has("texts", name):
        return name
    text_id = act.rows.next_id("texts")
    act.db.execute("INSERT INTO texts (id, sha256, content, characters) VALUES (?, ?, ?, ?)", (text_id, name, text, len(text)))
    act.rows.remember("texts", name, text_id)
    ids = [act.rows.next_id("paragraphs") for _ in blocks]
    act.db.executemany(
        "INSERT INTO paragraphs VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (key, text_id, block.start, block.end, block.kind.value, block.level, block.speaker)
            for key, block in zip(ids, blocks, strict=True)
        ],
    )
    act.db.executemany(
        "INSERT INTO paragraph_words (rowid, words) VALUES (?, ?)", zip(ids, _folded(text, blocks), strict=True)
    )
    return name


def _folded(text: str, blocks: Sequence[Block]) -> list[str]:
    """What is indexed of each block: the folded words, cut out of the folded text at once where folding keeps the positions."""
    folded = fold(text)
    if len(folded) == len(text) and text.isascii():
        return [folded[block.start : block.end] for block in blocks]
    return [fold(text[block.start : block.end]) for block in blocks]


def remove_from_index(db: sqlite3.Connection, text_id: int) -> None:
    """Take the paragraphs of a text out of the search and remove them."""
    text = str(db.execute("SELECT content FROM texts WHERE id = ?", (text_id,)).fetchone()[0])
    rows = db.execute("SELECT id, span_start, span_end FROM paragraphs WHERE text_id = ?", (text_id,)).fetchall()
    db.executemany(
        "INSERT INTO paragraph_words (paragraph_words, rowid, words) VALUES ('delete', ?, ?)",
        [(row_id, fold(text[start:end])) for row_id, start, end in rows],
    )
    db.execute("DELETE FROM paragraphs WHERE text_id = ?", (text_id,))


def fill_index(db: sqlite3.Connection) -> None:
    """Make the search index anew from the texts that are there."""
    db.execute("INSERT INTO paragraph_words (paragraph_words) VALUES ('delete-all')")
    for text_id, text in db.execute("SELECT id, content FROM texts ORDER BY id"):
        rows = db.execute("SELECT id, span_start, span_end FROM paragraphs WHERE text_id = ? ORDER BY id", (text_id,)).fetchall()
        words = ((key, fold(text[start:end])) for key, start, end in rows)
        db.executemany("INSERT INTO paragraph_words (rowid, words) VALUES (?, ?)", words)


def add_original(act: Act, name: str, data: bytes, text_name: str, pages: Sequence[PageMark]) -> str:
    """Keep the file a text was read from, compressed, with where its pages begin; gives the file's SHA-256, '' if it is too large."""
    if len(data) > LARGEST_ORIGINAL:
        return ""
    key = hashlib.sha256(data).hexdigest()
    act.db.execute(
        "INSERT OR IGNORE INTO originals (sha256, name, size, data, text_sha256, pages) VALUES (?, ?, ?, ?, ?, ?)",
        (key, name, len(data), zlib.compress(data, 6), text_name, json.dumps([[page.label, page.start] for page in pages])),
    )
    return key


def original_of(db: sqlite3.Connection, sha256: str) -> bytes | None:
    """The bytes of the file a source was read from, None when they were not kept."""
    row = db.execute("SELECT data FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else zlib.decompress(row[0])


def pages_of(db: sqlite3.Connection, sha256: str) -> tuple[PageMark, ...]:
    """Where the pages of an original begin in the text read from it."""
    row = db.execute("SELECT pages FROM originals WHERE sha256 = ?", (sha256,)).fetchone()
    return () if row is None else tuple(PageMark(label, start) for label, start in json.loads(row[0]))


def blocks_of(db: sqlite3.Connection, sha256: str) -> tuple[Block, ...]:
    """The paragraphs of a text in order."""
    rows = db.execute(
        "SELECT p.span_start, p.span_end, p.kind, p.level, p.speaker FROM paragraphs p JOIN texts t ON t.id = p.text_id "
        "WHERE t.sha256 = ? ORDER BY p.span_start",
        (sha256,),
    )
    return tuple(Block(start, end, BlockKind(kind), level, speaker) for start, end, kind, level, speaker in rows)


def pages_by_source(db: sqlite3.Connection) -> dict[int, tuple[PageMark, ...]]:
    """The pages of every source whose original has some, by the source's key: only while the text is still the one read from it."""
    rows = db.execute(
        "SELECT s.id, o.pages FROM sources s JOIN originals o ON o.sha256 = s.original JOIN texts t ON t.id = s.text_id "
        "WHERE o.text_sha256 = t.sha256 AND o.pages <> '[]'"
    )
    return {source: tuple(PageMark(label, start) for label, start in json.loads(pages)) for source, pages in rows}
