"""S6: the report's own table of 24 channels in four countries, coded cell by cell, comes out of the matrix as it went in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.scenarios.command_line import ask, do, write_csv

DATA = Path(__file__).parent / "corpus"
REPORT = "002_6838dfb8de15700b.txt"
OTHER_REPORT = "004_4e175ca7f7434b53.txt"
COUNTRIES = ["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Uzbekistan"]
CODER = "Team leader"

# Counted by eye in the printed table: in how many of the 24 channels each country has a plus.
PLUSES_BY_EYE = {"Kazakhstan": 19, "Kyrgyzstan": 20, "Tajikistan": 19, "Uzbekistan": 16}

_ROW = re.compile(r"^ ?\d+\. (?P<channel>.+?) (?P<a>[+?]) (?P<b>[+?]) (?P<c>[+?]) (?P<d>[+?]) *$", re.MULTILINE)
Marks = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Mark:
    """One sign of the printed table: whose, which, and at which code point of the report."""

    channel: str
    country: str
    sign: str
    at: int


def marks_in(text: str) -> Iterator[Mark]:
    """Every sign of table 3 with its position, as the evaluator who codes the table would click on it."""
    begins = text.index("Table 3. Use of channels")
    for row in _ROW.finditer(text, begins, text.index("+ = this channel", begins)):
        for country, group in zip(COUNTRIES, "abcd", strict=True):
            yield Mark(row["channel"], country, row[group], row.start(group))


def printed_table(path: Path) -> Marks:
    """The table as it is printed: channel -> country -> sign; read line by line, without positions or patterns."""
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
    header = lines.index(COUNTRIES)
    found: Marks = {}
    for words in lines[header + 1 : header + 40]:
        signs = words[-4:]
        if len(words) > 4 and set(signs) <= {"+", "?"}:
            found[" ".join(words[1:-4])] = dict(zip(COUNTRIES, signs, strict=True))
    return found


def presence(project: Path) -> Marks:
    """The matrix of presence: channel -> country -> sign."""
    matrix = ask("matrix", project, "--rows", "Channels", "--columns", "case:1", "--cells", "presence")
    assert matrix["columns"] == COUNTRIES
    return {row: dict(zip(COUNTRIES, cells, strict=True)) for row, cells in zip(matrix["rows"], matrix["cells"], strict=True)}


@pytest.fixture(scope="module")
def printed(corpus: Path) -> Marks:
    return printed_table(corpus / REPORT)


@pytest.fixture
def project(corpus: Path, tmp_path: Path) -> Path:
    """The report with its table coded: every mark a passage of its country, every plus a coding of its channel; not yet read."""
    project = tmp_path / "channels.qcode"
    marks = list(marks_in((corpus / REPORT).read_text(encoding="utf-8")))
    cases = write_csv(tmp_path / "cases.csv", ["case"], [[country] for country in COUNTRIES])
    assigned = [[country, REPORT, "", ""] for country in COUNTRIES]
    assigned += [[mark.country, REPORT, str(mark.at), str(mark.at + 1)] for mark in marks]
    assign = write_csv(tmp_path / "assign.csv", ["case", "source", "start", "end"], assigned)
    coded = [[REPORT, mark.at, mark.at + 1, "+", f"Channels > {mark.channel}", CODER] for mark in marks if mark.sign == "+"]
    codings = write_csv(tmp_path / "codings.csv", ["source", "start", "end", "quote", "code", "coder"], coded)
    do("new", project, "--title", "Channels of two projects")
    do("import", project, corpus / REPORT)
    do("codebook", "import", project, DATA / "channels.csv")
    do("cases", "import", project, cases)
    do("cases", "assign", project, assign, "--strict")
    do("codings", "import", project, codings, "--strict")
    return project


def mark_read(project: Path, source: str) -> None:
    do("read", project, "--coder", CODER, "--source", source, "--status", "finished")


def expected(printed: Marks, absent: dict[str, str]) -> Marks:
    """The printed table with its question mark written as the country's mark for 'no quote'."""
    return {
        channel: {country: "+" if sign == "+" else absent[country] for country, sign in row.items()} for channel, row in printed.items()
    }


def test_the_printed_table_is_read_right(printed: Marks) -> None:
    assert len(printed) == 24
    assert {country: sum(row[country] == "+" for row in printed.values()) for country in COUNTRIES} == PLUSES_BY_EYE
    assert {row["Uzbekistan"] for row in (printed["Posters"], printed["Cartoons on TV"])} == {"+"}
    assert set(printed["Website"].values()) == {"?"}


def test_all_96_cells_are_those_of_the_report(project: Path, printed: Marks) -> None:
    assert presence(project) == expected(printed, dict.fromkeys(COUNTRIES, "?"))
    mark_read(project, REPORT)
    found = presence(project)
    assert sum(len(row) for row in found.values()) == 96
    assert found == expected(printed, dict.fromkeys(COUNTRIES, "0"))


@pytest.mark.parametrize("unread", COUNTRIES)
def test_a_country_with_an_unread_report_shows_the_third_mark_and_no_other_does(
    project: Path, corpus: Path, printed: Marks, unread: str
) -> None:
    mark_read(project, REPORT)
    do("import", project, corpus / OTHER_REPORT, "--case", unread)
    assert presence(project) == expected(printed, {**dict.fromkeys(COUNTRIES, "0"), unread: "?"})
    mark_read(project, OTHER_REPORT)
    assert presence(project) == expected(printed, dict.fromkeys(COUNTRIES, "0"))


def test_a_channel_that_the_reading_did_not_know_is_not_read_anywhere(project: Path, printed: Marks, tmp_path: Path) -> None:
    mark_read(project, REPORT)
    do("codebook", "import", project, write_csv(tmp_path / "late.csv", ["code", "parent"], [["Radio", "Channels"]]))
    found = presence(project)
    assert found.pop("Radio") == dict.fromkeys(COUNTRIES, "?")
    assert found == expected(printed, dict.fromkeys(COUNTRIES, "0"))
    mark_read(project, REPORT)
    assert presence(project)["Radio"] == dict.fromkeys(COUNTRIES, "0")


def test_the_csv_says_the_same(project: Path, printed: Marks, tmp_path: Path) -> None:
    mark_read(project, REPORT)
    file = tmp_path / "channels-presence.csv"
    do("matrix", project, "--rows", "Channels", "--columns", "case:1", "--cells", "presence", "-o", file)
    lines = [line.split(",") for line in file.read_bytes().decode("utf-8-sig").split("\r\n")]
    assert lines[0] == ["code", *COUNTRIES, "Total"]
    found = {line[0]: dict(zip(COUNTRIES, line[1:5], strict=True)) for line in lines[1:] if line[0] in printed}
    assert found == expected(printed, dict.fromkeys(COUNTRIES, "0"))
