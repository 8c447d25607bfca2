"""Words and patterns in all texts, each with the paragraph and the place it stands in."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from qcode.errors import UserError
from qcode.model.hit import Hit
from qcode.model.span import Span
from qcode.text.folding import Folded, fold, fold_with_map, words_of

_PHRASES = re.compile(r'"([^"]*)"|(\S+)')
_TOKEN = re.compile(r"[^\W_]+")
_PARAGRAPHS = (
    "SELECT s.uuid, s.name, s.label, s.text_id, p.span_start, p.span_end FROM paragraph_words w JOIN paragraphs p ON p.id = w.rowid "
    "JOIN sources s ON s.text_id = p.text_id WHERE w.words MATCH ? ORDER BY s.name, p.span_start LIMIT ?"
)

_TEXTS = "SELECT s.uuid, s.name, s.label, s.text_id, t.content FROM sources s JOIN texts t ON t.id = s.text_id ORDER BY s.name"


def parse_query(query: str) -> list[tuple[list[str], bool]]:
    """The phrases of a query: their words as the index has them, and whether the last word may go on (written with '*').

    Words in quotation marks stand next to each other; all phrases must stand in one paragraph. Raises UserError for no words.
    """
    phrases = []
    for quoted, bare in _PHRASES.findall(query):
        written = quoted or bare
        words = words_of(written)
        if words:
            phrases.append((words, written.rstrip().endswith("*")))
    if not phrases:
        raise UserError(f"There is no word to search for in '{query}': write at least one letter or digit.")
    return phrases


def search_words(db: sqlite3.Connection, query: str, limit: int = 1_000_000) -> Iterator[Hit]:
    """Every paragraph that holds all phrases of `query`, in order of source and text, with the places of the phrases in it."""
    phrases = parse_query(query)
    match = " AND ".join('"' + " ".join(words) + '"' + ("*" if goes_on else "") for words, goes_on in phrases)
    text_id, text = 0, ""
    for source, name, label, its_text, start, end in db.execute(_PARAGRAPHS, (match, limit)):
        if its_text != text_id:
            text_id, text = its_text, str(db.execute("SELECT content FROM texts WHERE id = ?", (its_text,)).fetchone()[0])
        paragraph = text[start:end]
        places = [Span(start + span.start, start + span.end) for span in find_phrases(paragraph, phrases)]
        yield Hit(source, name, label, Span(start, end), paragraph, tuple(places))


def find_phrases(paragraph: str, phrases: list[tuple[list[str], bool]]) -> list[Span]:
    """Where the phrases stand in a paragraph, in order, as spans of the paragraph."""
    folded = Folded(fold(paragraph), tuple(range(len(paragraph))), tuple(range(len(paragraph))), len(paragraph))
    if not paragraph.isascii():
        folded = fold_with_map(paragraph)
    tokens = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(folded.text)]
    words = [word for word, _, _ in tokens]
    found = []
    for phrase, goes_on in phrases:
        for at in range(len(words) - len(phrase) + 1):
            if _stands(words[at : at + len(phrase)], phrase, goes_on):
                found.append(folded.original(tokens[at][1], tokens[at + len(phrase) - 1][2]))
    return sorted(set(found))


def _stands(words: list[str], phrase: list[str], goes_on: bool) -> bool:
    if not goes_on:
        return words == phrase
    return words[:-1] == phrase[:-1] and words[-1].startswith(phrase[-1])


def search_pattern(db: sqlite3.Connection, pattern: str, limit: int = 1_000_000) -> Iterator[Hit]:
    """Every paragraph in which the regular expression `pattern` matches, without regard to case, in order of source and text.

    Raises UserError when the pattern is not one.
    """
    try:
        compiled = re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    except re.error as error:
        raise UserError(f"'{pattern}' is not a regular expression ({error}): check its brackets and backslashes.") from None
    given = 0
    for source, name, label, text_id, text in db.execute(_TEXTS):
        spans = [Span(match.start(), match.end()) for match in compiled.finditer(text) if match.end() > match.start()]
        if not spans:
            continue
        bounds = db.execute("SELECT span_start, span_end FROM paragraphs WHERE text_id = ? ORDER BY span_start", (text_id,)).fetchall()
        for start, end, inside in _by_paragraph(spans, bounds):
            yield Hit(source, name, label, Span(start, end), text[start:end], tuple(inside))
            given += 1
            if given >= limit:
                return


def _by_paragraph(spans: list[Span], bounds: list[tuple[int, int]]) -> Iterator[tuple[int, int, list[Span]]]:
    """The spans gathered by the paragraph they begin in; one that begins between paragraphs is its own."""
    waiting = iter(bounds)
    start, end = next(waiting, (0, 0))
    inside: list[Span] = []
    for span in spans:
        while span.start >= end and (following := next(waiting, None)):
            if inside:
                yield start, end, inside
            inside = []
            start, end = following
        if start <= span.start < end:
            inside.append(span)
        else:
            yield span.start, span.end, [span]
    if inside:
        yield start, end, inside
