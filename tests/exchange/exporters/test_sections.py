"""A report of several tables, in every format: everything is there, and nothing a person wrote steers the program that shows it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from qcode.exchange.registry import SECTIONS_WRITERS, writer
from qcode.model.report import Provenance, Section, SectionsReport

ORIGIN = Provenance("Centres", "P.qcode", "0" * 64, "qcode 0", "none", "any coder", "2022-06-01")
HOSTILE = ("=1+1", "<script>alert(1)</script>", "a|b\nc", "\u202eevil", "# no heading", "Ёлка")
REPORT = SectionsReport(
    "Merge <b>of</b> 2 files",
    "Nothing is lost.",
    (
        Section("Figures", "What there is.", ("figure", "number"), (("codings", 7), ("memos", 2))),
        Section("Values", "", ("id", "figure", "value"), tuple((str(number), "x", value) for number, value in enumerate(HOSTILE))),
        Section("Nothing", "There is none.", ("id",), ()),
    ),
    ORIGIN,
)


@pytest.mark.parametrize("kind", SECTIONS_WRITERS)
def test_the_same_report_gives_the_same_bytes(tmp_path: Path, kind: str) -> None:
    for name in ("one", "two"):
        writer(SECTIONS_WRITERS, kind)(REPORT, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_csv_has_the_columns_of_all_parts(tmp_path: Path) -> None:
    writer(SECTIONS_WRITERS, "csv")(REPORT, tmp_path / "r.csv")
    data = (tmp_path / "r.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True)))
    assert rows[0] == ["part", "figure", "number", "id", "value"]
    assert rows[1] == ["Figures", "codings", "7", "", ""]
    assert [row[4] for row in rows[3:]] == list(HOSTILE)


def test_a_page_and_markdown_show_what_was_written_and_do_nothing(tmp_path: Path) -> None:
    for kind in ("html", "md"):
        writer(SECTIONS_WRITERS, kind)(REPORT, tmp_path / f"r.{kind}")
        text = (tmp_path / f"r.{kind}").read_text(encoding="utf-8")
        assert "<script" not in text
        assert "&lt;script&gt;alert" in text
        assert "<bdi>\u202eevil</bdi>" in text or "\u202c" in text
        assert "There is none." in text
    line = next(line for line in text.splitlines() if "a\\|b" in line)
    assert line.count(" | ") == 2


def test_a_workbook_has_a_sheet_for_each_part_and_no_formula(tmp_path: Path) -> None:
    import openpyxl

    writer(SECTIONS_WRITERS, "xlsx")(REPORT, tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == ["Figures", "Values", "Nothing", "About"]
    assert book["Figures"]["B2"].value == 7
    assert (book["Values"]["C2"].value, book["Values"]["C2"].data_type) == ("=1+1", "s")
    book.close()


def test_a_word_file_has_every_table(tmp_path: Path) -> None:
    import docx

    writer(SECTIONS_WRITERS, "docx")(REPORT, tmp_path / "r.docx")
    document = docx.Document(str(tmp_path / "r.docx"))
    assert [table.rows[0].cells[0].text for table in document.tables] == ["figure", "id"]
    assert [row.cells[2].text for row in document.tables[1].rows][1] == "=1+1"
    assert "Nothing is lost." in [paragraph.text for paragraph in document.paragraphs]
