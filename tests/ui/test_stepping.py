"""Undo and redo as fast as fingers are: each press counts, in its order."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.model.change import Changes
from qcode.operations.codes import create_code
from qcode.progress import Progress
from qcode.views.lists import list_codes
from ui.main_window import MainWindow
from ui.stepping import Direction, Stepping
from ui.tasks import Tasks

CTRL = Qt.KeyboardModifier.ControlModifier


class Slow:
    """A project whose first step waits until it is let go; `left` acts can be taken back."""

    def __init__(self, left: int) -> None:
        self.left, self.done, self.may_go = left, [], Event()

    def undo(self, _progress: Progress) -> Changes | None:
        assert self.may_go.wait(10)
        self.done.append(Direction.UNDO)
        if not self.left:
            return None
        self.left -= 1
        return Changes("undo", "Undo")

    def redo(self, _progress: Progress) -> Changes | None:
        self.done.append(Direction.REDO)
        self.left += 1
        return Changes("redo", "Redo")


@pytest.mark.parametrize(
    ("left", "pressed", "done"),
    [
        (5, "undo redo undo undo redo", "undo redo undo undo redo"),
        (1, "undo undo undo undo redo", "undo undo redo"),
        (1, "undo undo redo undo", "undo undo redo undo"),
        (99, " ".join(["undo"] * 60), " ".join(["undo"] * 21)),
    ],
    ids=["each in its order", "nothing left is found once", "done again it is there again", "not for minutes after the key was let go"],
)
def test_steps_wait_for_one_another(qtbot: QtBot, left: int, pressed: str, done: str) -> None:
    tasks, project = Tasks(), Slow(left)
    stepping = Stepping(tasks, lambda: project)  # type: ignore[arg-type,return-value]
    for word in pressed.split():
        stepping.take(Direction(word))
    assert stepping.is_coming(Direction.UNDO)
    project.may_go.set()
    qtbot.waitUntil(lambda: not tasks.running)
    assert [str(one) for one in project.done] == done.split()
    assert not stepping.is_coming(Direction.UNDO)


def test_what_waits_when_the_project_is_closed_is_dropped(qtbot: QtBot) -> None:
    tasks, project = Tasks(), Slow(9)
    stepping = Stepping(tasks, lambda: project)  # type: ignore[arg-type,return-value]
    stepping.take(Direction.UNDO)
    stepping.take(Direction.UNDO)
    stepping.drop()
    project.may_go.set()
    tasks.stop_all()
    assert project.done == [Direction.UNDO]
    assert not stepping.is_coming(Direction.UNDO)


def test_keys_pressed_at_once_are_all_carried_out(opened: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    project = opened.desk.workspace.project  # type: ignore[union-attr]
    for name in ("One", "Two", "Three"):
        create_code(project, name)
    names = codes(project)
    qtbot.waitUntil(lambda: "Three" in opened.desk.next.undo)
    for key in (Qt.Key.Key_Z, Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_Z, Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_Y):
        QTest.keyClick(opened, key, CTRL)
    qtbot.waitUntil(lambda: not opened.desk.tasks.running)
    assert codes(project) == [name for name in names if name != "Three"]


def test_undo_is_of_what_is_no_act_yet_before_it_is_of_acts(opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    project = opened.desk.workspace.project  # type: ignore[union-attr]
    create_code(project, "One")
    qtbot.waitUntil(lambda: "One" in opened.desk.next.undo)
    screen = opened.screen_now()
    assert screen is not None
    not_yet = [True, False]
    monkeypatch.setattr(screen, "step_back", lambda: not_yet.pop(0))
    QTest.keyClick(opened, Qt.Key.Key_Z, CTRL)
    assert not opened.desk.tasks.running
    assert "One" in codes(project)
    QTest.keyClick(opened, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: "One" not in codes(project))


def codes(project: Project) -> list[str]:
    return [str(line["code"]) for line in list_codes(project)]
