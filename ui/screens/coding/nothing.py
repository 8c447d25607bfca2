"""What a pane shows when it has nothing to show: what goes here, how, and one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui.icons import EMPTY, pixmap
from ui.style import set_look
from ui.theme import Theme


class Nothing(QWidget):
    """Emits `asked()` when its button is pressed; without words for it there is none."""

    asked = Signal()

    def __init__(self, theme: Theme, icon: str, title: str, words: str = "", button: str = "") -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(9), 0, theme.px(9), 0)
        column.setSpacing(theme.px(6))
        column.addStretch(1)
        self._picture = QLabel()
        self.title, self.words = QLabel(title), QLabel(words)
        set_look(self.title, "strong")
        set_look(self.words, "small")
        for label in (self._picture, self.title, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        if button:
            made = QPushButton(button)
            made.clicked.connect(self.asked)
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        self.say(words)
        theme.changed.connect(self._renew)
        self._renew()

    def say(self, words: str) -> None:
        """Say something else below the title; '' for nothing."""
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the picture goes, not the words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        spacing = self._theme.px(6)
        shown = (one for one in self.findChildren(QWidget) if one is self._picture or not one.isHidden())
        needed = sum(one.sizeHint().height() + spacing for one in shown)
        self._picture.setVisible(self.height() >= needed + 2 * spacing)

    def _renew(self) -> None:
        self._picture.setPixmap(pixmap(self._theme, self._icon, EMPTY, "text_faint"))
