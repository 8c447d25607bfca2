from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.model.span import Span
from qcode.operations.cases import assign_source, create_case, import_assignments, import_cases, move_source, name_level, set_value
from qcode.operations.sources import import_source_table
from qcode.store.cases import read_attributes, read_level_names
from qcode.views.lists import list_cases, list_sources
from tests.operations.examples import Example, acts_of, example, hash_of, table


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Example]:
    made = example(tmp_path / "p.qcode")
    yield made
    made.project.close()


def kinds(here: Example) -> dict[str, str]:
    with here.project.reading() as db:
        return {attribute.name: attribute.type.value for attribute in read_attributes(db)}


def own(here: Example, case: str) -> dict[str, str]:
    line = next(line for line in list_cases(here.project) if line["case"] == case)
    return {name: value for name, value in line.items() if value and name not in ("case", "parent")}


@pytest.mark.parametrize(
    ("name", "first", "second", "kind", "stored"),
    [
        ("group", "Government", "2", "text", "Government"),
        ("year", "2021", " 2022 ", "number", "2021"),
        ("share", "12,5", "+3", "number", "12.5"),
        ("met on", "2022-04-14", "2021-01-02", "date", "2022-04-14"),
        ("may be quoted", "Да", "no", "yes/no", "yes"),
        ("women", "7", "0", "count", "7"),
        ("women", "a few", "0", "text", "a few"),
        ("empty", "", "", "text", None),
        ("code no", "007", "x", "text", "007"),
    ],
)
def test_attributes_are_typed_by_content(here: Example, name: str, first: str, second: str, kind: str, stored: str | None) -> None:
    import_cases(here.project, table(f'case,{name}\nOsh,"{first}"\nAida,"{second}"\n'), strict=True)
    assert kinds(here)[name] == kind
    assert own(here, "Osh").get(name) == stored


@pytest.mark.parametrize(
    ("kind", "value", "described"),
    [("2021", "soon", "number"), ("2022-04-14", "14.4.2022", "date (2022-04-14)"), ("yes", "perhaps", "yes/no")],
)
def test_a_value_of_another_type_refuses_its_line_only(here: Example, kind: str, value: str, described: str) -> None:
    import_cases(here.project, table(f"case,what\nOsh,{kind}\n"))
    outcome = import_cases(here.project, table(f"case,what,region\nNew,{value},x\nOsh,{kind},north\n", "c.csv"))
    (refused,) = outcome.refused
    assert refused.path == "c.csv, line 2"
    assert refused.reason == f"'{value}' is not a value of 'what', which is a {described}: write it as one."
    assert outcome.changed == ["Osh"]
    assert "New" not in [line["case"] for line in list_cases(here.project)]


def test_importing_again_updates_by_path_or_name_and_an_empty_cell_changes_nothing(here: Example) -> None:
    import_cases(here.project, table("case,parent,year,group\nAida,Kyrgyzstan,2021,Union\n"))
    outcome = import_cases(here.project, table("case,YEAR,group\nAida,2022,\n"))
    assert (outcome.imported, outcome.changed) == ([], ["Kyrgyzstan > Aida"])
    assert own(here, "Kyrgyzstan > Aida") == {"year": "2022", "group": "Union"}


@pytest.mark.parametrize("bad", ["Osh > a;b", "Osh > c>d", "Osh > "])
def test_a_bad_name_leaves_no_case_above_it(here: Example, bad: str) -> None:
    before = hash_of(here.project)
    assert len(import_cases(here.project, table(f"case\n{bad}\n")).refused) == 1
    assert hash_of(here.project) == before


def test_blanks_around_the_separator_make_no_second_case(here: Example) -> None:
    assert create_case(here.project, " Kyrgyzstan  >  Aida ") == here.person
    assert create_case(here.project, "Kyrgyzstan > Bolot") != here.person
    assert [line["case"] for line in list_cases(here.project)] == ["Kyrgyzstan", "Kyrgyzstan > Aida", "Kyrgyzstan > Bolot"]


def test_assigning_with_and_without_positions(here: Example) -> None:
    lines = "start,end,source,case\n,,KGZ01,Kyrgyzstan\n0,10,note.txt,Aida\n0,10,note.txt,Kyrgyzstan > Aida\n"
    outcome = import_assignments(here.project, table(lines, "a.csv"))
    assert outcome.imported == ["note.txt → Kyrgyzstan", "note.txt → Aida"]
    assert [(one.path, one.reason) for one in outcome.skipped] == [("a.csv, line 4", "note.txt belongs to Kyrgyzstan > Aida already.")]
    assert list_sources(here.project)[0]["cases"] == ["Kyrgyzstan", "Kyrgyzstan > Aida"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Ada,note.txt,,", "There is no case 'Ada': 'Aida' is the nearest there is."),
        ("Aida,not.txt,,", "There is no source 'not.txt': 'note.txt' is the nearest there is."),
        ("Aida,note.txt,5,", "'5' and '' are not a start and an end"),
        ("Aida,note.txt,5,4", "5 to 4 does not lie in note.txt"),
    ],
)
def test_assignments_that_cannot_be(here: Example, line: str, reason: str) -> None:
    before, acts = hash_of(here.project), acts_of(here.project)
    outcome = import_assignments(here.project, table(f"case,source,start,end,note\n{line},x\n", "a.csv"))
    assert reason in outcome.refused[0].reason
    assert outcome.notes == ["a.csv: the column 'note' was not used."]
    assert (hash_of(here.project), acts_of(here.project)) == (before, acts)


def test_counts_are_whole_numbers(here: Example) -> None:
    import_cases(here.project, table("case,people\nOsh,7\n"))
    (refused,) = import_cases(here.project, table("case,people\nOsh,7.5\n")).refused
    assert refused.reason == "'7.5' is not a value of 'people', which is a whole number: write it as one."


def test_a_source_is_moved_out_of_one_branch_and_keeps_its_other_cases(here: Example) -> None:
    for path in ("Kyrgyzstan > Osh", "Projects > Water", "Tajikistan"):
        create_case(here.project, path)
    import_assignments(here.project, table("case,source\nKyrgyzstan > Osh,report.txt\nProjects > Water,report.txt\n"))
    assert move_source(here.project, here.report, "Tajikistan", "Kyrgyzstan")
    assert sources(here)["report.txt"]["cases"] == ["Projects > Water", "Tajikistan"]
    acts = acts_of(here.project)
    assert not move_source(here.project, here.report, "Tajikistan", "Kyrgyzstan")
    assert acts_of(here.project) == acts
    assert move_source(here.project, here.report, "", "Tajikistan")
    assert sources(here)["report.txt"]["cases"] == ["Projects > Water"]


def sources(here: Example) -> dict[str, dict[str, object]]:
    return {line["name"]: line for line in list_sources(here.project)}


def test_a_sources_table_describes_and_its_cases_replace(here: Example) -> None:
    assign_source(here.project, here.person, here.note, Span(0, 3))
    lines = "source,case,title,label,language,year\nnote.txt,Osh,Ministry,OSH1,ky,2021\nreport.txt,,,KGZ01,,\nOSH1,Kyrgyzstan,,,,\n"
    outcome = import_source_table(here.project, table(lines))
    assert (outcome.changed, outcome.refused) == (["note.txt", "report.txt"], [])
    note = sources(here)["note.txt"]
    assert [note[key] for key in ("title", "label", "language", "cases")] == ["Ministry", "OSH1", "ky", ["Kyrgyzstan", "Osh"]]
    assert sources(here)["report.txt"]["label"] == "KGZ01", "a label that was given away is free"
    acts = acts_of(here.project)
    assert import_source_table(here.project, table("source,case,title\nnote.txt,,\n")).changed == []
    assert acts_of(here.project) == acts
    with here.project.reading() as db:
        assert db.execute("SELECT count(*) FROM assignments WHERE span_start IS NOT NULL").fetchone() == (2,)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("other.txt,,,", "There is no source 'other.txt'"),
        ("note.txt,Osh > a>b,New title,2021", "The case name 'a>b' holds '>'"),
        ("note.txt,Osh,New title,soon", "'soon' is not a value of 'year'"),
    ],
)
def test_a_refused_line_of_a_sources_table_leaves_nothing(here: Example, line: str, reason: str) -> None:
    set_value(here.project, here.country, "year", "2021")
    before = hash_of(here.project)
    outcome = import_source_table(here.project, table(f"source,case,title,year\n{line}\n", "s.csv"))
    assert reason in outcome.refused[0].reason
    assert hash_of(here.project) == before


def test_labels_of_a_sources_table_stay_one_to_a_source(here: Example) -> None:
    outcome = import_source_table(here.project, table("source,label\nreport.txt,KGZ01\nnote.txt,X\nreport.txt,KGZ01\n", "s.csv"))
    assert [one.path for one in outcome.refused] == ["s.csv, line 2"]
    assert [line["label"] for line in list_sources(here.project)] == ["X", "KGZ01"]


def levels(here: Example) -> dict[int, str]:
    with here.project.reading() as db:
        return read_level_names(db)


def test_a_level_has_one_name_and_is_no_attribute_of_a_case(here: Example) -> None:
    before = hash_of(here.project), kinds(here)
    assert name_level(here.project, 1, " Country ")
    assert name_level(here.project, 2, "Institution")
    assert not name_level(here.project, 1, "Country")
    assert (levels(here), kinds(here)) == ({1: "Country", 2: "Institution"}, before[1])
    assert name_level(here.project, 1, "Region of the world")
    assert levels(here)[1] == "Region of the world"
    assert [name_level(here.project, depth, "") for depth in (1, 2, 3)] == [True, True, False]
    assert (levels(here), hash_of(here.project)) == ({}, before[0])
