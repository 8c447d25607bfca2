"""A row that becomes a column where it has too little room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget


class GivingWay(QWidget):
    """Widgets side by side if all of them fit as they would like to be, else one below the other."""

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(spacing)
        self._widgets: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """One more; with `stretch` it takes what room is left."""
        self._widgets.append(widget)
        self._row.addWidget(widget, stretch)

    def minimumSizeHint(self) -> QSize:
        """Qt asks: the widest of them is enough."""
        widest = max((each.minimumSizeHint().width() for each in self._shown()), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Qt asks: room for all of them side by side."""
        return QSize(self._needed(), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: other room."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Look again how much room they need."""
        shown = self._shown()
        beside = self._needed() <= self.width()
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        for each in shown:
            # In a column what does not stretch keeps to the left, as in the row.
            stretches = self._row.stretch(self._row.indexOf(each)) or each.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored
            self._row.setAlignment(each, Qt.AlignmentFlag(0) if beside or stretches else Qt.AlignmentFlag.AlignLeft)

    def _needed(self) -> int:
        shown = self._shown()
        return sum(each.sizeHint().width() for each in shown) + self._row.spacing() * max(0, len(shown) - 1)

    def _shown(self) -> list[QWidget]:
        return [each for each in self._widgets if not each.isHidden()]
