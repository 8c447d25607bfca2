"""What stands where there is no table: one sentence of what goes here, one of how, one button; and the line that says 'working'."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.icons import EMPTY, pixmap
from ui.style import set_look
from ui.theme import Theme


class Nothing(QFrame):
    """An empty screen in words. Emits `pressed()` for its button."""

    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._sign = theme, ""
        set_look(self, "paper")
        self._icon, self._what, self._how = QLabel(), QLabel(), QLabel()
        self.button = QPushButton()
        set_look(self._what, "strong")
        set_look(self._how, "muted")
        self.button.clicked.connect(self.pressed)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(8))
        layout.addStretch(2)
        for widget in (self._icon, self._what, self._how, self.button):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        theme.changed.connect(self._renew)

    def say(self, sign: str, what: str, how: str, button: str) -> None:
        """Show an icon and two sentences; no button where `button` is ''."""
        self._sign = sign
        self._what.setText(what)
        self._how.setText(how)
        self.button.setText(button)
        self.button.setAccessibleName(button)
        self.button.setVisible(bool(button))
        self._renew()

    def _renew(self) -> None:
        if self._sign:
            self._icon.setPixmap(pixmap(self._theme, self._sign, EMPTY))


class BusyLine(QWidget):
    """Two pixels at the top of the pane while it works; they lie over it, so that nothing moves."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(theme.px(2))
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: a line in the accent's colour."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("accent"))
        painter.end()
