"""Linked tables as a Word file: landscape, with heads on every page, and an annex of quotes that cells lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.exchange.exporters.linked_words import AGAIN, QUOTES, RESTS_ON, anchors_of, plain, target_of
from qcode.exchange.exporters.word_file import PADDING, WordFile, add_quote, refuse_too_many
from qcode.exchange.exporters.word_table import begin_table, table_cell, table_row, text_cell
from qcode.exchange.exporters.wording import provenance_line
from qcode.model.report import Linked, LinkedReport, LinkedSection, QuoteBlock

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

SIZE = 17
#: A column is as wide as what stands in it, within these limits of characters.
NARROWEST, WIDEST = 6, 60
_Anchors = tuple[Mapping[str, str], Mapping[str, str]]


def write(report: LinkedReport, path: Path) -> None:
    """Writes tables, provenance and annex of at most 10,000 quotes; raises UserError beyond, or when it cannot be written."""
    refuse_too_many(len(report.quotes), path)
    word = WordFile(report.title, report.provenance, landscape=True, cell_size=SIZE)
    anchors = anchors_of(report)
    word.text(word.paragraph("qcode Title"), report.title)
    word.text(word.paragraph("qcode Lead"), report.lead)
    alike: dict[tuple[str, ...], list[LinkedSection]] = {}
    for section in report.sections:
        alike.setdefault(section.columns, []).append(section)
    for section in report.sections:
        word.text(word.paragraph("qcode Heading 1"), section.heading)
        if section.note:
            word.text(word.paragraph("qcode Note", keepNext={}), section.note)
        if section.rows:
            _add_table(word, section, _widths(alike[section.columns], word.width - 2 * PADDING), anchors)
            word.paragraph("qcode Note")
    word.text(word.paragraph("qcode Note"), provenance_line(report.provenance))
    seen: set[int] = set()
    for number, block in enumerate(report.blocks):
        if not number:
            word.text(word.paragraph("qcode Annex"), QUOTES)
        _add_block(word, report, block, anchors, seen)
    word.save_to(path)


def _add_table(word: WordFile, section: LinkedSection, widths: Sequence[int], anchors: _Anchors) -> None:
    table = begin_table(word, widths)
    head = table_row(word, table, head=True)
    for column, width in zip(section.columns, widths, strict=True):
        text_cell(word, head, width, column, "qcode Head", fill="panel")
    for row in section.rows:
        line = table_row(word, table)
        for cell, width in zip(row, widths, strict=True):
            _add_pieces(word, word.paragraph("qcode Cell", table_cell(word, line, width, stands="top")), cell, anchors)


def _widths(sections: Sequence[LinkedSection], room: int) -> list[int]:
    """The room shared out by the longest word and the longest line of each column, so that no head is broken within a word; the same for
    all tables of these columns."""
    columns = enumerate(sections[0].columns)
    texts = [[column, *(plain(row[at]) for section in sections for row in section.rows)] for at, column in columns]
    words = [max((len(word) for text in column for word in text.split()), default=0) for column in texts]
    lines = [max((len(line) for text in column for line in text.split("\n")), default=0) for column in texts]
    shares = [min(max(line // 2, word + 1, NARROWEST), WIDEST) for line, word in zip(lines, words, strict=True)]
    return [room * share // sum(shares) for share in shares]


def _add_pieces(word: WordFile, paragraph: Element, cell: Sequence[Linked], anchors: _Anchors) -> None:
    for piece in cell:
        anchor = target_of(piece, anchors)
        if anchor:
            word.link(paragraph, anchor, piece.text, character="qcode Id" if piece.quote else "qcode Link")
        else:
            word.text(paragraph, piece.text, "qcode Stale" if piece.warns else "")


def _add_block(word: WordFile, report: LinkedReport, block: QuoteBlock, anchors: _Anchors, seen: set[int]) -> None:
    """The quotes of a statement; one stands in full once."""
    heading = word.paragraph("qcode Heading 2")
    word.mark(heading, anchors[1][block.key])
    word.text(heading, block.heading)
    word.text(word.paragraph("qcode Note"), block.facts)
    if block.below:
        below = word.paragraph("qcode Note")
        word.text(below, RESTS_ON)
        for number, key in enumerate(block.below):
            _add_pieces(word, below, [Linked(", ")] * bool(number) + [Linked(key, block=key)], anchors)
    for at in block.indexes:
        quote = report.quotes[at]
        name = anchors[0][quote.id]
        if at in seen:
            again = word.paragraph("qcode Source")
            word.link(again, name, quote.id, character="qcode Id")
            word.text(again, f"  {AGAIN}")
        else:
            add_quote(word, quote, name, full=True)
        seen.add(at)
