"""A coding screen and somebody who sits before it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
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
        for told in (screen.status, screen.said, screen.did):
            told.connect(self.said.append)

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


def drop(widget: object, data: QMimeData, point: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> bool:
    """Drop something on a widget as a mouse does; whether it was taken."""
    where, copy, left = QPointF(point), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(point, copy, data, left, modifiers)
    QApplication.sendEvent(widget, enter)  # type: ignore[arg-type]
    if enter.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(where, copy, data, left, modifiers))  # type: ignore[arg-type]
    return enter.isAccepted()
