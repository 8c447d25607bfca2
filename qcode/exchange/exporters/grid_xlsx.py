"""A framework grid as an Excel file: the grid of summaries, a list of them with a link from each ID to its quote, and the quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qcode.exchange.exporters.annex import Block, blocks_of, cell_anchor
from qcode.exchange.exporters.grid_words import (
    EXPLAINED,
    STALE_EXPLAINED,
    SYNTHESIS,
    figures_sentence,
    rests_on,
    said,
    stale_words,
    written_by,
)
from qcode.exchange.exporters.heat import colours
from qcode.exchange.exporters.matrix_xlsx import HEAD, STRIPES, UNSURE
from qcode.exchange.exporters.wording import counted, day_of, look_of, provenance_line, read_of
from qcode.exchange.exporters.workbook import MAX_LINKS, Book, add_about, add_quotes, first_rows, head_row
from qcode.model.report import CellText, GridReport
from qcode.text.chips import pieces_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIRST, WIDTH, NARROW = 28.0, 38.0, 8.0
# so many columns are printed side by side, in per cent of their size
PRINTED, SCALE = 3, 62
LIST = (
    ("Code", 24),
    ("Column", 16),
    ("Summary", 60),
    ("Status", 10),
    ("Author", 14),
    ("Date", 13),
    ("Reviewed by", 14),
    ("Stale because", 44),
)
CITED = 18


def write(report: GridReport, path: Path) -> None:
    """Writes the sheets 'Summaries', 'List', 'Quotes' and 'About'; raises UserError when it cannot, or the rows are too many."""
    table = report.table
    blocks = blocks_of(table)
    book = Book(table.title, table.provenance, 1 + sum(len(block.indexes) for block in blocks))
    starts = first_rows(blocks)
    _add_grid(book, report, dict(islice(starts.items(), MAX_LINKS)))
    _add_list(book, report, _first_places(report, blocks, starts))
    add_quotes(book, blocks, table, {block.anchor: _address(block.row, block.column) for block in blocks})
    add_about(book, table.title, _facts(report), table.provenance)
    book.save_to(path)


def _address(row: int, column: int) -> str:
    """Where the number of quotes of a cell stands, which leads to them."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return f"'Summaries'!{xl_rowcol_to_cell(HEAD + 1 + row, 2 + 2 * column)}"


def _first_places(report: GridReport, blocks: Sequence[Block], starts: Mapping[str, int]) -> dict[str, int]:
    """The row of the sheet 'Quotes' in which each quote, by its ID, stands first."""
    places: dict[str, int] = {}
    for block in blocks:
        for offset, index in enumerate(block.indexes):
            places.setdefault(report.table.quotes[index].id, starts[block.anchor] + offset)
    return places


def _add_grid(book: Book, report: GridReport, starts: Mapping[str, int]) -> None:
    """For each column the summaries and, beside them, how many quotes they rest on: a link on the summary itself would put it on one line
    in LibreOffice."""
    matrix = report.table.matrix
    sheet = book.sheet("Summaries")
    widths = [FIRST, *([WIDTH, NARROW] * len(matrix.columns)), *([WIDTH] if report.rows else [])]
    if len(matrix.columns) > PRINTED:
        # Sentences as small as twelve columns on one page would make them cannot be read.
        sheet.set_print_scale(SCALE)
        sheet.set_v_pagebreaks(range(1 + 2 * PRINTED, len(widths), 2 * PRINTED))
    muted = book.style(font_color=colours()["text_muted"], text_wrap=True)
    shown = widths[: 1 + 2 * PRINTED]
    book.put(sheet, 0, 0, report.table.title, book.style(bold=True, font_size=14))
    book.spread(sheet, 1, shown, f"A number leads to its quotes, the sheet 'List' from each ID to the quote. {STALE_EXPLAINED}", muted)
    book.spread(sheet, 2, shown, figures_sentence(report), muted)
    _add_head(book, sheet, report, widths)
    for index in range(len(matrix.rows)):
        _add_row(book, sheet, report, index, starts, widths)
    bottom = HEAD + 1 + len(matrix.rows)
    if report.columns:
        texts = {1 + 2 * place: _shown(text) for place, text in report.columns.items()}
        book.height(sheet, bottom, [(text, WIDTH) for text in texts.values()])
        book.put(sheet, bottom, 0, SYNTHESIS, book.style(bold=True, top=2))
        for column, text in texts.items():
            book.put(sheet, bottom, column, text, book.style(text_wrap=True, top=2, bg_color=colours()["panel"]))
    book.spread(sheet, bottom + 2, shown, provenance_line(report.table.provenance), muted)
    sheet.autofilter(HEAD, 0, max(bottom - 1, HEAD), len(widths) - 1)


def _add_head(book: Book, sheet: Worksheet, report: GridReport, widths: Sequence[float]) -> None:
    heads = ["Code"]
    for column in report.table.matrix.columns:
        heads += [f"{column.label}\n{read_of(column)}", "Quotes"]
    heads += [SYNTHESIS] if report.rows else []
    style = book.style(bold=True, bottom=2, text_wrap=True, bg_color=colours()["panel"])
    book.height(sheet, HEAD, zip(heads, widths, strict=True))
    for index, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(index, index, width)
        book.put(sheet, HEAD, index, head, style)
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.repeat_rows(HEAD)
    sheet.repeat_columns(0)


def _add_row(book: Book, sheet: Worksheet, report: GridReport, index: int, starts: Mapping[str, int], widths: Sequence[float]) -> None:
    matrix = report.table.matrix
    line = HEAD + 1 + index
    cells = matrix.cells[index]
    written = [report.cells.get((index, place)) for place in range(len(cells))]
    texts = [_shown(text) if text else rests_on(cell) for text, cell in zip(written, cells, strict=True)]
    synthesis = report.rows.get(index)
    across = _shown(synthesis) if synthesis else ""
    book.height(sheet, line, [(matrix.rows[index].label, FIRST), *((shown, WIDTH) for shown in (*texts, across))])
    book.put(sheet, line, 0, matrix.rows[index].label, book.style(text_wrap=True, bold=True, bottom=1, bottom_color=colours()["line"]))
    leading = book.style(font_color=colours()["accent"], underline=1, align="center", border=1, border_color=colours()["line"])
    for place, (cell, text, shown) in enumerate(zip(cells, written, texts, strict=True)):
        book.put(sheet, line, 1 + 2 * place, shown, book.style(**_look(text, unread=look_of(cell) in UNSURE)))
        start = starts.get(cell_anchor(index, place))
        if start is not None:
            book.link(sheet, line, 2 + 2 * place, f"'Quotes'!A{start + 1}", cell.codings, leading, rests_on(cell))
    if synthesis:
        book.put(sheet, line, len(widths) - 1, across, book.style(**{"bg_color": colours()["panel"], **_look(synthesis)}))


def _shown(text: CellText) -> str:
    """Words, who wrote them, and why they are stale, on lines of their own."""
    return "\n".join(part for part in (said(text), f"— {written_by(text)}", stale_words(text)) if part)


def _look(text: CellText | None, *, unread: bool = False) -> dict[str, Any]:
    palette = colours()
    look: dict[str, Any] = {"text_wrap": True, "border": 1, "border_color": palette["line"]}
    if text is None:
        striped = {"pattern": STRIPES, "fg_color": palette["hatch"], "bg_color": palette["hatch_bg"]} if unread else {}
        return look | striped | {"font_color": palette["text_muted"]}
    return look | ({"bg_color": palette["heat_neg"][1]} if text.stale else {})


def _add_list(book: Book, report: GridReport, places: Mapping[str, int]) -> None:
    """A row for each summary and synthesis; each quote it names in a cell of its own, for a cell of Excel holds one link."""
    sheet = book.sheet("List")
    listed = list(_listed(report))
    most = max((len(_cited(text)) for _, _, text in listed), default=0)
    head_row(book, sheet, 0, [*LIST, *((f"Names {number}", CITED) for number in range(1, most + 1))])
    widths = [width for _, width in LIST]
    plain, leading = book.style(text_wrap=True), book.style(font_color=colours()["accent"], underline=1)
    for row, (code, column, text) in enumerate(listed, start=1):
        dates = (text.author, day_of(text.at) if text.at else "", text.reviewer)
        cells = (code, column, said(text), text.status, *dates, "; ".join(text.stale))
        book.put_row(sheet, row, cells, widths, plain)
        for number, name in enumerate(_cited(text), start=len(LIST)):
            if name in places:
                book.link(sheet, row, number, f"'Quotes'!A{places[name] + 1}", name, leading, "To the quote")
            else:
                book.put(sheet, row, number, name, plain)
    sheet.autofilter(0, 0, max(len(listed), 1), len(LIST) - 1)


def _listed(report: GridReport) -> Iterator[tuple[str, str, CellText]]:
    """Code, column and summary, row by row, the synthesis of each row after its cells and those of the columns last."""
    matrix = report.table.matrix
    for row, code in enumerate(matrix.rows):
        for place, column in enumerate(matrix.columns):
            if (row, place) in report.cells:
                yield code.label, column.label, report.cells[row, place]
        if row in report.rows:
            yield code.label, SYNTHESIS, report.rows[row]
    for place, text in sorted(report.columns.items()):
        yield SYNTHESIS, matrix.columns[place].label, text


def _cited(text: CellText) -> list[str]:
    return list(dict.fromkeys(name for _, name in pieces_of(text.words) if name))


def _facts(report: GridReport) -> list[tuple[str, str]]:
    matrix = report.table.matrix
    size = f"{counted(len(matrix.rows), 'code')}, {counted(len(matrix.columns), 'column')}, {counted(len(report.table.quotes), 'quote')}"
    return [
        ("Summaries", f"{EXPLAINED} {figures_sentence(report)}"),
        ("Stale", STALE_EXPLAINED),
        ("Counts", size),
        ("Sheet 'List'", "Every summary and synthesis on a row of its own, and each quote it names in a cell that leads to the quote."),
        ("Sheet 'Quotes'", "In the order of the cells; a quote of two cells stands there twice. An ID leads back to its cell."),
    ]
