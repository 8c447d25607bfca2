"""The list of disagreements: what, where, how, and whether it is settled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qcode.agreement.units import Unit
from qcode.views.adjudication import Point
from ui.measures import BODY, LABEL, PANE_PADDING, RADIUS_CHIP, SMALL, TWO_LINE_ROW
from ui.painting import chip, line_of_text
from ui.screens.agreement.code_list import paint_ground
from ui.screens.agreement.wording import kind_words, outcome_words, place_of
from ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
_SWATCH = 10


class PointModel(QAbstractListModel):
    """The differences that the filter lets through: of one code (a UUID, '' for all), and with `open_only` those not settled."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.every: tuple[Point, ...] = ()
        self.points: list[Point] = []
        self.code = ""
        self.open_only = False
        self.names = ("", "")
        self.unit = Unit.SENTENCE

    def show_points(self, points: Sequence[Point], names: tuple[str, str], unit: Unit) -> None:
        """Show other differences, between coders of these short names."""
        same = (self.names, self.unit) == (names, unit)
        self.every, self.names, self.unit = tuple(points), names, unit
        self._show(touch=not same)

    def show_only(self, code: str, *, open_only: bool) -> None:
        """Filter."""
        self.code, self.open_only = code, open_only
        self._show()

    def row_of(self, key: str) -> int:
        """The row of a difference, -1 where it is not listed."""
        return next((row for row, point in enumerate(self.points) if point.key == key), -1)

    def next_open(self, row: int, step: int = 1) -> int:
        """The nearest row after `row` (before it for a `step` of -1) that is open, round the end; -1 when nothing is."""
        count = len(self.points)
        around = ((row + step * distance) % count for distance in range(1, count + 1))
        return next((found for found in around if self.points[found].decision is None), -1)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt asks: how many."""
        return 0 if parent.isValid() else len(self.points)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt asks: the code; in tooltips and for screen readers everything."""
        if not index.isValid():
            return None
        point = self.points[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return point.disagreement.code.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{point.disagreement.code.name}, {self.below(point)}. {self.state_words(point)}"
        return None

    def below(self, point: Point) -> str:
        """The second line: 'KGZ18, 13 · Only Baktygul'."""
        one = point.disagreement
        return f"{place_of(one)} · {kind_words(one, self.names, self.unit)}"

    def state_words(self, point: Point) -> str:
        """What was decided and by whom."""
        if point.contradicting:
            said = (self.tr("{0} by {1}").format(outcome_words(one, self.names), one.coder) for one in point.contradicting)
            return self.tr("Open: decided differently, {0}").format("; ".join(said))
        if point.overtaken:
            before = (outcome_words(point.overtaken, self.names), point.overtaken.coder)
            return self.tr("Open again: {0} by {1}, but “agreed” says otherwise now").format(*before)
        if point.decision is None:
            return self.tr("Open")
        words = self.tr("Agreed: {0}, by {1}").format(outcome_words(point.decision, self.names), point.decision.coder)
        return f"{words}. {point.decision.reason}" if point.decision.reason else words

    def _show(self, *, touch: bool = False) -> None:
        shown = [
            point
            for point in self.every
            if self.code in ("", point.disagreement.code.uuid, point.disagreement.other.uuid if point.disagreement.other else "")
            and not (self.open_only and point.decision)
        ]
        if [point.key for point in shown] == [point.key for point in self.points] and not touch:
            before, self.points = self.points, shown
            for row, (old, new) in enumerate(zip(before, shown, strict=True)):
                if old is not new and old != new:
                    self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
            return
        self.beginResetModel()
        self.points = shown
        self.endResetModel()


class PointList(QListView):
    """Emits `chosen(Point)` when another row becomes current, `entered_row()` on Enter."""

    chosen = Signal(object)
    entered_row = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PointModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(theme, self))
        self.setAccessibleName(self.tr("Disagreements"))
        self.setAccessibleDescription(self.tr("1 to 5 settle, 0 takes it back, Enter goes to the reason"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(theme.px(2 * TWO_LINE_ROW))
        self.selectionModel().currentChanged.connect(self._choose)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def point(self) -> Point | None:
        """The current difference."""
        index = self.currentIndex()
        return self.rows.points[index.row()] if index.isValid() and index.row() < len(self.rows.points) else None

    def go_to(self, row: int) -> None:
        """Make a row current and have it in sight."""
        index = self.rows.index(row, 0)
        self.setCurrentIndex(index)
        # What comes next is seen, too.
        for near in (row + 1, row):
            self.scrollTo(self.rows.index(min(near, self.rows.rowCount() - 1), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells: Enter leads to the reason."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit()
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.rows.points[index.row()])


class _Delegate(QStyledItemDelegate):
    """Paints one difference in two lines; a settled one paler, with its chip."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """Qt asks: two lines."""
        return QSize(self._theme.px(120), self._theme.px(TWO_LINE_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Qt asks: one row."""
        model = index.model()
        if not isinstance(model, PointModel):
            return
        theme, px, row = self._theme, self._theme.px, QRectF(option.rect)
        point = model.points[index.row()]
        painter.save()
        paint_ground(painter, theme, row, option)
        side = px(_SWATCH)
        swatch = QRectF(row.left() + px(PANE_PADDING), row.center().y() - side / 2, side, side)
        chip(painter, swatch, theme.code(point.disagreement.code.colour).solid, px(RADIUS_CHIP - 1))
        room = QRectF(swatch.right() + px(9), row.top(), 0, row.height())
        room.setRight(row.right() - px(PANE_PADDING))
        if point.decision is not None:
            room.setRight(self._chip(painter, room) - px(8))
        ink = theme.colour("text_muted" if point.decision else "text")
        above = QRectF(room.left(), row.top() + px(5), room.width(), px(18))
        line_of_text(painter, theme.font(BODY), ink, above, point.disagreement.code.name)
        below = QRectF(room.left(), row.top() + px(22), room.width(), px(16))
        line_of_text(painter, theme.font(SMALL), theme.colour("text_muted"), below, model.below(point))
        painter.restore()

    def _chip(self, painter: QPainter, room: QRectF) -> float:
        """The chip 'agreed' at the right of a row; where it begins."""
        theme, font, words = self._theme, self._theme.font(LABEL), self.tr("agreed")
        width = QFontMetricsF(font).horizontalAdvance(words) + theme.px(12)
        rect = QRectF(room.right() - width, room.center().y() - theme.px(9), width, theme.px(18))
        chip(painter, rect, theme.colour("ok_soft"), theme.px(RADIUS_CHIP))
        painter.setFont(font)
        painter.setPen(theme.colour("ok"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter.value, words)
        return rect.left()
