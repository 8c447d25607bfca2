"""Buttons that are more than a word: cards with a title and what it is about, rows with a key."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import pixmap
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.key_hint import key_hint


class CardButton(QPushButton):
    """A card that is pressed as a whole: icon, title, and a line of what it is; a soft one has an arrow."""

    def __init__(self, theme: Theme, icon: str, title: str, about: str, *, soft: bool = False) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        set_look(self, "soft-card" if soft else "card")
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self._row = QHBoxLayout(self)
        self._mark = QLabel()
        self._arrow = QLabel()
        words = QVBoxLayout()
        words.setSpacing(theme.px(1))
        heading, line = QLabel(title), QLabel(about)
        set_look(heading, "strong")
        set_look(line, "small")
        line.setWordWrap(True)
        words.addWidget(heading)
        words.addWidget(line)
        self._row.addWidget(self._mark)
        self._row.addLayout(words, 1)
        if soft:
            self._row.addWidget(self._arrow)
        _let_through(self)
        # A button keeps the width of its words otherwise, and these may be wider than the side they stand in.
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._renew)
        self._renew()

    def heightForWidth(self, width: int) -> int:
        """As high as its words need in lines of that width."""
        return self._row.totalHeightForWidth(width) if self._row.hasHeightForWidth() else self._row.sizeHint().height()

    def sizeHint(self) -> QSize:
        """As large as what is on it."""
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As high as what is on it, in lines of the width it has."""
        return QSize(self._theme.px(160), self.heightForWidth(max(self.width(), self._theme.px(160))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: in other lines it is of another height."""
        super().resizeEvent(event)
        self.updateGeometry()

    def _renew(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(14), px(10), px(14), px(10))
        self._row.setSpacing(px(12))
        self._mark.setPixmap(pixmap(self._theme, self._icon, 18, "accent"))
        self._arrow.setPixmap(pixmap(self._theme, "arrow-right", 16, "text"))


class RowButton(QPushButton):
    """One line to press: icon, words, and its key at right."""

    def __init__(self, theme: Theme, icon: str, text: str, keys: str = "") -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        set_look(self, "row")
        self.setAccessibleName(text)
        self._row = QHBoxLayout(self)
        self._mark = QLabel()
        self._row.addWidget(self._mark)
        self._row.addWidget(QLabel(text), 1)
        if keys:
            self._row.addWidget(key_hint(keys), 0, Qt.AlignmentFlag.AlignVCenter)
            self.setToolTip(f"{text} ({keys})")
        _let_through(self)
        # A button keeps the width of its words otherwise, and these may be wider than the side they stand in.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._renew)
        self._renew()

    def sizeHint(self) -> QSize:
        """As wide as what is on it, and as high as a row."""
        return QSize(self._row.sizeHint().width(), self._theme.px(32))

    def _renew(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(10))
        self._mark.setPixmap(pixmap(self._theme, self._icon, 16, "text_muted"))
        self.setMinimumHeight(px(32))


def _let_through(button: QWidget) -> None:
    for label in button.findChildren(QLabel):
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
