"""Decisions about what a merge left open, where the rows have gone on meanwhile: nothing breaks, and the file stays in order."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.merge.content import Reason
from qcode.model.identity import Identities
from qcode.model.merging import Conflict, Decision
from qcode.model.span import Span
from qcode.opening import open_project
from qcode.operations.cases import set_value
from qcode.operations.codes import change_code, create_code, delete_codes
from qcode.operations.codings import apply_code, change_coding
from qcode.operations.conflicts import resolve
from qcode.operations.merging import merge_files
from qcode.project import Project
from qcode.store.check import check
from qcode.store.codes import read_codes
from qcode.views.conflicts import open_conflicts
from qcode.views.quotes import build_codings
from tests.operations.examples import Example, example

Work = Callable[[Project], object]


@pytest.fixture
def start(tmp_path: Path) -> Example:
    made = example(tmp_path / "Ada.qcode")
    made.project.close()
    return made


def met(start: Example, ours: Work, theirs: Work) -> Project:
    """The project after two people worked apart and their copies met."""
    path = start.project.path
    other = Path(shutil.copyfile(path, path.with_name("Bo.qcode")))
    for seed, (file, work) in enumerate(((path, ours), (other, theirs))):
        with open_project(file, coder=file.stem, identities=Identities.seeded(50 + seed), quiet=1000.0) as project:
            work(project)
    project = open_project(path, coder="Ada", identities=Identities.seeded(60), quiet=1000.0)
    assert merge_files(project, [other]) is not None
    assert_sound(project)
    return project


def conflict_about(project: Project, kind: Reason, field: str = "") -> Conflict:
    (found,) = (one for one in open_conflicts(project) if one.kind == kind and one.field == field)
    return found


def number_of(conflict: Conflict, value: object) -> int:
    return [said.value for said in conflict.values].index(value)  # type: ignore[arg-type]


def assert_sound(project: Project) -> None:
    with project.reading() as db:
        assert check(db) == []


def test_what_is_chosen_from_a_list_cannot_be_written(start: Example) -> None:
    def year(value: str) -> Work:
        return lambda project: set_value(project, start.country, "year", value)

    with met(start, year("2021"), year("about 2021")) as project:
        kind, value = conflict_about(project, Reason.CONFLICT, "type"), conflict_about(project, Reason.CONFLICT, "value")
        with pytest.raises(UserError, match="take one of its values"):
            resolve(project, [Decision(kind.id, text="what I like")])
        resolve(project, [Decision(kind.id, number_of(kind, "number")), Decision(value.id, number_of(value, "2021"))])
        assert open_conflicts(project) == []
        assert_sound(project)


def test_a_name_that_another_has_meanwhile_is_mended(start: Example) -> None:
    with met(
        start,
        lambda project: change_code(project, start.code, name="Pay"),
        lambda project: change_code(project, start.code, name="Wages"),
    ) as project:
        conflict = conflict_about(project, Reason.CONFLICT, "name")
        free = next(said.value for said in conflict.values[1:])
        create_code(project, str(free), start.top)
        resolve(project, [Decision(conflict.id, 1)])
        assert_sound(project)
        with project.reading() as db:
            assert {code.name for code in read_codes(db) if code.parent == start.top} == {free, f"{free} (2)"}
        project.undo()
        assert_sound(project)


def test_a_code_that_is_gone_comes_back_when_it_is_chosen(start: Example) -> None:
    with met(
        start,
        lambda project: change_coding(project, start.coding, code=start.other),
        lambda project: change_coding(project, start.coding, code=create_code(project, "New")),
    ) as project:
        conflict = conflict_about(project, Reason.CONFLICT, "code")
        gone = dict(conflict.values[1].group)["code"]
        delete_codes(project, [str(gone)])
        resolve(project, [Decision(conflict.id, 1)])
        assert_sound(project)
        assert [row[5] for row in build_codings(project).rows] == [conflict.values[1].words]


def test_of_two_memos_of_a_coding_that_went_into_another_one_is_chosen(start: Example) -> None:
    def ours(project: Project) -> None:
        change_coding(project, start.coding, memo="ours")
        apply_code(project, start.note, Span(5, 9), start.code, memo="first")

    def theirs(project: Project) -> None:
        apply_code(project, start.note, Span(0, 3), start.code, coder="Ada", memo="apart")
        change_coding(project, start.coding, memo="theirs", span=Span(5, 9))

    with met(start, ours, theirs) as project:
        disputed = conflict_about(project, Reason.CONFLICT, "memo")
        assert conflict_about(project, Reason.FOLDED)
        resolve(project, [Decision(disputed.id, number_of(disputed, "ours"))])
        assert_sound(project)
        assert "ours" in " ".join(str(row[7]) for row in build_codings(project).rows)
        assert not [one for one in open_conflicts(project) if one.kind == Reason.CONFLICT]


def test_a_decision_about_a_row_that_the_same_act_removed_is_passed_over(start: Example) -> None:
    def memo(words: str) -> Work:
        return lambda project: change_coding(project, start.coding, memo=words)

    def theirs(project: Project) -> None:
        memo("theirs")(project)
        change_code(project, start.code, example="theirs")

    def ours(project: Project) -> None:
        memo("ours")(project)
        delete_codes(project, [start.code])

    with met(start, ours, theirs) as project:
        found = open_conflicts(project)
        removing = [Decision(one.id, number_of(one, "remove it")) for one in found if one.table == "codes"]
        assert removing
        resolve(project, [*removing, *(Decision(one.id, 0) for one in found if one.table == "codings")])
        assert_sound(project)


def test_who_removes_what_was_kept_for_its_use_has_removed_it(start: Example) -> None:
    """Removed knowingly, it does not come back when the one who had removed it first takes that back."""
    path = start.project.path
    bo = path.with_name("Bo.qcode")
    with met(
        start,
        lambda project: apply_code(project, start.note, Span(0, 3), start.other),
        lambda project: delete_codes(project, [start.other]),
    ) as project:
        assert conflict_about(project, Reason.USED)
        delete_codes(project, [start.other])
        with open_project(bo, coder="Bo", identities=Identities.seeded(70), quiet=1000.0) as theirs:
            theirs.undo()
        merge_files(project, [bo])
        with project.reading() as db:
            assert start.other not in {code.uuid for code in read_codes(db)}
        assert_sound(project)
