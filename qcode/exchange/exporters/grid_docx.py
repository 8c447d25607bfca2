"""A framework grid as a Word file: landscape tables of a few columns each, and an annex of quotes that cells and IDs lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.exchange.exporters.annex import cell_anchor, quote_anchors, row_anchor
from qcode.exchange.exporters.grid_words import (
    EXPLAINED,
    STALE_EXPLAINED,
    SYNTHESIS,
    figures_sentence,
    linked_pieces,
    rests_on,
    stale_words,
    written_by,
)
from qcode.exchange.exporters.heat import colours
from qcode.exchange.exporters.lines import Line, lines_of
from qcode.exchange.exporters.matrix_docx import add_annex, indent_of
from qcode.exchange.exporters.word_file import PADDING, WordFile, refuse_too_many
from qcode.exchange.exporters.word_table import begin_table, table_cell, table_row, text_cell
from qcode.exchange.exporters.wording import Look, look_of, provenance_line, read_of
from qcode.model.matrix import Cell
from qcode.model.report import CellText, GridReport

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# summaries are sentences: in narrower columns they would be one word a line
MAX_COLUMNS = 4
FIRST = 2400
SIZE = 17
_UNREAD = (Look.PARTLY, Look.UNREAD, Look.EMPTY)


def write(report: GridReport, path: Path) -> None:
    """Writes tables, provenance and annex of at most 10,000 quotes; raises UserError beyond, or when it cannot be written."""
    table = report.table
    refuse_too_many(len(table.quotes), path)
    word = WordFile(table.title, table.provenance, landscape=True, cell_size=SIZE)
    word.text(word.paragraph("qcode Title"), table.title)
    word.text(word.paragraph("qcode Lead"), f"{EXPLAINED} {STALE_EXPLAINED} {figures_sentence(report)}")
    columns = _columns(report)
    parts = [columns[start : start + MAX_COLUMNS] for start in range(0, max(len(columns), 1), MAX_COLUMNS)]
    anchors = {quote.id: name for quote, name in zip(table.quotes, quote_anchors(table.quotes), strict=True)}
    for number, part in enumerate(parts):
        if len(parts) > 1:
            first = number * MAX_COLUMNS + 1
            text = f"Columns {first} to {first + len(part) - 1} of {len(columns)}"
            word.text(word.paragraph("qcode Note", keepNext={}), text)
        _add_table(word, report, part, anchors, first=number == 0)
        word.paragraph("qcode Note")
    word.text(word.paragraph("qcode Note"), provenance_line(table.provenance))
    add_annex(word, table)
    word.save_to(path)


def _columns(report: GridReport) -> list[int | None]:
    """The numbers of the columns, and None for the syntheses of the rows where there are any."""
    return [*range(len(report.table.matrix.columns)), *([None] if report.rows else [])]


def _add_table(word: WordFile, report: GridReport, part: Sequence[int | None], anchors: Mapping[str, str], first: bool) -> None:
    share = (word.width - 2 * PADDING - FIRST) // max(len(part), 1)
    widths = [FIRST, *([share] * len(part))]
    table = begin_table(word, widths)
    _add_head(word, table, report, part, widths)
    for line in lines_of(report.table.matrix.rows):
        _add_line(word, table, report, line, part, anchors, widths, first)
    if report.columns:
        row = table_row(word, table)
        text_cell(word, row, widths[0], SYNTHESIS, "qcode Head")
        for place, width in zip(part, widths[1:], strict=True):
            _add_text(word, table_cell(word, row, width, stands="top"), report.columns.get(-1 if place is None else place), anchors)


def _add_head(word: WordFile, table: Element, report: GridReport, part: Sequence[int | None], widths: Sequence[int]) -> None:
    row = table_row(word, table, head=True)
    text_cell(word, row, widths[0], "Code", "qcode Head", fill="panel")
    for place, width in zip(part, widths[1:], strict=True):
        if place is None:
            text_cell(word, row, width, SYNTHESIS, "qcode Head", fill="panel")
            continue
        column = report.table.matrix.columns[place]
        cell = text_cell(word, row, width, column.label, "qcode Head", fill="panel")
        word.text(word.paragraph("qcode Cell", cell), read_of(column))


def _add_line(
    word: WordFile,
    table: Element,
    report: GridReport,
    line: Line,
    part: Sequence[int | None],
    anchors: Mapping[str, str],
    widths: Sequence[int],
    first: bool,
) -> None:
    row = table_row(word, table)
    if line.row is None:
        cell = table_cell(word, row, sum(widths), span=len(widths))
        word.text(word.paragraph("qcode Head", cell, keepNext={}, ind=indent_of(line)), line.text)
        return
    name = word.paragraph("qcode Cell", table_cell(word, row, widths[0], stands="top"), ind=indent_of(line))
    if first:
        word.mark(name, row_anchor(line.row))
    word.text(name, line.text)
    for place, width in zip(part, widths[1:], strict=True):
        if place is None:
            _add_text(word, table_cell(word, row, width, stands="top"), report.rows.get(line.row), anchors)
        else:
            _add_cell(word, row, report, (line.row, place), anchors, width)


def _add_cell(word: WordFile, row: Element, report: GridReport, at: tuple[int, int], anchors: Mapping[str, str], width: int) -> None:
    counted = report.table.matrix.cells[at[0]][at[1]]
    text = report.cells.get(at)
    cell = table_cell(word, row, width, _shade(counted) if text is None else None, stands="top")
    if text:
        _add_text(word, cell, text, anchors)
    facts = word.paragraph("qcode Cell", cell)
    if report.table.behind.get(at):
        word.link(facts, cell_anchor(*at), rests_on(counted))
    else:
        word.text(facts, rests_on(counted))


def _add_text(word: WordFile, cell: Element, text: CellText | None, anchors: Mapping[str, str]) -> None:
    """Words with their chips, who wrote them, and why they are stale; an empty paragraph without words, for Word asks for one."""
    paragraph = word.paragraph("qcode Cell", cell)
    if text is None:
        return
    for piece, anchor in linked_pieces(text, anchors):
        if anchor:
            word.link(paragraph, anchor, piece[1:-1], character="qcode Id")
        else:
            word.text(paragraph, piece)
    word.text(word.paragraph("qcode Cell", cell), written_by(text), "qcode Faint")
    if text.stale:
        word.text(word.paragraph("qcode Cell", cell), stale_words(text), "qcode Stale")


def _shade(cell: Cell) -> dict[str, str | int] | None:
    if look_of(cell) not in _UNREAD:
        return None
    palette = colours()
    return {"val": "thinDiagStripe", "color": palette["hatch"][1:], "fill": palette["hatch_bg"][1:]}
