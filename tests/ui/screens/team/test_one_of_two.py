"""Two colleagues made the same case: by keys in the review it becomes one, and no rule for many decides it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from qcode import Project, open_project
from qcode.operations.cases import create_case
from qcode.store.cases import read_cases
from qcode.views.conflicts import ONE
from ui.screens.team.review import Rule
from ui.screens.team.screen import TeamScreen
from ui.workspace import Workspace


def paths(project: Project) -> set[str]:
    with project.reading() as db:
        return {case.path for case in read_cases(db)}


@pytest.fixture
def planned(screen: TeamScreen, workspace: Workspace, tmp_path: Path, settle: Callable[[], None]) -> TeamScreen:
    """A plan of the files of two who both made the case Naryn."""
    workspace.project.settle()
    files = []
    for name in ("Bea", "Cem"):
        files.append(Path(shutil.copyfile(workspace.project.path, tmp_path / f"{name}.qcode")))
        with open_project(files[-1], coder=name) as project:
            create_case(project, "Kyrgyzstan > Naryn")
    screen.take_files(files)
    settle()
    assert screen.plan is not None
    return screen


def test_keys_alone_say_that_it_is_one(planned: TeamScreen, workspace: Workspace, settle: Callable[[], None]) -> None:
    page = planned.page
    (item,) = page.review.items
    (conflict,) = item.conflicts
    page.go_to(conflict.id)
    assert page.detail.blocks[conflict.id].choices() == ["as it is", "the same", "write"]
    QTest.keyClick(page.list, Qt.Key.Key_2)
    assert page.review.result(conflict) == "it is the case that has the name: both become one"
    assert page.review.open == []
    planned.merge()
    settle()
    assert "Kyrgyzstan > Naryn" in paths(workspace.project)
    assert not any("(2)" in path for path in paths(workspace.project))


def test_no_rule_for_many_says_that_two_are_one(planned: TeamScreen) -> None:
    (conflict,) = planned.page.review.items[0].conflicts
    assert ONE in {said.value for said in conflict.values}
    chosen = {decision.take for rule in Rule for decision in planned.page.review.by_rule(rule)}
    assert chosen <= {0}
