"""Summaries as a matrix shows them, and why they are stale, in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.model.span import Span
from qcode.model.summary import SummaryPlace
from qcode.operations.cases import assign_source, create_case, set_value
from qcode.operations.codings import apply_code, change_coding, remove_codings
from qcode.operations.summaries import give_empty_reason, write_summary
from qcode.project import Project
from qcode.store.cases import read_attributes
from qcode.views.grid import build_grid
from qcode.views.matrix import MatrixQuestion
from qcode.views.summaries import summaries_for, summary_of
from tests.merge.laws.team import edit_text
from tests.operations.examples import NOTE, Example, example


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Example]:
    made = example(tmp_path / "p.qcode")
    yield made
    made.project.close()


def stale(project: Project, place: SummaryPlace) -> tuple[str, ...]:
    found = summary_of(project, place)
    assert found is not None
    return found.stale


def region(project: Project) -> str:
    with project.reading() as db:
        return next(one.uuid for one in read_attributes(db) if one.name == "region")


@pytest.mark.parametrize("columns", ["case", "case:1", "region", "source"])
def test_each_kind_of_column_has_its_own_cells(here: Example, columns: str) -> None:
    at = {
        "case": SummaryPlace(case=here.country),
        "case:1": SummaryPlace(case=here.country),
        "region": SummaryPlace(attribute=region(here.project), value="south"),
        "source": SummaryPlace(source=here.note),
    }[columns]
    cell = SummaryPlace(here.code, at.case, at.source, at.attribute, at.value)
    for place, words in ((cell, "Cell."), (at, "Column."), (SummaryPlace(here.code), "Row.")):
        write_summary(here.project, place, words)
    report = build_grid(here.project, MatrixQuestion(columns=columns))
    labels = {"case": "Kyrgyzstan", "case:1": "Kyrgyzstan", "region": "south", "source": "note.txt"}
    column = [one.label for one in report.table.matrix.columns].index(labels[columns])
    row = [one.path for one in report.table.matrix.rows].index("Constraints > Late payment")
    assert {key: one.words for key, one in report.cells.items()} == {(row, column): "Cell."}
    assert {key: one.words for key, one in report.rows.items()} == {row: "Row."}
    assert {key: one.words for key, one in report.columns.items()} == {column: "Column."}


def test_a_filter_and_a_choice_of_rows_show_the_same_summary(here: Example) -> None:
    write_summary(here.project, SummaryPlace(here.code, here.country), "Late.")
    question = MatrixQuestion(rows=["Constraints"], columns="case:1", conditions=[("source", "report.txt")])
    (found,) = summaries_for(here.project, question).cells.values()
    assert (found.text, found.stale) == ("Late.", ())
    apply_code(here.project, here.note, Span(0, 3), here.other)
    assert summaries_for(here.project, MatrixQuestion(rows=["Support"])).cells == {}


def test_a_matrix_by_coder_has_syntheses_of_rows_alone(here: Example) -> None:
    write_summary(here.project, SummaryPlace(here.code, here.country), "Late.")
    write_summary(here.project, SummaryPlace(here.code), "Everywhere.")
    found = summaries_for(here.project, MatrixQuestion(columns="coder"))
    assert (found.cells, [one.text for one in found.rows.values()]) == ({}, ["Everywhere."])


def test_a_text_that_changed_around_a_quote_and_under_it(here: Example) -> None:
    place = SummaryPlace(here.code, here.country)
    write_summary(here.project, place, "Late [#KGZ01-HQ65EA].")
    edit_text(here.project, here.note, f"Once more. {NOTE}")
    assert stale(here.project, place) == ("#KGZ01-HQ65EA stands in a text that was changed by Ada, 1 Jun 2022",)
    edit_text(here.project, here.note, NOTE.replace("trainers", "teachers"))
    assert stale(here.project, place) == ("the words of #KGZ01-HQ65EA were changed by Ada, 1 Jun 2022",)
    here.project.undo()
    here.project.undo()
    assert stale(here.project, place) == ()


def test_a_passage_that_was_changed_by_hand(here: Example) -> None:
    place = SummaryPlace(here.code, here.country)
    write_summary(here.project, place, "Late [#KGZ01-HQ65EA].")
    change_coding(here.project, here.coding, span=Span(0, 27))
    assert stale(here.project, place) == ("the words of #KGZ01-HQ65EA were changed by Ada, 1 Jun 2022",)


def test_a_quote_that_belongs_to_another_case_or_region(here: Example) -> None:
    project = here.project
    by_case, by_region = SummaryPlace(here.code, here.person), SummaryPlace(here.code, attribute=region(project), value="south")
    for place in (by_case, by_region):
        write_summary(project, place, "Late [#KGZ01-HQ65EA].")
    set_value(project, here.person, "region", "north")
    assert stale(project, by_region) == ("#KGZ01-HQ65EA no longer counts here: its region is north now",)
    assert stale(project, by_case) == ()
    assign_source(project, create_case(project, "Uzbekistan"), here.note, Span(0, 40))
    assert stale(project, by_case) == ("#KGZ01-HQ65EA no longer counts here: it belongs to Uzbekistan now",)
    assert stale(project, by_region) == ("#KGZ01-HQ65EA no longer counts here: it has no region now",)


def test_many_quotes_it_does_not_name_are_counted(here: Example) -> None:
    project = here.project
    place = SummaryPlace(here.other, here.country)
    codings = [apply_code(project, here.note, Span(start, start + 3), here.other) for start in range(7)]
    write_summary(project, place, "Seven.")
    remove_codings(project, codings)
    (why,) = stale(project, place)
    assert why.startswith("7 quotes that it does not name: removed (#KGZ01-")
    assert why.endswith(" and 2 more)")
    project.undo()
    for coding in codings[:3]:
        change_coding(project, coding, code=here.top)
    assert [one.split(",")[1:] for one in stale(project, place)] == [
        [" which it does not name", " is no longer coded here: recoded to Constraints by Ada", " 1 Jun 2022"]
    ] * 3


def test_an_empty_cell_to_which_quotes_come(here: Example) -> None:
    place = SummaryPlace(here.other, here.country)
    give_empty_reason(here.project, place, "not asked")
    ids = [apply_code(here.project, here.note, Span(start, start + 3), here.other) for start in range(2)]
    (why,) = stale(here.project, place)
    assert why.startswith(f"{len(ids)} new quotes since: #KGZ01-")
