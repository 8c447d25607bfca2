"""What a statement rests on, counted and judged, what it lacks, and how all are numbered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.model.span import Span
from qcode.model.statement import Ground, Sort
from qcode.model.summary import Status, SummaryPlace
from qcode.opening import open_project
from qcode.operations.cases import assign_source, create_case, name_level, set_value
from qcode.operations.codings import apply_code, change_coding
from qcode.operations.statements import change_statement, link_grounds, review_statements, write_statement
from qcode.project import Project
from qcode.store.statements import Stated
from qcode.views.statements import Statement, countries_words, criterion_order, numbered, statements_of
from tests.operations.examples import Example, example


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Example]:
    made = example(tmp_path / "p.qcode")
    yield made
    made.project.close()


def shown(project: Project, number: str) -> Statement:
    return {one.number: one for one in statements_of(project)}[number]


def test_quotes_are_counted_once_through_whatever_links(here: Example) -> None:
    project = here.project
    name_level(project, 1, "Country")
    uzbekistan = create_case(project, "Uzbekistan")
    assign_source(project, uzbekistan, here.report)
    second = apply_code(project, here.report, Span(80, 90), here.code)
    cells = [Ground(cell=SummaryPlace(here.code)), Ground(cell=SummaryPlace(here.code, here.country)), Ground(coding=here.coding)]
    one = write_statement(project, Sort.FINDING, "a", grounds=cells)
    other = write_statement(project, Sort.FINDING, "b", grounds=[Ground(coding=second)])
    write_statement(project, Sort.CONCLUSION, "c", grounds=[Ground(statement=one), Ground(statement=other)])
    conclusion = shown(project, "C1")
    assert conclusion.basis.quotes == tuple(sorted((here.coding, second)))
    assert conclusion.basis.words == "2 quotes from 2 sources in 2 of 2 countries: moderate"
    assert countries_words(conclusion.basis) == "all 2 countries"
    assert countries_words(shown(project, "F2").basis) == "Uzbekistan"
    change_coding(project, second, contradicts=True)
    assert shown(project, "C1").basis.words == "2 quotes from 2 sources in 2 of 2 countries, 1 against: contested"
    assert [one.number for one in statements_of(project) if conclusion.uuid in one.used_by] == ["F1", "F2"]


def test_only_the_cases_of_the_cell_count(here: Example) -> None:
    """One source of two countries, of which a finding is about one."""
    project = here.project
    uzbekistan = create_case(project, "Uzbekistan")
    assign_source(project, uzbekistan, here.note)
    set_value(project, uzbekistan, "group", "union")
    set_value(project, here.country, "group", "ministry")
    write_statement(project, Sort.FINDING, "a", grounds=[Ground(cell=SummaryPlace(here.code, uzbekistan))])
    basis = shown(project, "F1").basis
    assert (basis.countries, basis.strength.evidence.groups, basis.strength.evidence.cases) == (("Uzbekistan",), 1, 1)
    link_grounds(project, shown(project, "F1").uuid, [Ground(cell=SummaryPlace(here.code, here.country))])
    basis = shown(project, "F1").basis
    assert (basis.countries, basis.strength.evidence.groups, basis.strength.evidence.quotes) == (("Kyrgyzstan", "Uzbekistan"), 2, 1)


def test_what_a_statement_lacks_is_said(here: Example) -> None:
    project = here.project
    finding = write_statement(project, Sort.FINDING, "a")
    write_statement(project, Sort.CONCLUSION, "b", grounds=[Ground(coding=here.coding)])
    advice = write_statement(project, Sort.RECOMMENDATION, "c", grounds=[Ground(statement=finding)], status=Status.REVIEWED)
    write_statement(project, Sort.RECOMMENDATION, "d")
    write_statement(project, Sort.LESSON, "e", grounds=[Ground(coding=here.coding)])
    assert {one.number: one.warnings for one in statements_of(project)} == {
        "F1": ("It rests on no quote",),
        "C1": ("It rests on no finding",),
        "R1": ("It rests on no quote", "F1, on which it rests, is a draft", "F1, on which it rests, rests on no quote"),
        "R2": ("It rests on no conclusion and no finding",),
        "L1": ("It does not say in which context",),
    }
    link_grounds(project, finding, [Ground(coding=here.coding)])
    review_statements(project, [finding])
    change_statement(project, shown(project, "L1").uuid, context="Small partners")
    assert [shown(project, number).warnings for number in ("F1", "R1", "L1")] == [(), (), ()]
    assert (shown(project, "R1").uuid, shown(project, "R1").basis.words) == (advice, "1 quote from 1 source in 1 of 1 case: weak")


def test_who_wrote_the_words_and_who_reviewed_them_whatever_else_was_set(tmp_path: Path) -> None:
    with example(tmp_path / "p.qcode").project as project:
        advice = write_statement(project, Sort.RECOMMENDATION, "c")
    with open_project(tmp_path / "p.qcode", coder="Bo") as project:
        review_statements(project, [advice])
    with open_project(tmp_path / "p.qcode", coder="Cy") as project:
        change_statement(project, advice, unit="Office")
        assert (shown(project, "R1").author, shown(project, "R1").reviewer) == ("Ada", "Bo")


def test_numbers_follow_criterion_and_position() -> None:
    def stated(key: str, sort: Sort, criterion: str) -> Stated:
        return Stated(key, sort, 0.0, criterion, "", key, "draft", {})

    rows = [stated("a", Sort.FINDING, ""), stated("b", Sort.FINDING, "Impact"), stated("c", Sort.FINDING, "Relevance")]
    rows += [stated("d", Sort.CONCLUSION, "Impact"), stated("e", Sort.CONCLUSION, "Relevance")]
    assert {number: one.uuid for number, one in numbered(rows).items()} == {"F1": "c", "F2": "b", "F3": "a", "C1": "d", "C2": "e"}
    assert sorted(["", "own", "Impact", "Equity"], key=criterion_order) == ["Impact", "Equity", "own", ""]
