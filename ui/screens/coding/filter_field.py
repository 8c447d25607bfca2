"""A field that filters the list below it: Esc clears it, Down goes to the list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.icons import FIELD, keep_icon
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
        glass = QAction(self)
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        keep_icon(theme, glass, "search", FIELD)
        name_inner_buttons(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears, Down goes to the list."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self._below.setFocus()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the key that leads here while the field is empty."""
        super().paintEvent(event)
        if not self.text() and not self.hasFocus():
            painter = QPainter(self)
            right = float(self.width() - self._theme.px(7))
            for part in reversed(self._key.split("+")):
                right = paint_key(painter, self._theme, right, self.height() / 2, part) - self._theme.px(2)
            painter.end()
