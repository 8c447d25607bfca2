"""Agreement code by code: kappa, alpha with its interval beside the marks .67 and .80, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qcode.agreement.figures import Line
from qcode.agreement.units import Unit
from qcode.model.code import Code
from qcode.views.agreement import Measured, fleiss_of, note_of
from ui.measures import BODY, LABEL, LIST_ROW, PANE_PADDING, RADIUS_CHIP, SMALL
from ui.painting import chip, line_of_text
from ui.screens.agreement.pairs import FIRM, TENTATIVE
from ui.screens.agreement.wording import figure, units_noun
from ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
_HEAD = 24
_RIGHT = 14
_N = 38
_PLOT = 92
_FIGURE = 38
_SWATCH = 10
_RIGHTWARD = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code with its figures; `pair` whether they are of two coders, whose kappa is Cohen's."""

    code: Code
    line: Line
    unit: Unit
    pair: bool

    @property
    def kappa(self) -> float | None:
        """Cohen's for two coders, Fleiss' for more, None where it rests on too little."""
        return (self.line.cohen if self.pair else fleiss_of(self.line)).value

    @property
    def alpha(self) -> float | None:
        """Krippendorff's alpha, None where it is not to be shown."""
        return None if self.line.too_few else self.line.alpha.value

    @property
    def kappa_words(self) -> str:
        """', κ 0.41'; of more than two coders with what it rests on; '' where it is not to be shown."""
        if self.alpha is None or self.kappa is None:
            return ""
        basis = "" if self.pair else f" ({units_noun(self.unit, self.line.whole.coded)})"
        return f", κ {figure(self.kappa)}{basis}"

    @property
    def sentence(self) -> str:
        """'Staff turnover: α 0.71 (0.55 to 0.84), 33 sentences'."""
        n = units_noun(self.unit, self.line.coded)
        if self.alpha is None:
            return f"{self.code.name}: {note_of(self.line)}, {n}"
        low, high = self.line.alpha.low, self.line.alpha.high
        interval = "" if low is None or high is None else f" ({figure(low)} to {figure(high)})"
        return f"{self.code.name}: α {figure(self.alpha)}{interval}, {n}"


def lines_of(measured: Measured) -> list[CodeLine]:
    """The codes somebody used, best agreed first, those of too few units last."""
    found = [
        CodeLine(code, line, measured.question.unit, len(measured.question.coders) == 2)
        for code, line in zip(measured.codes, measured.agreement.lines, strict=True)
        if line.coded
    ]
    return sorted(found, key=lambda one: (one.alpha is None, -(one.alpha or 0), one.code.path))


class CodeLineModel(QAbstractListModel):
    """The lines in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[CodeLine] = []

    def show_lines(self, lines: Sequence[CodeLine]) -> None:
        """Show other lines; where the codes stay the same only rows that differ are told."""
        if [one.code.uuid for one in lines] != [one.code.uuid for one in self.lines]:
            self.beginResetModel()
            self.lines = list(lines)
            self.endResetModel()
            return
        before, self.lines = self.lines, list(lines)
        for row, (old, new) in enumerate(zip(before, self.lines, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def row_of(self, code: str) -> int:
        """The row of a code (a UUID), -1 for none."""
        return next((row for row, one in enumerate(self.lines) if one.code.uuid == code), -1)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt asks: how many."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks: the code; in tooltips and for screen readers all its figures."""
        if not index.isValid():
            return None
        one = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.code.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return one.sentence + one.kappa_words
        return None


class CodeList(QListView):
    """Emits `chosen(CodeLine)` when a row becomes current by hand, `opened(CodeLine)` on Enter and double click."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = CodeLineModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Delegate(theme, self))
        self.setAccessibleName(self.tr("Agreement by code"))
        self.setAccessibleDescription(self.tr("Enter lists the disagreements of the code alone"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentChanged.connect(self._choose)
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        self._by_hand = True

    def show_code(self, code: str) -> None:
        """Mark the row of a code (a UUID), without a signal."""
        row = self.lines.row_of(code)
        self._by_hand = False
        if row >= 0:
            self.setCurrentIndex(self.lines.index(row, 0))
        self._by_hand = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells: Enter opens the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self._by_hand:
            self.chosen.emit(self.lines.lines[index.row()])

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.lines.lines[index.row()])


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns of one row stand."""

    name: QRectF
    kappa: QRectF
    alpha: QRectF
    plot: QRectF
    n: QRectF

    @property
    def silence(self) -> QRectF:
        """The room of both figures."""
        return self.kappa.united(self.alpha)

    def at(self, value: float) -> float:
        """Where a value between 0 and 1 stands in the plot."""
        return self.plot.left() + min(1.0, max(0.0, value)) * self.plot.width()


def _columns(theme: Theme, row: QRectF) -> _Columns:
    px = theme.px
    n = QRectF(row.right() - px(_RIGHT + _N), row.top(), px(_N), row.height())
    plot = QRectF(n.left() - px(_PLOT) + px(4), row.top(), px(_PLOT), row.height())
    alpha = QRectF(plot.left() - px(_FIGURE + 10), row.top(), px(_FIGURE), row.height())
    kappa = alpha.translated(-px(_FIGURE), 0)
    left = row.left() + px(PANE_PADDING)
    return _Columns(QRectF(left, row.top(), kappa.left() - left, row.height()), kappa, alpha, plot, n)


class CodeListHead(QWidget):
    """The names of the columns, over the list."""

    def __init__(self, theme: Theme, view: CodeList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._view = theme, view
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Qt asks: one line."""
        return QSize(self._theme.px(200), self._theme.px(_HEAD))

    def minimumSizeHint(self) -> QSize:
        """Qt asks: one line."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: the words above the columns."""
        painter = QPainter(self)
        theme = self._theme
        columns = _columns(theme, QRectF(0, 0, self._view.viewport().width(), self.height()))
        font = theme.font(LABEL)
        painter.setFont(font)
        painter.setPen(theme.colour("text_faint"))
        painter.drawText(columns.name, Qt.AlignmentFlag.AlignVCenter.value, self.tr("Code"))
        for rect, words in ((columns.kappa, "κ"), (columns.alpha, "α"), (columns.n, "n")):
            painter.drawText(rect, _RIGHTWARD, words)
        for value, words, shift in ((TENTATIVE, ".67", -1.0), (FIRM, ".80", 0.0)):
            width = QFontMetricsF(font).horizontalAdvance(words)
            at = columns.at(value)
            left = at - width + theme.px(3) if shift else at - theme.px(3)
            painter.drawText(QRectF(left, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter.value, words)
        painter.end()


class _Delegate(QStyledItemDelegate):
    """Paints one code: swatch, name, figures, the interval with the two marks, n."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """Qt asks: a row."""
        return QSize(self._theme.px(120), self._theme.px(LIST_ROW + 1))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Qt asks: one row."""
        model = index.model()
        if not isinstance(model, CodeLineModel):
            return
        theme, row, one = self._theme, QRectF(option.rect), model.lines[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, theme, row, option)
        columns = _columns(theme, row)
        side = theme.px(_SWATCH)
        swatch = QRectF(columns.name.left() + theme.px(2), row.center().y() - side / 2, side, side)
        chip(painter, swatch, theme.code(one.code.colour).solid, theme.px(RADIUS_CHIP - 1))
        few = one.alpha is None
        silence = note_of(one.line) if few else ""
        words = theme.font(SMALL)
        room = columns.name.adjusted(theme.px(_SWATCH + 10), 0, -theme.px(4), 0)
        if few:
            wide = QFontMetricsF(words).horizontalAdvance(silence)
            room.setRight(min(room.right(), columns.alpha.right() - wide - theme.px(6)))
        line_of_text(painter, theme.font(BODY), theme.colour("text"), room, one.code.name)
        self._marks(painter, columns)
        if few:
            self._write(painter, columns.silence.adjusted(-theme.px(40), 0, 0, 0), silence, words, "text_faint")
        else:
            self._figures(painter, columns, one)
        self._write(painter, columns.n, f"{one.line.coded:,}", theme.font(BODY, figures=True), "text_muted")
        painter.restore()

    def _figures(self, painter: QPainter, columns: _Columns, one: CodeLine) -> None:
        theme, alpha = self._theme, one.alpha or 0.0
        role = "warn" if alpha < TENTATIVE else "text"
        font = theme.font(BODY, figures=True)
        if one.kappa is not None:
            self._write(painter, columns.kappa, figure(one.kappa), font, "text_muted")
        font.setWeight(QFont.Weight.DemiBold)
        self._write(painter, columns.alpha, figure(alpha), font, role)
        self._interval(painter, columns, alpha, one.line, theme.colour(role))

    def _interval(self, painter: QPainter, columns: _Columns, alpha: float, line: Line, ink: QColor) -> None:
        px, middle, x = self._theme.px, columns.plot.center().y(), columns.at(alpha)
        painter.setPen(QPen(ink, 1.5))
        if line.alpha.low is not None and line.alpha.high is not None:
            low, high = columns.at(line.alpha.low), columns.at(line.alpha.high)
            painter.drawLine(QPointF(low, middle), QPointF(high, middle))
            for end in (low, high):
                painter.drawLine(QPointF(end, middle - px(4)), QPointF(end, middle + px(4)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        if alpha < TENTATIVE:
            reach = px(5)
            corners = (QPointF(x, middle - reach), QPointF(x + reach, middle), QPointF(x, middle + reach), QPointF(x - reach, middle))
            painter.drawPolygon(QPolygonF(corners))
        else:
            painter.drawEllipse(QPointF(x, middle), px(4), px(4))

    def _marks(self, painter: QPainter, columns: _Columns) -> None:
        for value, style in ((TENTATIVE, Qt.PenStyle.DotLine), (FIRM, Qt.PenStyle.SolidLine)):
            painter.setPen(QPen(self._theme.colour("line_strong"), 1, style))
            x = round(columns.at(value)) + 0.5
            painter.drawLine(QPointF(x, columns.plot.top()), QPointF(x, columns.plot.bottom()))

    def _write(self, painter: QPainter, rect: QRectF, words: str, font: QFont, role: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(role))
        painter.drawText(rect, _RIGHTWARD, words)


def paint_ground(painter: QPainter, theme: Theme, row: QRectF, option: QStyleOptionViewItem) -> None:
    """The ground of a row: the current one with a bar of accent, the one under the pointer lighter."""
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(row, theme.colour("row_selected"))
        painter.fillRect(QRectF(row.left(), row.top(), 2, row.height()), theme.colour("accent"))
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(row, theme.colour("hover"))
