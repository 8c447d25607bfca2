"""A disk that is full, or that can no longer be written to, while a project is open: nothing anybody did is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.errors import NotSaved
from qcode.operations.codes import create_code, delete_codes
from qcode.operations.sources import add_pasted
from qcode.views.coding_codes import CodeList
from qcode.views.health import check_project
from tests.ui.test_main_window import leads, press
from ui.main_window import MainWindow
from ui.screens.coding.screen import CodingScreen

LONG = "A long note. " * 20_000
READ_ONLY, FULL = "PRAGMA query_only = 1", "PRAGMA max_page_count = 1"
WRITABLE = ("PRAGMA query_only = 0", "PRAGMA max_page_count = 1073741823")


def set_disk(project: Project, *pragmas: str) -> None:
    """Have SQLite refuse to write, as it does when the disk does, or write again."""

    def work(db: sqlite3.Connection) -> None:
        for pragma in pragmas:
            db.execute(pragma).fetchall()

    project.outside_transaction(work)


def project_of(window: MainWindow) -> Project:
    assert window.desk.workspace is not None
    return window.desk.workspace.project


def codes(window: MainWindow) -> set[str]:
    return {code.name for code in CodeList(project_of(window)).codes.values()}


def strip_button(window: MainWindow, verb: str) -> QPushButton:
    return next(each for each in window.strips.findChildren(QPushButton) if each.text() == verb)


@pytest.mark.parametrize(("pragma", "why"), [(FULL, "the disk is full"), (READ_ONLY, "cannot be written to")])
def test_what_the_disk_refuses_is_kept_said_and_tried_again(opened: MainWindow, pragma: str, why: str, qtbot: QtBot) -> None:
    project = project_of(opened)
    set_disk(project, pragma)
    with pytest.raises(NotSaved, match=why):
        add_pasted(project, "Long", LONG)
    assert leads(opened) == ["Not saved"]
    assert why in opened.strips.messages()[0].text
    assert opened.status.fact("saved") == ""
    QTest.mouseClick(strip_button(opened, "Try again"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not opened.desk.tasks.running)
    assert leads(opened) == ["Not saved"]
    set_disk(project, *WRITABLE)
    QTest.mouseClick(strip_button(opened, "Try again"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: leads(opened) == [])
    with project.reading() as db:
        assert db.execute("SELECT count(*) FROM sources WHERE name = 'Long'").fetchone()[0] == 1
    qtbot.waitUntil(lambda: opened.status.fact("saved").startswith("Saved "))
    assert opened.unsaved.acts() == []
    assert check_project(project) == []


def test_it_is_tried_again_by_itself_and_in_order(opened: MainWindow, qtbot: QtBot) -> None:
    project = project_of(opened)
    set_disk(project, READ_ONLY)
    for name in ("First", "Second"):
        with pytest.raises(NotSaved):
            create_code(project, name)
    assert [unsaved.label for unsaved in opened.unsaved.acts()] == ["Create code First", "Create code Second"]
    set_disk(project, *WRITABLE)
    opened.unsaved._timer.setInterval(10)
    qtbot.waitUntil(lambda: not opened.unsaved.acts())
    assert {"First", "Second"} <= codes(opened)
    assert not opened.unsaved._timer.isActive()


def test_a_memo_that_was_typed_is_not_lost(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_nth_screen(0)
    screen = opened.screen_now()
    assert isinstance(screen, CodingScreen)
    screen.acts.step(1)
    coding = screen.inspector.coding
    set_disk(project_of(opened), READ_ONLY)
    screen.inspector.write_memo()
    QTest.keyClicks(screen.inspector.memo, "Typed while the disk was full")
    screen.acts.step(1)
    assert screen.inspector.coding != coding
    assert leads(opened) == ["Not saved"]
    set_disk(project_of(opened), *WRITABLE)
    opened.unsaved.try_again()
    qtbot.waitUntil(lambda: leads(opened) == [])
    assert screen.document is not None
    document = screen.document
    qtbot.waitUntil(lambda: document.codings[coding].memo.endswith("Typed while the disk was full"))


def test_what_no_longer_fits_when_it_is_tried_again_is_said(opened: MainWindow, qtbot: QtBot) -> None:
    project = project_of(opened)
    parent = create_code(project, "Parent")
    set_disk(project, READ_ONLY)
    with pytest.raises(NotSaved):
        create_code(project, "Child", parent)
    set_disk(project, *WRITABLE)
    delete_codes(project, [parent])
    opened.unsaved.try_again()
    qtbot.waitUntil(lambda: not opened.unsaved.acts())
    (message,) = opened.strips.messages()
    assert "no longer fits the project: Create code Child: " in message.text


@pytest.mark.parametrize("closing", [MainWindow.close, lambda window: window.actions_made.run("project.close")])
def test_closing_asks_before_anything_is_lost(opened: MainWindow, closing: Callable[[MainWindow], object]) -> None:
    project = project_of(opened)
    set_disk(project, READ_ONLY)
    with pytest.raises(NotSaved):
        create_code(project, "Kept")
    closing(opened)
    assert opened.isVisible()
    press(opened, "Keep on")
    assert opened.unsaved.acts()
    set_disk(project, *WRITABLE)
    closing(opened)
    press(opened, "Close without them")
    assert opened.desk.workspace is None
    assert opened.unsaved.acts() == []


def test_typing_that_could_not_be_saved_is_asked_about_when_the_window_closes(opened: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(opened):
        opened.activateWindow()
    opened.show_nth_screen(0)
    screen = opened.screen_now()
    assert isinstance(screen, CodingScreen)
    screen.acts.step(1)
    set_disk(project_of(opened), READ_ONLY)
    screen.inspector.write_memo()
    qtbot.waitUntil(screen.inspector.memo.hasFocus)
    QTest.keyClicks(screen.inspector.memo, "Not left yet")
    event = QCloseEvent()
    opened.closeEvent(event)
    assert not event.isAccepted()
    assert opened.sheets.sheet is not None
    set_disk(project_of(opened), *WRITABLE)
    press(opened, "Keep on")
    opened.unsaved.try_again()
    qtbot.waitUntil(lambda: not opened.unsaved.acts())


def test_a_project_that_cannot_be_folded_closes_all_the_same(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = Project.close

    def fail(project: Project) -> None:
        close(project)
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as failing, qtbot.waitSignal(opened.desk.said) as said:
        failing.setattr(Project, "close", fail)
        opened.verbs.close_project()
    assert said.args is not None
    assert said.args[0][0].startswith("small.qcode could not be folded into one file (disk I/O error). Nothing is lost: ")
    assert opened.start.isVisible()


def test_what_comes_from_a_project_that_was_closed_is_not_kept(opened: MainWindow) -> None:
    project = project_of(opened)
    set_disk(project, READ_ONLY)
    with pytest.raises(NotSaved):
        create_code(project, "Old")
    (unsaved,) = opened.unsaved.acts()
    set_disk(project, *WRITABLE)
    opened.desk.close()
    opened.unsaved._came.emit(project, unsaved)
    assert opened.unsaved.acts() == []


def test_what_the_window_said_of_a_full_disk_goes_once_all_is_saved(opened: MainWindow, qtbot: QtBot) -> None:
    project = project_of(opened)
    create_code(project, "Before")
    set_disk(project, READ_ONLY)
    opened.show_nth_screen(0)
    opened.actions_made.run("edit.undo")
    qtbot.waitUntil(lambda: any("cannot be written to" in message.text for message in opened.strips.messages()))
    assert opened.unsaved.acts() == []
    set_disk(project, *WRITABLE)
    opened.actions_made.run("edit.undo")
    qtbot.waitUntil(lambda: opened.strips.messages() == [])


def test_an_act_the_window_was_refused_leaves_no_message_once_it_is_saved(opened: MainWindow, qtbot: QtBot) -> None:
    project = project_of(opened)
    set_disk(project, READ_ONLY)
    try:
        create_code(project, "Kept")
    except NotSaved as error:
        opened.reports.show_act_failure(error)
    assert len(opened.strips.messages()) == 2
    set_disk(project, *WRITABLE)
    opened.unsaved.try_again()
    qtbot.waitUntil(lambda: opened.strips.messages() == [])
    assert "Kept" in codes(opened)
