"""The decisions of a review as one act, what a merge brought, and taking it back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode import Project, open_project
from qcode.errors import UserError
from qcode.model.identity import Identities
from qcode.model.merging import Decision, Joined
from qcode.model.span import Span
from qcode.model.summary import Status, SummaryPlace
from qcode.operations.cases import set_value
from qcode.operations.codes import change_code, create_code
from qcode.operations.codings import apply_code, change_coding
from qcode.operations.conflicts import takes_text
from qcode.operations.merging import merge_files, plan_merge
from qcode.operations.settling import Answer, Settled, settle_review, take_back_merge
from qcode.operations.summaries import write_summary
from qcode.views.coding_codes import CodeList
from qcode.views.conflicts import open_conflicts
from qcode.views.merges import acts_since, countries_of, passages_of, read_merges, team_members
from qcode.views.questions import open_questions
from tests.operations.examples import Example, example


@pytest.fixture
def merged(tmp_path: Path) -> Iterator[tuple[Project, Example]]:
    """Ada's project after a merge with Berik's: one field in dispute, two codes alike, one passage new, one changed."""
    made = example(tmp_path / "ada.qcode")
    made.project.close()
    shutil.copyfile(tmp_path / "ada.qcode", tmp_path / "berik.qcode")
    with open_project(tmp_path / "berik.qcode", coder="Berik", identities=Identities.seeded(11)) as berik:
        change_code(berik, made.code, definition="Berik's.")
        create_code(berik, "Return of workers")
        apply_code(berik, made.note, Span(0, 12), made.other, memo="New.")
        change_coding(berik, made.coding, memo="Changed.")
    with open_project(tmp_path / "ada.qcode", coder="Ada", identities=Identities.seeded(12)) as ada:
        change_code(ada, made.code, definition="Ada's.")
        create_code(ada, "Returns of workers")
        merge_files(ada, [tmp_path / "berik.qcode"])
        yield ada, made


def definition(project: Project, made: Example) -> str:
    return CodeList(project).codes[made.code].definition


def test_decisions_and_answers_are_one_act(merged: tuple[Project, Example]) -> None:
    project, made = merged
    (conflict,), (question,) = open_conflicts(project), open_questions(project)
    mine = next(number for number, said in enumerate(conflict.values) if said.coder == "Ada")
    assert settle_review(project, [Decision(conflict.id, mine)], [Answer(question.id, "same", question.one.uuid)]) == Settled(2)
    assert (open_conflicts(project), open_questions(project), definition(project, made)) == ([], [], "Ada's.")
    project.undo()
    assert (len(open_conflicts(project)), len(open_questions(project))) == (1, 1)


def test_what_is_settled_already_is_passed_over(merged: tuple[Project, Example]) -> None:
    project, _ = merged
    (conflict,) = open_conflicts(project)
    assert settle_review(project, [Decision(conflict.id, 0)]) == Settled(1)
    assert settle_review(project, [Decision(conflict.id, 1)], [Answer("no such", "same")]) == Settled()
    assert settle_review(project, []) == Settled()


def test_what_came_in(merged: tuple[Project, Example]) -> None:
    project, made = merged
    (report,) = read_merges(project)
    found = {(one.coding == made.coding, one.is_new, one.coder, one.memo) for one in passages_of(project, report.number)}
    assert found == {(True, False, "Berik", "Changed."), (False, True, "Berik", "New.")}
    new = next(one for one in passages_of(project, report.number) if one.is_new)
    assert (new.source, new.start, new.end) == (made.note, 0, 12)
    berik = next(one for one in team_members(project) if one.name == "Berik")
    assert (berik.codings, berik.brought, berik.came_in) == (1, 1, report.at)
    assert all(country.sources for country in countries_of(project))


def test_taking_a_merge_back_names_and_takes_what_came_after(merged: tuple[Project, Example]) -> None:
    project, made = merged
    (report,) = read_merges(project)
    create_code(project, "Afterwards")
    assert acts_since(project, report.number) == ["Create code Afterwards"]
    assert take_back_merge(project, report.number) == 2
    assert definition(project, made) == "Ada's."
    assert read_merges(project)[0].taken_back
    assert acts_since(project, report.number) is None
    with pytest.raises(UserError, match="taken back already"):
        take_back_merge(project, report.number)
    project.redo()
    project.redo()
    assert not read_merges(project)[0].taken_back
    assert len(open_conflicts(project)) == 1


def test_a_plan_says_what_joins_beside_a_conflict_and_the_report_does_not_keep_it(tmp_path: Path) -> None:
    made = example(tmp_path / "ada.qcode")
    made.project.close()
    shutil.copyfile(tmp_path / "ada.qcode", tmp_path / "berik.qcode")
    with open_project(tmp_path / "berik.qcode", coder="Berik", identities=Identities.seeded(11)) as berik:
        change_code(berik, made.code, definition="Berik's.", exclude="Late staff.")
        change_code(berik, made.other, exclude="No conflict here.")
    with open_project(tmp_path / "ada.qcode", coder="Ada", identities=Identities.seeded(12)) as ada:
        change_code(ada, made.code, definition="Ada's.")
        plan = plan_merge(ada, [tmp_path / "berik.qcode"])
        assert plan is not None
        assert plan.joined == (Joined("codes", made.code, "exclude", "Berik", "Late staff."),)
        merge_files(ada, [tmp_path / "berik.qcode"])
        assert read_merges(ada)[0].plan.joined == ()
        assert CodeList(ada).codes[made.code].exclude == "Late staff."


def test_one_decision_that_cannot_be_carried_out_keeps_none_of_the_others_back(tmp_path: Path) -> None:
    made = example(tmp_path / "ada.qcode")
    set_value(made.project, made.country, "year", "2020")
    made.project.close()
    shutil.copyfile(tmp_path / "ada.qcode", tmp_path / "berik.qcode")
    for name, coder, year in (("berik", "Berik", "2021"), ("ada", "Ada", "2022")):
        with open_project(tmp_path / f"{name}.qcode", coder=coder) as project:
            change_code(project, made.code, definition=f"{coder}'s.")
            set_value(project, made.country, "year", year)
    with open_project(tmp_path / "ada.qcode", coder="Ada") as project:
        merge_files(project, [tmp_path / "berik.qcode"])
        conflicts = {one.field: one for one in open_conflicts(project)}
        wrong = Decision(conflicts["value"].id, text="long ago")
        settled = settle_review(project, [wrong, Decision(conflicts["definition"].id, text="Both.")])
        assert (settled.count, [one for one, _ in settled.refused]) == (1, [wrong])
        assert "number" in settled.refused[0][1]
        assert [one.field for one in open_conflicts(project)] == ["value"]
        assert settle_review(project, [wrong]).count == 0
        assert settle_review(project, [Decision(conflicts["value"].id, text="2019")]) == Settled(1)
        assert open_conflicts(project) == []
        project.undo()
        project.undo()
        assert {one.field for one in open_conflicts(project)} == {"value", "definition"}


def test_a_summary_is_written_on_from_what_was_typed(tmp_path: Path) -> None:
    made = example(tmp_path / "ada.qcode")
    cell = SummaryPlace(made.code, made.country)
    made.project.close()
    shutil.copyfile(tmp_path / "ada.qcode", tmp_path / "berik.qcode")
    for name, coder in (("berik", "Berik"), ("ada", "Ada")):
        with open_project(tmp_path / f"{name}.qcode", coder=coder) as project:
            write_summary(project, cell, f"{coder} says so.", Status.DRAFT)
    with open_project(tmp_path / "ada.qcode", coder="Ada") as project:
        merge_files(project, [tmp_path / "berik.qcode"])
        (conflict,) = open_conflicts(project)
        assert takes_text(conflict.table, conflict.field)
        assert {said.written for said in conflict.values} == {"Ada says so.", "Berik says so."}
        assert all(said.words.startswith(f"{said.written} (") for said in conflict.values)
