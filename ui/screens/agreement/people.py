"""Who stands at which side of the text."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from ui.measures import LABEL
from ui.screens.agreement.wording import initials
from ui.theme import Theme
from ui.widgets.choice_button import ChoiceButton
from ui.widgets.elided import Elided

_AVATAR = 24


class Person(QWidget):
    """A coder by initials and name, at the left or right; where there are more than two, the name is a menu of them.

    Emits `chosen(name)`.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, is_left: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._avatar = _Avatar(theme, self)
        self._name = Elided()
        self._menu = ChoiceButton(theme, QMenu(), flat=True, parent=self)
        self._menu.menu().triggered.connect(lambda action: self.chosen.emit(action.data()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(7))
        parts: list[QWidget] = [self._avatar, self._name, self._menu]
        for part in parts if is_left else reversed(parts):
            row.addWidget(part)
        self._name.setMinimumWidth(theme.px(36))

    def show_person(self, name: str, others: tuple[str, ...]) -> None:
        """Show another coder; `others` can be chosen in the place."""
        self._avatar.show_name(name)
        self._name.setText(name)
        self._name.setAccessibleName(name)
        self._menu.setText(name)
        self._menu.setAccessibleName(self.tr("Coder at this side: {0}").format(name))
        self._menu.setToolTip(self.tr("Show another coder at this side"))
        self._menu.menu().clear()
        for other in others:
            self._menu.menu().addAction(other.replace("&", "&&")).setData(other)
        self._menu.setVisible(bool(others))
        self._name.setVisible(not others)


class _Avatar(QWidget):
    """Initials in a circle."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._letters = theme, ""
        theme.changed.connect(self._fit)
        self._fit()

    def show_name(self, name: str) -> None:
        """Show another coder's."""
        self._letters = initials(name) if name else ""
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: the circle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colour("line_strong"))
        painter.setBrush(self._theme.colour("hover"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        font = self._theme.font(LABEL)
        font.setPixelSize(self._theme.px(10))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_muted"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter.value, self._letters)
        painter.end()

    def _fit(self) -> None:
        self.setFixedSize(self._theme.px(_AVATAR), self._theme.px(_AVATAR))
