"""A field that filters the list below it: Esc clears it, Down goes to the list."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.icons import FIELD, paint_icon
from ui.screens.coding.glyphs import paint_key
from ui.theme import Theme
from ui.widgets.field_buttons import name_inner_buttons


class FilterField(QLineEdit):
    """A field with a magnifying glass, a clear button, and the key that leads here drawn at its end while it is empty."""

    def __init__(self, theme: Theme, words: str, key: str, below: QWidget) -> None:
        super().__init__()
        self._theme, self._key, self._below = theme, key, below
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({key})")
        self.setClearButtonEnabled(True)
        name_inner_buttons(self)
        theme.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        """Room for the glass, which is painted here: Qt draws an action's icon at one size whatever the scale."""
        self.setTextMargins(self._theme.px(FIELD + 4), 0, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears, Down goes to the list."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self._below.setFocus()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the glass, and the key that leads here while the field is empty."""
        super().paintEvent(event)
        painter, side = QPainter(self), self._theme.px(FIELD)
        glass = QRectF(self._theme.px(8), (self.height() - side) / 2, side, side)
        paint_icon(painter, glass, "search", self._theme.colour("text_muted"))
        if not self.text() and not self.hasFocus():
            right = float(self.width() - self._theme.px(7))
            for part in reversed(self._key.split("+")):
                right = paint_key(painter, self._theme, right, self.height() / 2, part) - self._theme.px(2)
        painter.end()
