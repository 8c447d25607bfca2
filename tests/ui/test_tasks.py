from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from qcode.errors import UserError
from qcode.progress import Progress
from ui.tasks import Task, Tasks
from ui.theme import Theme
from ui.widgets.status_bar import StatusBar


@pytest.fixture
def tasks(qtbot: QtBot) -> Tasks:
    return Tasks()


def test_the_result_comes_back_on_the_threads_of_the_window(tasks: Tasks, qtbot: QtBot) -> None:
    seen: list[object] = []
    task = tasks.run(tasks, "Count", lambda progress: threading.get_ident(), lambda result: seen.extend([result, QThread.currentThread()]))
    assert tasks.running == [task]
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0] != threading.get_ident()
    assert seen[1] is QThread.currentThread()
    assert tasks.running == []


def test_progress_arrives(tasks: Tasks, qtbot: QtBot) -> None:
    said: list[tuple[str, int, int]] = []
    task = tasks.run(tasks, "Read", lambda progress: list(progress.over("Read", range(10))), lambda result: None)
    task.progressed.connect(lambda: said.append((task.what, task.done, task.total)))
    with qtbot.waitSignal(task.finished):
        pass
    assert said[-1] == ("Read", 10, 10)


def test_no_stop_is_offered_where_nobody_looks_whether_to_stop(tasks: Tasks, theme: Theme, qtbot: QtBot) -> None:
    bar, gate = StatusBar(theme, tasks), threading.Event()
    qtbot.addWidget(bar)
    running = [tasks.run(bar, title, lambda _: gate.wait(5), lambda _: None, can_stop=title == "Import") for title in ("Import", "Count")]
    offered = {each.accessibleName(): each.isHidden() for each in bar.findChildren(QPushButton)}
    assert (offered["Stop: Import"], offered["Stop: Count"]) == (False, True)
    gate.set()
    qtbot.waitUntil(lambda: not any(task in tasks.running for task in running))


def held(tasks: Tasks, owner: QObject, gate: threading.Event, told: list[object]) -> Task:
    """Work of `owner` that goes on when `gate` is set; all that is told of it is noted."""

    def work(progress: Progress) -> None:
        gate.wait(5)

    return tasks.run(owner, "Wait", work, told.append, told.append, lambda: told.append("stopped"))


def test_an_answer_whose_owner_is_gone_is_dropped_and_its_work_asked_to_stop(tasks: Tasks, qtbot: QtBot) -> None:
    owner, gate, told = QObject(), threading.Event(), list[object]()
    task = held(tasks, owner, gate, told)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert task.is_stopping
    with qtbot.waitSignal(task.finished):
        gate.set()
    assert told == []
    assert tasks.running == []


def test_a_failure_whose_owner_is_gone_is_dropped_too(tasks: Tasks, qtbot: QtBot) -> None:
    owner, gate, told = QObject(), threading.Event(), list[object]()

    def work(progress: Progress) -> None:
        gate.wait(5)
        raise UserError("It is not there.")

    tasks.failed.connect(lambda *failure: told.append(failure))
    task = tasks.run(owner, "Wait", work, told.append)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    with qtbot.waitSignal(task.finished):
        gate.set()
    assert told == []


def test_who_began_what_somebody_stopped_is_told_so(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[object] = []

    def work(progress: Progress) -> None:
        while True:
            progress.step("on", 0, 0)

    tasks.run(tasks, "For ever", work, told.append, told.append, lambda: told.append("stopped")).cancel()
    qtbot.waitUntil(lambda: told == ["stopped"])


def test_a_stopped_task_reports_nothing(tasks: Tasks, qtbot: QtBot) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        go_on.wait(5)
        progress.step("never", 1, 2)

    results: list[object] = []
    task = tasks.run(tasks, "Wait", work, results.append, results.append)
    begun.wait(5)
    task.cancel()
    with qtbot.waitSignal(task.finished):
        go_on.set()
    assert results == []


def test_failures_go_to_whoever_asked_else_to_the_frame(tasks: Tasks, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        raise UserError("It is not there.")

    told: list[Exception] = []
    tasks.run(tasks, "Look", work, told.append, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert str(told[0]) == "It is not there."
    with qtbot.waitSignal(tasks.failed) as signal:
        tasks.run(tasks, "Look", work, told.append)
    assert signal.args is not None
    assert signal.args[0] == "Look"
    assert len(told) == 1


def test_stop_all_waits_and_lets_nothing_through(tasks: Tasks, qtbot: QtBot) -> None:
    ended = threading.Event()

    def work(progress: Progress) -> str:
        try:
            while True:
                progress.step("on", 0, 0)
        finally:
            ended.set()

    results: list[object] = []
    tasks.run(tasks, "For ever", work, results.append, results.append)
    tasks.stop_all()
    assert ended.is_set()
    assert tasks.running == []
    assert results == []


def test_a_result_that_is_on_its_way_is_dropped_too(tasks: Tasks, qtbot: QtBot) -> None:
    ended = threading.Event()
    results: list[object] = []
    tasks.run(tasks, "Quick", lambda progress: ended.set(), results.append, results.append)
    assert ended.wait(5)
    tasks.stop_all()
    with qtbot.waitSignal(tasks.changed):
        tasks.run(tasks, "Another", lambda progress: None, lambda _: None)
    qtbot.waitUntil(lambda: not tasks.running)
    assert results == []
