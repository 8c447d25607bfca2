"""Tables of findings in all formats: goldens, links that lead somewhere, hostile words as text, the same bytes twice."""

from __future__ import annotations

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
from qcode.exchange.exporters.linked_words import anchors_of, target_of
from qcode.exchange.exporters.word_file import W
from qcode.exchange.registry import LINKED_WRITERS
from qcode.model.report import LinkedReport
from tests.exchange.exporters import golden
from tests.exchange.exporters.linked import hostile_linked, small_linked
from tests.exchange.exporters.reports import HOSTILE, PROVENANCE
from tests.exchange.exporters.test_matrix_html import without_assets
from tests.exchange.exporters.test_matrix_xlsx import address, listing

REPORTS = {"small": small_linked(), "hostile": hostile_linked(), "nothing": LinkedReport("Nothing", "", (), (), (), PROVENANCE)}
EVERY_REPORT = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)


def written(form: str, report: LinkedReport, folder: Path) -> Path:
    path = folder / f"l.{form}"
    import_module(LINKED_WRITERS[form]).write(report, path)
    return path


def body_of(report: LinkedReport, folder: Path) -> Any:
    with zipfile.ZipFile(written("docx", report, folder)) as packed:
        return etree.fromstring(packed.read("word/document.xml"))[0]


def links_in(report: LinkedReport) -> int:
    """How many pieces of cells lead to something that is in the report."""
    anchors = anchors_of(report)
    return sum(bool(target_of(piece, anchors)) for part in report.sections for row in part.rows for cell in row for piece in cell)


@pytest.mark.parametrize("form", ["csv", "json", "md"])
def test_golden_text(tmp_path: Path, form: str) -> None:
    golden.check(f"linked.{form}", written(form, small_linked(), tmp_path).read_bytes().decode("utf-8"))


def test_golden_html(tmp_path: Path) -> None:
    golden.check("linked.html", without_assets(written("html", small_linked(), tmp_path).read_text(encoding="utf-8")))


def test_golden_docx(tmp_path: Path) -> None:
    body = body_of(small_linked(), tmp_path)
    etree.indent(body)
    golden.check("linked.docx.xml", etree.tostring(body, encoding="unicode") + "\n")


def test_golden_xlsx(tmp_path: Path) -> None:
    golden.check("linked.xlsx.txt", listing(openpyxl.load_workbook(written("xlsx", small_linked(), tmp_path))))


@EVERY_REPORT
def test_links_of_the_page_lead_somewhere(tmp_path: Path, report: LinkedReport) -> None:
    tree = html.fromstring(written("html", report, tmp_path).read_text(encoding="utf-8"))
    names = tree.xpath("//@id")
    assert len(set(names)) == len(names)
    assert {link[1:] for link in tree.xpath("//@href")} <= set(names)
    assert len(tree.xpath("//td//a")) == links_in(report)
    assert not tree.xpath("//@src | //link | //img | //iframe | //object | //form | //base")
    for chip in tree.xpath("//a[@class='chip']")[:20]:
        (target,) = tree.xpath(f"//*[@id='{chip.get('href')[1:]}']")
        assert target.get("class") == "quote"


@EVERY_REPORT
def test_links_of_the_word_file_lead_somewhere(tmp_path: Path, report: LinkedReport) -> None:
    body = body_of(report, tmp_path)
    starts = [start.get(f"{W}name") for start in body.iter(f"{W}bookmarkStart")]
    assert len({name.casefold() for name in starts}) == len(starts)
    assert {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")} <= set(starts)
    assert sum(1 for row in body.iter(f"{W}tr") for _ in row.iter(f"{W}hyperlink")) == links_in(report)
    tables = list(body.iter(f"{W}tbl"))
    assert all(table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in tables), "a head is repeated on each page"
    widths = [[int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")] for table in tables]
    assert len({tuple(each) for each in widths}) <= len({part.columns for part in report.sections if part.rows})
    assert all(sum(each) <= 16838 - 2 * 850 for each in widths), "a table stays between the margins"
    assert all(cell[-1].tag == f"{W}p" for cell in body.iter(f"{W}tc")), "a cell ends in a paragraph"


@EVERY_REPORT
def test_links_of_the_workbook_lead_to_the_block_they_name(tmp_path: Path, report: LinkedReport) -> None:
    book = openpyxl.load_workbook(written("xlsx", report, tmp_path))
    assert book.sheetnames == ["Table", "Quotes", "About"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    linked = [cell for cell in cells if cell.hyperlink]
    assert len(linked) == sum(len(part.rows) for part in report.sections)
    for cell in linked:
        sheet, at = address(cell.hyperlink.location)
        assert str(cell.value).startswith(book[sheet][at].value)


@EVERY_REPORT
def test_links_of_markdown_lead_somewhere(tmp_path: Path, report: LinkedReport) -> None:
    content = written("md", report, tmp_path).read_text(encoding="utf-8")
    anchors = re.findall(r'<a id="(\w+)"></a>', content)
    assert {link[1:] for link in re.findall(r"(?<!\\)\]\((#?[^)]*)\)", content)} <= set(anchors)
    assert not re.search(r"<(?!br>|a id=\"\w+\">|/a>)", content)


def test_hostile_words_are_text_everywhere(tmp_path: Path) -> None:
    page = written("html", hostile_linked(), tmp_path).read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert any(HOSTILE[0] in element.text_content() for element in html.fromstring(page).xpath("//p[@class='said']"))
    sheet = openpyxl.load_workbook(written("xlsx", hostile_linked(), tmp_path))["Table"]
    assert any(str(cell.value).startswith("=1+1") for row in sheet.iter_rows() for cell in row)
    texts = {element.text for element in body_of(hostile_linked(), tmp_path).iter(f"{W}t")}
    assert any(word and word.startswith("=1+1") for word in texts)


def test_json_says_where_a_cell_leads(tmp_path: Path) -> None:
    document = json.loads(written("json", small_linked(), tmp_path).read_text(encoding="utf-8"))
    cell = document["sections"][0]["rows"][0][2]
    assert (cell["leads_to"], cell["quotes"], cell["text"].splitlines()[-1]) == (["F1"], [small_linked().quotes[0].id], "x")
    assert document["blocks"][2]["rests_on"] == ["F1", "F2"]


@pytest.mark.parametrize("form", sorted(LINKED_WRITERS))
def test_the_same_table_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    first = written(form, small_linked(), tmp_path).read_bytes()
    assert written(form, small_linked(), tmp_path).read_bytes() == first


@pytest.mark.parametrize("form", sorted(LINKED_WRITERS))
def test_a_place_that_is_not_there_is_one_sentence(tmp_path: Path, form: str) -> None:
    with pytest.raises(UserError, match=r"does not exist; create it or choose another place\.$"):
        import_module(LINKED_WRITERS[form]).write(small_linked(), tmp_path / "none" / "file")
