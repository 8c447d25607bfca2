"""The triangle of pairs: how far every two coders agree over all codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from qcode.exchange.exporters.wording import counted
from qcode.views.agreement import Pair
from ui.measures import BODY, LABEL, SMALL
from ui.painting import hatch, wrapped
from ui.screens.agreement.wording import figure, initials
from ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
_ROW = 41
_HEAD = 26
_NAMES = 36
_WIDEST = 96
_NARROWEST = 44
_MOST_ROWS = 6
#: The two marks that the literature sets: tentative conclusions, and firm ones.
TENTATIVE, FIRM = 0.67, 0.80


class PairModel(QAbstractTableModel):
    """Coders against coders: the head in row 0, names in column 0, and below the diagonal a pair in each cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.coders: tuple[str, ...] = ()
        self._pairs: dict[tuple[str, str], Pair] = {}
        self.current: frozenset[str] = frozenset()

    def show_pairs(self, coders: tuple[str, ...], pairs: Sequence[Pair]) -> None:
        """Show other figures; the table itself is another one only when there are other coders."""
        same = coders == self.coders
        if not same:
            self.beginResetModel()
        self.coders, self._pairs = coders, {(pair.first, pair.second): pair for pair in pairs}
        if not same:
            self.endResetModel()
        elif coders:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def show_current(self, coders: Sequence[str]) -> None:
        """Mark the pairs of the coders that are shown."""
        self.current = frozenset(coders)
        if self.coders:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def names(self, index: AnyIndex) -> tuple[str, str] | None:
        """The two coders of a cell, None for a cell that is no pair."""
        row, column = index.row(), index.column()
        return (self.coders[column - 1], self.coders[row]) if 0 < column <= row else None

    def pair(self, index: AnyIndex) -> Pair | None:
        """What is known of a cell's pair; None while it is measured."""
        names = self.names(index)
        return self._pairs.get(names) if names else None

    def index_of(self, coders: Sequence[str]) -> QModelIndex:
        """The cell of two coders."""
        places = sorted(self.coders.index(name) for name in coders if name in self.coders)
        return self.index(places[1], places[0] + 1) if len(places) == 2 else QModelIndex()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt asks: the head, and all coders but the first."""
        return 0 if parent.isValid() else len(self.coders)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt asks: the names, and all coders but the last."""
        return 0 if parent.isValid() else len(self.coders)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks: initials and figures; in tooltips and for screen readers a sentence."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if self.names(index) is None:
            name = self.coders[column - 1] if not row and column else self.coders[row] if row and not column else ""
            if role == Qt.ItemDataRole.DisplayRole:
                return initials(name) if name else None
            return name or None if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.sentence(index)
        return self.figures(index)[0] if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Qt asks: only pairs can be chosen."""
        return super().flags(index) if index.isValid() and self.names(index) else Qt.ItemFlag.NoItemFlags

    def figures(self, index: AnyIndex) -> tuple[str, str]:
        """The two lines of a cell; no second one where there are no figures."""
        pair = self.pair(index)
        if pair is None:
            return "…", ""
        if pair.overall is None:
            return self.tr("no shared source"), ""
        line = pair.overall
        if line.too_few or line.alpha.value is None:
            return self.tr("too few"), f"n {line.coded:,}"
        return figure(line.alpha.value), f"n {line.coded:,}"

    def sentence(self, index: AnyIndex) -> str:
        """All a cell says."""
        names, pair = self.names(index), self.pair(index)
        if names is None:
            return ""
        who = self.tr("{0} and {1}").format(*names)
        if pair is None or pair.overall is None:
            return f"{who}: {self.tr('being measured') if pair is None else self.tr('no source that both finished')}"
        line = pair.overall
        alpha = self.tr("too few to say") if line.too_few or line.alpha.value is None else f"α {figure(line.alpha.value)}"
        return f"{who}: {alpha}, n {line.coded:,}, {counted(line.sources, 'source')}"


class PairTable(QTableView):
    """Emits `chosen(first, second)` when a pair was clicked, or entered by key."""

    chosen = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.pairs = PairModel(self)
        self.setModel(self.pairs)
        self.setItemDelegate(_Delegate(theme, self))
        self.setAccessibleName(self.tr("Coder pairs"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)
        self.pairs.modelReset.connect(self._fit)
        theme.changed.connect(self._fit)

    def show_current(self, coders: Sequence[str]) -> None:
        """Mark the pair that is shown."""
        self.pairs.show_current(coders)
        index = self.pairs.index_of(coders)
        if index.isValid() and not self.hasFocus():
            self.setCurrentIndex(index)

    def sizeHint(self) -> QSize:
        """Qt asks: all rows, up to six."""
        px = self._theme.px
        rows = min(self.pairs.rowCount() - 1, _MOST_ROWS)
        return QSize(px(260), px(_HEAD) + max(0, rows) * px(_ROW) + 1)

    def minimumSizeHint(self) -> QSize:
        """Qt asks: the same height."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: cells share the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px, count = self._theme.px, self.pairs.columnCount()
        for row in range(self.pairs.rowCount()):
            self.setRowHeight(row, px(_ROW if row else _HEAD))
        if count > 1:
            self.setColumnWidth(0, px(_NAMES))
            each = (self.viewport().width() - px(_NAMES)) // (count - 1)
            for column in range(1, count):
                self.setColumnWidth(column, max(px(_NARROWEST), min(px(_WIDEST), each)))
        self.updateGeometry()

    def _choose(self, index: QModelIndex) -> None:
        names = self.pairs.names(index)
        if names:
            self.chosen.emit(*names)


class _Delegate(QStyledItemDelegate):
    """Paints initials, and pairs on the heat of their alpha; where there is no shared source, hatching."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Qt asks: one cell."""
        model = index.model()
        if not isinstance(model, PairModel):
            return
        rect = QRectF(option.rect)
        painter.save()
        if model.names(index) is None:
            side = Qt.AlignmentFlag.AlignLeft if index.row() else Qt.AlignmentFlag.AlignHCenter
            painter.setFont(self._theme.font(SMALL))
            painter.setPen(self._theme.colour("text_muted"))
            painter.drawText(rect, (side | Qt.AlignmentFlag.AlignVCenter).value, str(index.data() or ""))
        else:
            self._pair(painter, rect, model, index)
        painter.restore()

    def _pair(self, painter: QPainter, rect: QRectF, model: PairModel, index: AnyIndex) -> None:
        theme, pair = self._theme, model.pair(index)
        cell = rect.adjusted(0, 0, -1, -1)
        if pair is not None and pair.overall is None:
            hatch(painter, cell, theme.colour("hatch_bg"), theme.colour("hatch"), theme.px(9), 1.2)
        else:
            line = pair.overall if pair else None
            value = None if line is None or line.too_few else line.alpha.value
            painter.fillRect(cell, theme.heat("pos", _step(value)) if value is not None else theme.colour("paper"))
        painter.setPen(theme.colour("line"))
        painter.drawRect(cell)
        names = model.names(index)
        if names and set(names) == model.current:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRect(cell.adjusted(0, 0, 0, 0))
        self._words(painter, cell, *model.figures(index))

    def _words(self, painter: QPainter, cell: QRectF, above: str, below: str) -> None:
        theme = self._theme
        large, small = theme.font(BODY, figures=True), theme.font(LABEL, figures=True)
        large.setWeight(QFont.Weight.DemiBold)
        small.setWeight(QFont.Weight.Normal)
        if not below:
            lines = [(line, small) for line in wrapped(above, small, cell.width() - 4, 2)]
        else:
            lines = [(above, large), (below, small)]
        painter.setPen(theme.colour("heat_ink" if below else "text_muted"))
        heights = [theme.px(16 if font is large else 14) for _, font in lines]
        top = cell.center().y() - sum(heights) / 2
        for (words, font), height in zip(lines, heights, strict=True):
            painter.setFont(font)
            painter.drawText(QRectF(cell.left(), top, cell.width(), height), Qt.AlignmentFlag.AlignCenter.value, words)
            top += height


def _step(alpha: float) -> int:
    return 3 if alpha >= FIRM else 2 if alpha >= TENTATIVE else 1
