"""Whether a project file is sound: its pages, texts, places and quotes, and that its tables say what its journal says."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from qcode.store.check_journal import journal_problems, row_problems
from qcode.store.connection import UNREADABLE
from qcode.store.content import content_hash
from qcode.store.problem import Problem
from qcode.store.schema import CONTENT, key_column
from qcode.text.anchors import CONTEXT

_NAMED = ("texts", "codebooks", *CONTENT)
_TREES = {"codes": "code", "cases": "case"}
_INDEX_PARTS = {"data": 2, "idx": 3, "docsize": 2, "config": 2}


def check(db: sqlite3.Connection, journal: bool = True) -> list[Problem]:
    """Everything that is wrong with the project that `db` has open; nothing if it is sound. This is a read-only operation.

    Without `journal` neither are the tables compared with what the journal says, which takes longer than all the rest, nor SQLite's
    own indexes with their tables.
    """
    problems = _page_problems(db, "integrity_check" if journal else "quick_check")
    if problems:
        return problems
    checks: list[_Check] = [_reference_problems, _name_problems, _text_problems, _paragraph_problems, _index_problems]
    checks += [place_problems, _tree_problems, _short_id_problems, _tombstone_problems, journal_problems]
    for part in checks:
        problems.extend(part(db))
    if journal and not problems:
        problems.extend(row_problems(db))
        problems.extend(_digest_problems(db))
    return problems


_Check = Callable[[sqlite3.Connection], Iterable[Problem]]


def _page_problems(db: sqlite3.Connection, pragma: str) -> list[Problem]:
    """What SQLite finds wrong with pages and records; with any of it nothing else can be relied on."""
    try:
        found = [str(line) for (line,) in db.execute(f"PRAGMA {pragma}(20)")]
    except UNREADABLE as error:
        found = [str(error)]
    return [] if found == ["ok"] else [Problem("The file", f"its pages are damaged: {line.strip()}.") for line in found]


def _reference_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    for table, row_id, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield Problem(f"Row {row_id} of {table}", f"it refers to a row of {parent} that is not there.")


def _name_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """Rows with the name of another: an index that is damaged lets them in, and reading by it shows only one."""
    for table in _NAMED:
        keys = [key for (key,) in db.execute(f"SELECT {key_column(table)} FROM {table} NOT INDEXED")]
        if len(set(keys)) != len(keys):
            for key, count in Counter(keys).items():
                if count > 1:
                    yield Problem(f"{table} {key}", f"{count} rows have this name.")


def _text_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    for key, content, characters in db.execute("SELECT sha256, content, characters FROM texts"):
        if hashlib.sha256(content.encode()).hexdigest() != key:
            yield Problem(f"Text {key}", "its characters are not those it was named after.")
        if len(content) != characters:
            yield Problem(f"Text {key}", f"it has {len(content)} characters, not {characters}.")


def _paragraph_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    rows = db.execute("SELECT p.id, p.text_id, p.span_start, p.span_end, t.characters FROM paragraphs p JOIN texts t ON t.id = p.text_id")
    ends: dict[int, int] = defaultdict(int)
    for key, text, start, end, characters in sorted(rows, key=itemgetter(1, 2)):
        if not 0 <= start < end <= characters:
            yield Problem(f"Paragraph {key}", f"{start} to {end} does not lie in its text of {characters} characters.")
        elif start < ends[text]:
            yield Problem(f"Paragraph {key}", "it overlaps the one before it.")
        ends[text] = max(ends[text], end)


def _index_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """The search index holds every paragraph and nothing else, and is sound in itself.

    SQLite examines an index only where it may write, so a copy of it in memory is examined.
    """
    missing = db.execute("SELECT count(*) FROM paragraphs WHERE id NOT IN (SELECT id FROM paragraph_words_docsize)").fetchone()[0]
    beyond = db.execute("SELECT count(*) FROM paragraph_words_docsize WHERE id NOT IN (SELECT id FROM paragraphs)").fetchone()[0]
    if missing or beyond:
        yield Problem("The search index", f"{missing} paragraphs are missing from it and {beyond} it has are not there.")
    scratch = sqlite3.connect(":memory:")
    try:
        (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'paragraph_words'").fetchone()
        scratch.execute(sql)
        for part, columns in _INDEX_PARTS.items():
            scratch.execute(f"DELETE FROM paragraph_words_{part}")
            rows = db.execute(f"SELECT * FROM paragraph_words_{part}")
            scratch.executemany(f"INSERT INTO paragraph_words_{part} VALUES ({','.join('?' * columns)})", rows)
        scratch.execute("INSERT INTO paragraph_words (paragraph_words) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        yield Problem("The search index", f"it is damaged: {error}.")
    finally:
        scratch.close()


def place_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """Every coding lies in its text and says what stands there; every passage of a case lies in its text."""
    codings = db.execute(
        "SELECT text_id, span_start, span_end, quote, context_before, context_after, short_id, uuid FROM codings ORDER BY text_id"
    )
    for text_id, rows in groupby(codings, key=itemgetter(0)):
        text = _text_of(db, text_id)
        for _, start, end, quote, before, after, short_id, key in rows:
            if not 0 <= start < end <= len(text):
                yield Problem(f"Coding {short_id or key}", f"{start} to {end} does not lie in its text of {len(text)} characters.")
            elif text[start:end] != quote:
                yield Problem(f"Coding {short_id or key}", "its quote is not what its text says at its place.")
            elif text[max(0, start - CONTEXT) : start] != before or text[end : end + CONTEXT] != after:
                yield Problem(f"Coding {short_id or key}", "the words kept around its quote are not those of its text.")
    passages = (
        "SELECT a.uuid, a.span_start, a.span_end, t.characters FROM assignments a LEFT JOIN texts t ON t.id = a.text_id "
        "WHERE a.text_id IS NOT NULL OR a.span_start IS NOT NULL OR a.span_end IS NOT NULL"
    )
    for key, start, end, characters in db.execute(passages):
        if None in (start, end, characters) or not 0 <= start < end <= characters:
            yield Problem(f"Passage {key} of a case", f"{start} to {end} does not lie in its text of {characters} characters.")


def _text_of(db: sqlite3.Connection, text_id: int) -> str:
    row = db.execute("SELECT content FROM texts WHERE id = ?", (text_id,)).fetchone()
    return "" if row is None else str(row[0])


def _tree_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    for table, noun in _TREES.items():
        rows = db.execute(f"SELECT r.uuid, p.uuid FROM {table} r LEFT JOIN {table} p ON p.id = r.parent_id ORDER BY r.id")
        for key in _in_circles(dict(rows.fetchall())):
            yield Problem(f"The {noun} {key}", "it stands below itself.")
        for name, count in db.execute(f"SELECT name, count(*) FROM {table} GROUP BY parent_id, name HAVING count(*) > 1"):
            yield Problem(f"The {noun} '{name}'", f"there are {count} of this path.")


def _in_circles(parents: dict[str, str | None]) -> list[str]:
    """The rows that are their own ancestors, or stand below one that is."""
    safe: set[str] = set()
    for key in parents:
        way: dict[str, None] = {}
        at: str | None = key
        while at is not None and at not in safe and at not in way:
            way[at] = None
            at = parents.get(at)
        if at is None or at in safe:
            safe.update(way)
    return [key for key in parents if key not in safe]


def _short_id_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    for short_id, count in db.execute("SELECT short_id, count(*) FROM codings WHERE short_id <> '' GROUP BY short_id HAVING count(*) > 1"):
        yield Problem(f"The ID {short_id}", f"{count} codings have it.")


def _digest_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """The digests kept for the content hash are those of the codings."""
    if content_hash(db) != content_hash(db, from_nothing=True):
        yield Problem("The content hash", "what is kept to work it out does not belong to the codings.")


def _tombstone_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """A source whose consent was withdrawn is nowhere any more."""
    back = (
        "SELECT uuid FROM tombstones WHERE uuid IN (SELECT uuid FROM sources) "
        "OR uuid IN (SELECT row_uuid FROM row_changes WHERE table_name = 'sources') ORDER BY uuid"
    )
    for (key,) in db.execute(back):
        yield Problem(f"Source {key}", "consent was withdrawn and it is in the file all the same.")
