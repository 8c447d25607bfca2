"""Somebody before the window: keys and mouse come as the system would send them, and only what is in sight can be clicked."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QTextCursor, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.views.coding_codes import CodeList
from qcode.views.coding_document import Coding, open_document
from qcode.views.lists import find_source
from ui.main_window import MainWindow
from ui.screens.coding.screen import CodingScreen
from ui.screens.matrix.screen import MatrixScreen

NONE, CTRL, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
#: Where pictures of each step go, if anywhere: QCODE_PICTURES=build/stories
PICTURES = os.environ.get("QCODE_PICTURES", "")


class Person:
    """Acts on the window and reads what it shows and what the engine has kept."""

    def __init__(self, window: MainWindow, qtbot: QtBot, story: str) -> None:
        self.window, self.qtbot, self.story = window, qtbot, story
        self._taken = 0

    # What is shown, and what is kept.

    @property
    def project(self) -> Project:
        assert self.window.desk.workspace is not None
        return self.window.desk.workspace.project

    @property
    def coding(self) -> CodingScreen:
        shown = self.window.screen_now()
        assert isinstance(shown, CodingScreen)
        return shown

    @property
    def matrix(self) -> MatrixScreen:
        shown = self.window.screen_now()
        assert isinstance(shown, MatrixScreen)
        return shown

    def source(self) -> str:
        """The label of the source that is shown."""
        return self.coding.document.source.label if self.coding.document else ""

    def kept(self, label: str) -> list[tuple[str, str, str]]:
        """Code, words and memo of each coding of one's own that the engine has of a source, in the order of the text."""
        document = open_document(self.project, find_source(self.project, label).uuid)
        names = {code.uuid: code.name for code in CodeList(self.project).codes.values()}
        mine = sorted((one for one in document.codings.values() if one.coder == self.project.coder), key=lambda one: (one.start, -one.end))
        return [(names[one.code], one.span.of(document.text), one.memo) for one in mine]

    def mine(self) -> list[Coding]:
        """One's own codings that the screen shows in the margin."""
        marks = self.coding.text.marks
        found = (marks.coding(name) for _, _, name in marks.all())
        return [one for one in found if one and one.coder == self.project.coder]

    def selected(self) -> str:
        span = self.coding.text.selection()
        return span.of(self.coding.text.text) if span else ""

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.until(lambda: not self.window.desk.tasks.running)

    def picture(self, name: str) -> None:
        """Keep a picture of this step, if pictures are wanted."""
        if not PICTURES:
            return
        self.settle()
        folder = Path(PICTURES)
        folder.mkdir(parents=True, exist_ok=True)
        self._taken += 1
        image = self.window.grab()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            from PySide6.QtGui import QPainter

            painter = QPainter(image)
            painter.drawPixmap(self.window.mapFromGlobal(popup.mapToGlobal(QPoint(0, 0))), popup.grab())
            painter.end()
        image.save(str(folder / f"{self.story}-{self._taken:02}-{name}.png"))

    # Keys.

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
        for _ in range(times):
            QTest.keyClick(self._keyboard_window(), key, modifiers)

    def type(self, words: str) -> None:
        for letter in words:
            key = Qt.Key(ord(letter.upper())) if letter.isascii() else Qt.Key.Key_unknown
            modifiers = SHIFT if letter.isupper() else NONE
            QTest.sendKeyEvent(QTest.KeyAction.Click, self._keyboard_window(), key, letter, modifiers)

    def tab_to(self, name: str) -> None:
        """Press Tab until the control of that name has the keyboard."""
        for _ in range(60):
            now = QApplication.focusWidget()
            if now is not None and name in (now.accessibleName(), getattr(now, "text", str)()):
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {name}")

    def _keyboard_window(self) -> QWindow:
        window = QGuiApplication.focusWindow() or self.window.windowHandle()
        assert window is not None
        return window

    # The mouse.

    def click(self, widget: QWidget, at: QPoint | None = None, button: Qt.MouseButton = LEFT) -> None:
        handle, point = self._aim(widget, at)
        QTest.mouseClick(handle, button, NONE, point)

    def double_click(self, widget: QWidget, at: QPoint | None = None) -> None:
        handle, point = self._aim(widget, at)
        QTest.mouseDClick(handle, LEFT, NONE, point)

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        handle, first = self._aim(widget, start)
        last = self._aim(widget, end)[1]
        QTest.mousePress(handle, LEFT, NONE, first)
        QTest.mouseMove(handle, (first + last) / 2)
        QTest.mouseMove(handle, last)
        QTest.mouseRelease(handle, LEFT, NONE, last)

    def wheel(self, widget: QWidget, notches: int) -> None:
        handle, point = self._aim(widget, None)
        QTest.wheelEvent(handle, point.toPointF(), QPoint(0, -120 * notches))

    def click_button(self, name: str, within: QWidget | None = None) -> None:
        """Click the one button in sight (of `within`, if given) with that accessible name or these words."""
        (button,) = [
            each
            for each in (within or self.window).findChildren(QAbstractButton)
            if each.isVisible() and (each.accessibleName() == name or each.text().strip() == name)
        ]
        assert button.isEnabled(), f"{name} cannot be clicked: {button.toolTip()}"
        self.click(button)

    def click_row(self, view: QAbstractItemView, index: QModelIndex, *, double: bool = False) -> None:
        """Turn the wheel until a row is in sight and click it."""
        assert index.isValid()
        port = view.viewport()
        for _ in range(200):
            middle = view.visualRect(index).center()
            if port.rect().adjusted(0, 8, 0, -8).contains(QPoint(port.width() // 2, middle.y())):
                break
            self.wheel(port, 1 if middle.y() > port.height() // 2 else -1)
        act = self.double_click if double else self.click
        act(port, QPoint(max(2, min(middle.x(), port.width() - 2)), middle.y()))

    def choose(self, words: str) -> None:
        """Click an entry of the menu that is up."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), f"no menu is up but {menu}"
        entry = next(each for each in menu.actions() if plain(each) == words)
        assert entry.isEnabled(), f"{words} is grey"
        self.click(menu, menu.actionGeometry(entry).center())

    def point_in_text(self, position: int) -> QPoint:
        """Where the left edge of a letter is in the text's viewport."""
        text = self.coding.text
        cursor = QTextCursor(text.editor.document())
        cursor.setPosition(text.shown.positions.to_units(position))
        return text.editor.cursorRect(cursor).center()

    def wheel_to(self, words: str) -> None:
        """Turn the wheel over the text until some words stand in sight."""
        text = self.coding.text
        place, port = text.text.index(words), text.editor.viewport()
        for _ in range(200):
            y = self.point_in_text(place).y()
            if 40 <= y <= port.height() - 120:
                return
            self.wheel(port, 1 if y > 40 else -1)
        raise AssertionError(f"the wheel does not lead to {words}")

    def _aim(self, widget: QWidget, at: QPoint | None) -> tuple[QWindow, QPoint]:
        """The window's handle and the point in it; fails when something else lies there."""
        point = widget.rect().center() if at is None else at
        top = widget.window()
        inside = widget.mapTo(top, point)
        hit = top.childAt(inside) or top
        assert widget.isVisible(), f"{widget} is not shown"
        assert hit is widget or widget.isAncestorOf(hit), f"{hit} lies over {widget} {widget.accessibleName()} at {point}"
        handle = top.windowHandle()
        assert handle is not None
        return handle, inside


def plain(action: QAction) -> str:
    """An entry's words without its key and its mnemonic."""
    return action.text().partition("\t")[0].replace("&", "")
