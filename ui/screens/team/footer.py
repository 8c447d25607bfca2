"""The line below a review: that nothing is lost, what is open, and the one main button."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ui.icons import keep_icon, pixmap
from ui.screens.team.footer_words import FooterWords
from ui.style import set_look
from ui.theme import Theme

_ROOM_BESIDE = 560


class Footer(QFrame):
    """Always in sight. Emits `pressed()`."""

    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._said, self._is_short = theme, FooterWords("", "", ""), False
        set_look(self, "panel")
        self._icon, self.words, self.note = QLabel(self), QLabel(self), QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        for label in (self.words, self.note):
            label.setWordWrap(True)
        set_look(self.note, "small")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QPushButton(self)
        set_look(self.button, "primary")
        keep_icon(theme, self.button, "git-merge", 16, "accent_ink", "accent_ink")
        self.button.clicked.connect(self.pressed)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.addWidget(self.words, 5)
        self._beside.addWidget(self.note, 2)
        self._beside.addWidget(self.button)
        self._row.addLayout(self._beside, 1)
        theme.changed.connect(self._renew)
        self._renew()

    def say(self, words: FooterWords) -> None:
        """Say other words."""
        self._said = words
        self._renew()

    def offer(self, words: str, why_not: str = "") -> None:
        """Call the button so; with a reason it cannot be used."""
        self.button.setText(f" {words}")
        self.button.setAccessibleName(words)
        self.button.setEnabled(not why_not)
        self.button.setToolTip(why_not or f"{words} (Ctrl+Shift+M)")

    def set_short(self, short: bool) -> None:
        """Say only the most important in sight, where the window is low; the rest is in the tooltip."""
        if short is not self._is_short:
            self._is_short = short
            self._renew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: with little room the button stands below the words."""
        super().resizeEvent(event)
        beside = self.width() >= self._theme.px(_ROOM_BESIDE)
        self._beside.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.note.setAlignment(
            (Qt.AlignmentFlag.AlignRight if beside else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        )

    def _renew(self) -> None:
        px = self._theme.px
        said, small = self._said, f"font-size:{px(12)}px;color:{self._theme.colour('text_muted').name()}"
        lead = f'<span style="font-weight:600">{escape(said.lead)}</span>'
        below = f'<br><span style="{small}">{escape(said.below)}</span>'
        self.words.setText(lead if self._is_short else f"{lead} {escape(said.beside)}{below}")
        self.words.setAccessibleName(" ".join((said.lead, said.beside, said.below)))
        self.words.setToolTip(" ".join((said.beside, said.below)) if self._is_short else "")
        self.note.setText(said.note)
        self.note.setVisible(bool(said.note) and not self._is_short)
        sign, role = ("shield-check", "ok") if said.is_sound else ("triangle-alert", "bad")
        self._icon.setPixmap(pixmap(self._theme, sign, 20, role))
        self._row.setContentsMargins(px(20), px(8), px(20), px(8))
        self._row.setSpacing(px(12))
        self._beside.setSpacing(px(8))
