"""Acts that could not be written are handed to whoever keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode import Project, create_project
from qcode.errors import NotSaved, UserError
from qcode.model.change import Unsaved
from qcode.operations.codes import create_code
from qcode.project import Step
from qcode.views.lists import list_codes


def set_writable(project: Project, on: bool) -> None:
    project.outside_transaction(lambda db: db.execute(f"PRAGMA query_only = {int(not on)}"))


def test_an_act_that_could_not_be_written_is_handed_over_and_can_be_done_again(tmp_path: Path) -> None:
    kept: list[Unsaved] = []
    with create_project(tmp_path / "a.qcode", "A") as project:
        project.on_unsaved(kept.append)
        set_writable(project, False)
        with pytest.raises(NotSaved, match="cannot be written to"):
            create_code(project, "Late")
        (unsaved,) = kept
        assert unsaved.label == "Create code Late"
        assert "cannot be written to" in unsaved.reason
        with pytest.raises(NotSaved):
            unsaved.again()
        assert kept == [unsaved]
        set_writable(project, True)
        unsaved.again()
        assert [line["code"] for line in list_codes(project)] == ["Late"]


def test_several_acts_that_go_together_are_kept_together(tmp_path: Path) -> None:
    """As a merge of projects begun apart is: the merge and what is the same, both or neither."""
    kept: list[Unsaved] = []
    with create_project(tmp_path / "a.qcode", "A") as project:
        project.on_unsaved(kept.append)
        steps = [
            Step("create code", f"Create {name}", lambda act, name=name: act.insert("codes", {"name": name})) for name in ("One", "Two")
        ]
        set_writable(project, False)
        with pytest.raises(NotSaved):
            project.transact_all(steps)
        (unsaved,) = kept
        assert unsaved.label == "Create One"
        set_writable(project, True)
        unsaved.again()
        assert [line["code"] for line in list_codes(project)] == ["One", "Two"]
        project.undo()
        assert [line["code"] for line in list_codes(project)] == ["One"], "each can be taken back by itself"


def test_what_is_refused_for_another_reason_is_not(tmp_path: Path) -> None:
    kept: list[Unsaved] = []
    with create_project(tmp_path / "a.qcode", "A") as project:
        stop = project.on_unsaved(kept.append)
        create_code(project, "One")
        with pytest.raises(UserError):
            create_code(project, "  ")
        stop()
        set_writable(project, False)
        with pytest.raises(NotSaved):
            create_code(project, "Two")
        set_writable(project, True)
    assert kept == []
