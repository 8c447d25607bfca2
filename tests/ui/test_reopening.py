"""Projects are opened and closed in one window all day long: what belonged to one is gone with it."""

from __future__ import annotations

import gc
import os
import shutil
import threading
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qcode import Project
from ui.main_window import MainWindow
from ui.screen import Screen


@dataclass(frozen=True)
class Left:
    """What there is while no project is open."""

    widgets: int
    objects: int
    followers_of_theme: int
    followers_of_tasks: int
    projects: int
    screens: int
    files: int
    threads: tuple[str, ...]


def left(window: MainWindow) -> Left:
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
    here = gc.get_objects()
    folder = Path("/proc/self/fd")
    return Left(
        len(QApplication.allWidgets()),
        len(window.findChildren(QObject)),
        window.theme.receivers(SIGNAL("changed()")),
        window.desk.tasks.receivers(SIGNAL("changed()")),
        sum(type(each) is Project for each in here),
        sum(issubclass(type(each), Screen) for each in here),
        len(os.listdir(folder)) if folder.is_dir() else 0,
        # The pool's own threads come when they are needed and are no more than it may have; Python knows them by this name only.
        tuple(sorted(each.name for each in threading.enumerate() if not each.name.startswith("Dummy"))),
    )


def visit(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    """Open a project in place of the one that is open, and look at each screen twice."""
    with qtbot.waitSignal(window.desk.opened):
        window.verbs.open_path(path)
    for at in (0, 1, 0, 1):
        window.show_nth_screen(at)
    qtbot.waitUntil(lambda: not window.desk.tasks.running)


def test_reopening_leaves_nothing_behind(window: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    other = Path(shutil.copy(project_file, project_file.with_name("other.qcode")))
    # Windows of other tests may have ended in the middle of something.
    before = left(window)
    seen: list[Left] = []
    for number in range(10):
        visit(window, other if number % 2 else project_file, qtbot)
        if number % 3 == 0:
            continue  # the next one is opened in its place
        window.verbs.close_project()
        qtbot.waitUntil(lambda: not window.desk.tasks.running)
        seen.append(left(window))
    # The first project makes what stays: menus, and what Qt keeps for itself.
    assert len({replace(each, files=0) for each in seen[1:]}) == 1, seen
    # What other tests had open may be closed meanwhile.
    assert max(each.files for each in seen[2:]) <= seen[1].files, seen
    assert (seen[-1].projects, seen[-1].screens) == (before.projects, before.screens)


def test_switching_screens_makes_no_menus(opened: MainWindow, qtbot: QtBot) -> None:
    def menus() -> list[str]:
        return [type(each).__name__ for each in opened.menuBar().children()]

    opened.show_nth_screen(1)
    opened.show_nth_screen(0)
    before = menus()
    for at in (1, 0) * 5:
        opened.show_nth_screen(at)
    assert menus() == before
    qtbot.waitUntil(lambda: not opened.desk.tasks.running)


@pytest.mark.parametrize("at", [0, 1])
def test_the_menus_hold_what_the_screen_can_do(opened: MainWindow, at: int, qtbot: QtBot) -> None:
    opened.show_nth_screen(1)
    opened.show_nth_screen(0)
    opened.show_nth_screen(at)
    shown = {action.text() for menu in opened.menuBar().actions() for action in menu.menu().actions()}  # type: ignore[attr-defined]
    screens = {action.id: action for action in opened.shown_actions() if action.menu}
    assert {opened.actions_made.qt(name).text() for name in screens} == shown
    assert any("Sort by" in text for text in shown) is (at == 1)
    qtbot.waitUntil(lambda: not opened.desk.tasks.running)
