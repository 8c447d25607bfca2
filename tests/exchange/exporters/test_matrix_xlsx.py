from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from qcode.errors import UserError
from qcode.exchange.exporters import matrix_xlsx, workbook
from qcode.model.matrix import Measure
from qcode.model.report import MatrixReport
from tests.exchange.exporters import golden
from tests.exchange.exporters.reports import HOSTILE, hostile_report, large_report, small_report

HEAD = 4


def written(report: MatrixReport, folder: Path) -> Workbook:
    matrix_xlsx.write(report, folder / "m.xlsx")
    return openpyxl.load_workbook(folder / "m.xlsx")


def address(location: str) -> tuple[str, str]:
    sheet, cell = location.replace("'", "").split("!")
    return sheet, cell


def listing(book: Workbook) -> str:
    lines = []
    for sheet in book:
        lines.append(f"== {sheet.title}, frozen {sheet.freeze_panes}, filter {sheet.auto_filter.ref}, repeated {sheet.print_title_rows}")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    link = f" -> {cell.hyperlink.location}" if cell.hyperlink else ""
                    ground = cell.fill.fgColor.rgb if cell.fill.patternType else ""
                    lines.append(f"{cell.coordinate} {cell.data_type} {cell.value!r} {cell.number_format} {ground}{link}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("measure", [Measure.CODINGS, Measure.PRESENCE, Measure.COVERAGE])
def test_golden(tmp_path: Path, measure: Measure) -> None:
    golden.check(f"matrix-{measure.value}.xlsx.txt", listing(written(small_report(measure), tmp_path)))


@pytest.mark.parametrize("report", [small_report(), hostile_report(), large_report(12, 5, 4)], ids=["small", "hostile", "large"])
def test_every_cell_leads_to_the_block_of_its_quotes_and_back(tmp_path: Path, report: MatrixReport) -> None:
    book = written(report, tmp_path)
    matrix, quotes = book["Matrix"], book["Quotes"]
    linked = {cell.coordinate for row in matrix.iter_rows() for cell in row if cell.hyperlink}
    assert len(linked) == len(report.behind)
    rows_seen = set()
    for (row, column), indexes in report.behind.items():
        cell = matrix.cell(HEAD + 1 + row, 2 + column)
        sheet, target = address(cell.hyperlink.location)
        assert (sheet, cell.value) == ("Quotes", report.matrix.cells[row][column].codings)
        first = quotes[target].row
        for offset, index in enumerate(indexes):
            back = quotes.cell(first + offset, 1)
            assert back.value == report.quotes[index].id
            assert address(back.hyperlink.location) == ("Matrix", cell.coordinate)
            rows_seen.add(first + offset)
    assert rows_seen == set(range(2, quotes.max_row + 1))


def test_nothing_becomes_a_formula_or_a_link_of_its_own(tmp_path: Path) -> None:
    book = written(hostile_report(), tmp_path)
    for sheet in book:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not [cell for cell in cells if cell.data_type == "f"]
        assert all(cell.hyperlink.location and not cell.hyperlink.target for cell in cells if cell.hyperlink)
    words = column(book["Quotes"], "Quote")
    assert {word for word in HOSTILE if word.startswith(("=", "+", "@", "http"))} <= set(words)
    with zipfile.ZipFile(tmp_path / "m.xlsx") as packed:
        assert not [name for name in packed.namelist() if "externalLink" in name]
        assert b"TargetMode" not in b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".rels"))


def column(sheet: Worksheet, name: str) -> list[str]:
    heads = [cell.value for cell in sheet[1]]
    return [row[heads.index(name)] for row in sheet.iter_rows(min_row=2, values_only=True)]


def test_long_words_are_cut_and_this_is_said(tmp_path: Path) -> None:
    book = written(hostile_report(), tmp_path)
    longest = max(column(book["Quotes"], "Quote"), key=len)
    assert len(longest) <= workbook.MAX_CELL
    assert longest.endswith("… [cut, 40,000 characters]")
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert "longer than the 32,767 characters" in about["Cut texts"]


def test_the_limit_of_a_cell_is_in_utf_16() -> None:
    book = workbook.Book("t", small_report().provenance, 1)
    text = book.text("\U0001f600" * 20_000)
    assert len(text.encode("utf-16-le")) // 2 <= workbook.MAX_CELL
    assert text.endswith("[cut, 20,000 characters]")
    assert book.text("\U0001f600" * 16_000) == "\U0001f600" * 16_000
    book.workbook.close()


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        matrix_xlsx.write(small_report(), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_many_rows_go_through_the_disk_with_the_same_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = listing(written(small_report(), tmp_path))
    monkeypatch.setattr(workbook, "MANY_ROWS", 1)
    assert listing(written(small_report(), tmp_path)) == expected
    first = (tmp_path / "m.xlsx").read_bytes()
    written(small_report(), tmp_path)
    assert (tmp_path / "m.xlsx").read_bytes() == first


def test_links_beyond_excels_limit_are_left_out_and_this_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_LINKS", 3)
    monkeypatch.setattr(matrix_xlsx, "MAX_LINKS", 2)
    book = written(small_report(), tmp_path)
    assert [cell.value for cell in book["Quotes"]["A"] if cell.hyperlink] == ["KGZ01-Q00003", "KGZ01-Q00000", "KGZ01-Q00002"]
    assert book["Matrix"]["B7"].hyperlink
    assert not book["Matrix"]["C7"].hyperlink
    assert "Links" in [cell.value for cell in book["About"]["A"]]


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 4)
    with pytest.raises(UserError, match="too many for an Excel sheet"):
        matrix_xlsx.write(small_report(), tmp_path / "m.xlsx")
    assert not list(tmp_path.iterdir())


def test_what_a_column_is_heads_its_quotes_and_rows_are_alike(tmp_path: Path) -> None:
    report = small_report()
    book = written(replace(report, matrix=replace(report.matrix, each="country")), tmp_path)
    assert book["Quotes"]["C1"].value == "Country"
    sheet = book["Matrix"]
    assert sheet.column_dimensions["A"].width > max(len(row.label) for row in report.matrix.rows)
    assert {sheet.row_dimensions[HEAD + 1 + row].height for row in range(len(report.matrix.rows))} == {None}
    assert {sheet.cell(HEAD + 1, column).alignment.vertical for column in range(1, 6)} == {"center"}
