"""A summary in the program's window: written on the matrix, put out of date on the coding screen, held to, taken back; keys only."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qcode import open_project
from qcode.views.summaries import summaries_of
from ui.main_window import MainWindow
from ui.screens.coding.screen import CodingScreen
from ui.screens.matrix.screen import MatrixScreen

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PARTICIPATION, KYRGYZSTAN = 2, 1


def press(widget: QWidget, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(widget, key, modifier)


def matrix_of(window: MainWindow, qtbot: QtBot) -> MatrixScreen:
    """The matrix, counted, with the keyboard in its table."""
    press(window, Key.Key_2, modifier=CTRL)
    matrix = window.screen_now()
    assert isinstance(matrix, MatrixScreen)
    qtbot.waitUntil(lambda: matrix.model.rowCount() > 0 and not matrix.is_busy)
    # The platform without a screen does not give the keyboard back by itself after a list that opened over the window.
    window.activateWindow()
    matrix.grid.setFocus()
    qtbot.waitUntil(matrix.grid.middle.hasFocus)
    return matrix


def mark(matrix: MatrixScreen) -> str:
    """What the cell of the story is marked with."""
    shown = matrix.model.shown(PARTICIPATION, KYRGYZSTAN)
    return "diamond" if shown.is_stale else "lines" if shown.is_summarised else ""


def test_from_the_first_word_to_undo(opened: MainWindow, qtbot: QtBot) -> None:
    matrix = matrix_of(opened, qtbot)
    edit = matrix.drill_down.summary.edit
    press(matrix.grid.middle, Key.Key_Down)
    press(matrix.grid.middle, Key.Key_E)
    qtbot.waitUntil(edit.hasFocus)
    for words in ("The specialist answered #special", " and the union was asked #law"):
        QTest.keyClicks(edit, words)
        press(edit, Key.Key_Return)
    press(edit, Key.Key_Return, modifier=CTRL)
    qtbot.waitUntil(lambda: mark(matrix) == "lines" and not matrix.is_busy)
    # To the first quote, on to its place, and there another code for it: the picker, a part of its name, Enter.
    press(matrix.grid.middle, Key.Key_Return)
    press(matrix.drill_down.list, Key.Key_Return)
    coding = opened.screen_now()
    assert isinstance(coding, CodingScreen)
    text = QApplication.focusWidget()
    assert text is not None
    press(text, Key.Key_Space, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert coding.picker.isVisible()
    QTest.keyClicks(coding.picker.field, "late")
    press(coding.picker.field, Key.Key_Return)
    matrix = matrix_of(opened, qtbot)
    qtbot.waitUntil(lambda: mark(matrix) == "diamond" and not matrix.is_busy)
    assert "is no longer coded here: recoded to Constraints > Late money" in matrix.drill_down.summary.reasons.lines[0]
    press(matrix.grid.middle, Key.Key_H)
    qtbot.waitUntil(lambda: mark(matrix) == "lines" and not matrix.is_busy)
    press(matrix.grid.middle, Key.Key_Z, modifier=CTRL)
    qtbot.waitUntil(lambda: mark(matrix) == "diamond" and not matrix.is_busy)
    press(matrix.grid.middle, Key.Key_Z, modifier=CTRL)
    qtbot.waitUntil(lambda: mark(matrix) == "lines" and not matrix.is_busy)
    press(matrix.grid.middle, Key.Key_Z, modifier=CTRL)
    qtbot.waitUntil(lambda: mark(matrix) == "")


def test_what_is_being_written_is_kept_when_the_window_closes(opened: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    matrix = matrix_of(opened, qtbot)
    press(matrix.grid.middle, Key.Key_E)
    QTest.keyClicks(matrix.drill_down.summary.edit, "Half a sen")
    opened.close()
    with open_project(project_file, read_only=True) as project:
        assert [one.text for one in summaries_of(project).values()] == ["Half a sen"]
