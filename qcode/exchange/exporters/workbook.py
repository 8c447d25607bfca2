"""What every Excel file of an export shares: safe text, formats by name, the sheets 'Quotes' and 'About'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qcode.errors import UserError
from qcode.exchange.exporters.annex import Block
from qcode.exchange.exporters.atomic import replacing
from qcode.exchange.exporters.characters import visible
from qcode.exchange.exporters.heat import colours
from qcode.exchange.exporters.wording import attribution, moment_of, provenance_facts
from qcode.model.quote import Quote
from qcode.model.report import MatrixReport, Provenance

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MAX_CELL = 32_767
MAX_LINKS = 65_530
MAX_ROWS = 1_048_576
# from here on rows go to the disk as they come: in memory 100,000 quotes would take more than the whole engine may
MANY_ROWS = 20_000
FONT = "Arial"
LINE_HEIGHT = 12.75
MAX_HEIGHT = 409


class Book:
    """A workbook being made: every text goes in through `put`, so that nothing becomes a formula, a link or a broken file.

    `cut` counts the texts that were too long for a cell. Made by an exporter, closed by `save_to`.
    """

    def __init__(self, title: str, provenance: Provenance, rows: int) -> None:
        from xlsxwriter.workbook import Workbook

        if rows >= MAX_ROWS:
            raise UserError(f"{rows:,} rows are too many for an Excel sheet ({MAX_ROWS:,} at most); narrow the table or use csv.")
        self.bytes = BytesIO()
        many = rows > MANY_ROWS
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": True}
        self.workbook: Workbook = Workbook(self.bytes, {**options, "in_memory": not many, "constant_memory": many})
        self.workbook.set_properties({"title": visible(title), "author": provenance.program, "created": moment_of(provenance)})
        self.cut = 0
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def sheet(self, name: str) -> Worksheet:
        """A new sheet, landscape on A4, as wide as the page."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet

    def style(self, **properties: Any) -> Format:
        """The format with these properties; the same one each time it is asked for."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": 10, "valign": "top", "font_color": colours()["text"]}
            self._formats[key] = self.workbook.add_format(base | properties)
        return self._formats[key]

    def text(self, text: str) -> str:
        """The text as a cell can hold it: forbidden characters as signs, too long ones cut with a note of their length."""
        # a quick look first: 100,000 quotes make a million cells
        if not text.isprintable():
            text = visible(text).replace("\u2028", "\n").replace("\u2029", "\n")
        if len(text) * 2 > MAX_CELL and _units(text) > MAX_CELL:
            self.cut += 1
            note = f"… [cut, {len(text):,} characters]"
            text = _first_units(text, MAX_CELL - len(note)) + note
        return text

    def put(self, sheet: Worksheet, row: int, column: int, value: str | int | float, style: Format) -> None:
        """Writes a number as a number and a text as a text, whatever it begins with."""
        if isinstance(value, str):
            if value:
                sheet.write_string(row, column, self.text(value), style)
        else:
            sheet.write_number(row, column, value, style)

    def put_row(
        self, sheet: Worksheet, row: int, cells: Sequence[str | int | float], widths: Sequence[float], style: Format, first: int = 0
    ) -> None:
        """Writes the cells of a row from column `first` on, each as `put` does, and makes the row as high as all of them need."""
        lines, made = 1, list(cells)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            # 100,000 quotes make a million cells: short and harmless ones are not looked at twice
            if isinstance(cell, str) and (len(cell) > width or not cell.isprintable()):
                lines = max(lines, _lines(cell, width))
                made[column] = self.text(cell)
        if lines > 1:
            sheet.set_row(row, min(MAX_HEIGHT, LINE_HEIGHT * lines + 2))
        for column, cell in enumerate(made[first:], start=first):
            if not isinstance(cell, str):
                sheet.write_number(row, column, cell, style)
            elif cell:
                sheet.write_string(row, column, cell, style)

    def height(self, sheet: Worksheet, row: int, cells: Iterable[tuple[str, float]]) -> None:
        """Makes the row as high as its wrapped texts need in columns of those widths; to be called before they are put in.

        Excel would find the height by itself when it opens the file, LibreOffice does not.
        """
        lines = 1
        for text, width in cells:
            if len(text) > width or "\n" in text:
                lines = max(lines, _lines(text, width))
        if lines > 1:
            sheet.set_row(row, min(MAX_HEIGHT, LINE_HEIGHT * lines + 2))

    def spread(self, sheet: Worksheet, row: int, widths: Sequence[float], text: str, style: Format) -> None:
        """A text across all columns, wrapped."""
        self.height(sheet, row, [(text, sum(widths))])
        if len(widths) > 1:
            sheet.merge_range(row, 0, row, len(widths) - 1, "", style)
        self.put(sheet, row, 0, text, style)

    def link(self, sheet: Worksheet, row: int, column: int, target: str, value: str | int | float, style: Format, tip: str) -> None:
        """A cell that leads to `target` ("'Quotes'!A7"); a number stays a number."""
        sheet.write_url(row, column, f"internal:{target}", style, visible(str(value))[:200], visible(tip)[:200])
        self.put(sheet, row, column, value, style)

    def save_to(self, path: Path) -> None:
        """Closes the workbook and writes it to `path`, whole or not at all; raises UserError when it cannot."""
        with replacing(path) as handle:
            self.workbook.close()
            handle.write(self.bytes.getbuffer())


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column as wide as `width` digits; letters are narrower, words are not broken."""
    room = max(1.0, width * 1.05)
    if text.isprintable():
        return 1 + int(len(text) / room)
    return sum(1 + int(len(line) / room) for line in text.splitlines()) or 1


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _first_units(text: str, limit: int) -> str:
    """As many whole characters as fit in `limit` UTF-16 units, which is how Excel counts."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore")


QUOTE_COLUMNS = (
    ("ID", 15),
    ("Code", 22),
    ("Column", 13),
    ("Source", 18),
    ("Page", 6),
    ("Quote", 60),
    ("Coder", 12),
    ("Memo", 18),
    ("Cases", 18),
)


def quote_row(quote: Quote, column: str) -> tuple[str, ...]:
    """The cells of a quote in the order of QUOTE_COLUMNS."""
    cases = attribution(quote)
    return (quote.id, quote.code, column, quote.source, quote.page, quote.quote, quote.coder, quote.memo, cases)


def head_row(book: Book, sheet: Worksheet, row: int, columns: Sequence[tuple[str, int]]) -> None:
    """Writes names and widths of columns, frozen and repeated on every printed page."""
    style = book.style(bold=True, bottom=2, text_wrap=True, bg_color=colours()["panel"])
    for index, (name, width) in enumerate(columns):
        sheet.set_column(index, index, width)
        book.put(sheet, row, index, name, style)
    sheet.freeze_panes(row + 1, 1)
    sheet.repeat_rows(row)


def add_quotes(book: Book, blocks: Sequence[Block], report: MatrixReport, back: Mapping[str, str]) -> None:
    """The sheet 'Quotes': each block's quotes together, from row 2 on; IDs lead back to `back[block.anchor]`.

    With more rows than Excel can hold links only the first row of a block leads back.
    """
    sheet = book.sheet("Quotes")
    each = report.matrix.each
    head_row(book, sheet, 0, [(f"{each[:1].upper()}{each[1:]}" if name == "Column" else name, width) for name, width in QUOTE_COLUMNS])
    widths = [width for _, width in QUOTE_COLUMNS]
    plain = book.style(text_wrap=True)
    leading = book.style(font_color=colours()["accent"], underline=1)
    total = sum(len(block.indexes) for block in blocks)
    row = links = 0
    for block in blocks:
        for place, index in enumerate(block.indexes):
            row += 1
            cells = quote_row(report.quotes[index], report.matrix.columns[block.column].label)
            book.put_row(sheet, row, cells, widths, plain, first=1)
            if links < MAX_LINKS and (place == 0 or total <= MAX_LINKS):
                links += 1
                book.link(sheet, row, 0, back[block.anchor], cells[0], leading, "Back to the table")
            else:
                book.put(sheet, row, 0, cells[0], plain)
    sheet.autofilter(0, 0, max(row, 1), len(QUOTE_COLUMNS) - 1)


def first_rows(blocks: Iterable[Block]) -> dict[str, int]:
    """The row of the sheet 'Quotes', from 0, in which each block begins."""
    rows = {}
    row = 1
    for block in blocks:
        rows[block.anchor] = row
        row += len(block.indexes)
    return rows


def add_about(book: Book, title: str, facts: Iterable[tuple[str, str]], provenance: Provenance) -> None:
    """The sheet 'About': what was counted, what the marks mean, and where it all comes from."""
    sheet = book.sheet("About")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    name, value = book.style(bold=True), book.style(text_wrap=True)
    book.put(sheet, 0, 0, title, book.style(bold=True, font_size=14))
    cut = (("Cut texts", f"{book.cut:,} longer than the {MAX_CELL:,} characters of a cell; whole in html"),)
    for row, (word, text) in enumerate((*facts, *provenance_facts(provenance), *(cut if book.cut else ())), start=2):
        book.height(sheet, row, [(text, 100)])
        book.put(sheet, row, 0, word, name)
        book.put(sheet, row, 1, text, value)
