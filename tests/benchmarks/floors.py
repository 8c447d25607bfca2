"""The least that could be done: bare SQLite and Python on tables of their own, without journal rules, checks or undo.

Every floor returns what it found, so that a test can see that it did the work.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import sqlite3
from pathlib import Path

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TABLES = """
CREATE TABLE texts (id INTEGER PRIMARY KEY, name TEXT, sha256 TEXT UNIQUE, content TEXT);
CREATE TABLE paragraphs (id INTEGER PRIMARY KEY, text_id INTEGER, span_start INTEGER, span_end INTEGER);
CREATE VIRTUAL TABLE words USING fts5(folded, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE codes (id INTEGER PRIMARY KEY, path TEXT UNIQUE);
CREATE TABLE codings (id INTEGER PRIMARY KEY, uuid TEXT UNIQUE, text_id INTEGER, span_start INTEGER, span_end INTEGER, code_id INTEGER,
    coder TEXT, memo TEXT, short_id TEXT, quote TEXT);
CREATE INDEX by_text ON codings(text_id, code_id);
CREATE INDEX by_code ON codings(code_id);
CREATE TABLE journal (id INTEGER PRIMARY KEY, uuid TEXT, after TEXT);
CREATE INDEX by_uuid ON journal(uuid);
"""


def connect(path: Path, mode: str = "WAL") -> sqlite3.Connection:
    """A bare database with the same pragmas that matter for speed."""
    new = not path.exists()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(f"PRAGMA journal_mode = {mode}").fetchone()
    db.execute(f"PRAGMA synchronous = {'NORMAL' if mode == 'WAL' else 'FULL'}")
    db.execute("PRAGMA cache_size = -65536")
    if new:
        db.executescript(_TABLES)
    return db


def import_texts(db: sqlite3.Connection, folder: Path) -> int:
    """Each file hashed, decoded, kept, and its lines in small letters put into the index; how many paragraphs."""
    count = 0
    db.execute("BEGIN")
    for number, path in enumerate(sorted(folder.iterdir()), 1):
        data = path.read_bytes()
        text = data.decode()
        db.execute("INSERT INTO texts VALUES (?, ?, ?, ?)", (number, path.name, hashlib.sha256(data).hexdigest(), text))
        rows, words, at = [], [], 0
        for line in text.lower().split("\n"):
            if line:
                count += 1
                rows.append((count, number, at, at + len(line)))
                words.append((count, line))
            at += len(line) + 1
        db.executemany("INSERT INTO paragraphs VALUES (?, ?, ?, ?)", rows)
        db.executemany("INSERT INTO words (rowid, folded) VALUES (?, ?)", words)
    db.execute("COMMIT")
    return count


def import_codings(db: sqlite3.Connection, table: Path) -> int:
    """Each line of the csv with its quote cut out, and its journal row; how many."""
    texts = {name: (number, content) for number, name, content in db.execute("SELECT id, name, content FROM texts")}
    sources = {name: _new_uuid() for name in texts}
    codes: dict[str, int] = {}
    rows, journal = [], []
    with table.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            uuid = _new_uuid()
            number, text = texts[line["source"]]
            start, end = int(line["start"]), int(line["end"])
            code = codes.setdefault(line["code"], len(codes) + 1)
            short = "NOTE-" + uuid[:6]
            rows.append((uuid, number, start, end, code, line["coder"], line["memo"], short, text[start:end]))
            source = sources[line["source"]]
            payload = {"source": source, "code": source, "coder": source, "text": source, "start": start, "end": end, "short_id": short}
            journal.append((uuid, _ENCODE(payload)))
    db.execute("BEGIN")
    db.executemany("INSERT OR IGNORE INTO codes VALUES (?, ?)", ((number, path) for path, number in codes.items()))
    db.executemany(
        "INSERT INTO codings (uuid, text_id, span_start, span_end, code_id, coder, memo, short_id, quote) VALUES (?,?,?,?,?,?,?,?,?)", rows
    )
    db.executemany("INSERT INTO journal (uuid, after) VALUES (?, ?)", journal)
    db.execute("COMMIT")
    return len(rows)


def apply_code(db: sqlite3.Connection, start: int) -> None:
    """One coding and its journal row, committed."""
    uuid = _new_uuid()
    db.execute("BEGIN")
    row = (uuid, start, start + 9)
    db.execute("INSERT INTO codings (uuid, text_id, span_start, span_end, code_id, quote) VALUES (?, 1, ?, ?, 1, 'words')", row)
    db.execute("INSERT INTO journal (uuid, after) VALUES (?, ?)", (uuid, _ENCODE({"source": uuid, "start": start})))
    db.execute("COMMIT")


def take_back(db: sqlite3.Connection) -> None:
    """The last coding gone, by its journal row, committed."""
    db.execute("BEGIN")
    (uuid,) = db.execute("SELECT uuid FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    db.execute("DELETE FROM codings WHERE uuid = ?", (uuid,))
    db.execute("INSERT INTO journal (uuid) VALUES (?)", (uuid,))
    db.execute("COMMIT")


def open_screen(path: Path) -> int:
    """Opened; the names of the texts, the counts of the codes, and the codings of one text read; how many of these."""
    db = sqlite3.connect(path)
    db.execute("SELECT id, name, length(sha256) FROM texts ORDER BY name").fetchall()
    db.execute("SELECT code_id, count(*) FROM codings GROUP BY code_id").fetchall()
    db.execute("SELECT text_id, count(*) FROM codings GROUP BY text_id").fetchall()
    db.execute("SELECT content FROM texts WHERE id = 1").fetchone()
    found = db.execute("SELECT * FROM codings WHERE text_id = 1 ORDER BY span_start").fetchall()
    db.close()
    return len(found)


def codings_of(db: sqlite3.Connection, source: str) -> int:
    """The text of a source and its codings with code and coder, from a project's own tables."""
    db.execute("SELECT t.content FROM texts t JOIN sources s ON s.text_id = t.id WHERE s.uuid = ?", (source,)).fetchone()
    rows = db.execute(
        "SELECT c.uuid, c.span_start, c.span_end, c.memo, c.short_id, c.code_id, c.coder_id FROM codings c "
        "JOIN sources s ON s.id = c.source_id WHERE s.uuid = ? ORDER BY c.span_start",
        (source,),
    )
    return len(rows.fetchall())


def search_words(db: sqlite3.Connection, query: str) -> int:
    """The paragraphs in the index that hold all words, with their place and words cut out of the text."""
    rows = db.execute(
        "SELECT substr(t.content, p.span_start + 1, p.span_end - p.span_start) FROM words w JOIN paragraphs p ON p.id = w.rowid "
        "JOIN texts t ON t.id = p.text_id WHERE words MATCH ?",
        (query,),
    )
    return len(rows.fetchall())


def search_pattern(db: sqlite3.Connection, pattern: str) -> int:
    """How often a pattern stands in all texts."""
    compiled = re.compile(pattern, re.IGNORECASE)
    return sum(len(compiled.findall(text)) for (text,) in db.execute("SELECT content FROM texts"))


def count_cells(db: sqlite3.Connection) -> int:
    """Codings by code and case, from a project's own tables; how many cells are not empty."""
    rows = db.execute(
        "SELECT c.code_id, a.case_id, count(*), count(DISTINCT c.source_id) FROM codings c JOIN assignments a ON a.source_id = c.source_id "
        "GROUP BY 1, 2"
    )
    return len(rows.fetchall())


def quotes_of(db: sqlite3.Connection, code: str, limit: int) -> int:
    """The quotes of one code in order of source and place, from a project's own tables."""
    rows = db.execute(
        "SELECT c.short_id, s.name, c.span_start, c.span_end, c.quote, c.context_before, c.context_after, c.memo FROM codings c "
        "JOIN sources s ON s.id = c.source_id JOIN codes k ON k.id = c.code_id WHERE k.uuid = ? ORDER BY s.name, c.span_start LIMIT ?",
        (code, limit),
    )
    return len(rows.fetchall())


def write_xlsx(rows: list[tuple[object, ...]], path: Path) -> None:
    """A sheet of the rows, strings in place, the file streamed."""
    from xlsxwriter import Workbook

    book = Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()


def write_html(rows: list[tuple[object, ...]], path: Path) -> None:
    """A paragraph for each row."""
    from html import escape

    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write("".join(f"<p>{escape(str(cell))}</p>\n" for cell in row))


def write_docx(rows: list[tuple[object, ...]], path: Path) -> None:
    """Two paragraphs for each row: the quote, and where it comes from."""
    from docx import Document

    document = Document()
    for row in rows:
        document.add_paragraph(str(row[4]))
        document.add_paragraph(f"{row[0]} {row[1]} {row[5]}")
    document.save(str(path))


def hash_codings(db: sqlite3.Connection) -> str:
    """SHA-256 over the codings of a project as they come."""
    digest = hashlib.sha256()
    for row in db.execute("SELECT uuid, source_id, text_id, span_start, span_end, code_id, coder_id, memo, short_id, origin FROM codings"):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def check_quotes(db: sqlite3.Connection) -> int:
    """How many codings of a project say what stands at their place in the text."""
    texts = dict(db.execute("SELECT id, content FROM texts").fetchall())
    rows = db.execute("SELECT text_id, span_start, span_end, quote FROM codings")
    return sum(texts[text][start:end] == quote for text, start, end, quote in rows)


def _new_uuid() -> str:
    digits = os.urandom(16).hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
