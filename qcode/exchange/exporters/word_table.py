"""Tables of a Word file that stay on the page: fixed columns, whole rows, heads on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qcode.exchange.exporters.heat import colours
from qcode.exchange.exporters.word_file import PADDING, WordFile

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def begin_table(word: WordFile, widths: Sequence[int]) -> Element:
    """A new table without rows at the end of the file; `widths` of its columns in twentieths of a point."""
    table = word.part(word.body, "tbl")
    properties = word.part(table, "tblPr")
    word.part(properties, "tblStyle", val="qcodeMatrix")
    word.part(properties, "tblW", w=sum(widths), type="dxa")
    # Word lets the cells' padding hang out of the margin
    word.part(properties, "tblInd", w=PADDING, type="dxa")
    word.part(properties, "tblLayout", type="fixed")
    word.part(properties, "tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1)
    grid = word.part(table, "tblGrid")
    for width in widths:
        word.part(grid, "gridCol", w=width)
    return table


def table_row(word: WordFile, table: Element, head: bool = False) -> Element:
    """A new row that stays on one page; a `head` is repeated on each."""
    row = word.part(table, "tr")
    properties = word.part(row, "trPr")
    word.part(properties, "cantSplit")
    if head:
        word.part(properties, "tblHeader")
    return row


def table_cell(
    word: WordFile, row: Element, width: int, shade: dict[str, str | int] | None = None, span: int = 1, stands: str = "center"
) -> Element:
    """A new cell without a paragraph, which Word asks for; `width` in twentieths of a point, `stands` 'center' or 'top'."""
    cell = word.part(row, "tc")
    properties = word.part(cell, "tcPr")
    word.part(properties, "tcW", w=width, type="dxa")
    if span > 1:
        word.part(properties, "gridSpan", val=span)
    if shade:
        word.part(properties, "shd", **shade)
    word.part(properties, "vAlign", val=stands)
    return cell


def text_cell(word: WordFile, row: Element, width: int, text: str, style: str, fill: str = "", centred: bool = False) -> Element:
    """A new cell with a paragraph of text."""
    shade: dict[str, str | int] = {"val": "clear", "color": "auto", "fill": colours()[fill][1:]} if fill else {}
    cell = table_cell(word, row, width, shade)
    word.text(word.paragraph(style, cell, jc={"val": "center"}) if centred else word.paragraph(style, cell), text)
    return cell
