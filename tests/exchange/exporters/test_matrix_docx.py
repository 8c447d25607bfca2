from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from qcode.errors import UserError
from qcode.exchange.exporters import matrix_docx, word_file
from qcode.exchange.exporters.word_file import W
from qcode.model.matrix import Measure
from qcode.model.report import MatrixReport
from tests.exchange.exporters import golden
from tests.exchange.exporters.reports import HOSTILE, hostile_report, large_report, small_report

REPORTS = {"small": small_report(), "hostile": hostile_report(), "large": large_report(12, 5, 4), "wide": large_report(6, 30, 2)}
# the order Word insists on, of the parts we use
ORDERS = {
    "pPr": ["pStyle", "keepNext", "bidi", "ind", "jc"],
    "tblPr": ["tblStyle", "tblW", "tblInd", "tblLayout", "tblLook"],
    "tcPr": ["tcW", "gridSpan", "shd", "vAlign"],
    "trPr": ["cantSplit", "tblHeader"],
}


def body_of(report: MatrixReport, folder: Path) -> Any:
    matrix_docx.write(report, folder / "m.docx")
    with zipfile.ZipFile(folder / "m.docx") as packed:
        return etree.fromstring(packed.read("word/document.xml"))[0]


def words(element: Any) -> str:
    names = {f"{W}t": None, f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(names[part.tag] or part.text or "" for part in element.iter(*names))


def name(element: Any) -> str:
    return str(etree.QName(element).localname)


def test_golden(tmp_path: Path) -> None:
    body = body_of(small_report(), tmp_path)
    etree.indent(body)
    golden.check("matrix-codings.docx.xml", etree.tostring(body, encoding="unicode") + "\n")


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_every_link_has_its_bookmark_and_every_name_suits_word(tmp_path: Path, report: MatrixReport) -> None:
    body = body_of(report, tmp_path)
    starts = list(body.iter(f"{W}bookmarkStart"))
    names = [start.get(f"{W}name") for start in starts]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name, re.ASCII) for name in names)
    assert [start.get(f"{W}id") for start in starts] == [end.get(f"{W}id") for end in body.iter(f"{W}bookmarkEnd")]
    assert len({start.get(f"{W}id") for start in starts}) == len(starts)
    anchors = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    assert anchors
    assert anchors <= set(names)


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_a_number_leads_to_the_quotes_it_counts_and_they_lead_back(tmp_path: Path, report: MatrixReport) -> None:
    body = body_of(report, tmp_path)
    blocks: dict[str, tuple[list[str], set[str]]] = {}
    current: tuple[list[str], set[str]] = ([], set())
    for paragraph in body.findall(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        if style == "qcodeHeading2":
            current = blocks.setdefault(paragraph.find(f"{W}bookmarkStart").get(f"{W}name"), ([], set()))
        elif style == "qcodeSource":
            current[0].append(words(paragraph).split("  ")[0])
        elif style == "qcodeNote":
            current[1].update(link.get(f"{W}anchor") for link in paragraph.iter(f"{W}hyperlink"))
    for (row, column), indexes in report.behind.items():
        assert blocks[f"C_{row + 1}_{column + 1}"] == ([report.quotes[i].id for i in indexes], {f"R_{row + 1}"})
    linked = [link.get(f"{W}anchor") for table in body.iter(f"{W}tbl") for link in table.iter(f"{W}hyperlink")]
    assert sorted(linked) == sorted(blocks)


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_the_parts_stand_in_words_order(tmp_path: Path, report: MatrixReport) -> None:
    body = body_of(report, tmp_path)
    for element in body.iter(*(f"{W}{tag}" for tag in ORDERS)):
        order = ORDERS[name(element)]
        places = [order.index(name(child)) for child in element]
        assert places == sorted(places)
    for cell in body.iter(f"{W}tc"):
        assert name(cell[0]) == "tcPr"
        assert name(cell[-1]) == "p", "Word refuses a cell that does not end in a paragraph"


@pytest.mark.parametrize("columns", [1, 6, 7, 12, 14, 30])
def test_a_table_stays_between_the_margins(tmp_path: Path, columns: int) -> None:
    body = body_of(large_report(3, columns, 1), tmp_path)
    room = 16838 - 2 * word_file.MARGIN
    tables = list(body.iter(f"{W}tbl"))
    for table in tables:
        widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert sum(widths) + 2 * word_file.PADDING <= room
        assert min(widths) >= 700
        for row in table.iter(f"{W}tr"):
            assert sum(int(width.get(f"{W}w")) for width in row.iter(f"{W}tcW")) == sum(widths)
    shown = [words(cell) for table in tables for cell in table.find(f"{W}tr").iter(f"{W}tc")]
    assert sum("19 of 21 read" in text for text in shown) == columns
    assert shown.count("Total") == 1


def test_the_head_is_repeated_and_no_row_breaks(tmp_path: Path) -> None:
    table = next(body_of(large_report(60, 12, 1), tmp_path).iter(f"{W}tbl"))
    rows = list(table.iter(f"{W}tr"))
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_marks_are_words(tmp_path: Path) -> None:
    table = next(body_of(small_report(), tmp_path).iter(f"{W}tbl"))
    cells = {words(cell) for cell in table.iter(f"{W}tc")}
    assert {"0", "0 so far, 5 not read", "not yet read", "no sources"} <= cells
    table = next(body_of(small_report(Measure.PRESENCE), tmp_path).iter(f"{W}tbl"))
    assert {"+", "0", "?"} <= {words(cell) for cell in table.iter(f"{W}tc")}


def test_hostile_words_stand_as_text(tmp_path: Path) -> None:
    body = body_of(hostile_report(), tmp_path)
    quotes = {words(p) for p in body.findall(f"{W}p") if p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "qcodeQuote"}
    plain = [word for word in HOSTILE if word.isprintable()]
    assert len(plain) > 8
    assert set(plain) <= quotes
    assert "left \u202eright-to-left override\u202c" in quotes
    assert "bell ␇ and ␛[31m and _x0041_" in quotes
    assert max(map(len, quotes)) == 40_000
    assert len(list(body.iter(f"{W}bidi"))) == 1
    with zipfile.ZipFile(tmp_path / "m.docx") as packed:
        relations = b"".join(packed.read(part) for part in packed.namelist() if part.endswith(".rels"))
    assert b"External" not in relations


def test_styles_are_our_own_and_used_by_name(tmp_path: Path) -> None:
    matrix_docx.write(small_report(), tmp_path / "m.docx")
    document = docx.Document(str(tmp_path / "m.docx"))
    assert {style.name for style in document.styles} >= {"qcode Title", "qcode Matrix", "qcode Quote", "qcode Link"}
    assert document.tables[0].style is not None
    assert document.tables[0].style.name == "qcode Matrix"
    assert {paragraph.style.name.split()[0] for paragraph in document.paragraphs if paragraph.style} == {"qcode"}


def test_the_same_report_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    matrix_docx.write(small_report(), tmp_path / "a")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    matrix_docx.write(small_report(), tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    with zipfile.ZipFile(tmp_path / "a") as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2022-06-14T16:20:00Z" in packed.read("docProps/core.xml")


def test_too_many_quotes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_file, "MAX_QUOTES", 3)
    with pytest.raises(UserError, match=r"^4 quotes are too many for m\.docx.*narrow"):
        matrix_docx.write(small_report(), tmp_path / "m.docx")


def test_a_page_says_what_it_belongs_to_below_its_last_line(tmp_path: Path) -> None:
    matrix_docx.write(small_report(), tmp_path / "m.docx")
    section = docx.Document(str(tmp_path / "m.docx")).sections[0]
    assert section.footer.paragraphs[0].text.startswith(small_report().title)
    assert section.footer_distance is not None
    assert section.bottom_margin is not None
    assert section.bottom_margin.pt - section.footer_distance.pt > 2 * 11
