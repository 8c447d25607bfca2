from __future__ import annotations

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from qcode.errors import Cancelled
from ui.latest import Latest
from ui.tasks import Tasks


def test_only_the_newest_of_those_that_wait_is_done(qtbot: QtBot) -> None:
    told: list[tuple[int, int]] = []
    tasks, parent, gate = Tasks(), QObject(), threading.Event()

    def work(number: int) -> int:
        gate.wait(5)
        return number * number

    latest = Latest(tasks, "Work", work, lambda asked, result: told.append((asked, result)), lambda error: None, parent)
    for number in (1, 2, 3):
        latest.ask(number)
    assert latest.is_busy
    gate.set()
    qtbot.waitUntil(lambda: not latest.is_busy)
    assert told == [(1, 1), (3, 9)]


def test_what_fails_is_told_and_the_next_goes_on(qtbot: QtBot) -> None:
    told: list[object] = []
    tasks, parent = Tasks(), QObject()
    latest = Latest(tasks, "Work", lambda number: 1 // number, lambda _, result: told.append(result), told.append, parent)
    latest.ask(0)
    qtbot.waitUntil(lambda: not latest.is_busy)
    latest.ask(1)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert isinstance(told[0], ZeroDivisionError)
    assert told[1] == 1


def test_long_work_is_shown_and_no_longer_when_it_is_over(qtbot: QtBot) -> None:
    tasks, parent, gate = Tasks(), QObject(), threading.Event()
    latest = Latest(tasks, "Work", lambda _: gate.wait(5), lambda _, result: None, lambda error: None, parent)
    with qtbot.waitSignal(latest.signals.busy, check_params_cb=lambda busy: busy):
        latest.ask(0)
    with qtbot.waitSignal(latest.signals.busy, check_params_cb=lambda busy: not busy):
        gate.set()


def test_an_answer_that_comes_after_the_screen_was_closed_is_dropped(qtbot: QtBot) -> None:
    told: list[int] = []
    tasks, parent, gate = Tasks(), QObject(), threading.Event()
    latest = Latest(tasks, "Work", lambda _: gate.wait(5), lambda _, result: told.append(1), lambda error: None, parent)
    latest.ask(0)
    with qtbot.waitSignal(parent.destroyed):
        parent.deleteLater()
    gate.set()
    qtbot.waitUntil(lambda: not tasks.running)
    assert told == []


def test_what_somebody_stopped_does_not_stop_the_next(qtbot: QtBot) -> None:
    told: list[int] = []
    tasks, parent = Tasks(), QObject()

    def work(number: int) -> int:
        if number == 1:
            raise Cancelled("stopped")
        return number

    latest = Latest(tasks, "Work", work, lambda _, result: told.append(result), lambda error: None, parent)
    latest.ask(1)
    qtbot.waitUntil(lambda: not latest.is_busy)
    latest.ask(2)
    qtbot.waitUntil(lambda: told == [2])
