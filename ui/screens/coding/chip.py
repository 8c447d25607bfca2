"""Small buttons on a ground of their own, and the gap between an icon and its words."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QToolButton

from ui.measures import CHIP
from ui.style import set_look
from ui.theme import Theme

#: Put before words that stand beside an icon: Qt leaves four pixels there at every scale, and the icons nearly touch the words.
GAP = "\u00a0"
_PADDING = 6
_QT_GAP = 4


class Chip(QToolButton):
    """As wide as its icon and words and the same padding at both sides; a tool button adds room of its own at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        set_look(self, "chip")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Qt asks: how large it is."""
        self.ensurePolished()
        icon = 0 if self.icon().isNull() else self.iconSize().width() + _QT_GAP
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(icon + words + 2 * (self._theme.px(_PADDING) + 1), self._theme.px(CHIP))

    def minimumSizeHint(self) -> QSize:
        """Qt asks: it is never smaller."""
        return self.sizeHint()
