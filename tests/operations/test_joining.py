"""Two people join the same two codes the other way round: each removes what the other one keeps, and nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.merge.content import Reason
from qcode.model.code import Code
from qcode.model.identity import Identities
from qcode.model.merging import Decision
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.model.summary import SummaryPlace
from qcode.opening import open_project
from qcode.operations.cases import assign_source, create_case, set_cases, set_value
from qcode.operations.codes import create_code
from qcode.operations.codings import apply_code
from qcode.operations.conflicts import answer_question, resolve
from qcode.operations.handout import hand_in, handout
from qcode.operations.joining import join_codes, put_below
from qcode.operations.merging import merge_files
from qcode.operations.readings import mark_reading
from qcode.operations.recover import recover_project
from qcode.operations.sources import add_pasted
from qcode.operations.summaries import write_summary
from qcode.project import Project
from qcode.store.check import check
from qcode.store.codes import read_codes
from qcode.store.journal import Act
from qcode.views.conflicts import open_conflicts
from qcode.views.questions import open_questions
from tests.merge.laws.laws import means_what_the_model_says
from tests.operations.examples import example, hash_of

Join = Callable[[Act, str, str], None]
TEXT = "Trainers were paid late.\n\nNobody knew why.\n"


class Pair:
    """A project in the copies of Ada and Bo, in which pairs of rows can be joined."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        made = example(folder / "Ada.qcode")
        with made.project as project:
            self.codes = (create_code(project, "Pay"), create_code(project, "Wages"))
            self.sources = (add_pasted(project, "one.txt", TEXT), add_pasted(project, "two.txt", TEXT))
            self.cases = (create_case(project, "Osh"), create_case(project, "Bishkek"))
            for code in self.codes:
                apply_code(project, self.sources[0], Span(0, 5), code)
            apply_code(project, self.sources[1], Span(0, 5), self.codes[0])
            for source in self.sources:
                mark_reading(project, source, ReadingStatus.FINISHED)
                for case in self.cases:
                    assign_source(project, case, source)
            for case in self.cases:
                set_value(project, case, "year", "2021")
        shutil.copyfile(folder / "Ada.qcode", folder / "Bo.qcode")
        self._opened = 0

    def open(self, name: str) -> Project:
        self._opened += 1
        return open_project(self.folder / f"{name}.qcode", coder=name, identities=Identities.seeded(200 + self._opened), quiet=1000.0)

    def act(self, name: str, work: Callable[[Act], object]) -> None:
        with self.open(name) as project:
            project.transact("join", "Join", work)

    def merged(self, into: str, other: Path) -> Project:
        shutil.copyfile(self.folder / f"{into}.qcode", self.folder / "both.qcode")
        project = self.open("both")
        assert merge_files(project, [other]) is not None
        return project


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pair:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    return Pair(tmp_path)


def uuids(project: Project, table: str) -> set[str]:
    with project.reading() as db:
        return {key for (key,) in db.execute(f"SELECT uuid FROM {table}")}


def sound(project: Project) -> bool:
    with project.reading() as db:
        assert check(db) == []
    means_what_the_model_says(project)
    return True


def test_two_codes_that_were_joined_both_ways_are_both_there_and_listed(pair: Pair) -> None:
    one, other = pair.codes
    with pair.open("Ada") as project:
        before = {name: uuids(project, name) for name in ("codes", "codings")}
    pair.act("Ada", lambda act: join_codes(act, one, other))
    pair.act("Bo", lambda act: join_codes(act, other, one))
    hashes = []
    for into, from_ in (("Ada", "Bo"), ("Bo", "Ada")):
        with pair.merged(into, pair.folder / f"{from_}.qcode") as project:
            assert all(uuids(project, name) >= rows for name, rows in before.items()), "what one removed the other went by"
            assert {(one.kind, one.row) for one in open_conflicts(project) if one.table == "codes"} == {
                (Reason.EDITED, one),
                (Reason.EDITED, other),
            }
            assert sound(project)
            hashes.append(hash_of(project))
    assert hashes[0] == hashes[1]


def test_opposite_answers_to_a_question_lose_neither_code(pair: Pair) -> None:
    """Neither is coded, neither has a definition: nothing but the answers goes by them."""
    for name in ("Ada", "Bo"):
        with pair.open(name) as project:
            create_code(project, {"Ada": "Return migration", "Bo": "Returned migrants"}[name])
    with pair.merged("Ada", pair.folder / "Bo.qcode") as project:
        (question,) = open_questions(project)
    for name in ("Ada", "Bo"):
        shutil.copyfile(pair.folder / "both.qcode", pair.folder / f"{name}.qcode")
    for name, keep in (("Ada", question.one.uuid), ("Bo", question.other.uuid)):
        with pair.open(name) as project:
            answer_question(project, question.id, "same", keep)
    with pair.merged("Ada", pair.folder / "Bo.qcode") as project:
        assert uuids(project, "codes") >= {question.one.uuid, question.other.uuid}
        assert [one.id for one in open_questions(project)] == [question.id], "it is asked again"
        assert len(open_conflicts(project)) == 2
        answer_question(project, question.id, "same", question.one.uuid)
        assert question.other.uuid not in uuids(project, "codes")
        assert open_conflicts(project) == []
        assert sound(project)


@pytest.mark.parametrize("name", ["Law", "Дети", "Youth", "Staff turnover"])
def test_codes_that_two_made_of_one_name_are_asked_about_however_short_it_is(pair: Pair, name: str) -> None:
    for who in ("Ada", "Bo"):
        with pair.open(who) as project:
            create_code(project, name)
    with pair.merged("Ada", pair.folder / "Bo.qcode") as project:
        (question,) = open_questions(project)
        assert {question.one.name, question.other.name} == {name, f"{name} (2)"}
        (renamed,) = [one for one in open_conflicts(project) if one.kind == Reason.RENAMED]
        with pytest.raises(UserError, match=f"^'{name}' is the name of another code there"):
            resolve(project, [Decision(renamed.id, text=name)])
        resolve(project, [Decision(renamed.id, take=0)])
        assert [one.id for one in open_questions(project)] == [question.id], "that it is numbered does not say that it is another one"
        keep = question.one if question.one.name == name else question.other
        answer_question(project, question.id, "same", keep.uuid)
        assert [code.name for code in read_codes_of(project) if code.name.startswith(name)] == [name]
        assert (open_questions(project), open_conflicts(project)) == ([], [])
        assert sound(project)


def read_codes_of(project: Project) -> list[Code]:
    with project.reading() as db:
        return read_codes(db)


def test_three_codes_joined_in_a_ring_are_all_there(pair: Pair) -> None:
    with pair.open("Ada") as project:
        ring = [create_code(project, name) for name in ("One", "Two", "Three")]
    for name in ("Bo", "Cy"):
        shutil.copyfile(pair.folder / "Ada.qcode", pair.folder / f"{name}.qcode")
    for at, name in enumerate(("Ada", "Bo", "Cy")):
        pair.act(name, lambda act, at=at: join_codes(act, ring[at], ring[(at + 1) % 3]))  # type: ignore[misc]
    with pair.merged("Ada", pair.folder / "Bo.qcode") as project:
        merge_files(project, [pair.folder / "Cy.qcode"])
        assert uuids(project, "codes") >= set(ring)
        assert sound(project)


def test_summaries_that_say_the_same_are_both_there(pair: Pair) -> None:
    with pair.open("Ada") as project:
        bare = [create_code(project, name) for name in ("Nobody", "Nothing")]
        for code in bare:
            write_summary(project, SummaryPlace(code=code), "Nobody spoke of it.")
    shutil.copyfile(pair.folder / "Ada.qcode", pair.folder / "Bo.qcode")
    pair.act("Ada", lambda act: join_codes(act, *bare))
    pair.act("Bo", lambda act: join_codes(act, *bare[::-1]))
    with pair.merged("Ada", pair.folder / "Bo.qcode") as project:
        assert uuids(project, "summaries") == {SummaryPlace(code=code).uuid for code in bare}
        assert sound(project)


@pytest.mark.parametrize("second", [put_below, join_codes], ids=["below", "joined"])
def test_two_codes_put_below_each_other_are_both_there_and_listed(pair: Pair, second: Join) -> None:
    one, other = pair.codes
    pair.act("Ada", lambda act: put_below(act, one, other))
    pair.act("Bo", lambda act: second(act, other, one))
    with pair.merged("Ada", pair.folder / "Bo.qcode") as project:
        with project.reading() as db:
            codes = {code.uuid: code for code in read_codes(db)}
        assert {one, other} <= codes.keys()
        assert [conflict for conflict in open_conflicts(project) if conflict.table == "codes"]
        assert sound(project)


def test_a_source_that_was_left_to_one_case_each_belongs_to_both(pair: Pair) -> None:
    source = pair.sources[0]
    for name, case in zip(("Ada", "Bo"), pair.cases, strict=True):
        pair.act(name, lambda act, case=case: set_cases(act, source, [case]))  # type: ignore[misc]
    with pair.merged("Ada", pair.folder / "Bo.qcode") as project:
        with project.reading() as db:
            sql = "SELECT count(*) FROM assignments a JOIN sources s ON s.id = a.source_id WHERE s.uuid = ?"
            assert db.execute(sql, (source,)).fetchone() == (2,)
        assert {one.kind for one in open_conflicts(project)} == {Reason.EDITED}
        assert sound(project)


def test_that_a_row_was_gone_by_is_in_nobodys_way(pair: Pair) -> None:
    """What another one wrote at the code that stays is no conflict with the joining."""
    one, other = pair.codes
    pair.act("Ada", lambda act: join_codes(act, one, other))
    fields = {"definition": "what is paid", "name": "Money", "colour": "#112233", "position": 9.0}
    pair.act("Bo", lambda act: act.update("codes", other, fields))
    with pair.merged("Ada", pair.folder / "Bo.qcode") as project:
        assert open_conflicts(project) == []
        assert sound(project)


def test_that_a_row_was_gone_by_travels_and_is_recovered(pair: Pair) -> None:
    one, other = pair.codes
    change = pair.folder / "Cy.qchange"
    with pair.open("Ada") as project:
        handout(project, "Cy", pair.folder / "Cy.qcode")
    pair.act("Cy", lambda act: join_codes(act, other, one))
    with pair.open("Cy") as project:
        hand_in(project, change)
    pair.act("Ada", lambda act: join_codes(act, one, other))
    with pair.merged("Ada", change) as project:
        assert uuids(project, "codes") >= {one, other}
        assert sound(project)
        whole = hash_of(project)
    recover_project(pair.folder / "both.qcode", pair.folder / "again.qcode")
    with pair.open("again") as project:
        assert hash_of(project) == whole
