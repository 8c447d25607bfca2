"""What was decided of a merge that is not done yet is not lost by closing the project or the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.screens.team.examples import TURNOVER
from tests.ui.screens.team.test_team_screen import name_of
from tests.ui.test_main_window import press
from ui.main_window import MainWindow
from ui.screens.team.screen import TeamScreen

CLOSING: dict[str, Callable[[MainWindow], object]] = {
    "window": MainWindow.close,
    "project": lambda window: window.actions_made.run("project.close"),
}


@pytest.fixture
def reviewing(opened: MainWindow, files: list[Path], qtbot: QtBot) -> TeamScreen:
    """A review in the window, in which nothing is decided yet."""
    opened.show_screen("team")
    screen = opened.screen_now()
    assert isinstance(screen, TeamScreen)
    screen.take_files(files)
    qtbot.waitUntil(lambda: screen.plan is not None)
    return screen


@pytest.fixture
def deciding(reviewing: TeamScreen) -> TeamScreen:
    """The review while own words are being written."""
    name = name_of(reviewing, TURNOVER)
    reviewing.page.go_to(name)
    box = reviewing.page.detail.blocks[name].result
    QTest.mouseClick(box.pencil, Qt.MouseButton.LeftButton)
    box.field.setPlainText("Own words")
    return reviewing


@pytest.mark.parametrize("way", CLOSING)
def test_closing_asks_before_decisions_are_lost(opened: MainWindow, deciding: TeamScreen, way: str) -> None:
    CLOSING[way](opened)
    assert opened.isVisible()
    press(opened, "Keep on")
    assert deciding.plan is not None
    assert deciding.page.review.decisions[name_of(deciding, TURNOVER)].text == "Own words"
    CLOSING[way](opened)
    press(opened, "Close without them")
    assert opened.desk.workspace is None


def test_a_review_in_which_nothing_was_decided_is_closed_at_once(opened: MainWindow, reviewing: TeamScreen) -> None:
    assert reviewing.given_up() == ""
    opened.actions_made.run("project.close")
    assert opened.desk.workspace is None
