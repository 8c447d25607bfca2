"""The ten ways in which merging QualCoder projects lost or bent work, measured there; none of them happens here."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qcode.merge.content import Reason
from qcode.model.case import AttributeType
from qcode.model.identity import Identities
from qcode.model.merging import Conflict
from qcode.model.span import Span
from qcode.opening import create_project, open_project
from qcode.operations.cases import assign_source, create_case, set_value
from qcode.operations.codes import change_code, create_code
from qcode.operations.codings import apply_code, change_coding
from qcode.operations.merging import merge_files
from qcode.operations.sources import add_pasted
from qcode.project import Project
from qcode.store.cases import read_attributes, read_cases
from qcode.store.check import check
from qcode.store.codes import read_codes
from qcode.store.sources import read_sources, read_text
from qcode.views.conflicts import open_conflicts
from qcode.views.questions import open_questions
from qcode.views.quotes import build_codings

TEXT = "The trainers were paid late. Nobody knew why.\n"
OTHER = "The trainers were paid well. Everyone saw it.\n"


class Two:
    """A leader's copy and a colleague's of one project, with a source, a case and a code with one coding that both have from the start."""

    def __init__(self, folder: Path) -> None:
        self.leader, self.colleague = folder / "leader.qcode", folder / "colleague.qcode"
        self._seed = 0
        with create_project(self.leader, "Centres", coder="Ada", identities=self._identities(), quiet=1000.0) as project:
            self.source = add_pasted(project, "note.txt", TEXT)
            self.case = create_case(project, "Kyrgyzstan")
            self.code = create_code(project, "Late payment", definition="Money that comes late.")
            self.coding = apply_code(project, self.source, Span(4, 12), self.code)
        shutil.copyfile(self.leader, self.colleague)

    def _identities(self) -> Identities:
        self._seed += 1
        return Identities.seeded(self._seed)

    def do(self, path: Path, work: Callable[[Project], object]) -> None:
        """Something one of them does in her or his copy."""
        coder = "Ada" if path == self.leader else "Bo"
        with open_project(path, coder=coder, identities=self._identities(), quiet=1000.0) as project:
            work(project)

    def open(self, path: Path) -> Project:
        return open_project(path, coder="Ada", identities=self._identities(), quiet=1000.0)


@pytest.fixture
def two(tmp_path: Path) -> Two:
    return Two(tmp_path)


@pytest.fixture(params=["into the leader's", "into the colleague's"])
def merged(request: pytest.FixtureRequest, two: Two) -> Iterator[Callable[[], Project]]:
    """What comes of merging, whichever file is the target; what was done before it stays to be done in the test."""
    opened: list[Project] = []

    def merge() -> Project:
        target, other = (two.leader, two.colleague) if request.param == "into the leader's" else (two.colleague, two.leader)
        project = two.open(target)
        opened.append(project)
        plan = merge_files(project, [other])
        assert plan is not None
        assert plan.lost == ()
        with project.reading() as db:
            assert check(db) == []
        return project

    yield merge
    for project in opened:
        project.close()


def links(project: Project) -> set[tuple[str, str]]:
    """Which case has which source, by path of the case and text of the source."""
    with project.reading() as db:
        texts = {source.uuid: read_text(db, source.text) for source in read_sources(db)}
        paths = {case.uuid: case.path for case in read_cases(db)}
        rows = db.execute("SELECT c.uuid, s.uuid FROM assignments a JOIN cases c ON c.id = a.case_id JOIN sources s ON s.id = a.source_id")
        return {(paths[case], texts[source]) for case, source in rows}


def memos(project: Project) -> list[str]:
    return sorted(str(row[7]) for row in build_codings(project).rows)


def conflicts_of(project: Project, kind: Reason) -> list[Conflict]:
    return [conflict for conflict in open_conflicts(project) if conflict.kind == kind]


def words_of(conflict: Conflict) -> set[object]:
    return {said.value for said in conflict.values}


def test_1_a_case_is_linked_to_its_own_file_where_two_files_have_one_name(two: Two, merged: Callable[[], Project]) -> None:
    def work(text: str, case: str) -> Callable[[Project], object]:
        return lambda project: assign_source(project, create_case(project, case), add_pasted(project, "interview.txt", text))

    two.do(two.leader, work("Ada's interview.", "Aida"))
    two.do(two.colleague, work("Bo's interview.", "Bakyt"))
    assert links(merged()) == {("Aida", "Ada's interview."), ("Bakyt", "Bo's interview.")}


def test_2_the_link_of_a_new_case_stays(two: Two, merged: Callable[[], Project]) -> None:
    two.do(two.leader, lambda project: create_case(project, "Tajikistan"))
    two.do(two.colleague, lambda project: assign_source(project, create_case(project, "Osh"), two.source))
    assert links(merged()) == {("Osh", TEXT)}


def test_3_the_link_of_a_case_that_was_there_stays(two: Two, merged: Callable[[], Project]) -> None:
    two.do(two.leader, lambda project: assign_source(project, two.case, add_pasted(project, "ada.txt", "Ada's interview.")))
    two.do(two.colleague, lambda project: assign_source(project, two.case, two.source))
    assert links(merged()) == {("Kyrgyzstan", TEXT), ("Kyrgyzstan", "Ada's interview.")}


def test_4_a_memo_stays_and_two_memos_are_listed(two: Two, merged: Callable[[], Project]) -> None:
    two.do(two.colleague, lambda project: change_coding(project, two.coding, memo="twice a year"))
    two.do(two.leader, lambda project: apply_code(project, two.source, Span(0, 3), two.code, memo="who?"))
    two.do(two.leader, lambda project: change_coding(project, two.coding, important=True))
    project = merged()
    assert memos(project) == ["twice a year", "who?"]
    assert open_conflicts(project) == []


def test_4_of_two_memos_on_one_coding_none_is_lost(two: Two, merged: Callable[[], Project]) -> None:
    two.do(two.colleague, lambda project: change_coding(project, two.coding, memo="twice a year"))
    two.do(two.leader, lambda project: change_coding(project, two.coding, memo="ask the ministry"))
    (conflict,) = conflicts_of(merged(), Reason.CONFLICT)
    assert words_of(conflict) == {"twice a year", "ask the ministry"}


def test_5_a_changed_definition_stays(two: Two, merged: Callable[[], Project]) -> None:
    two.do(two.colleague, lambda project: change_code(project, two.code, definition="Money that comes after the work."))
    two.do(two.leader, lambda project: change_code(project, two.code, example="paid late"))
    project = merged()
    with project.reading() as db:
        (code,) = read_codes(db)
    assert (code.definition, code.example) == ("Money that comes after the work.", "paid late")
    assert open_conflicts(project) == []


def test_5_of_two_definitions_none_is_lost(two: Two, merged: Callable[[], Project]) -> None:
    two.do(two.colleague, lambda project: change_code(project, two.code, definition="After the work."))
    two.do(two.leader, lambda project: change_code(project, two.code, definition="After the month."))
    (conflict,) = conflicts_of(merged(), Reason.CONFLICT)
    assert words_of(conflict) == {"After the work.", "After the month."}
    assert conflict.base is not None
    assert conflict.base.value == "Money that comes late."


def test_6_a_code_that_differs_in_capitals_is_asked_about(two: Two, merged: Callable[[], Project]) -> None:
    two.do(two.colleague, lambda project: create_code(project, "Success Factor", definition="Bo's"))
    two.do(two.leader, lambda project: create_code(project, "success factor", definition="Ada's"))
    project = merged()
    (question,) = open_questions(project)
    assert {question.one.name, question.other.name} == {"Success Factor", "success factor"}
    assert {question.one.definition, question.other.definition} == {"Ada's", "Bo's"}
    assert question.alike == 100


def test_7_two_diaries_of_one_name_both_stay(two: Two, merged: Callable[[], Project]) -> None:
    """Journals are texts among the sources here."""
    two.do(two.leader, lambda project: add_pasted(project, "Field diary", "Ada: left at seven."))
    two.do(two.colleague, lambda project: add_pasted(project, "Field diary", "Bo: arrived at nine."))
    project = merged()
    with project.reading() as db:
        texts = {source.name: read_text(db, source.text) for source in read_sources(db)}
    assert set(texts) == {"note.txt", "Field diary", "Field diary (2)"}
    assert {texts["Field diary"], texts["Field diary (2)"]} == {"Ada: left at seven.", "Bo: arrived at nine."}
    assert {conflict.kind for conflict in open_conflicts(project)} == {Reason.RENAMED, Reason.RELABELLED}


def test_8_an_attribute_keeps_its_type_and_every_value(two: Two, merged: Callable[[], Project]) -> None:
    two.do(two.leader, lambda project: set_value(project, two.case, "year", "2021"))
    two.do(two.leader, lambda project: set_value(project, two.case, "visited", "yes"))
    two.do(two.colleague, lambda project: set_value(project, create_case(project, "Osh"), "Visited", "no"))
    two.do(two.colleague, lambda project: set_value(project, create_case(project, "Osh"), "year", "about 2020"))
    project = merged()
    with project.reading() as db:
        types = {attribute.name.casefold(): attribute.type for attribute in read_attributes(db)}
        values = {value for (value,) in db.execute("SELECT value FROM case_values")}
    assert types == {"visited": AttributeType.YES_NO, "year": AttributeType.TEXT}
    assert values == {"2021", "about 2020", "yes", "no"}


def test_9_two_coders_on_one_passage_keep_their_memos(two: Two, merged: Callable[[], Project]) -> None:
    two.do(two.leader, lambda project: apply_code(project, two.source, Span(17, 26), two.code, memo="Ada's"))
    two.do(two.colleague, lambda project: apply_code(project, two.source, Span(17, 26), two.code, memo="Bo's"))
    assert memos(merged()) == ["", "Ada's", "Bo's"]


def test_9_one_coder_twice_on_one_passage_is_one_coding_with_both_memos(two: Two, merged: Callable[[], Project]) -> None:
    """The same person at two machines."""
    two.do(two.leader, lambda project: apply_code(project, two.source, Span(17, 26), two.code, coder="Ada", memo="at home"))
    two.do(two.colleague, lambda project: apply_code(project, two.source, Span(17, 26), two.code, coder="Ada", memo="on the road"))
    project = merged()
    assert memos(project) == ["", "at home\n\non the road"]
    assert len(conflicts_of(project, Reason.FOLDED)) == 1


def test_10_texts_of_one_name_and_length_that_differ_keep_their_codings(two: Two, merged: Callable[[], Project]) -> None:
    assert len(TEXT) == len(OTHER)

    def work(text: str, coder: str) -> Callable[[Project], object]:
        return lambda project: apply_code(project, add_pasted(project, "late.txt", text), Span(13, 27), two.code, memo=coder)

    two.do(two.leader, work(TEXT.replace("trainers", "teachers"), "Ada's"))
    two.do(two.colleague, work(OTHER, "Bo's"))
    rows = [row for row in build_codings(merged()).rows if row[7]]
    assert {(row[4], row[7]) for row in rows} == {("were paid late", "Ada's"), ("were paid well", "Bo's")}
    assert len({row[1] for row in rows}) == 2
