"""A report of several tables as a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.exchange.exporters.heat import colours
from qcode.exchange.exporters.word_file import PADDING, WordFile
from qcode.exchange.exporters.word_table import begin_table, table_row
from qcode.exchange.exporters.wording import provenance_line
from qcode.model.report import Section, SectionsReport

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SMALL = 16
_LONGEST = 40


def write(report: SectionsReport, path: Path) -> None:
    """Writes the tables on A4, each row whole on its page; raises UserError when it cannot be written."""
    word = WordFile(report.title, report.provenance, landscape=True, cell_size=_SMALL)
    word.text(word.paragraph("qcode Title"), report.title)
    word.text(word.paragraph("qcode Lead"), report.lead)
    for section in report.sections:
        word.text(word.paragraph("qcode Heading 1"), section.heading)
        if section.note:
            word.text(word.paragraph("qcode Note"), section.note)
        if section.rows:
            _add_table(word, section)
            word.paragraph("qcode Note")
    word.text(word.paragraph("qcode Note"), provenance_line(report.provenance))
    word.save_to(path)


def _add_table(word: WordFile, section: Section) -> None:
    widths = _widths(section, word.width - 2 * PADDING)
    table = begin_table(word, widths)
    _add_row(word, table, widths, section.columns, head=True)
    for row in section.rows:
        _add_row(word, table, widths, row)


def _widths(section: Section, room: int) -> list[int]:
    """The room shared out by the longest cell of each column, within limits."""
    lengths = [max(len(str(row[at])) for row in (section.columns, *section.rows)) for at in range(len(section.columns))]
    shares = [min(max(length, 7), _LONGEST) for length in lengths]
    return [room * share // sum(shares) for share in shares]


def _add_row(word: WordFile, table: Element, widths: Sequence[int], cells: Sequence[str | int], *, head: bool = False) -> None:
    row = table_row(word, table, head=head)
    for width, text in zip(widths, cells, strict=True):
        cell = word.part(row, "tc")
        of_cell = word.part(cell, "tcPr")
        word.part(of_cell, "tcW", w=width, type="dxa")
        if head:
            word.part(of_cell, "shd", val="clear", color="auto", fill=colours()["panel"][1:])
        word.text(word.paragraph("qcode Head" if head else "qcode Cell", cell), str(text))
