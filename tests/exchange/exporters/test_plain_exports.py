"""Golden files and limits of the formats that are text, and of the lists of quotes in all formats."""

from __future__ import annotations

import csv
import io
import json
import re
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest

from qcode.errors import UserError
from qcode.exchange.registry import MATRIX_WRITERS, QUOTE_WRITERS
from qcode.model.matrix import Matrix, Measure
from qcode.model.report import MatrixReport, QuoteReport
from tests.exchange.exporters import golden
from tests.exchange.exporters.reports import HOSTILE, PROVENANCE, found, hostile_report, quote_report, small_report

EMPTY_MATRIX = MatrixReport("Nothing", Matrix(Measure.CODINGS, (), (), (), (), (), found(0, 0, 0, 0)), (), {}, PROVENANCE)


def matrix_text(form: str, report: MatrixReport, folder: Path) -> str:
    import_module(MATRIX_WRITERS[form]).write(report, folder / f"m.{form}")
    return (folder / f"m.{form}").read_bytes().decode("utf-8")


def quotes_text(form: str, report: QuoteReport, folder: Path) -> str:
    import_module(QUOTE_WRITERS[form]).write(report, folder / f"q.{form}")
    return (folder / f"q.{form}").read_bytes().decode("utf-8")


@pytest.mark.parametrize("measure", [Measure.CODINGS, Measure.PRESENCE, Measure.COVERAGE])
@pytest.mark.parametrize("form", ["csv", "json", "md"])
def test_matrix_golden(tmp_path: Path, form: str, measure: Measure) -> None:
    golden.check(f"matrix-{measure.value}.{form}", matrix_text(form, small_report(measure), tmp_path))


@pytest.mark.parametrize("form", ["csv", "json", "md"])
def test_quotes_golden(tmp_path: Path, form: str) -> None:
    golden.check(f"quotes.{form}", quotes_text(form, quote_report(small_report()), tmp_path))


def test_matrix_csv_has_the_exact_form(tmp_path: Path) -> None:
    text = matrix_text("csv", small_report(Measure.PRESENCE), tmp_path)
    assert text.splitlines()[0] == "\ufeffcode,Kyrgyzstan,Tajikistan,Turkmenistan,Total"
    assert text.splitlines()[3] == "Constraints > Staff turnover,+,+,?,+"
    assert text.count("\r\n") == 5, "the head and four codes, no row of totals"


def test_matrix_json_has_the_exact_keys(tmp_path: Path) -> None:
    document = json.loads(matrix_text("json", small_report(), tmp_path))
    assert document["cells"] == [[0, 1, 0], [0, 0, 0], [3, 1, 0], [0, 0, 0]]
    assert document["totals"] == [1, 0, 3, 0]
    assert document["presence"][1] == ["0", "0", "?"]
    assert document["quotes"][2][1] == ["KGZ01-Q00002"]
    assert document["provenance"]["content_hash"] == PROVENANCE.content_hash


def test_quotes_come_back_equal_from_csv_json_and_xlsx(tmp_path: Path) -> None:
    report = quote_report(hostile_report())
    words = [quote.quote for quote in report.quotes]
    rows = list(csv.DictReader(io.StringIO(quotes_text("csv", report, tmp_path).removeprefix("\ufeff"), newline="")))
    assert [row["quote"] for row in rows] == words
    assert [quote["quote"] for quote in json.loads(quotes_text("json", report, tmp_path))["quotes"]] == words
    import_module(QUOTE_WRITERS["xlsx"]).write(report, tmp_path / "q.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "q.xlsx")["Quotes"]
    plain = {word for word in HOSTILE if word.isprintable()}
    assert plain <= {cell.value for cell in sheet["E"]}
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f" or cell.hyperlink]


def test_markdown_links_lead_somewhere(tmp_path: Path) -> None:
    for report in (small_report(), hostile_report()):
        text = matrix_text("md", report, tmp_path)
        anchors = re.findall(r'<a id="(\w+)"></a>', text)
        assert len(set(anchors)) == len(anchors)
        links = re.findall(r"(?<!\\)\]\((#?[^)]*)\)", text)
        assert {link[1:] for link in links if link.startswith("#C")} == {f"C_{r + 1}_{c + 1}" for r, c in report.behind}
        assert {link[1:] for link in links} <= set(anchors)
        assert not re.search(r"<(?!br>|a id=\"\w+\">|/a>)", text)


@pytest.mark.parametrize("form", sorted(MATRIX_WRITERS))
def test_an_empty_table_is_a_file_too(tmp_path: Path, form: str) -> None:
    import_module(MATRIX_WRITERS[form]).write(EMPTY_MATRIX, tmp_path / "m")
    import_module(QUOTE_WRITERS[form]).write(quote_report(EMPTY_MATRIX), tmp_path / "q")
    assert all((tmp_path / name).stat().st_size for name in "mq")


@pytest.mark.parametrize("form", sorted(MATRIX_WRITERS))
def test_every_measure_is_written_alike_twice(tmp_path: Path, form: str) -> None:
    for measure in Measure:
        for name in "ab":
            import_module(MATRIX_WRITERS[form]).write(small_report(measure), tmp_path / name)
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("writers", [MATRIX_WRITERS, QUOTE_WRITERS], ids=["matrix", "quotes"])
@pytest.mark.parametrize("form", sorted(MATRIX_WRITERS))
def test_a_place_that_is_not_there_is_one_sentence(tmp_path: Path, form: str, writers: dict[str, str]) -> None:
    report = small_report() if writers is MATRIX_WRITERS else quote_report(small_report())
    with pytest.raises(UserError, match=r"does not exist; create it or choose another place\.$"):
        import_module(writers[form]).write(report, tmp_path / "none" / "file")
    assert not list(tmp_path.iterdir())
