"""The choices in a row, as many as there is room for: words go first, then the segments, at last all stand in one menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.choice_button import ChoiceButton


class ChoicesBar(QWidget):
    """Holds the labels, the buttons, the segments with the button that stands for them, and the chips of the filter."""

    def __init__(
        self,
        theme: Theme,
        labels: Sequence[QLabel],
        buttons: Sequence[ChoiceButton],
        segments: QWidget,
        short: ChoiceButton,
        chips: QWidget,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._labels, self._buttons, self._segments, self._short, self._chips = labels, buttons, segments, short, chips
        self._more = ChoiceButton(theme, QMenu(), "sliders-horizontal")
        self._more.setText(self.tr("Show"))
        self._more.setAccessibleName(self.tr("What the matrix shows"))
        for button in (*buttons[:2], short, *buttons[2:]):
            entry = self._more.menu().addMenu(button.menu())
            entry.setText(str(button.property("title")))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        rows, columns, layer, chosen = buttons
        for widget in (labels[0], rows, labels[1], columns, labels[2], segments, short, labels[3], layer, chosen, self._more, chips):
            row.addWidget(widget)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self._renew)
        self._fit(1 << 20)

    def sizeHint(self) -> QSize:
        """Qt asks: room for everything."""
        return QSize(self._width(0), self._theme.px(28))

    def minimumSizeHint(self) -> QSize:
        """Qt asks: the one menu is enough."""
        return QSize(self._more.sizeHint().width(), self._theme.px(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: other room."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def refit(self) -> None:
        """Look again what there is room for: words or chips are other ones."""
        self._fit(self.width())
        self.updateGeometry()

    def _renew(self) -> None:
        self.refit()

    def _fit(self, room: int) -> None:
        level = next((level for level in (0, 1, 2) if self._width(level) <= room), 3)
        for widget in self._labels:
            widget.setVisible(level == 0)
        for button in self._buttons:
            button.setVisible(level < 3)
        self._segments.setVisible(level < 2)
        self._short.setVisible(level == 2)
        self._more.setVisible(level == 3)

    def _width(self, level: int) -> int:
        """How much room one way of standing needs; 0 all of it, 1 without labels, 2 without segments."""
        shown: list[QWidget] = [*self._buttons, self._segments if level < 2 else self._short, *(self._labels if level == 0 else ())]
        chips = 0 if self._chips.isHidden() else self._chips.sizeHint().width() + self._theme.px(6)
        return sum(widget.sizeHint().width() + self._theme.px(6) for widget in shown) + chips
