"""Framework grids in all formats: goldens, links that lead somewhere, hostile words as text, the same bytes twice."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree, html

from qcode.errors import UserError
from qcode.exchange.exporters.grid_words import figures_sentence, linked_pieces, said, stale_words, written_by
from qcode.exchange.exporters.word_file import W
from qcode.exchange.registry import GRID_WRITERS
from qcode.model.matrix import Matrix, Measure
from qcode.model.report import CellText, GridReport, MatrixReport
from tests.exchange.exporters import golden
from tests.exchange.exporters.grids import hostile_grid, large_grid, small_grid, text
from tests.exchange.exporters.reports import HOSTILE, PROVENANCE, found
from tests.exchange.exporters.test_matrix_html import without_assets
from tests.exchange.exporters.test_matrix_xlsx import address, listing

NOTHING = GridReport(
    MatrixReport("Nothing", Matrix(Measure.CODINGS, (), (), (), (), (), found(0, 0, 0, 0)), (), {}, PROVENANCE), {}, {}, {}
)
GRIDS = {"small": small_grid(), "hostile": hostile_grid(), "large": large_grid(12, 6), "nothing": NOTHING}
EVERY_GRID = pytest.mark.parametrize("report", GRIDS.values(), ids=GRIDS)


def written(form: str, report: GridReport, folder: Path) -> Path:
    path = folder / f"g.{form}"
    import_module(GRID_WRITERS[form]).write(report, path)
    return path


def body_of(report: GridReport, folder: Path) -> Any:
    with zipfile.ZipFile(written("docx", report, folder)) as packed:
        return etree.fromstring(packed.read("word/document.xml"))[0]


@pytest.mark.parametrize("form", ["csv", "json", "md"])
def test_golden_text(tmp_path: Path, form: str) -> None:
    golden.check(f"grid.{form}", written(form, small_grid(), tmp_path).read_bytes().decode("utf-8"))


def test_golden_html(tmp_path: Path) -> None:
    golden.check("grid.html", without_assets(written("html", small_grid(), tmp_path).read_text(encoding="utf-8")))


def test_golden_docx(tmp_path: Path) -> None:
    body = body_of(small_grid(), tmp_path)
    etree.indent(body)
    golden.check("grid.docx.xml", etree.tostring(body, encoding="unicode") + "\n")


def test_golden_xlsx(tmp_path: Path) -> None:
    golden.check("grid.xlsx.txt", listing(openpyxl.load_workbook(written("xlsx", small_grid(), tmp_path))))


def test_csv_has_the_form_of_a_matrix(tmp_path: Path) -> None:
    content = written("csv", small_grid(), tmp_path).read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert rows[0] == ["code", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Total"]
    assert [row[0] for row in rows[1:]] == [*(row.label for row in small_grid().table.matrix.rows), "Total"]
    assert rows[1][2] == "One lawyer knew our law [#KGZ01-Q00003]."
    assert rows[3][1].splitlines()[2].startswith("[Stale: #KGZ01-Q00001 is no longer coded here")


def test_json_says_all_that_is_known(tmp_path: Path) -> None:
    document = json.loads(written("json", small_grid(), tmp_path).read_text(encoding="utf-8"))
    assert document["cells"][0] == ["", "One lawyer knew our law [#KGZ01-Q00003].", ""]
    assert document["totals"][2] == "Turnover is the constraint named most [#KGZ01-Q00000]."
    summary = document["summaries"][2][0]
    assert (summary["status"], summary["reviewer"], len(summary["stale"])) == ("reviewed", "Aida", 2)
    assert summary["cites"] == ["KGZ01-Q00000", "KGZ01-Q00001"]
    assert document["summaries"][0][0] is None
    assert document["column_summaries"][1]["words"] == "Experts carry the work."


@EVERY_GRID
def test_links_of_the_page_lead_somewhere(tmp_path: Path, report: GridReport) -> None:
    tree = html.fromstring(written("html", report, tmp_path).read_text(encoding="utf-8"))
    names = tree.xpath("//@id")
    assert len(set(names)) == len(names)
    assert {link[1:] for link in tree.xpath("//@href")} <= set(names)
    assert not tree.xpath("//@src | //@style | //link | //img | //iframe | //object | //form | //base")
    ids = {quote.id: quote for quote in report.table.quotes}
    wanted = sum(bool(anchor) for text in _texts(report) for _, anchor in linked_pieces(text, dict.fromkeys(ids, "x")))
    assert len(tree.xpath("//a[@class='chip']")) == wanted
    for chip in tree.xpath("//a[@class='chip']")[:20]:
        (target,) = tree.xpath(f"//*[@id='{chip.get('href')[1:]}']")
        assert target.get("class") == "quote"


@EVERY_GRID
def test_links_of_the_word_file_lead_somewhere(tmp_path: Path, report: GridReport) -> None:
    body = body_of(report, tmp_path)
    starts = [start.get(f"{W}name") for start in body.iter(f"{W}bookmarkStart")]
    assert len({name.casefold() for name in starts}) == len(starts)
    assert {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")} <= set(starts)
    for row in body.iter(f"{W}tr"):
        assert all(cell[-1].tag == f"{W}p" for cell in row.iter(f"{W}tc")), "a cell ends in a paragraph"


@EVERY_GRID
def test_links_of_the_workbook_lead_to_the_quote_they_name(tmp_path: Path, report: GridReport) -> None:
    book = openpyxl.load_workbook(written("xlsx", report, tmp_path))
    assert book.sheetnames == ["Summaries", "List", "Quotes", "About"]
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    for row in book["List"].iter_rows():
        for cell in (cell for cell in row if cell.hyperlink):
            sheet, at = address(cell.hyperlink.location)
            assert book[sheet][at].value == cell.value
    for row in book["Summaries"].iter_rows():
        for cell in (cell for cell in row if cell.hyperlink):
            sheet, at = address(cell.hyperlink.location)
            back = book[sheet][at].hyperlink.location
            assert address(back) == ("Summaries", cell.coordinate)


@EVERY_GRID
def test_links_of_markdown_lead_somewhere(tmp_path: Path, report: GridReport) -> None:
    content = written("md", report, tmp_path).read_text(encoding="utf-8")
    anchors = re.findall(r'<a id="(\w+)"></a>', content)
    links = re.findall(r"(?<!\\)\]\((#?[^)]*)\)", content)
    assert {link[1:] for link in links} <= set(anchors)
    assert not re.search(r"<(?!br>|a id=\"\w+\">|/a>)", content)


def test_hostile_words_are_text_everywhere(tmp_path: Path) -> None:
    report = hostile_grid()
    page = written("html", report, tmp_path).read_text(encoding="utf-8")
    assert "<script>alert" not in page
    said_there = html.fromstring(page).xpath("//p[@class='said']")
    assert any(HOSTILE[0] in element.text_content() for element in said_there)
    sheet = openpyxl.load_workbook(written("xlsx", report, tmp_path))["List"]
    assert any(str(cell.value).startswith("=1+1") for cell in sheet["C"])
    texts = {element.text for element in body_of(report, tmp_path).iter(f"{W}t")}
    assert any(word and word.startswith("=1+1") for word in texts)


@pytest.mark.parametrize("form", sorted(GRID_WRITERS))
def test_the_same_grid_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    first = written(form, small_grid(), tmp_path).read_bytes()
    assert written(form, small_grid(), tmp_path).read_bytes() == first


@pytest.mark.parametrize("form", sorted(GRID_WRITERS))
def test_a_place_that_is_not_there_is_one_sentence(tmp_path: Path, form: str) -> None:
    with pytest.raises(UserError, match=r"does not exist; create it or choose another place\.$"):
        import_module(GRID_WRITERS[form]).write(small_grid(), tmp_path / "none" / "file")


def test_sixty_codes_by_twelve_columns_are_printed_a_few_columns_at_a_time(tmp_path: Path) -> None:
    report = large_grid(60, 12)
    tables = list(body_of(report, tmp_path).iter(f"{W}tbl"))
    assert [len(list(table.iter(f"{W}gridCol"))) - 1 for table in tables] == [4, 4, 4, 1]
    sheet = openpyxl.load_workbook(written("xlsx", report, tmp_path))["Summaries"]
    assert [one.id for one in sheet.col_breaks.brk] == [7, 13, 19, 25]
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$4:$4", "$A:$A")


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        (text("x"), "draft, Baktygul T., 3 May 2022"),
        (text("x", "reviewed", "Baktygul T."), "reviewed, Baktygul T., 14 Jun 2022"),
        (text("x", "reviewed", "Aida"), "reviewed by Aida, 14 Jun 2022, written by Baktygul T., 3 May 2022"),
        (text("x", "reviewed"), "reviewed, Baktygul T., 3 May 2022"),
    ],
)
def test_who_wrote_it(summary: Any, words: str) -> None:
    assert written_by(summary) == words


def test_a_name_does_not_turn_the_words_after_it() -> None:
    turning = HOSTILE[6]
    assert written_by(CellText("x", "", "draft", turning, "2022-05-03", "", "", ())) == f"draft, {turning}\u202c, 3 May 2022"
    assert stale_words(text("x", stale=(turning, "b"))) == f"Stale: {turning}\u202c; b"


def test_what_is_said() -> None:
    assert said(text("", empty="not asked")) == "(not asked)"
    assert stale_words(text("x", stale=("a", "b"))) == "Stale: a; b"
    assert stale_words(text("x")) == ""
    assert figures_sentence(small_grid()) == "4 of 12 cells have a summary: 2 reviewed, 1 stale."


def _texts(report: GridReport) -> list[Any]:
    return [*report.cells.values(), *report.rows.values(), *report.columns.values()]
