"""S1: success factors and constraints of five real reports, with how many quotes, sources and countries each rests on.

The quotes of a few words each stand in `corpus/quotes.csv`; where a report speaks of one country, its section is that country's passage.
What the matrix should say is counted here once more by plain loops over quotes and sections, and the totals also by eye.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.scenarios.command_line import ask, content_hash, do, write_csv

DATA = Path(__file__).parent / "corpus"
CENTRAL_ASIA = ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan")
ANDES = ("Bolivia", "Colombia", "Ecuador", "Peru")
OTHERS = ("Armenia", "Russian Federation", "Venezuela")
COUNTRIES = sorted((*CENTRAL_ASIA, *ANDES, *OTHERS))
NONE = "(none)"

BRIEF = "000_c02363b3ba022056.txt"
SUMMARY = "001_1bce2a1950992f9d.txt"
CHILD_LABOUR = "002_6838dfb8de15700b.txt"
THREE_EVALUATIONS = "003_64ae82b684e2656c.txt"
MIGRATION = "004_4e175ca7f7434b53.txt"

WHOLE = {
    BRIEF: CENTRAL_ASIA,
    SUMMARY: ("Kazakhstan", "Kyrgyzstan", "Tajikistan"),
    CHILD_LABOUR: ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Uzbekistan"),
    MIGRATION: ("Armenia", "Kazakhstan", "Kyrgyzstan", "Russian Federation", "Tajikistan"),
}
ANNEX_HEADINGS = {
    "In the Russian Federation:": ("Russian Federation",),
    "In Kazakhstan:": ("Kazakhstan",),
    "In the Kyrgyz Republic:": ("Kyrgyzstan",),
    "In Tajikistan:": ("Tajikistan",),
    "In Armenia:": ("Armenia",),
    "In Armenia and Tajikistan:": ("Armenia", "Tajikistan"),
}

# Counted by eye in the list of quotes and the sections they stand in: (quotes, sources, countries) behind each row.
ROWS_BY_EYE = {
    "Success factors > Access to technical expertise": (12, 5, 12),
    "Success factors > Active participation of constituents": (11, 5, 11),
    "Success factors > Strong management": (5, 4, 7),
    "Success factors > Use of research": (11, 5, 7),
    "Success factors > Well-designed interventions": (7, 5, 11),
    "Constraints > Varying capacity of social partners": (7, 4, 11),
    "Constraints > Variances in political will": (5, 3, 9),
    "Constraints > Economic or political instability": (8, 5, 8),
    "Constraints > COVID-19-related delays": (3, 2, 9),
}


@dataclass(frozen=True)
class Section:
    """A part of a source that speaks of some countries of its own."""

    source: str
    start: int
    end: int
    countries: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """One coding of the list: its code, where it stands, and the countries it speaks of."""

    code: str
    source: str
    countries: tuple[str, ...]


def sections_by_heading(
    source: str, text: str, begin: int, end: int, headings: dict[str, tuple[str, ...]], ends: Callable[[str], bool]
) -> Iterator[Section]:
    """Within part of a source, from each line that is a heading of some countries to the next, or to a line that ends such sections."""
    start, at, countries = begin, begin, ()
    for line in [*text[begin:end].splitlines(keepends=True), "\0"]:
        heading = headings.get(line.strip(), ())
        if countries and (heading or line == "\0" or ends(line.strip())):
            yield Section(source, start, at, countries)
            countries = ()
        if heading:
            start, countries = at, heading
        at += len(line)


def sections_of(texts: dict[str, str]) -> list[Section]:
    """Every section of the five reports that speaks of its own countries."""
    alone = {country: (country,) for country in CENTRAL_ASIA}
    text = texts[CHILD_LABOUR]
    found = list(sections_by_heading(CHILD_LABOUR, text, 0, len(text), alone, lambda line: line.startswith("Conclusions")))
    text = texts[MIGRATION]
    annex = text.index("ANNEX I. Overview")
    found += sections_by_heading(MIGRATION, text, 0, annex, ANNEX_HEADINGS, lambda line: line.startswith("II.8"))
    found += sections_by_heading(MIGRATION, text, annex, text.index("ANNEX II -"), ANNEX_HEADINGS, lambda line: False)
    three = texts[THREE_EVALUATIONS]
    andean = three.index("Summary of findings", three.index("remote interviews with 114") - 5_000)
    venezuela = three.index("I. Specific considerations for the Bolivarian Republic")
    found.append(Section(THREE_EVALUATIONS, andean, len(three), ANDES))
    found.append(Section(THREE_EVALUATIONS, venezuela, three.index("Overall assessment", venezuela), ("Venezuela",)))
    return found


def rows_of(name: str) -> list[dict[str, str]]:
    """The lines of a csv file of this test."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def texts(corpus: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in corpus.glob("*.txt")}


@pytest.fixture(scope="module")
def sections(texts: dict[str, str]) -> list[Section]:
    return sections_of(texts)


@pytest.fixture(scope="module")
def quotes(texts: dict[str, str], sections: list[Section]) -> list[Quote]:
    """The quotes with their countries: those the list names, else of the shortest section around them, else of the source."""
    found = []
    for row in rows_of("quotes.csv"):
        source = row["source"]
        at = texts[source].index(row["quote"])
        around = [one for one in sections if one.source == source and one.start <= at and at + len(row["quote"]) <= one.end]
        inner = min(around, key=lambda one: one.end - one.start).countries if around else WHOLE.get(source, ())
        named = tuple(name.strip() for name in row["case"].split(";") if name.strip())
        found.append(Quote(row["code"], source, named or inner))
    return found


@pytest.fixture(scope="module")
def project(corpus: Path, texts: dict[str, str], sections: list[Section], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole story by the command line, up to who has read what: all but the report on three evaluations."""
    folder = tmp_path_factory.mktemp("factors")
    project = folder / "factors.qcode"
    regions = {**dict.fromkeys(CENTRAL_ASIA, "Central Asia"), **dict.fromkeys((*ANDES, "Venezuela"), "Andes")}
    cases = write_csv(folder / "cases.csv", ["case", "region"], [[country, regions.get(country, "Others")] for country in COUNTRIES])
    assigned = [[country, source, "", ""] for source, countries in WHOLE.items() for country in countries]
    assigned += [[country, one.source, str(one.start), str(one.end)] for one in sections for country in one.countries]
    do("new", project, "--title", "Success factors and constraints")
    do("import", project, corpus, "--strict", "--language", "en")
    do("codebook", "import", project, DATA / "factors.csv", "--strict")
    do("cases", "import", project, cases, "--strict")
    do("cases", "assign", project, write_csv(folder / "assign.csv", ["case", "source", "start", "end"], assigned), "--strict")
    do("codings", "import", project, DATA / "quotes.csv", "--strict")
    read = [word for source in (BRIEF, SUMMARY, CHILD_LABOUR, MIGRATION) for word in ("--source", source)]
    do("read", project, "--coder", "Team leader", *read, "--status", "finished")
    return project


def matrix(project: Path, cells: str, *more: str) -> dict[str, dict[str, object]]:
    """A matrix of all nine factors by country: row -> column -> value."""
    found = ask("matrix", project, "--rows", "Success factors", "--rows", "Constraints", "--columns", "case:1", "--cells", cells, *more)
    lines = zip(found["rows"], found["cells"], found["totals"], strict=True)
    return {row: dict(zip([*found["columns"], "Total"], [*line, total], strict=True)) for row, line, total in lines}


def expected(quotes: list[Quote], value: Callable[[list[Quote], str], int]) -> dict[str, dict[str, object]]:
    """The same matrix, counted by going through the quotes once for each cell."""

    def standing(row: str, column: str) -> list[Quote]:
        rows = [quote for quote in quotes if quote.code == row]
        if column == "Total":
            return rows
        return [quote for quote in rows if column in quote.countries or (column == NONE and not quote.countries)]

    columns = [*COUNTRIES, NONE, "Total"]
    return {row: {column: value(standing(row, column), column) for column in columns} for row in ROWS_BY_EYE}


def test_the_list_of_quotes_keeps_its_promises(texts: dict[str, str]) -> None:
    rows = rows_of("quotes.csv")
    assert len(rows) == 69
    assert {row["code"] for row in rows} == set(ROWS_BY_EYE)
    assert {row["source"] for row in rows} == set(texts)
    assert [row["quote"] for row in rows if len(row["quote"].split()) > 12 or texts[row["source"]].count(row["quote"]) != 1] == []


def test_sections_are_those_of_their_countries(sections: list[Section], texts: dict[str, str]) -> None:
    assert len(sections) >= 30
    assert {country for one in sections for country in one.countries} == {*COUNTRIES} - {"Turkmenistan"}
    assert all(len(texts[one.source][one.start : one.end]) > 100 for one in sections)


def test_every_cell_counts_the_quotes(project: Path, quotes: list[Quote]) -> None:
    assert matrix(project, "codings") == expected(quotes, lambda standing, _: len(standing))


def test_every_cell_counts_the_sources(project: Path, quotes: list[Quote]) -> None:
    assert matrix(project, "sources") == expected(quotes, lambda standing, _: len({quote.source for quote in standing}))


def test_every_total_counts_the_countries(project: Path, quotes: list[Quote]) -> None:
    def countries(standing: list[Quote], column: str) -> int:
        if column in COUNTRIES:
            return int(bool(standing))
        return len({country for quote in standing for country in quote.countries})

    assert matrix(project, "cases") == expected(quotes, countries)


def test_totals_are_those_counted_by_eye(project: Path) -> None:
    by_measure = [matrix(project, cells) for cells in ("codings", "sources", "cases")]
    assert {row: tuple(found[row]["Total"] for found in by_measure) for row in ROWS_BY_EYE} == ROWS_BY_EYE


def test_what_was_read_and_not_found_is_told_from_what_was_not_read(project: Path, quotes: list[Quote]) -> None:
    found = matrix(project, "presence")
    for row in ROWS_BY_EYE:
        for country in COUNTRIES:
            has = any(quote.code == row and country in quote.countries for quote in quotes)
            nothing = "?" if country in (*ANDES, "Venezuela") else "0"
            assert found[row][country] == ("+" if has else nothing), (row, country)
    assert found["Constraints > COVID-19-related delays"]["Armenia"] == "0"
    assert found["Success factors > Strong management"]["Peru"] == "?"


def test_quotes_of_one_country_are_asked_for(project: Path, quotes: list[Quote]) -> None:
    shown = ask("quotes", project, "--code", "Constraints", "--where", "case=Tajikistan")
    by_hand = [quote for quote in quotes if quote.code.startswith("Constraints") and "Tajikistan" in quote.countries]
    assert len(shown) == len(by_hand)
    assert {one["code"] for one in shown} == {quote.code for quote in by_hand}


@pytest.mark.parametrize("cells", ["sources", "cases", "presence"])
def test_the_table_goes_out_in_every_format(project: Path, tmp_path: Path, cells: str) -> None:
    before = project.read_bytes()
    rows = ("--rows", "Success factors", "--rows", "Constraints", "--columns", "case:1", "--cells", cells)
    for kind in ("xlsx", "docx", "html", "csv"):
        file = tmp_path / f"factors.{kind}"
        do("matrix", project, *rows, "-o", file)
        assert file.stat().st_size > 500
    for name in ("factors.xlsx", "factors.docx"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            assert archive.testzip() is None
    header, *lines = (line.split(",") for line in (tmp_path / "factors.csv").read_bytes().decode("utf-8-sig").split("\r\n") if line)
    assert header == ["code", *COUNTRIES, NONE, "Total"]
    values = matrix(project, cells)
    assert {line[0]: line[1:] for line in lines if line[0] in values} == {row: [*map(str, line.values())] for row, line in values.items()}
    assert project.read_bytes() == before


def test_codings_go_out_and_come_back_without_a_change(project: Path, tmp_path: Path) -> None:
    before = content_hash(project)
    do("codings", "export", project, "-o", tmp_path / "codings.csv")
    back = ask("codings", "import", project, tmp_path / "codings.csv")
    assert (back["imported"], back["changed"], back["refused"]) == ([], [], [])
    assert content_hash(project) == before
