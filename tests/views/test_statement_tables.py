"""Findings as the tables that reports print: what stands in which, and where each cell leads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.model.report import Linked, LinkedReport
from qcode.model.span import Span
from qcode.model.statement import Ground, Sort
from qcode.model.summary import Status, SummaryPlace
from qcode.operations.cases import set_value
from qcode.operations.codings import apply_code
from qcode.operations.statements import write_statement
from qcode.project import Project
from qcode.views.permission import Permission
from qcode.views.statement_tables import TABLES, build_table
from tests.operations.examples import Example, example


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Example]:
    """Two findings under two criteria, a conclusion, two recommendations of which one hangs in the air, and a lesson."""
    made = example(tmp_path / "p.qcode")
    project = made.project
    write = lambda sort, words, *grounds, **more: write_statement(project, sort, words, grounds=grounds, **more)  # noqa: E731
    one = write(Sort.FINDING, "Late.", Ground(coding=made.coding), criterion="Efficiency", question="In time?", differences="Only here.")
    write(Sort.FINDING, "It fits.", criterion="Relevance", status=Status.REVIEWED)
    conclusion = write(Sort.CONCLUSION, "Too late.", Ground(statement=one), question="In time?")
    more = {"unit": "Office", "response": "accepted", "reply": "At once."}
    write(Sort.RECOMMENDATION, "Pay early.", Ground(statement=conclusion), **more)
    write(Sort.RECOMMENDATION, "Do more.")
    write(Sort.LESSON, "Early pays.", Ground(statement=one), context="Small partners")
    yield made
    project.close()


def cells(report: LinkedReport) -> list[tuple[str, list[str]]]:
    """Heading and cells of each row, as words."""
    return [(part.heading, ["".join(piece.text for piece in cell) for cell in row]) for part in report.sections for row in part.rows]


def short_id(project: Project) -> str:
    with project.reading() as db:
        return str(db.execute("SELECT short_id FROM codings").fetchone()[0])


def test_findings_stand_numbered_under_their_criteria(here: Example) -> None:
    report = build_table(here.project, "findings")
    name = short_id(here.project)
    assert cells(report) == [
        ("Relevance", ["F1", "It fits.", "", "no quotes\nIt rests on no quote", ""]),
        ("Efficiency", ["F2\ndraft", "Late.", "Only here.", f"1 quote from 1 source in 1 of 1 case: weak\n{name}", "C1"]),
    ]
    assert report.lead == "2 findings; 1 draft. Each leads to the quotes it rests on."
    facts = {block.key: block.facts for block in report.blocks}
    assert facts["F1"] == "no quotes"
    assert facts["F2"].startswith("1 quote from 1 source in 1 of 1 case (Kyrgyzstan). Weak: 1 source, nothing against; moderate asks")
    evidence = report.sections[1].rows[0][3]
    assert evidence == (Linked("1 quote from 1 source in 1 of 1 case: weak", block="F2"), Linked("\n"), Linked(name, quote=name))


def test_recommendations_have_their_fields_and_say_when_they_hang_in_the_air(here: Example) -> None:
    report = build_table(here.project, "recommendations")
    note = "F2, on which it rests, is a draft"
    assert cells(report) == [
        ("Recommendations", ["R1\ndraft", "Pay early.", "Office", "", "", "", "", "accepted\nAt once.", "", "C1"]),
        ("Recommendations", ["R2\ndraft", "Do more.", "", "", "", "", "", "", "", "It rests on no conclusion and no finding"]),
    ]
    assert note not in str(cells(report)), "a draft on a draft is no news"
    assert report.sections[0].rows[1][-1] == (Linked("It rests on no conclusion and no finding", warns=True),)


def test_at_a_glance_by_question(here: Example) -> None:
    name = short_id(here.project)
    assert cells(build_table(here.project, "glance")) == [
        ("In time?", ["F2", "C1  Too late.", "R1  Pay early.", f"1 quote from 1 source in 1 of 1 case: weak\n{name}"]),
        ("Recommendations without a conclusion", ["", "", "R2  Do more.", "no quotes\nIt rests on no conclusion and no finding"]),
    ]


def test_the_review_grid_goes_from_criterion_over_question_to_judgement(here: Example) -> None:
    found = cells(build_table(here.project, "review-grid"))
    assert [(heading, row[:3]) for heading, row in found] == [
        ("Relevance", ["Without a question", "F1", "It fits."]),
        ("Efficiency", ["In time?", "F2\ndraft", "Late."]),
        ("Without a criterion", ["In time?", "C1\ndraft", "Too late."]),
    ]


def test_a_lesson_is_a_form(here: Example) -> None:
    found = cells(build_table(here.project, "lessons"))
    assert {heading for heading, _ in found} == {"Lesson learned L1"}
    rows = [row for _, row in found]
    assert rows[:2] == [["Brief description", "Early pays."], ["Context and conditions", "Small partners"]]
    assert rows[-2] == ["Drawn from", "F2"]


@pytest.mark.parametrize("kind", TABLES)
def test_everything_leads_to_something_that_is_there(here: Example, kind: str) -> None:
    report = build_table(here.project, kind)
    pieces = [piece for part in report.sections for row in part.rows for cell in row for piece in cell]
    keys = {block.key for block in report.blocks}
    assert {piece.block for piece in pieces} - {""} <= keys
    assert {piece.quote for piece in pieces} - {""} <= {quote.id for quote in report.quotes}
    assert {below for block in report.blocks for below in block.below} <= keys
    assert {at for block in report.blocks for at in block.indexes} == set(range(len(report.quotes))) == {0}


def test_a_quote_that_may_not_be_quoted_counts_and_is_held_back(here: Example) -> None:
    set_value(here.project, here.country, "permission to quote", "no")
    report = build_table(here.project, "findings", leave_out=[Permission.NO])
    assert (report.quotes, [block.indexes for block in report.blocks]) == ((), [(), (), ()])
    assert report.sections[1].rows[0][3] == (Linked("1 quote from 1 source in 1 of 1 case: weak"),)
    assert "1 quote is held back for want of permission." in report.lead


def test_of_many_quotes_a_cell_names_a_few(here: Example) -> None:
    for end in range(30, 38):
        apply_code(here.project, here.note, Span(20, end), here.other)
    write_statement(here.project, Sort.FINDING, "Many.", grounds=[Ground(cell=SummaryPlace(here.other))])
    (evidence,) = [row[3] for part in build_table(here.project, "findings").sections for row in part.rows if row[1] == (Linked("Many."),)]
    assert sum(bool(piece.quote) for piece in evidence) == 5
    assert evidence[-1] == Linked(" and 3 more")
