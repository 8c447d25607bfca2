"""Two colleagues made the same case, or took in the same file, each without the other: the leader says that it is one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qcode import create_project, open_project
from qcode.merge.content import Reason
from qcode.model.merging import Conflict, Decision
from qcode.model.span import Span
from qcode.model.statement import Ground, Sort
from qcode.model.summary import Status, SummaryPlace
from qcode.operations.cases import assign_source, create_case, set_value
from qcode.operations.codes import create_code
from qcode.operations.codings import apply_code
from qcode.operations.conflicts import resolve
from qcode.operations.merging import merge_files
from qcode.operations.sources import add_pasted
from qcode.operations.statements import link_grounds, write_statement
from qcode.operations.summaries import write_summary
from qcode.project import Project
from qcode.store.cases import read_cases
from qcode.store.check import check
from qcode.store.sources import read_sources
from qcode.store.statements import read_grounds
from qcode.views.conflicts import ONE, open_conflicts
from qcode.views.matrix import MatrixQuestion, build_matrix
from tests.store.examples import hash_of

TEXT = "The person who prepared the drafts left. Nobody took over."


class Team:
    """Ada leads; Bea and Cem have copies of a project with one code."""

    def __init__(self, folder: Path) -> None:
        self.files = {name: folder / f"{name}.qcode" for name in ("Ada", "Bea", "Cem")}
        with create_project(self.files["Ada"], "Migration", coder="Ada") as project:
            self.code = create_code(project, "Staff turnover")
            self.note = add_pasted(project, "note.txt", TEXT)
        for name in ("Bea", "Cem"):
            shutil.copyfile(self.files["Ada"], self.files[name])

    def do(self, name: str, work: Callable[[Project], None]) -> None:
        with open_project(self.files[name], coder=name) as project:
            work(project)

    def merged(self) -> Project:
        project = open_project(self.files["Ada"], coder="Ada")
        merge_files(project, [self.files["Bea"], self.files["Cem"]])
        return project


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    return Team(tmp_path)


def same(project: Project, table: str) -> Decision:
    """The decision that what was given a number is what has the name."""
    conflict: Conflict = next(one for one in open_conflicts(project) if (one.kind, one.table) == (Reason.RENAMED, table))
    return Decision(conflict.id, take=next(at for at, said in enumerate(conflict.values) if said.value == ONE))


def cases(project: Project) -> list[str]:
    with project.reading() as db:
        return [case.path for case in read_cases(db)]


def sound(project: Project) -> bool:
    with project.reading() as db:
        return check(db) == []


def test_a_case_that_two_made_becomes_one_with_all_that_both_said_of_it(team: Team) -> None:
    def bea(project: Project) -> None:
        osh = create_case(project, "Kyrgyzstan > Osh")
        set_value(project, osh, "region", "south")
        assign_source(project, osh, add_pasted(project, "bea.txt", TEXT + " Bea."))

    def cem(project: Project) -> None:
        osh = create_case(project, "Kyrgyzstan > Osh")
        set_value(project, osh, "visited", "yes")
        source = add_pasted(project, "cem.txt", TEXT + " Cem.")
        assign_source(project, osh, source)
        apply_code(project, source, Span(0, 10), team.code)

    team.do("Bea", bea)
    team.do("Cem", cem)
    with team.merged() as project:
        assert cases(project) == ["Kyrgyzstan", "Kyrgyzstan > Osh", "Kyrgyzstan (2)", "Kyrgyzstan (2) > Osh"]
        before = hash_of(project)
        resolve(project, [same(project, "cases")])
        assert sound(project)
        resolve(project, [same(project, "cases")])
        assert sound(project)
        assert cases(project) == ["Kyrgyzstan", "Kyrgyzstan > Osh"]
        assert open_conflicts(project) == []
        matrix = build_matrix(project, MatrixQuestion(columns="case"))
        assert [column.label for column in matrix.columns if "Osh" in column.label] != []
        with project.reading() as db:
            values = {value for (value,) in db.execute("SELECT value FROM case_values")}
            (links,) = db.execute("SELECT count(*) FROM assignments").fetchone()
        assert (values, links) == ({"south", "yes"}, 2)
        after = hash_of(project)
        project.undo()
        project.undo()
        assert hash_of(project) == before
        project.redo()
        project.redo()
        assert hash_of(project) == after
        assert sound(project)


def test_what_a_finding_rests_on_follows_its_case(team: Team) -> None:
    def made(project: Project) -> None:
        cell = SummaryPlace(team.code, create_case(project, "Osh"))
        write_summary(project, cell, "They leave.", Status.DRAFT)
        link_grounds(project, write_statement(project, Sort.FINDING, f"{project.coder} says so"), [Ground(cell=cell)])

    for name in ("Bea", "Cem"):
        team.do(name, made)
    with team.merged() as project:
        resolve(project, [same(project, "cases")])
        assert sound(project)
        with project.reading() as db:
            assert {ground.ground.cell.case for ground in read_grounds(db) if ground.ground.cell} == {case.uuid for case in read_cases(db)}


def test_the_same_file_taken_in_by_two_becomes_one_with_the_codings_of_both(team: Team) -> None:
    def reads(name: str, span: Span) -> None:
        def work(project: Project) -> None:
            apply_code(project, add_pasted(project, "minutes.txt", TEXT), span, team.code)

        team.do(name, work)

    reads("Bea", Span(0, 10))
    reads("Cem", Span(11, 20))
    with team.merged() as project:
        while any(one.kind == Reason.RENAMED for one in open_conflicts(project)):
            resolve(project, [same(project, "sources")])
        with project.reading() as db:
            assert [one.name for one in read_sources(db)] == ["minutes.txt", "note.txt"]
            assert db.execute("SELECT count(DISTINCT source_id), count(*) FROM codings").fetchone() == (1, 2)
        assert sound(project)
        settled = hash_of(project)
    for name in ("Bea", "Cem"):
        with open_project(team.files[name], coder=name) as project:
            merge_files(project, [team.files["Ada"]])
            assert hash_of(project) == settled
            assert sound(project)


def test_files_of_one_name_that_say_something_else_are_never_said_to_be_one(team: Team) -> None:
    team.do("Bea", lambda project: void(add_pasted(project, "minutes.txt", TEXT + " One.")))
    team.do("Cem", lambda project: void(add_pasted(project, "minutes.txt", TEXT + " Two.")))
    with team.merged() as project:
        (renamed,) = (one for one in open_conflicts(project) if one.kind == Reason.RENAMED)
        assert [said.value for said in renamed.values] == ["minutes (2).txt"]


def void(_: object) -> None:
    """Give nothing back."""
