"""What a framework grid says in words: the same lines under a summary in every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qcode.exchange.exporters.characters import closed
from qcode.exchange.exporters.wording import day_of, facts_of
from qcode.model.matrix import Cell, Measure
from qcode.model.report import CellText, GridReport
from qcode.text.chips import pieces_of

EXPLAINED = "A cell says what somebody wrote of its quotes; an ID leads to the quote it names."
STALE_EXPLAINED = (
    "A summary is stale when a quote it was written over was recoded, removed or changed, or a new one came, since somebody wrote or last "
    "reviewed it."
)
#: What the column and the row of the syntheses are called.
SYNTHESIS = "Synthesis"


def said(text: CellText) -> str:
    """The words, or why there are none."""
    return text.words or f"({text.empty})"


def written_by(text: CellText) -> str:
    """'draft, Ada, 1 Jun 2022'; 'reviewed by Bo, 2 Jun 2022, written by Ada, 1 Jun 2022'; one name where one person did both."""
    author = _named(text.author, text.at)
    if text.status != "reviewed" or not text.reviewer:
        return ", ".join(part for part in (text.status, author) if part)
    if text.reviewer == text.author:
        return f"reviewed, {_named(text.reviewer, text.reviewed_at)}"
    by = f", written by {author}" if author else ""
    return f"reviewed by {_named(text.reviewer, text.reviewed_at)}{by}"


def stale_words(text: CellText) -> str:
    """'Stale: #K-14 is no longer coded here: …; 2 new quotes since: …'; '' while it is fresh."""
    return f"Stale: {'; '.join(map(closed, text.stale))}" if text.stale else ""


def rests_on(cell: Cell) -> str:
    """'9 quotes from 6 of 19 sources read': what a cell holds, written about or not."""
    return facts_of(cell, Measure.CODINGS)


def in_one(text: CellText) -> str:
    """Words and stale mark in one cell of a plain table."""
    return f"{said(text)}\n[{stale_words(text)}]" if text.stale else said(text)


def linked_pieces(text: CellText, anchors: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What `said` says in pieces, each with the anchor of the quote it names; '' for plain words and for quotes not in the report."""
    for piece, named in pieces_of(said(text)):
        yield piece, anchors.get(named, "")


def figures_of(report: GridReport) -> tuple[int, int, int, int]:
    """How many cells there are, with a summary, reviewed ones, and stale ones."""
    matrix = report.table.matrix
    texts = report.cells.values()
    reviewed = sum(text.status == "reviewed" for text in texts)
    return len(matrix.rows) * len(matrix.columns), len(report.cells), reviewed, sum(bool(text.stale) for text in texts)


def figures_sentence(report: GridReport) -> str:
    """'12 of 40 cells have a summary: 8 reviewed, 3 stale.'"""
    cells, written, reviewed, stale = figures_of(report)
    return f"{written:,} of {cells:,} {'cell has' if cells == 1 else 'cells have'} a summary: {reviewed:,} reviewed, {stale:,} stale."


def _named(name: str, at: str) -> str:
    """A name and a day; what the name does to the direction of the text ends with it."""
    return ", ".join(closed(part) for part in (name, day_of(at) if at else "") if part)
