"""The screen's toolbar: what a review holds, and what can be done next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from ui.icons import keep_icon
from ui.measures import BUTTON
from ui.screens.team.painting import CHIPS
from ui.style import set_look
from ui.theme import Theme


class Chip(QLabel):
    """Some words on a ground that says their kind: 'faint', 'open' or 'info'."""

    def __init__(self, theme: Theme, look: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._look = theme, look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        theme = self._theme
        ground, ink = (theme.colour(role).name() for role in CHIPS[self._look])
        font, round_, above, beside = (theme.px(size) for size in (12, 3, 2, 5))
        look = f"font-size:{font}px;border-radius:{round_}px;padding:{above}px {beside}px"
        self.setStyleSheet(f"background:{ground};color:{ink};{look}")


class TeamBar(QWidget):
    """Chips at the left, buttons at the right; with little room the chips go, then the words of the buttons."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chips: list[Chip] = []
        self._buttons: list[tuple[QToolButton, str]] = []
        self._strong: list[QPushButton] = []
        self._wanted: set[QWidget] = set()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(6))
        self._middle = 0
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.fit)

    def add_chip(self, look: str) -> Chip:
        """One more chip at the left."""
        chip = Chip(self._theme, look, self)
        self._chips.append(chip)
        self._row.insertWidget(self._middle, chip)
        self._middle += 1
        return chip

    def add_button(self, words: str, icon: str, act: Callable[[], None], key: str = "") -> QToolButton:
        """One more button with icon and words."""
        button = QToolButton(self)
        button.setProperty("look", "tool")
        # Qt has no word for the gap between icon and text.
        button.setText(f" {words}")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        keep_icon(self._theme, button, icon)
        button.setAccessibleName(words)
        button.setToolTip(f"{words} ({key})" if key else words)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(act)
        self._buttons.append((button, words))
        self._row.addWidget(button)
        return button

    def add_strong(self, words: str, look: str, act: Callable[[], None], key: str = "") -> QPushButton:
        """One more bordered button; 'primary' is the main one."""
        button = QPushButton(words, self)
        set_look(button, look)
        button.setAccessibleName(words)
        button.setToolTip(f"{words} ({key})" if key else words)
        button.clicked.connect(act)
        self._strong.append(button)
        self._row.addWidget(button)
        return button

    def show_only(self, *widgets: QWidget) -> None:
        """Show these, and nothing else."""
        self._wanted = set(widgets)
        self.fit()

    def fit(self) -> None:
        """Show as much as there is room for."""
        for level in (0, 1, 2):
            self._show(level)
            if self._needed() <= self.width():
                break
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: other room."""
        super().resizeEvent(event)
        self.fit()

    def minimumSizeHint(self) -> QSize:
        """Qt asks: the signs alone are enough."""
        px = self._theme.px
        signs = sum(px(34) for button, _ in self._buttons if button in self._wanted)
        return QSize(signs + sum(button.sizeHint().width() + px(6) for button in self._strong if button in self._wanted), px(BUTTON))

    def sizeHint(self) -> QSize:
        """Qt asks: as much as there is."""
        return QSize(self._theme.px(600), self._theme.px(BUTTON))

    def _show(self, level: int) -> None:
        for chip in self._chips:
            chip.setVisible(chip in self._wanted and bool(chip.text()) and level == 0)
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for button, _ in self._buttons:
            button.setToolButtonStyle(beside if level < 2 else alone)
            button.setVisible(button in self._wanted)
        for strong in self._strong:
            strong.setVisible(strong in self._wanted)

    def _needed(self) -> int:
        shown: list[QWidget] = [*self._chips, *(button for button, _ in self._buttons), *self._strong]
        return sum(each.sizeHint().width() + self._row.spacing() for each in shown if not each.isHidden())
