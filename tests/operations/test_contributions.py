"""One person's contribution is taken out of a merge."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qcode import open_project
from qcode.errors import UserError
from qcode.merge.content import Reason
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.codes import change_code, create_code, delete_codes
from qcode.operations.codings import apply_code, change_coding, remove_codings
from qcode.operations.contributions import take_out
from qcode.operations.handout import hand_in, handout
from qcode.operations.merging import merge_files
from qcode.operations.readings import mark_reading
from qcode.operations.recover import recover_project
from qcode.project import Project
from qcode.views.conflicts import open_conflicts
from qcode.views.history import read_history
from tests.operations.test_merging import Team, code_names, read_merges_of, sound
from tests.store.examples import hash_of


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    return Team(tmp_path)


def take_out_of_last(project: Project, coder: str) -> int:
    return take_out(project, read_merges_of(project)[0].number, coder)


def without_bea(team: Team, folder: Path) -> str:
    """The content hash of the leader's project after a merge with Cem's file alone."""
    shutil.copyfile(team.leader, folder / "cem-alone.qcode")
    with open_project(folder / "cem-alone.qcode", coder="Ada") as project:
        merge_files(project, [team.cem])
        return hash_of(project)


def kinds(project: Project) -> set[tuple[str, str]]:
    return {(one.kind, one.title) for one in open_conflicts(project)}


def memos(project: Project) -> list[str]:
    with project.reading() as db:
        return [memo for (memo,) in db.execute("SELECT memo FROM codings ORDER BY memo")]


def test_what_one_did_goes_and_what_others_did_stays(team: Team) -> None:
    with team.as_bea() as project:
        change_code(project, team.code, definition="Bea's words")
        apply_code(project, team.source, Span(3, 9), create_code(project, "Bea only"), memo="bea")
        used = create_code(project, "Used by Cem")
        change_coding(project, team.coding, memo="bea was here")
    with team.as_cem() as project:
        merge_files(project, [team.bea])
        apply_code(project, team.source, Span(5, 9), used, memo="cem")
    with team.as_leader() as project:
        merge_files(project, [team.bea, team.cem])
        merged = hash_of(project)
        assert take_out_of_last(project, "Bea") == 5, "two values, her code, her coding and her name"
        assert sound(project)
        assert memos(project) == ["", "cem"]
        assert code_names(project) == ["Migration", "Staff turnover", "Used by Cem"]
        with project.reading() as db:
            assert db.execute("SELECT definition FROM codes WHERE name = 'Staff turnover'").fetchone() == ("People leave.",)
        without = hash_of(project)
        assert merge_files(project, [team.bea]) is None
        project.undo()
        assert hash_of(project) == merged
        project.redo()
        assert hash_of(project) == without
    with team.as_cem() as project:
        merge_files(project, [team.leader])
        assert hash_of(project) == without


def test_what_one_had_removed_comes_back(team: Team) -> None:
    with team.as_bea() as project:
        remove_codings(project, [team.coding])
    with team.as_leader() as project:
        before = hash_of(project)
        merge_files(project, [team.bea])
        assert memos(project) == []
        assert take_out_of_last(project, "Bea") == 1  # type: ignore[attr-defined]
        assert hash_of(project) == before
        assert sound(project)


def test_who_brought_nothing_is_said(team: Team) -> None:
    with team.as_bea() as project:
        create_code(project, "Pay")
    with team.as_leader() as project:
        merge_files(project, [team.bea])
        with pytest.raises(UserError, match="That merge brought nothing by Zoe"):
            take_out_of_last(project, "Zoe")


def test_the_same_coding_of_another_stays(team: Team, tmp_path: Path) -> None:
    """Bea and Cem each typed in what Aida had coded on paper; a merge makes one coding of the two."""
    for copy, memo in ((team.as_bea(), "typed in by Bea"), (team.as_cem(), "typed in by Cem")):
        with copy as project:
            apply_code(project, team.source, Span(30, 40), team.code, coder="Aida", memo=memo)
    alone = without_bea(team, tmp_path)
    with team.as_leader() as project:
        merge_files(project, [team.bea, team.cem])
        merged = hash_of(project)
        assert any("Bea" in memo and "Cem" in memo for memo in memos(project))
        take_out_of_last(project, "Bea")
        assert hash_of(project) == alone
        assert memos(project) == ["", "typed in by Cem"]
        assert sound(project)
        assert merge_files(project, [team.cem]) is None
        project.undo()
        assert hash_of(project) == merged


def test_a_removal_is_taken_out_whose_code_was_deleted_since(team: Team) -> None:
    with team.as_bea() as project:
        remove_codings(project, [team.coding])
    with team.as_leader() as project:
        merge_files(project, [team.bea])
        delete_codes(project, [team.code])
        assert take_out_of_last(project, "Bea") == 2, "the coding, and the code it is of"
        assert code_names(project) == ["Migration", "Staff turnover"]
        assert kinds(project) == {(Reason.USED, "Staff turnover")}
        assert sound(project)


def test_a_value_that_is_taken_out_is_not_there_to_be_chosen(team: Team, tmp_path: Path) -> None:
    """The value of the other counts: no row changes, but nothing is left to decide."""
    with team.as_bea() as project:
        change_code(project, team.code, definition="Bea's words", name="Fluctuation")
    with team.as_cem() as project:
        create_code(project, "Pay")
        change_code(project, team.code, definition="Cem's words", name="Leaving")
    alone = without_bea(team, tmp_path)
    with team.as_leader() as project:
        merge_files(project, [team.bea, team.cem])
        assert len(open_conflicts(project)) == 2
        assert take_out_of_last(project, "Bea") == 1
        assert open_conflicts(project) == []
        assert hash_of(project) == alone


@pytest.mark.parametrize("later", [True, False])
def test_a_link_that_both_made_is_as_the_other_made_it(team: Team, tmp_path: Path, *, later: bool) -> None:
    """A reading is named by what it links: the row that Bea made and changed is the one that Cem made too."""
    for copy, said in ((team.as_bea(), ("reading", "finished")), (team.as_cem(), ("reading",))):
        with copy as project:
            for status in said:
                mark_reading(project, team.source, ReadingStatus(status), "Aida")
    alone = without_bea(team, tmp_path)
    with team.as_leader() as project:
        merge_files(project, [team.bea] if later else [team.bea, team.cem])
        take_out_of_last(project, "Bea")
        merge_files(project, [team.cem])
        assert hash_of(project) == alone
        assert open_conflicts(project) == []


def test_a_name_that_was_numbered_for_it_is_itself_again(team: Team, tmp_path: Path) -> None:
    for copy in (team.as_bea(), team.as_cem()):
        with copy as project:
            create_code(project, "Pay")
    alone = without_bea(team, tmp_path)
    with team.as_leader() as project:
        merge_files(project, [team.bea, team.cem])
        assert code_names(project) == ["Migration", "Pay", "Pay (2)", "Staff turnover"]
        take_out_of_last(project, "Bea")
        assert code_names(project) == ["Migration", "Pay", "Staff turnover"]
        assert hash_of(project) == alone


def test_what_others_wrote_at_it_stays_as_they_know_it_and_is_listed(team: Team) -> None:
    """Bea makes a code, then says what it means, and codes with it; Cem goes on from that, in a copy that has all of it."""
    with team.as_bea() as project:
        used = create_code(project, "Used by Cem")
        change_code(project, used, definition="What Bea means by it")
        hers = apply_code(project, team.source, Span(3, 9), team.code, memo="bea")
        change_coding(project, hers, important=True)
        apply_code(project, team.source, Span(10, 14), team.code, memo="nobody needs this")
    with team.as_cem() as project:
        merge_files(project, [team.bea])
        apply_code(project, team.source, Span(5, 9), used, memo="cem")
        change_coding(project, hers, memo="cem says so too")
    with team.as_leader() as project:
        merge_files(project, [team.bea, team.cem])
        take_out_of_last(project, "Bea")
        assert memos(project) == ["", "cem", "cem says so too"]
        with project.reading() as db:
            assert db.execute("SELECT definition FROM codes WHERE uuid = ?", (used,)).fetchone() == ("What Bea means by it",)
            assert db.execute("SELECT important FROM codings WHERE uuid = ?", (hers,)).fetchone() == (1,)
        assert {one.kind for one in open_conflicts(project) if one.row == used} == {Reason.USED}
        assert {one.kind for one in open_conflicts(project) if one.row == hers} == {Reason.EDITED}
        assert sound(project)
        assert take_out_of_last(project, "Bea") == 0, "it is taken out already"
        take_out_of_last(project, "Cem")
        assert memos(project) == [""]
        assert open_conflicts(project) == []
        assert code_names(project) == ["Migration", "Staff turnover"]
        assert sound(project)


def test_it_is_one_act_that_is_undone_before_the_merges_it_is_about(team: Team) -> None:
    """After the file was opened anew, and with another merge between: each step back leads to what was there."""
    with team.as_bea() as project:
        create_code(project, "One")
        create_code(project, "Two")
    with team.as_cem() as project:
        create_code(project, "Three")
    hashes = []
    with team.as_leader() as project:
        hashes.append(hash_of(project))
        merge_files(project, [team.bea])
        hashes.append(hash_of(project))
        number = read_merges_of(project)[0].number
        merge_files(project, [team.cem])
        hashes.append(hash_of(project))
        assert take_out(project, number, "Bea") == 2
        hashes.append(hash_of(project))
    for expected in hashes[-2::-1]:
        with team.as_leader() as project:
            project.undo()
            assert hash_of(project) == expected
            assert sound(project)
    for expected in hashes[1:]:
        with team.as_leader() as project:
            project.redo()
            assert hash_of(project) == expected
            assert sound(project)
    with team.as_leader() as project:
        create_code(project, "Four")
        project.undo()
        project.undo()
        assert hash_of(project) == hashes[-2]
        assert len([act for act in read_history(project) if act.kind == "take out"]) == 2, "the history says of each act that it is out"


def test_a_file_that_is_handed_in_and_a_file_that_is_recovered_have_it_out_too(team: Team, tmp_path: Path) -> None:
    with team.as_bea() as project:
        create_code(project, "Pay")
    lap, change = tmp_path / "lap.qcode", tmp_path / "lap.qchange"
    with team.as_leader() as project:
        handout(project, "Cem", lap)
    with open_project(lap, coder="Cem") as project:
        merge_files(project, [team.bea])
        take_out_of_last(project, "Bea")
        expected = hash_of(project)
        hand_in(project, change)
    recover_project(lap, tmp_path / "again.qcode")
    with open_project(tmp_path / "again.qcode", coder="Ada") as project:
        assert hash_of(project) == expected
    with team.as_leader() as project:
        merge_files(project, [change])
        assert hash_of(project) == expected
        merge_files(project, [team.bea])
        assert hash_of(project) == expected
        assert sound(project)


def test_codes_are_not_taken_out_of_a_copy_whose_codebook_is_locked(team: Team, tmp_path: Path) -> None:
    with team.as_bea() as project:
        create_code(project, "Pay")
    with team.as_leader() as project:
        handout(project, "Cem", tmp_path / "lap.qcode", locked=True)
    with open_project(tmp_path / "lap.qcode", coder="Cem") as project:
        merge_files(project, [team.bea])
        before = hash_of(project)
        with pytest.raises(UserError, match="codebook is locked"):
            take_out_of_last(project, "Bea")
        assert hash_of(project) == before
