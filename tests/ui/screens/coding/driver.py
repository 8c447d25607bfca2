"""A coding screen and somebody who sits before it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qcode.views.coding_document import Coding
from ui.screens.coding import CodingScreen

CTRL, SHIFT, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


class Driver:
    """A coding screen and somebody who sits before it."""

    def __init__(self, screen: CodingScreen, qtbot: QtBot) -> None:
        self.screen, self.qtbot = screen, qtbot
        self.said: list[str] = []
        #: What was said of acts, without where one is.
        self.told: list[str] = []
        for told in (screen.status, screen.said, screen.did):
            told.connect(self.said.append)
        for told in (screen.said, screen.did):
            told.connect(self.told.append)

    @property
    def codings(self) -> list[Coding]:
        assert self.screen.document is not None
        return list(self.screen.document.codings.values())

    def open(self, label: str) -> None:
        line = next(line for line in self.screen.source_list.lines if line.label == label)
        self.screen.open_source(line.uuid)
        self.screen.text.setFocus()

    def key(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.screen.text.editor, key, modifiers)  # type: ignore[call-overload]

    def type(self, words: str) -> None:
        QTest.keyClicks(self.screen.picker.field, words)

    def pick(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.screen.picker.field, key, modifiers)

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=3000)

    def caret_at(self, words: str) -> None:
        self.screen.text.put_caret(self.screen.text.text.index(words))

    def code(self, name: str) -> str:
        return next(code.uuid for code in self.screen.codes.codes.values() if code.name == name)

    def words(self) -> str:
        span = self.screen.text.selection()
        return span.of(self.screen.text.text) if span else ""

    def made(self) -> list[tuple[str, str]]:
        """Code and words of every coding in the text's order."""
        text = self.screen.text.text
        return [(self.screen.codes.name(one.code), one.span.of(text)) for one in sorted(self.codings, key=lambda one: (one.start, one.end))]


def drop(widget: QWidget, data: QMimeData, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> bool:
    """Drop something on a widget as a mouse does, which comes in from below; whether it was taken. What is turned away when it comes in is
    not asked about again, as in Qt."""
    copy, left, below = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, QPoint(point.x(), widget.height() - 2)
    enter, move = QDragEnterEvent(below, copy, data, left, modifiers), QDragMoveEvent(point, copy, data, left, modifiers)
    QApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QApplication.sendEvent(widget, move)
    is_taken = enter.isAccepted() and move.isAccepted()
    if is_taken:
        QApplication.sendEvent(widget, QDropEvent(QPointF(point), copy, data, left, modifiers))
    return is_taken
