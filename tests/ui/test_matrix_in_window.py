"""The matrix in the program's window: what it asks the window for."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qcode import create_project
from qcode.operations.sources import add_pasted
from ui.main_window import MainWindow
from ui.screens.matrix.screen import MatrixScreen
from ui.sheets.export_sheet import ExportSheet

CTRL = Qt.KeyboardModifier.ControlModifier


def matrix_of(window: MainWindow) -> MatrixScreen:
    screen = window.screen_now()
    assert isinstance(screen, MatrixScreen)
    return screen


def test_export_pressed_straight_after_the_matrix_says_that_it_is_being_counted(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_nth_screen(0)
    QTest.keyClick(opened, Qt.Key.Key_2, CTRL)
    QTest.keyClick(opened, Qt.Key.Key_E, CTRL)
    assert opened.status.text() == "The matrix is being counted: wait a moment."
    qtbot.waitUntil(lambda: not matrix_of(opened).is_busy)
    assert opened.sheets.sheet is None
    QTest.keyClick(opened, Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: isinstance(opened.sheets.sheet, ExportSheet))


def test_the_export_sheet_comes_up_over_no_other_screen(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_nth_screen(1)
    matrix = matrix_of(opened)
    qtbot.waitUntil(lambda: matrix.model.rowCount() > 0 and not matrix.is_busy)
    QTest.keyClick(opened, Qt.Key.Key_E, CTRL)
    opened.show_nth_screen(0)
    qtbot.waitUntil(lambda: opened.status.text() == "The matrix was not exported: it is no longer shown.")
    assert opened.sheets.sheet is None


@pytest.mark.parametrize(("sources", "button", "asked"), [(0, "Import files…", "open_many"), (1, "Import a codebook…", "open_one")])
def test_an_empty_matrix_has_a_button_to_go_on(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, sources: int, button: str, asked: str
) -> None:
    with create_project(tmp_path / "empty.qcode", "Empty") as project:
        for number in range(sources):
            add_pasted(project, f"S{number}", "Words.")
    chosen: list[str] = []

    def choose(title: str, kinds: str) -> list[Path]:
        chosen.append(title)
        return []

    monkeypatch.setattr(window.files, asked, choose)
    with qtbot.waitSignal(window.desk.opened):
        window.verbs.open_path(tmp_path / "empty.qcode")
    window.show_nth_screen(1)
    matrix = matrix_of(window)
    qtbot.waitUntil(lambda: matrix.nothing.button.isVisible() and not matrix.is_busy)
    assert matrix.nothing.button.text() == button
    QTest.mouseClick(matrix.nothing.button, Qt.MouseButton.LeftButton)
    assert len(chosen) == 1
