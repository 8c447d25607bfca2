"""A memo that is being typed is saved before anything else is done; where nothing can be written nothing looks as if it were."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qcode import open_project
from tests.ui.screens.coding.driver import Driver
from ui.changes import ChangeSignal
from ui.main_window import MainWindow
from ui.screens.coding import CodingScreen
from ui.workspace import Workspace


def memos(driver: Driver) -> list[str]:
    return [one.memo for one in driver.codings if one.memo]


def test_typing_goes_on_where_the_memo_ends(driver: Driver) -> None:
    driver.caret_at("came to us")
    memo = driver.screen.inspector.memo
    for words in ("First", " second"):
        driver.key("m")
        QTest.keyClicks(memo, words)
        QTest.keyClick(memo, Qt.Key.Key_Escape)
    driver.until(lambda: memos(driver) == ["First second"])


def test_a_memo_is_saved_before_a_button_acts(driver: Driver) -> None:
    driver.caret_at("came to us")
    driver.key("m")
    QTest.keyClicks(driver.screen.inspector.memo, "Not lost")
    driver.screen.inspector.star.click()
    driver.until(lambda: [one.memo for one in driver.codings if one.important] == ["Not lost"])
    assert driver.screen.inspector.memo.toPlainText() == "Not lost"
    driver.screen.project.undo()
    driver.screen.project.undo()
    driver.until(lambda: driver.screen.inspector.memo.toPlainText() == "")
    driver.screen.inspector.save_memo()
    assert memos(driver) == []
    QTest.keyClicks(driver.screen.inspector.memo, "Not lost")
    driver.screen.inspector.save_memo()
    driver.until(lambda: memos(driver) == ["Not lost"])


def test_a_project_for_reading_only_takes_no_changes(workspace: Workspace, qtbot: QtBot) -> None:
    with open_project(workspace.project.path, read_only=True) as project:
        changes = ChangeSignal(project)
        screen = CodingScreen(Workspace(project, workspace.theme, workspace.settings, workspace.tasks, changes))
        qtbot.addWidget(screen)
        screen.show()
        reader = Driver(screen, qtbot)
        reader.open("KGZ02")
        reader.caret_at("came to us")
        inspector, why = screen.inspector, "This project is open for reading only."
        off = [inspector.star, inspector.against, inspector.code, *inspector.buttons.values(), screen.head.finish, screen.head.status]
        assert [(one.isEnabled(), one.toolTip()) for one in off] == [(False, why)] * len(off)
        QTest.keyClicks(inspector.memo, "Lost")
        assert inspector.memo.toPlainText() == ""
        reader.key(Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
        assert not screen.picker.isVisible()
        assert reader.said[-1] == why
        changes.stop()


def test_undo_in_the_toolbar_saves_what_is_being_typed_first(opened: MainWindow, qtbot: QtBot) -> None:
    screen = opened.screen_now()
    assert isinstance(screen, CodingScreen)
    reader = Driver(screen, qtbot)
    reader.open("KGZ02")
    reader.caret_at("came to us")
    reader.key("m")
    memo = screen.inspector.memo
    reader.until(memo.hasFocus)
    QTest.keyClicks(memo, "Not lost")
    opened.actions_made.qt("edit.undo").trigger()
    reader.until(lambda: opened.desk.next.redo != "" and memo.toPlainText() == "")
    assert memo.hasFocus()
    opened.actions_made.qt("edit.redo").trigger()
    reader.until(lambda: memos(reader) == ["Not lost"])
