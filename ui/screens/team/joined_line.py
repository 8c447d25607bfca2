"""A field that joined without conflict, in one line."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from qcode.model.merging import Joined
from ui.icons import pixmap
from ui.screens.team.giving_way import GivingWay
from ui.screens.team.wording import named_field
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.elided import Elided


class JoinedLine(QWidget):
    """Which field, who changed it, and what it says now, with a check."""

    def __init__(self, theme: Theme, joined: Joined, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        title, who, said = QLabel(named_field(joined.field), self), QLabel(self), Elided()
        who.setText(self.tr("only changed by {0}, taken").format(joined.coder))
        said.setText(" ".join(joined.words.split()) or self.tr("(empty)"))
        set_look(title, "strong")
        set_look(who, "muted")
        row = GivingWay(theme.px(8), self)
        for label, stretch in ((title, 0), (who, 0), (said, 1)):
            row.add(label, stretch)
        check = QLabel(self)
        check.setPixmap(pixmap(theme, "check", 16, "ok"))
        beside = QHBoxLayout()
        beside.setSpacing(theme.px(8))
        beside.addWidget(row, 1)
        beside.addWidget(check)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(8), 0, 0)
        column.addLayout(beside)
        self.setAccessibleName(f"{title.text()}, {who.text()}: {said.text()}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: a line above."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, self._theme.colour("line"))
        painter.end()
