"""The worked example and the codebook templates fit together: names, quotes, passages, the three states of the table."""

from __future__ import annotations

import csv
import importlib
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from qcode.exchange.registry import READERS
from qcode.model.case import AttributeType, canonical
from qcode.model.code import CODEBOOK_COLUMNS
from qcode.model.reading import ReadingStatus

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "projects" / "central-asia"
TEMPLATES = ROOT / "resources" / "codebooks"
FILES = sorted(path for path in (EXAMPLE / "sources").rglob("*") if path.is_file())
NAMES = [path.relative_to(EXAMPLE / "sources").as_posix() for path in FILES]
CODERS = {"aizhan": "Aizhan B.", "baktygul": "Baktygul T.", "dilnoza": "Dilnoza R.", "farrukh": "Farrukh N."}
COUNTRIES = ["Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"]
REPORT = "Regional/REP01 Programme report 2018-22.txt"
FOCUS_GROUP = "Kyrgyzstan/KGZ06 Focus group in Osh region.txt"
LATE = "Constraints > Monitoring and indicators"
INVENTED = {
    "en": "Invented for the worked example of qcode.",
    "ru": "Вымышлено для учебного примера qcode.",
    "fr": "Inventé pour l'exemple de qcode.",
}
COLUMN_TYPES = {
    "year": AttributeType.NUMBER,
    "permission to quote": AttributeType.YES_NO,
    "interview date": AttributeType.DATE,
    "people": AttributeType.COUNT,
    "women": AttributeType.COUNT,
    "men": AttributeType.COUNT,
}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def text_of(name: str) -> str:
    path = EXAMPLE / "sources" / name
    return importlib.import_module(READERS[path.suffix]).read(path).text


def paths(rows: list[dict[str, str]], column: str) -> list[str]:
    """The full path of each row; a parent is a path itself."""
    return [f"{row['parent']} > {row[column]}" if row["parent"] else row[column] for row in rows]


SOURCES = table(EXAMPLE / "sources.csv")
CODES = paths(table(EXAMPLE / "codebook.csv"), "code")
CASES = paths(table(EXAMPLE / "cases.csv"), "case")
PASSAGES = table(EXAMPLE / "assign.csv")
READINGS = table(EXAMPLE / "readings.csv")
CODINGS = [row for coder in CODERS for row in table(EXAMPLE / f"codings-{coder}.csv")]


def country_of(coding: dict[str, str]) -> str:
    folder = coding["source"].partition("/")[0]
    if folder in COUNTRIES:
        return folder
    at = text_of(coding["source"]).index(coding["quote"])
    return next(p["case"] for p in PASSAGES if p["source"] == REPORT and int(p["start"]) <= at < int(p["end"]))


def finished(round_from: int = 1) -> set[str]:
    return {row["source"] for row in READINGS if row["status"] == "finished" and int(row["round"]) >= round_from}


def state(code: str, country: str) -> str:
    if any(coding["code"] == code and country_of(coding) == country for coding in CODINGS):
        return "+"
    of_country = {name for name in NAMES if name.startswith(country)} | {REPORT}
    return "0" if of_country <= finished(2 if code == LATE else 1) else "?"


@pytest.mark.parametrize("name", NAMES)
def test_source_says_that_it_is_invented(name):
    language = next(row["language"] for row in SOURCES if row["source"] == name)
    lines = [line for line in text_of(name).split("\n") if line.strip()]
    assert INVENTED[language] in (lines[0], lines[-1])


def test_notes_are_of_readable_length():
    counts = {name: len(text_of(name).split()) for name in NAMES}
    assert counts.pop(REPORT) >= 2000
    assert [name for name, count in counts.items() if not 350 <= count <= 900] == []


def test_counts_of_countries_languages_and_formats():
    notes = Counter(name.partition("/")[0] for name in NAMES if name != REPORT)
    assert notes == {"Kazakhstan": 5, "Kyrgyzstan": 7, "Tajikistan": 5, "Turkmenistan": 3, "Uzbekistan": 5}
    assert Counter(row["language"] for row in SOURCES) == {"en": 23, "ru": 2, "fr": 1}
    assert Counter(path.suffix for path in FILES) == {".txt": 18, ".docx": 4, ".html": 2, ".pdf": 2}


def test_files_are_small_and_tell_nothing_of_the_machine_they_were_made_on():
    for path in FILES:
        content = path.read_bytes()
        assert len(content) < 200_000, path
        assert not re.search(rb"/home/|/root/|/tmp/|[A-Z]:\\Users", content), path


def test_tracked_changes_footnote_and_table_are_read():
    inserted = text_of("Kyrgyzstan/KGZ03 Association of garment producers.docx")
    assert "present on all four days" in inserted
    assert "left the country since" not in inserted
    assert "the last congress report" in text_of("Tajikistan/TJK02 Federation of trade unions.docx")
    assert "14 personnel managers" in text_of("Kazakhstan/KAZ02 Confederation of employers.docx")


def test_every_source_has_one_row_and_its_own_label():
    assert sorted(row["source"] for row in SOURCES) == NAMES
    assert len({row["label"] for row in SOURCES}) == len(SOURCES)
    assert {row["case"] for row in SOURCES} - {""} <= set(CASES)


def test_cases_form_a_tree_of_typed_values():
    rows = table(EXAMPLE / "cases.csv")
    assert len(set(CASES)) == len(CASES)
    assert {row["parent"] for row in rows} - {""} <= set(CASES)
    assert [row["case"] for row in rows if not row["parent"]] == COUNTRIES
    for column, kind in COLUMN_TYPES.items():
        values = [row[column] for row in rows if row[column]]
        assert values
        assert [value for value in values if canonical(value, kind) is None] == []


def test_people_add_up():
    rows = [row for row in table(EXAMPLE / "cases.csv") if row["people"]]
    assert [row["case"] for row in rows if int(row["women"]) + int(row["men"]) != int(row["people"])] == []


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda row: f"{row['case']}-{row['start']}")
def test_passage_is_a_section_of_the_report_or_a_turn(passage):
    assert passage["case"] in CASES
    text, start, end = text_of(passage["source"]), int(passage["start"]), int(passage["end"])
    words, name = text[start:end], passage["case"].rpartition(" > ")[2]
    assert text[start - 1] == text[end] == "\n"
    if passage["source"] == FOCUS_GROUP:
        assert re.fullmatch(rf"{name}: .+", words)
    else:
        assert re.match(rf"\d {name}\n", words)


def test_passages_cover_every_country_and_every_turn():
    assert [row["case"] for row in PASSAGES if row["source"] == REPORT] == COUNTRIES
    turns = [line for line in text_of(FOCUS_GROUP).split("\n") if re.match(r"R\d: ", line)]
    assert len(turns) == sum(row["source"] == FOCUS_GROUP for row in PASSAGES)


@pytest.mark.parametrize("who", CODERS)
def test_codings_name_what_exists_and_quote_what_stands_once(who):
    rows = table(EXAMPLE / f"codings-{who}.csv")
    assert {row["coder"] for row in rows} == {CODERS[who]}
    assert {row["source"] for row in rows} <= set(NAMES)
    assert {row["code"] for row in rows} <= set(CODES)
    assert [row["quote"] for row in rows if text_of(row["source"]).count(row["quote"]) != 1] == []
    assert len({(row["source"], row["code"], row["quote"]) for row in rows}) == len(rows)


def test_every_code_below_a_group_is_used_and_some_codings_have_memos():
    assert {row["code"] for row in CODINGS} == {code for code in CODES if " > " in code}
    assert sum(bool(row["memo"]) for row in CODINGS) >= 15


@pytest.mark.parametrize(("label", "second"), [("KGZ07", "Farrukh N."), ("TJK01", "Dilnoza R.")])
def test_two_notes_were_coded_twice(label, second):
    coders = Counter(row["coder"] for row in CODINGS if label in row["source"])
    assert len(coders) == 2
    assert coders[second] >= 10


def test_first_codebook_lacks_only_the_late_code():
    full = table(EXAMPLE / "codebook.csv")
    assert table(EXAMPLE / "codebook-first.csv") == [row for row in full if row["code"] != LATE.rpartition(" > ")[2]]
    assert len(full) == len(table(EXAMPLE / "codebook-first.csv")) + 1


def test_examples_of_the_codebook_stand_in_the_sources():
    everything = "\n".join(map(text_of, NAMES))
    assert [row["code"] for row in table(EXAMPLE / "codebook.csv") if row["example"] not in everything] == []


def test_readings_name_known_coders_and_sources():
    assert {row["coder"] for row in READINGS} == set(CODERS.values())
    assert {row["source"] for row in READINGS} == set(NAMES) - {"Turkmenistan/TKM03 Union of industrialists.txt"}
    assert {row["status"] for row in READINGS} <= {status.value for status in ReadingStatus}
    assert {row["round"] for row in READINGS} == {"1", "2"}


def test_whoever_used_the_late_code_read_that_source_in_the_second_round():
    used = {(row["coder"], row["source"]) for row in CODINGS if row["code"] == LATE}
    first_only = {(row["coder"], row["source"]) for row in READINGS if row["round"] == "1"}
    assert used
    assert not used & first_only


def test_the_table_shows_all_three_states():
    rows = [code for code in CODES if re.match(r"(Success factors|Constraints) > ", code)]
    marks = {(code.rpartition(" > ")[2], country): state(code, country) for code in rows for country in COUNTRIES}
    assert len(marks) == 65
    assert {cell: mark for cell, mark in marks.items() if mark != "+"} == {
        ("Administrative set-up", "Kazakhstan"): "0",
        ("Use of research", "Tajikistan"): "0",
        ("Political or economic instability", "Uzbekistan"): "0",
        ("Monitoring and indicators", "Kazakhstan"): "?",
        ("Monitoring and indicators", "Turkmenistan"): "?",
        ("Management on the ground", "Turkmenistan"): "?",
        ("Staff turnover", "Turkmenistan"): "?",
        ("Political or economic instability", "Turkmenistan"): "?",
    }


@pytest.mark.parametrize(
    "path",
    [EXAMPLE / "codebook.csv", TEMPLATES / "oecd-dac.csv", TEMPLATES / "success-constraints.csv"],
    ids=lambda path: path.stem,
)
def test_codebook_is_complete_and_a_tree(path):
    rows = table(path)
    known = paths(rows, "code")
    assert tuple(rows[0]) == CODEBOOK_COLUMNS
    assert len(set(known)) == len(known)
    for index, row in enumerate(rows):
        assert row["parent"] in ("", *known[:index])
        assert len(re.findall(r"[.?](?: |$)", row["definition"])) >= 2, row["code"]
        assert re.fullmatch(r"#[0-9A-F]{6}", row["colour"]) or not row["parent"], row["code"]
        assert row["example"] or not row["parent"], row["code"]


def test_template_of_criteria_has_the_six_and_the_cross_cutting_concerns():
    below: dict[str, list[str]] = {}
    for row in table(TEMPLATES / "oecd-dac.csv"):
        below.setdefault(row["parent"], []).append(row["code"])
    six = ["Relevance", "Coherence", "Effectiveness", "Efficiency", "Impact", "Sustainability"]
    assert below["OECD-DAC criteria"] == six
    assert all(len(below[f"OECD-DAC criteria > {criterion}"]) >= 2 for criterion in six)
    assert len(below["Cross-cutting concerns"]) == 5
