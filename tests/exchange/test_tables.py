from __future__ import annotations

import csv
import datetime
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from qcode.errors import UserError
from qcode.exchange.tables import read_table
from qcode.model.table import Table


def read(path: Path, data: str | bytes, encoding: str = "utf-8") -> Table:
    path.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))
    return read_table(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_separators_and_line_ends(tmp_path: Path, encoding: str, separator: str, end: str) -> None:
    rows = ["Source", "Код", "quote"], ["KGZ01.txt", "Кадры", '"мало, людей; ""совсем"""']
    table = read(tmp_path / "a.csv", end.join(separator.join(row) for row in rows), encoding)
    assert table.columns == ("Source", "Код", "quote")
    assert (table.column("source"), table.column("КОД")) == (["KGZ01.txt"], ["Кадры"])
    assert table.column("quote") == ['мало, людей; "совсем"']


def test_columns_are_found_by_name_and_cells_stay_as_they_are(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", ' CODE , Memo,extra\n  a ,"one\r\ntwo\n\nthree",\n\n,,\nb\nc,=1+1,x,\n')
    assert table.column("code") == ["  a ", "b", "c"]
    assert table.column("memo") == ["one\r\ntwo\n\nthree", "", "=1+1"]
    assert [table.line(i) for i in range(len(table))] == [2, 8, 9]
    assert table.unknown({"code", "MEMO"}) == ("extra",)
    assert ("Code" in table, "other" in table, table.column("other")) == (True, False, ["", "", ""])


def test_a_separator_may_be_declared_and_columns_without_name_are_named(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "sep=;\ncode;;;\n a,b;;x;\n")
    assert (table.columns, table.column("code"), table.line(0)) == (("code", "column 3"), [" a,b"], 3)


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", '"code"\n')
    assert (len(table), table.column("code")) == (0, [])


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t"), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS.map(lambda cell: "x" + cell)), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_what_was_written_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], separator: str) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([("code", "memo"), *rows])
    table = read(tmp_path_factory.mktemp("t") / "a.csv", "\ufeff" + buffer.getvalue())
    assert list(zip(table.column("code"), table.column("memo"), strict=True)) == rows


def test_many_rows_keep_their_order_and_lines(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "n\n" + "".join(f"{n}\n" for n in range(2_500)))
    assert table.column("n") == [str(n) for n in range(2_500)]
    assert table.line(2_499) == 2_501


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "a.csv is empty (0 bytes)"),
        (b"\n\n", "a.csv holds no text, only blanks,"),
        (b" , \n", "a.csv holds no table and was not imported. Put the names of the columns into the first row."),
        (b"code,Code\n", "a.csv has two columns named code and was not imported. Rename or delete one."),
        (b"code,memo\na,b\nc,d,e\n", "a.csv has 3 cells on line 3 but 2 columns and was not imported."),
        (b'code\na\n"open\n', "a.csv has quotation marks that do not close on line 3 and was not imported."),
        (b'code\n"a"b\n', "a.csv has quotation marks that do not close on line 2 and was not imported."),
        (b"a\0b", "a.csv holds a NUL character (line 1)"),
        (b"PK\x03\x04", "a.csv is a zip archive"),
    ],
)
def test_bad_csv_is_refused(tmp_path: Path, data: bytes, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path / "a.csv", data)
    assert str(caught.value).startswith(sentence)


def test_missing_columns_are_named_with_those_found(tmp_path: Path) -> None:
    table = read(tmp_path / "a.csv", "Source;text\na;b\n")
    table.require({"source"}, "codings")
    with pytest.raises(UserError) as caught:
        table.require({"code", "quote", "source"}, "codings")
    assert str(caught.value) == (
        "a.csv has no column code, quote, so no codings were imported. "
        "It has the columns Source, text: add the columns or rename them."
    )


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    sheet = book.create_sheet("Second")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_sheet_reads_as_a_person_would_type_it(tmp_path: Path) -> None:
    moment = datetime.datetime(2022, 4, 14, 10, 5)  # noqa: DTZ001 - a spreadsheet knows no zone
    rows: list[list[object]] = [
        ["Code", "n", "when", "done"],
        ["Ж", 12, datetime.date(2022, 4, 14), True],
        [],
        [" x ", 12.5, moment, False],
        ["z", 1e20, datetime.time(9, 30), None],
    ]
    table = read_table(workbook(tmp_path / "a.xlsx", rows))
    assert table.columns == ("Code", "n", "when", "done")
    assert table.column("code") == ["Ж", " x ", "z"]
    assert table.column("n") == ["12", "12.5", "1e+20"]
    assert table.column("when") == ["2022-04-14", "2022-04-14 10:05:00", "09:30:00"]
    assert table.column("done") == ["true", "false", ""]
    assert [table.line(i) for i in range(3)] == [2, 4, 5]


def with_sheet(path: Path, source: Path, old: bytes, new: bytes) -> Path:
    with zipfile.ZipFile(source) as good, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(old, new) if "worksheets/" in name else good.read(name))
    return path


def test_a_formula_reads_as_its_last_value(tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", [["code"], [77]])
    path = with_sheet(tmp_path / "a.xlsx", good, b"<v>77</v>", b"<f>70+7</f><v>77</v>")
    assert read_table(path).column("code") == ["77"]


def refusal_of(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_table(path)
    return str(caught.value)


def test_a_cell_at_the_end_of_the_world_is_refused(tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", [["code"], ["a"]])
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    path = with_sheet(tmp_path / "a.xlsx", good, b"</sheetData>", far)
    assert "has a cell far from all others" in refusal_of(path)


def test_entities_in_a_sheet_are_refused(tmp_path: Path) -> None:
    good = workbook(tmp_path / "good.xlsx", [["code"], ["a"]])
    path = with_sheet(tmp_path / "a.xlsx", good, b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet')
    assert "declares XML entities" in refusal_of(path)


def test_other_bad_spreadsheets_are_refused(tmp_path: Path) -> None:
    good = workbook(tmp_path / "a.xlsx", [["code"], ["a"]])
    good.write_bytes(good.read_bytes()[:2_000])
    assert "a.xlsx is damaged or not a spreadsheet" in refusal_of(good)
    assert "holds no table" in refusal_of(workbook(tmp_path / "b.xlsx", []))
    (tmp_path / "c.xls").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert "c.xls is a PNG picture, not a spreadsheet," in refusal_of(tmp_path / "c.xls")
    (tmp_path / "d.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "d.xls is damaged or not a spreadsheet" in refusal_of(tmp_path / "d.xls")
    (tmp_path / "e.docx").write_bytes(b"x")
    assert refusal_of(tmp_path / "e.docx").startswith("e.docx has the ending .docx, which is no table, and was not imported.")
    with zipfile.ZipFile(tmp_path / "f.xlsx", "w") as archive:
        archive.writestr("a.xml", "<a/>")
    assert "f.xlsx is damaged or not a spreadsheet" in refusal_of(tmp_path / "f.xlsx")
