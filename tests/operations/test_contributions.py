"""One person's contribution is taken out of a merge."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.model.span import Span
from qcode.operations.codes import change_code, create_code
from qcode.operations.codings import apply_code, change_coding, remove_codings
from qcode.operations.contributions import take_out
from qcode.operations.merging import merge_files
from tests.operations.test_merging import Team, code_names, read_merges_of, sound
from tests.store.examples import hash_of


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    return Team(tmp_path)


def memos(project: object) -> list[str]:
    with project.reading() as db:  # type: ignore[attr-defined]
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
        number = read_merges_of(project)[0].number  # type: ignore[attr-defined]
        assert take_out(project, number, "Bea") == 5, "two values, her code, her coding and her name"
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
        assert take_out(project, read_merges_of(project)[0].number, "Bea") == 1  # type: ignore[attr-defined]
        assert hash_of(project) == before
        assert sound(project)


def test_who_brought_nothing_is_said(team: Team) -> None:
    with team.as_bea() as project:
        create_code(project, "Pay")
    with team.as_leader() as project:
        merge_files(project, [team.bea])
        with pytest.raises(UserError, match="That merge brought nothing by Zoe"):
            take_out(project, read_merges_of(project)[0].number, "Zoe")  # type: ignore[attr-defined]
