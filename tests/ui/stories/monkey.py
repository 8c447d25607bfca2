"""A monkey before the window: keys, clicks, drags, wheel, words, sizes, themes and sheets, in an order only its seed knows."""

from __future__ import annotations

import os
import random
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QKeyCombination, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.views.coding_document import CodingDocument, open_document
from qcode.views.matrix_screen import read_table
from ui.main_window import MainWindow
from ui.screens.coding.screen import CodingScreen
from ui.screens.matrix.screen import MatrixScreen

Key = Qt.Key
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
#: What would end the story.
FORBIDDEN = ("project.quit", "project.close")
PLAIN_KEYS = (
    *(Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown),
    *(Key.Key_Tab, Key.Key_Backtab, Key.Key_Return, Key.Key_Enter, Key.Key_Escape, Key.Key_Space, Key.Key_Delete, Key.Key_Backspace),
)
WORDS = ("staff", "law", "e", "Кыргыз", "Нурлан", "😀", "zz", "новый код", "a > b", "  ", "и\u0306", "1", "(", "%", "the")
SIZES = ((1440, 900), (1280, 720), (1024, 680), (1100, 700), (1600, 1000), (1180, 690))


def _seen(document: CodingDocument | None) -> dict[str, tuple[int, int, str, str]]:
    return {uuid: (one.start, one.end, one.code, one.memo) for uuid, one in document.codings.items()} if document else {}


def _is_counted(screen: MatrixScreen, project: Project) -> bool:
    table = screen.model.table
    return table is not None and table.matrix == read_table(project, table.question).matrix


class Monkey:
    """`go` does one thing after another; `check` compares what is shown with what the engine has."""

    def __init__(self, window: MainWindow, qtbot: QtBot, seed: int, files: list[Path]) -> None:
        self.window, self.qtbot, self.files = window, qtbot, files
        self.random = random.Random(seed)
        self.done: deque[str] = deque(maxlen=40)
        self._sheet_for = 0
        acts: list[tuple[int, Callable[[], str]]] = [
            (26, self._press_of_table),
            (22, self._press_plain),
            (16, self._click),
            (5, self._drag),
            (6, self._turn_wheel),
            (7, self._type),
            (5, self._undo_or_redo),
            (4, self._show_screen),
            (3, self._act),
            (1, self._resize),
            (1, self._theme),
            (1, self._drop_files),
        ]
        self._weights, self._acts = zip(*acts, strict=True)
        self._acting = False
        # The menu of a tool button has a loop of its own: without somebody who goes on in it, no click on the button would end.
        self._goes_on = QTimer(window, interval=30)
        self._goes_on.timeout.connect(self._go_on)
        self._goes_on.start()
        made = window.actions_made._made
        for name in FORBIDDEN:
            action, qt = made[name]
            made[name] = replace(action, why_not=lambda: "Not now."), qt

    def go(self) -> None:
        """One thing; `done` says which."""
        (act,) = self.random.choices(self._acts, self._weights)
        self._sheet_for = self._sheet_for + 1 if self.window.sheets.sheet else 0
        self._acting = True
        self.done.append(act() if self._sheet_for < 60 else self._leave_sheet())
        self._acting = False
        if os.environ.get("QCODE_TRACE"):
            print(self.done[-1], flush=True)

    def check(self) -> None:
        """Let everything come to its end; then the screen says what the engine says."""
        self.qtbot.waitUntil(lambda: not self.window.desk.tasks.running, timeout=30_000)
        workspace, shown = self.window.desk.workspace, self.window.screen_now()
        assert workspace is not None
        project = workspace.project
        if isinstance(shown, CodingScreen) and shown.document is not None:
            # What the writer has done is told through the queue of events, so it may come a moment later.
            source = shown.document.source.uuid
            self.qtbot.waitUntil(lambda: _seen(shown.document) == _seen(open_document(project, source)), timeout=10_000)
        if isinstance(shown, MatrixScreen) and self.window.sheets.sheet is None:
            self.qtbot.waitUntil(lambda: not shown.is_busy and _is_counted(shown, project), timeout=30_000)

    def _go_on(self) -> None:
        if self._acting and QApplication.activePopupWidget() is not None:
            self.done.append(f"meanwhile {self._press(self.random.choice((Key.Key_Escape, Key.Key_Down, Key.Key_Return)))}")

    # One of these at a time.

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, letter: str = "") -> str:
        if letter:
            QTest.sendKeyEvent(QTest.KeyAction.Click, self._handle(), key, letter, modifiers)
        else:
            QTest.keyClick(self._handle(), key, modifiers)
        return f"key {QKeySequence(QKeyCombination(modifiers, key)).toString()}"

    def _press_of_table(self) -> str:
        keys = [key for action in self.window.shown_actions() for key in action.keys]
        combination = QKeySequence(self.random.choice(keys))[0]
        return self._press(combination.key(), combination.keyboardModifiers())

    def _press_plain(self) -> str:
        modifiers = self.random.choices((NONE, SHIFT, CTRL, ALT), (10, 4, 1, 1))[0]
        return self._press(self.random.choice(PLAIN_KEYS), modifiers)

    def _type(self) -> str:
        words = self.random.choice(WORDS)
        for letter in words:
            self._press(Qt.Key(ord(letter.upper())) if letter.isascii() else Key.Key_unknown, NONE, letter)
        return f"type {words!r}"

    def _click(self) -> str:
        point = self._anywhere()
        button = self.random.choices((LEFT, RIGHT), (8, 1))[0]
        double = self.random.random() < 0.15
        modifiers = self.random.choices((NONE, SHIFT, CTRL), (12, 1, 1))[0]
        what = self._name(point)
        (QTest.mouseDClick if double else QTest.mouseClick)(self._handle(), button, modifiers, point)
        return f"{'double ' if double else ''}{button.name} click at {point.toTuple()} on {what}"

    def _drag(self) -> str:
        start, away = self._anywhere(), QPoint(*(self.random.randint(-120, 120) for _ in range(2)))
        end = self._within(start + away if self.random.random() < 0.6 else self._anywhere())
        what = self._name(start)
        QTest.mousePress(self._handle(), LEFT, NONE, start)
        for part in range(1, 5):
            QTest.mouseMove(self._handle(), start + (end - start) * part / 4)
        QTest.mouseRelease(self._handle(), LEFT, NONE, end)
        return f"drag from {start.toTuple()} on {what} to {end.toTuple()}"

    def _turn_wheel(self) -> str:
        point, turns = self._anywhere(), self.random.choice((-3, -1, 1, 3))
        modifiers = self.random.choices((NONE, CTRL), (9, 1))[0]
        what = self._name(point)
        QTest.wheelEvent(self._handle(), QPointF(point), QPoint(0, 120 * turns), QPoint(0, 0), modifiers)
        return f"wheel {turns} over {what}"

    def _undo_or_redo(self) -> str:
        again = self.random.random() < 0.45
        return self._press(Key.Key_Z, CTRL | SHIFT if again else CTRL)

    def _show_screen(self) -> str:
        return self._press(self.random.choice((Key.Key_1, Key.Key_2)), CTRL)

    def _act(self) -> str:
        name = self.random.choice([action.id for action in self.window.shown_actions()])
        self.window.actions_made.qt(name).trigger()
        return f"act {name}"

    def _resize(self) -> str:
        size = self.random.choice(SIZES)
        self.window.resize(*size)
        return f"size {size}"

    def _theme(self) -> str:
        name = self.random.choice(("view.light", "view.dark", "view.larger", "view.smaller", "view.normal"))
        self.window.actions_made.qt(name).trigger()
        return f"act {name}"

    def _drop_files(self) -> str:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in self.files])
        event = QDropEvent(QPointF(400, 400), Qt.DropAction.CopyAction, data, LEFT, NONE)
        QApplication.sendEvent(self.window, event)
        return "drop files"

    def _leave_sheet(self) -> str:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        if self.window.sheets.sheet is not None:
            self.window.sheets.sheet.leave()
        return "leave the sheet"

    # Where.

    def _anywhere(self) -> QPoint:
        """Somewhere in the window, most often in the popup that is up."""
        popup = QApplication.activePopupWidget()
        top = popup if popup is not None and self.random.random() < 0.8 else self.window
        point = QPoint(self.random.randrange(max(1, top.width())), self.random.randrange(max(1, top.height())))
        return self._within(self.window.mapFromGlobal(top.mapToGlobal(point)))

    def _within(self, point: QPoint) -> QPoint:
        return QPoint(min(max(0, point.x()), self.window.width() - 1), min(max(0, point.y()), self.window.height() - 1))

    def _name(self, point: QPoint) -> str:
        hit = QApplication.widgetAt(self.window.mapToGlobal(point)) or self.window
        return f"{type(hit).__name__} {hit.accessibleName()!r} in {type(hit.window()).__name__}"

    def _handle(self) -> QWindow:
        """Popups come and go in the middle of an event; the window stays, and hands everything on to them."""
        handle = self.window.windowHandle()
        assert handle is not None
        return handle
