from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode import create_project
from qcode.errors import UserError
from qcode.exchange.tables import read_table
from qcode.model.span import Span
from qcode.operations.cases import assign_source, create_case, name_level, set_value
from qcode.operations.sources import Belonging, add_pasted, import_source_table
from qcode.project import Project
from qcode.views.heard import read_heard
from qcode.views.heard_report import heard_report, sentence

TEXT = "R1: we were paid late. R2: so were we.\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "p.qcode", "Centres", coder="Ada") as made:
        name_level(made, 1, "Country")
        yield made


def talk(project: Project, case: str, method: str = "", **values: str) -> str:
    """A source of a case that has these values; gives the source."""
    key = create_case(project, case)
    for name, value in (*values.items(), *([("method", method)] if method else [])):
        set_value(project, key, name.replace("_", " "), value)
    return add_pasted(project, f"{case.replace(' > ', ' ')}.txt", TEXT, Belonging(case=case))


def filled(project: Project) -> None:
    talk(project, "Kyrgyzstan > Ministry", "interview", stakeholder_group="Government", gender="woman")
    group = talk(project, "Kyrgyzstan > Osh", "focus group", stakeholder_group="Beneficiaries", people="6", women="4", men="2")
    speaker = create_case(project, "Kyrgyzstan > Osh > R1")
    set_value(project, speaker, "gender", "woman")
    assign_source(project, speaker, group, Span(0, 22))
    talk(project, "Tajikistan > Union", "interview", stakeholder_group="Workers", women="1", men="1")
    talk(project, "Tajikistan > Fund", "interview", stakeholder_group="Donors")
    talk(project, "Tajikistan > Plan", "document review", stakeholder_group="Government")
    add_pasted(project, "report.txt", TEXT, Belonging(case="Tajikistan"))


def test_the_sentence_for_the_chapter_on_methods(project: Project) -> None:
    assert sentence(read_heard(project)) == "Nobody was heard yet, as far as cases and sources say."
    filled(project)
    assert sentence(read_heard(project)) == (
        "4 talks with 10 people (6 women, 3 men and 1 not said): 3 interviews with 4 people and 1 focus group with 6 people, in 2 "
        "countries and 4 stakeholder groups. Of 1 talk nobody said how many people took part: it counts as one person."
    )


def test_every_table_adds_up_to_the_same(project: Project) -> None:
    filled(project)
    heard = read_heard(project)
    report = heard_report(project, heard)
    total = (4, 4, 10, 6, 3, 1)
    by_country, by_group, by_method, silent = report.sections
    assert by_country.rows[-1] == ("all", "all", *total)
    lines = [row[2:] for row in by_country.rows if "all" not in row]
    assert tuple(map(sum, zip(*lines, strict=True))) == total
    assert tuple(map(sum, zip(*(row[2:] for row in by_group.rows), strict=True))) == total
    assert tuple(map(sum, zip(*(row[1:] for row in by_method.rows), strict=True))) == total
    assert ("Kyrgyzstan", "all", 2, 2, 7, 5, 2, 0) in by_country.rows
    assert by_country.columns[:2] == ("country", "stakeholder group")
    assert silent.rows == (("Tajikistan Plan.txt",), ("report.txt",))


def test_only_what_a_filter_lets_through(project: Project) -> None:
    filled(project)
    found = read_heard(project, [("method", "interview")])
    assert [one.name for one in found.partners] == ["Kyrgyzstan > Ministry", "Tajikistan > Fund", "Tajikistan > Union"]
    assert found.silent == ()
    assert "method = interview" in heard_report(project, found, [("method", "interview")]).provenance.filters
    with pytest.raises(UserError, match="Nothing has 'method' = 'phone'"):
        read_heard(project, [("method", "phone")])


def test_a_project_that_says_nothing_of_groups_and_methods_says_so(project: Project) -> None:
    talk(project, "Osh", people="3")
    report = heard_report(project, read_heard(project))
    assert report.lead == "1 talk with 3 people."
    assert report.sections[0].rows == (("not said", "not said", 1, 1, 3, 0, 0, 3), ("all", "all", 1, 1, 3, 0, 0, 3))
    assert "'stakeholder group'" in report.sections[0].note
    assert "'method'" in report.sections[2].note


def test_who_was_heard_by_two_methods_is_in_both_and_counted_once(project: Project) -> None:
    talk(project, "Osh", people="2")
    add_pasted(project, "second.txt", TEXT, Belonging(case="Osh"))
    table = project.path.parent / "methods.csv"
    table.write_text("source,method\nOsh.txt,interview\nsecond.txt,интервью\n", encoding="utf-8")
    import_source_table(project, read_table(table))
    heard = read_heard(project)
    assert heard.total.people == 2
    assert [(name, found.people) for name, found in heard.by_method()] == [("interview", 2), ("интервью", 2)]
    assert "1 interview with 2 people and 1 × интервью with 2 people" in sentence(heard)
    assert "several methods" in heard_report(project, heard).sections[2].note
