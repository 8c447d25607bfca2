"""What a pane shows when it has nothing to show: what goes here, how, and one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
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
        self.words.setVisible(bool(words))
        if button:
            made = QPushButton(button)
            made.clicked.connect(self.asked)
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        theme.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        self._picture.setPixmap(pixmap(self._theme, self._icon, EMPTY, "text_faint"))
