"""Files of a team come together: small stories, each step looked at."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from qcode import create_project, open_project
from qcode.errors import PlanOutdated, UserError
from qcode.model.merging import Conflict, Decision, MergePlan
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.codes import change_code, create_code, delete_codes
from qcode.operations.codings import apply_code, change_coding, remove_codings
from qcode.operations.conflicts import answer_question, number_of, resolve
from qcode.operations.handout import hand_in
from qcode.operations.merging import merge_files, plan_merge
from qcode.operations.purge import purge_source
from qcode.operations.readings import mark_reading
from qcode.operations.sources import add_pasted
from qcode.project import Project
from qcode.store.check import check
from qcode.store.codes import codebook_versions, read_codes
from qcode.store.contributions import totals
from qcode.store.merges import read_merges
from qcode.store.sources import finished_readings, read_readings, read_sources
from qcode.views.conflicts import open_conflicts
from qcode.views.merge_report import other_words, safety_sentence
from qcode.views.merges import passages_of
from qcode.views.questions import open_questions
from tests.store.examples import hash_of

TEXT = "The person who prepared the drafts left for an international organization. Nobody took over."


class Team:
    """A leader's project with one coded passage, and the files of Bea and Cem that came of it."""

    def __init__(self, folder: Path) -> None:
        self.leader, self.bea, self.cem = (folder / f"{name}.qcode" for name in ("leader", "bea", "cem"))
        with create_project(self.leader, "Migration", coder="Ada") as project:
            self.code = create_code(project, "Staff turnover", definition="People leave.")
            self.other = create_code(project, "Migration")
            self.source = add_pasted(project, "note.txt", TEXT)
            self.coding = apply_code(project, self.source, Span(0, 20), self.code)
        for copy in (self.bea, self.cem):
            shutil.copyfile(self.leader, copy)

    def as_leader(self) -> Project:
        return open_project(self.leader, coder="Ada")

    def as_bea(self) -> Project:
        return open_project(self.bea, coder="Bea")

    def as_cem(self) -> Project:
        return open_project(self.cem, coder="Cem")


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    return Team(tmp_path)


def sound(project: Project) -> bool:
    with project.reading() as db:
        return check(db) == []


def only(conflicts: list[Conflict]) -> Conflict:
    (conflict,) = conflicts
    return conflict


def code_names(project: Project) -> list[str]:
    with project.reading() as db:
        return sorted(code.name for code in read_codes(db))


def coding_count(project: Project) -> int:
    with project.reading() as db:
        return totals(db)[0]


def known_codes(project: Project) -> set[str]:
    """The codes for which the one reading there is counts, as the tables of readings and of matrices have it."""
    with project.reading() as db:
        (reading,) = read_readings(db)
        (version,) = {version for _, _, version in finished_readings(db)}
        names = {code.id: code.uuid for code in read_codes(db)}
        by_key = {names[key] for key in codebook_versions(db)[version]}
    assert reading.knew & set(names.values()) == by_key
    return set(reading.knew)


def source_names(project: Project) -> list[str]:
    with project.reading() as db:
        return [source.name for source in read_sources(db)]


def both_define(team: Team) -> None:
    with team.as_bea() as project:
        change_code(project, team.code, definition="Officials leave.", include="ministries")
    with team.as_leader() as project:
        change_code(project, team.code, definition="People who know leave.", exclude="retirement")


def test_two_definitions_are_a_conflict_and_other_fields_join(team: Team) -> None:
    both_define(team)
    with team.as_leader() as project:
        plan = merge_files(project, [team.bea])
        assert plan is not None
        conflict = only(open_conflicts(project))
        assert (conflict.title, conflict.field) == ("Staff turnover", "definition")
        assert conflict.base is not None
        assert conflict.base.words == "People leave."
        assert {said.coder: said.words for said in conflict.values} == {"Ada": "People who know leave.", "Bea": "Officials leave."}
        with project.reading() as db:
            code = next(code for code in read_codes(db) if code.uuid == team.code)
        assert (code.include, code.exclude) == ("ministries", "retirement")
        assert sound(project)


@pytest.mark.parametrize(("decision", "said"), [("Bea", "Officials leave."), ("Ada", "People who know leave."), ("", "They go.")])
def test_a_decision_is_an_act_that_travels_and_can_be_undone(team: Team, decision: str, said: str) -> None:
    both_define(team)
    with team.as_leader() as project:
        merge_files(project, [team.bea])
        before = hash_of(project)
        conflict = only(open_conflicts(project))
        chosen = Decision(conflict.id, number_of(conflict, decision)) if decision else Decision(conflict.id, text="They go.")
        assert resolve(project, [chosen]) == 1
        assert open_conflicts(project) == []
        project.undo()
        assert hash_of(project) == before
        assert only(open_conflicts(project)) == conflict
        project.redo()
        after = hash_of(project)
    with team.as_bea() as project:
        merge_files(project, [team.leader])
        assert hash_of(project) == after
        assert open_conflicts(project) == []
        with project.reading() as db:
            assert next(code for code in read_codes(db) if code.uuid == team.code).definition == said


def test_both_ends_of_a_passage_are_one_value(team: Team) -> None:
    with team.as_bea() as project:
        change_coding(project, team.coding, span=Span(0, 40))
    with team.as_leader() as project:
        change_coding(project, team.coding, span=Span(30, 36))
        merge_files(project, [team.bea])
        conflict = only(open_conflicts(project))
        assert {said.words for said in conflict.values} == {TEXT[:40], TEXT[30:36]}
        resolve(project, [Decision(conflict.id, number_of(conflict, "Bea"))])
        assert open_conflicts(project) == []
        assert sound(project)


@pytest.mark.parametrize(("take", "left"), [(0, ["Migration", "Staff turnover"]), (1, ["Staff turnover"])])
def test_deleted_here_and_used_there_stays_until_somebody_decides(team: Team, take: int, left: list[str]) -> None:
    with team.as_bea() as project:
        delete_codes(project, [team.other])
    with team.as_leader() as project:
        apply_code(project, team.source, Span(3, 9), team.other)
        merge_files(project, [team.bea])
        conflict = only(open_conflicts(project))
        assert conflict.kind == "deleted here, used there"
        assert sound(project)
        resolve(project, [Decision(conflict.id, take)])
        assert open_conflicts(project) == []
        assert code_names(project) == left
        assert sound(project)
        project.undo()
        assert only(open_conflicts(project)) == conflict


def test_codes_of_one_name_and_codings_of_one_passage_stand_side_by_side_until_decided(team: Team) -> None:
    with team.as_bea() as project:
        create_code(project, "Pay", definition="Bea's")
        apply_code(project, team.source, Span(3, 9), team.code, coder="Dan", memo="from one laptop")
    with team.as_leader() as project:
        create_code(project, "Pay", definition="Ada's")
        apply_code(project, team.source, Span(3, 9), team.code, coder="Dan", memo="from the other")
        merge_files(project, [team.bea])
        assert code_names(project) == ["Migration", "Pay", "Pay (2)", "Staff turnover"]
        kinds = {conflict.kind: conflict for conflict in open_conflicts(project)}
        assert kinds.keys() == {"another has its name", "the same coding twice"}
        assert sound(project)
        resolve(project, [Decision(kinds["another has its name"].id, text="Wages"), Decision(kinds["the same coding twice"].id, 0)])
        assert code_names(project) == ["Migration", "Pay", "Staff turnover", "Wages"]
        assert open_conflicts(project) == []
        with project.reading() as db:
            memos = {memo for (memo,) in db.execute("SELECT memo FROM codings")}
        assert memos == {"", "from one laptop\n\nfrom the other"} or memos == {"", "from the other\n\nfrom one laptop"}
        assert sound(project)


@pytest.mark.parametrize("answer", ["same", "different", "below"])
def test_codes_of_nearly_one_name_are_asked_about(team: Team, answer: str) -> None:
    with team.as_bea() as project:
        apply_code(project, team.source, Span(3, 9), create_code(project, "Return migration"), coder="Dan", memo="one")
    with team.as_leader() as project:
        mine = create_code(project, "Returned migrants", definition="who came back")
        apply_code(project, team.source, Span(3, 9), mine, coder="Dan", memo="two")
        merge_files(project, [team.bea])
        (question,) = open_questions(project)
        assert question.alike == 79
        answer_question(project, question.id, answer, mine)
        assert open_questions(project) == []
        assert sound(project)
        expected = {"same": 3, "different": 4, "below": 4}[answer]
        assert len(code_names(project)) == expected
        if answer == "same":
            with project.reading() as db:
                assert sorted(db.execute("SELECT memo FROM codings").fetchall())[1][0].split("\n\n") == ["two", "one"]
        project.undo()
        assert open_questions(project) == [question]


def test_who_read_for_a_code_has_read_for_the_one_it_was_joined_into(team: Team) -> None:
    with team.as_bea() as project:
        theirs = create_code(project, "Return migration")
        mark_reading(project, team.source, ReadingStatus.FINISHED)
    with team.as_leader() as project:
        mine = create_code(project, "Returned migrants")
        merge_files(project, [team.bea])
        assert known_codes(project) == {team.code, team.other, theirs}
        (question,) = open_questions(project)
        answer_question(project, question.id, "same", mine)
        assert known_codes(project) == {team.code, team.other, mine}
        assert sound(project)
        project.undo()
        assert known_codes(project) == {team.code, team.other, theirs}
        project.redo()
    with team.as_bea() as project:
        merge_files(project, [team.leader])
        assert known_codes(project) == {team.code, team.other, mine}


def test_names_near_one_another_by_one_person_are_no_question(team: Team) -> None:
    with team.as_bea() as project:
        create_code(project, "Staff turnovers")
    with team.as_leader() as project:
        merge_files(project, [team.bea])
        assert open_questions(project) == []


def test_the_plan_is_what_the_merge_then_does_and_writes_nothing(team: Team) -> None:
    both_define(team)
    with team.as_cem() as project:
        apply_code(project, team.source, Span(3, 9), team.code, memo="look")
    with team.as_leader() as project:
        before = hash_of(project)
        plan = plan_merge(project, [team.bea, team.cem])
        assert hash_of(project) == before
        assert read_merges_of(project) == []
        assert merge_files(project, [team.bea, team.cem]) == plan
        assert plan is not None
        assert plan.lost == ()
        counts = [(one.coder, one.new_codings, one.memos, one.conflicts) for one in plan.contributions]
        assert counts == [("Bea", 0, 0, 1), ("Cem", 1, 1, 0)]
        (report,) = read_merges_of(project)
        assert report.plan == replace(plan, joined=()), "what joined without conflict is shown, not kept"
        assert not report.taken_back
        project.undo()
        assert read_merges_of(project)[0].taken_back
        assert merge_files(project, [team.leader.with_name("bea.qcode")]) is not None


def read_merges_of(project: Project) -> list[object]:
    with project.reading() as db:
        return list(read_merges(db))


def both_remove(team: Team) -> None:
    for project in (team.as_bea(), team.as_cem()):
        with project:
            remove_codings(project, [team.coding])


def one_removes_what_another_goes_on_with(team: Team) -> None:
    with team.as_bea() as project:
        remove_codings(project, [team.coding])
    with team.as_cem() as project:
        change_coding(project, team.coding, memo="of use")


def one_takes_back_what_another_has(team: Team) -> None:
    with team.as_bea() as project:
        apply_code(project, team.source, Span(30, 40), team.other)
        with team.as_leader() as leader:
            merge_files(leader, [team.bea])
        project.undo()


def both_have_removed(team: Team) -> None:
    both_remove(team)
    with team.as_leader() as project:
        remove_codings(project, [team.coding])


@pytest.mark.parametrize(
    ("work", "gone", "theirs"),
    [
        (both_remove, 1, {"Bea": 1, "Cem": 1}),
        (one_removes_what_another_goes_on_with, 0, {"Bea": 0, "Cem": 0}),
        (one_takes_back_what_another_has, 1, {"Bea": 1}),
        (both_have_removed, 0, {"Bea": 0, "Cem": 0}),
    ],
)
def test_removed_are_the_codings_that_are_gone_by_the_merge(
    team: Team, work: Callable[[Team], None], gone: int, theirs: dict[str, int]
) -> None:
    work(team)
    with team.as_leader() as project:
        before = coding_count(project)
        plan = merge_files(project, [team.bea, team.cem])
        assert plan is not None
        assert before - coding_count(project) == plan.removed == gone
        assert {one.coder: one.removed for one in plan.contributions} == theirs
        assert ("1 coding went" in safety_sentence(plan)) == (gone == 1)
        with project.reading() as db:
            assert read_merges(db)[0].plan.removed == gone


def in_the_file(team: Team) -> None:
    with team.as_bea() as project:
        change_code(project, team.code, definition="Staff leave, and others.")


def withdrawn_in_the_file(team: Team) -> None:
    with team.as_bea() as project:
        purge_source(project, team.source)


@pytest.mark.parametrize("changed", [in_the_file, withdrawn_in_the_file])
def test_a_merge_stops_before_it_writes_when_a_file_is_not_the_one_that_was_planned(team: Team, changed: Callable[[Team], None]) -> None:
    with team.as_bea() as project:
        change_code(project, team.code, definition="Staff leave.")
    with team.as_leader() as project:
        plan = plan_merge(project, [team.bea])
        assert plan is not None
        changed(team)
        before = hash_of(project)
        with pytest.raises(PlanOutdated):
            merge_files(project, [team.bea], planned=plan.mark)
        assert (hash_of(project), read_merges_of(project)) == (before, [])
        again = plan_merge(project, [team.bea])
        assert again is not None
        merged = merge_files(project, [team.bea], planned=again.mark)
    assert merged == again


def test_a_merge_stops_when_the_project_went_on_since_the_plan(team: Team) -> None:
    with team.as_bea() as project:
        change_code(project, team.code, definition="Staff leave.")
    with team.as_leader() as project:
        plan = plan_merge(project, [team.bea])
        assert plan is not None
        change_code(project, team.code, definition="Those leave who know.")
        with pytest.raises(PlanOutdated):
            merge_files(project, [team.bea], planned=plan.mark)
        project.undo()
        with pytest.raises(PlanOutdated):
            merge_files(project, [team.bea], planned=plan.mark)


def test_a_file_written_anew_with_the_same_acts_is_the_one_that_was_planned(team: Team) -> None:
    with team.as_bea() as project:
        change_code(project, team.code, definition="Staff leave.")
    with team.as_leader() as project:
        plan = plan_merge(project, [team.bea])
        assert plan is not None
        with team.as_bea():
            pass
        assert merge_files(project, [team.bea], planned=plan.mark) is not None


def test_a_merge_that_brings_nothing_writes_nothing(team: Team) -> None:
    with team.as_leader() as project:
        before = hash_of(project)
        assert merge_files(project, [team.bea, team.cem]) is None
        assert plan_merge(project, [team.bea]) is None
        assert hash_of(project) == before
    with open_project(team.leader, read_only=True) as project, project.reading() as db:
        assert db.execute("SELECT count(*) FROM merges").fetchone() == (0,)


def test_a_withdrawn_source_leaves_with_the_merge_and_never_comes_back(team: Team) -> None:
    with team.as_bea() as project:
        change_coding(project, team.coding, memo="first secret")
        apply_code(project, team.source, Span(5, 9), team.code, memo="second secret")
        add_pasted(project, "other.txt", "giraffe")
    with team.as_cem() as project:
        apply_code(project, team.source, Span(6, 9), team.code, memo="third secret")
        mine = add_pasted(project, "other.txt", "zebra")
        purge_source(project, team.source)
    with team.as_leader() as project:
        merge_files(project, [team.bea])
        project.undo()
        plan = merge_files(project, [team.cem])
        assert plan is not None
        assert plan.withdrawn == ("note.txt",)
        assert source_names(project) == ["other.txt"]
        merge_files(project, [team.bea])
        assert source_names(project) == ["other (2).txt", "other.txt"]
        assert sound(project)
        project.undo()
        project.redo()
        purge_source(project, mine)
        assert source_names(project) == ["other.txt"]
        assert sound(project)
    content = team.leader.read_bytes()
    for word in (b"first secret", b"second secret", b"third secret", b"prepared the", b"zebra"):
        assert word not in content


def test_what_cannot_be_merged_says_why_and_changes_nothing(team: Team, tmp_path: Path) -> None:
    with create_project(tmp_path / "apart.qcode", "Apart", coder="Eve"):
        pass
    (tmp_path / "text.qcode").write_text("no project")
    (tmp_path / "cut.qchange").write_bytes(b"\x1f\x8b\x08\x00 cut")
    with team.as_leader() as project:
        before = hash_of(project)
        for name, words in {
            "apart.qcode": "no history in common",
            "text.qcode": "text.qcode",
            "cut.qchange": "damaged or no change file",
            "leader.qcode": "the project itself",
            "nowhere.qcode": "There is no file",
        }.items():
            with pytest.raises(UserError, match=words):
                merge_files(project, [team.bea, tmp_path / name])
        with pytest.raises(UserError, match="There is nothing to merge"):
            merge_files(project, [])
        assert hash_of(project) == before


def test_deciding_what_is_not_there_is_refused(team: Team) -> None:
    both_define(team)
    with team.as_leader() as project:
        merge_files(project, [team.bea])
        conflict = only(open_conflicts(project))
        for decision in (Decision("0000000000", 0), Decision(conflict.id, 7)):
            with pytest.raises(UserError, match=r"[Cc]onflict"):
                resolve(project, [decision])
        with pytest.raises(UserError, match="no value of 'Zoe'"):
            number_of(conflict, "Zoe")
        with pytest.raises(UserError, match="2 values"):
            number_of(conflict, "3")
        with pytest.raises(UserError, match="There is no question"):
            answer_question(project, "0", "same")


def sent_in(team: Team, work: Callable[[Project], object]) -> Path:
    """What Bea did, as a change file."""
    with team.as_bea() as project:
        work(project)
        path = team.bea.with_name(f"{len(list(team.bea.parent.iterdir()))}.qchange")
        hand_in(project, path)
        return path


def figures(plan: MergePlan | None) -> tuple[int, int, int, int, int, int]:
    assert plan is not None
    one = plan.contributions[0]
    return one.new_codings, one.changed, one.removed, one.memos, plan.removed, len(plan.back)


def test_a_merge_that_brings_an_undo_says_what_it_did(team: Team) -> None:
    removed = sent_in(team, lambda project: remove_codings(project, [team.coding]))
    undone = sent_in(team, lambda project: project.undo())
    redone = sent_in(team, lambda project: project.redo())
    with team.as_leader() as project:
        assert figures(merge_files(project, [removed])) == (0, 0, 1, 0, 1, 0)
        planned = plan_merge(project, [undone])
        assert figures(planned) == (1, 0, 0, 0, 0, 1)
        back = merge_files(project, [undone])
        assert figures(back) == figures(planned)
        assert back is not None
        assert safety_sentence(back).endswith("1 coding came back because somebody took the removing back or went on with it.")
        assert coding_count(project) == 1
        (passage,) = passages_of(project, read_merges_of(project)[0].number)
        assert (passage.coding, passage.coder, passage.is_new) == (team.coding, "Bea", True)
        assert figures(merge_files(project, [redone])) == (0, 0, 1, 0, 1, 0)
        assert passages_of(project, read_merges_of(project)[0].number) == []


def test_a_memo_that_was_taken_back_is_a_change(team: Team) -> None:
    written = sent_in(team, lambda project: change_coding(project, team.coding, memo="Ask her."))
    undone = sent_in(team, lambda project: project.undo())
    with team.as_leader() as project:
        assert figures(merge_files(project, [written])) == (0, 1, 0, 1, 0, 0)
        assert figures(merge_files(project, [undone])) == (0, 1, 0, 0, 0, 0)
        (passage,) = passages_of(project, read_merges_of(project)[0].number)
        assert (passage.memo, passage.is_new) == ("", False)


def test_what_was_done_and_taken_back_before_it_came_is_not_counted(team: Team) -> None:
    def work(project: Project) -> None:
        change_coding(project, team.coding, memo="Ask her.")
        project.undo()

    nothing = sent_in(team, work)
    with team.as_leader() as project:
        assert figures(merge_files(project, [nothing])) == (0, 0, 0, 0, 0, 0)
        assert passages_of(project, read_merges_of(project)[0].number) == []


def test_work_beside_coding_is_told(team: Team) -> None:
    def work(project: Project) -> None:
        change_code(project, team.code, definition="They go.")
        mark_reading(project, team.source, ReadingStatus.FINISHED, "Bea")
        create_code(project, "Pay")

    told = sent_in(team, work)
    with team.as_leader() as project:
        plan = merge_files(project, [told])
        assert plan is not None
        assert plan.contributions[0].new_codes == 1
        assert other_words(plan.contributions[0]) == "1 changed code, 1 reading mark"
        with project.reading() as db:
            assert read_merges(db)[0].plan.contributions == plan.contributions
