"""Finding words in the open text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton

from qcode.model.span import Span
from qcode.text.finding import find_all
from ui.icons import keep_icon
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.field_buttons import name_inner_buttons

_PAUSE = 120


class FindBar(QFrame):
    """A strip above the text, shown while something is sought. Emits `found(span)` to go to, `closed()`."""

    found = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        set_look(self, "panel")
        self._text = ""
        self._spans: list[Span] = []
        self._current: Span | None = None
        self._from = 0
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in this source"))
        self.field.setAccessibleName(self.tr("Find in this source"))
        self.field.setClearButtonEnabled(True)
        name_inner_buttons(self.field)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._seek)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.count = QLabel()
        set_look(self.count, "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(6), theme.px(12), theme.px(6))
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        for icon, words, act in (
            ("chevron-up", self.tr("Previous place (Shift+F3)"), lambda: self.step(-1)),
            ("chevron-down", self.tr("Next place (F3)"), lambda: self.step(1)),
            ("x", self.tr("Close (Esc)"), self.close_bar),
        ):
            button = QToolButton()
            button.setToolTip(words)
            button.setAccessibleName(words)
            keep_icon(theme, button, icon)
            button.clicked.connect(act)
            row.addWidget(button)
        self.hide()

    def open_bar(self, text: str, position: int, words: str = "") -> None:
        """Seek in a text from a code point on, at first for `words`."""
        self._text, self._from = text, position
        self.show()
        self.field.setFocus()
        if words:
            self.field.setText(words)
        self.field.selectAll()
        if self.field.text():
            self._seek()

    def set_text(self, text: str) -> None:
        """Seek in another text from now on."""
        self._text, self._from, self._current = text, 0, None
        if self.isVisible() and self.field.text():
            self._spans = find_all(self.field.text(), text)
            self._say()

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) place, going round at the ends."""
        if self._pause.isActive() or not self._spans:
            self._pause.stop()
            self._spans = find_all(self.field.text(), self._text)
        if not self._spans:
            self._say()
            return
        if self._current is None:
            place = bisect_left(self._spans, Span(self._from, self._from + 1))
        elif by > 0:
            place = bisect_right(self._spans, self._current)
        else:
            place = bisect_left(self._spans, self._current) - 1
        self._go(place % len(self._spans))

    def close_bar(self) -> None:
        """Seek no more."""
        self._pause.stop()
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F3 go on, Esc closes."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            self.step(-1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _seek(self) -> None:
        self._spans, self._current = find_all(self.field.text(), self._text), None
        if self._spans:
            self.step(1)
        else:
            self._say()

    def _go(self, place: int) -> None:
        self._current = self._spans[place]
        self._from = self._current.start
        self._say()
        self.found.emit(self._current)

    def _say(self) -> None:
        if not self.field.text():
            self.count.setText("")
        elif not self._spans:
            self.count.setText(self.tr("Not found"))
        elif self._current is not None:
            place = self._spans.index(self._current) + 1
            self.count.setText(self.tr("{n} of {all}").format(n=place, all=len(self._spans)))
        else:
            self.count.setText(str(len(self._spans)))
