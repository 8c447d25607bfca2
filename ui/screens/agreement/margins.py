"""Beside the text: at each side the passages of one coder as stripes, their labels outward; at left paragraph numbers as well."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from qcode.agreement.units import Ranges
from qcode.text.lanes import lanes_of
from qcode.text.stretches import Stretches
from qcode.views.adjudication import Lane
from ui.document.document_edit import Editor, Placed, rows_of
from ui.document.lane_lines import LaneLines
from ui.document.shown_text import ShownText
from ui.measures import LABEL, SMALL, STRIPE, STRIPE_PITCH
from ui.painting import wrapped
from ui.theme import Theme

#: Between text and numbers or stripes, and the room of the numbers with the bar before them.
_GAP = 12
_NUMBERS = 26
_BESIDE = 9
#: So many lanes have their room beside the labels; more of them take the labels' room.
_MOST_LANES = 3
_LINE = 14
#: In less room no label says anything; the tooltip does.
_LEAST_LABEL = 40


@dataclass(frozen=True, slots=True)
class _Stripe:
    lane: Lane
    rect: QRectF


class Margin(QWidget):
    """One coder's side. `is_left` also numbers the paragraphs and marks the current difference with a bar.

    Emits `pointed(position)` with the code point a stripe that was clicked begins at.
    """

    pointed = Signal(int)

    def __init__(self, theme: Theme, editor: Editor, is_left: bool) -> None:
        super().__init__(editor)
        self._theme, self._editor, self._is_left = theme, editor, is_left
        self._shown = ShownText("", ())
        self._lanes: Sequence[Lane] = ()
        self._stretches = Stretches()
        self._lines = LaneLines(editor, lambda start, end: self._stretches.cluster(start, end))
        self._most = 1
        self._bar: Ranges = []
        self._stripes: list[_Stripe] = []
        self.setMouseTracking(True)

    def show_text(self, shown: ShownText, lanes: Sequence[Lane], coder: str) -> None:
        """Show the passages of another text."""
        self._shown, self._lanes = shown, lanes
        to_units = shown.positions.to_units
        self._stretches = Stretches((to_units(lane.start), to_units(lane.end), str(at)) for at, lane in enumerate(lanes))
        self._most = max(lanes_of(self._stretches.all()).values(), default=0) + 1
        self.setAccessibleName(self.tr("Passages of {0}").format(coder))
        said = (self.tr("{0}, paragraph {1}").format(one.code.name, shown.paragraph_at(one.start) + 1) for one in lanes)
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def show_bar(self, spans: Ranges) -> None:
        """Mark where the current difference lies."""
        self._bar = spans
        self.update()

    def least_width(self, label: int) -> int:
        """How wide it is with labels of `label` pixels."""
        lanes = min(_MOST_LANES, self._most)
        return self._before() + self._theme.px(STRIPE_PITCH) * lanes + self._theme.px(_BESIDE) + label

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt asks: stripes, labels, numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.colour("paper"))
        visible = self._editor.visible()
        self._stripes = self._place(visible)
        for stripe in self._stripes:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.code(stripe.lane.code.colour).solid)
            painter.drawRoundedRect(stripe.rect, 1.5, 1.5)
        self._labels(painter)
        if self._is_left:
            self._paragraphs(painter, visible)
            self._paint_bar(painter, visible)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt tells: a click on a stripe or its label's line chooses it."""
        found = self._at(event.position())
        if found is not None:
            self.pointed.emit(found.lane.start)

    def event(self, event: QEvent) -> bool:
        """Qt tells: a tooltip names the stripe."""
        if isinstance(event, QHelpEvent):
            found = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), found.lane.code.path if found else "", self)
            return True
        return super().event(event)

    def _before(self) -> int:
        """What lies between the text and the first stripe."""
        return self._theme.px(_GAP + _NUMBERS + 4 if self._is_left else _GAP)

    def _at(self, point: QPointF) -> _Stripe | None:
        near = (one for one in self._stripes if one.rect.adjusted(-4, 0, 4, 0).contains(point))
        beside = (one for one in self._stripes if one.rect.top() <= point.y() <= one.rect.bottom())
        return next(near, None) or next(beside, None)

    def _place(self, visible: Sequence[Placed]) -> list[_Stripe]:
        """The stripes in sight; what begins or ends out of sight goes on a little beyond the edge."""
        if not visible:
            return []
        px = self._theme.px
        begins = [placed.block.position() for placed in visible]
        finish = visible[-1].block.position() + visible[-1].block.length()
        found = []
        numbers = self._lines.lanes(begins[0], finish)
        most = max(0, (self.width() - self._before()) // px(STRIPE_PITCH) - 1)
        for start, end, at in self._stretches.touching(begins[0], finish):
            lane = self._lanes[int(at)]
            top = self._edge(visible, begins, start)[0] if start >= begins[0] else -20.0
            bottom = self._edge(visible, begins, end - 1)[1] if end <= finish else self.height() + 20.0
            shift = self._before() + px(STRIPE_PITCH) * min(most, numbers[at])
            x = self.width() - shift - px(STRIPE) if self._is_left else shift
            if bottom > 2 and top < self.height():
                found.append(_Stripe(lane, QRectF(x, top + 1, px(STRIPE), max(px(6), bottom - top - 2))))
        return found

    def _edge(self, visible: Sequence[Placed], begins: Sequence[int], unit: int) -> tuple[float, float]:
        """Upper and lower edge of the line a unit stands in."""
        placed = visible[bisect_right(begins, unit) - 1]
        line = placed.block.layout().lineForTextPosition(unit - placed.block.position())
        return rows_of(line, placed.y) if line.isValid() else (placed.y, placed.y)

    def _labels(self, painter: QPainter) -> None:
        """The codes' names outward of the stripes where these begin, pushed down so that they do not meet."""
        if not self._stripes:
            return
        font, px = self._theme.font(LABEL), self._theme.px
        font.setWeight(QFont.Weight.Normal)
        beside = px(_BESIDE)
        if self._is_left:
            room = QRectF(px(8), 0, min(one.rect.left() for one in self._stripes) - beside - px(8), 0)
        else:
            left = max(one.rect.right() for one in self._stripes) + beside
            room = QRectF(left, 0, self.width() - left - px(6), 0)
        if room.width() < px(_LEAST_LABEL):
            return
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_muted"))
        side = Qt.AlignmentFlag.AlignRight if self._is_left else Qt.AlignmentFlag.AlignLeft
        free = -1e9
        for one in sorted(self._stripes, key=lambda one: (max(0.0, one.rect.top()), one.rect.left())):
            top = max(free, one.rect.top() + px(5), 2.0)
            # A second line only where nobody begins there.
            lines = wrapped(one.lane.code.name, font, room.width(), 2 if one.rect.height() > px(2 * _LINE) else 1)
            for line in lines:
                painter.drawText(QRectF(room.left(), top, room.width(), px(_LINE)), (side | Qt.AlignmentFlag.AlignVCenter).value, line)
                top += px(_LINE)
            free = top + 2

    def _paragraphs(self, painter: QPainter, visible: Sequence[Placed]) -> None:
        theme, px, positions = self._theme, self._theme.px, self._shown.positions
        font = theme.font(SMALL, figures=True)
        painter.setFont(font)
        painter.setPen(theme.colour("text_faint"))
        right = self.width() - px(_GAP)
        for placed in visible:
            begin = positions.to_characters(placed.block.position())
            number = self._shown.first_in(begin, begin + placed.block.length())
            line = placed.block.layout().lineAt(0)
            if number >= 0 and line.isValid():
                top, bottom = rows_of(line, placed.y)
                rect = QRectF(right - px(_NUMBERS), top, px(_NUMBERS), bottom - top)
                painter.drawText(rect, (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value, str(number + 1))

    def _paint_bar(self, painter: QPainter, visible: Sequence[Placed]) -> None:
        px, positions = self._theme.px, self._shown.positions
        begins = [placed.block.position() for placed in visible]
        for span in self._bar:
            start, end = (positions.to_units(place) for place in span)
            if not visible or end <= begins[0] or start >= visible[-1].block.position() + visible[-1].block.length():
                continue
            top = self._edge(visible, begins, max(start, begins[0]))[0]
            bottom = self._edge(visible, begins, end - 1)[1]
            painter.fillRect(QRectF(self.width() - px(_GAP + _NUMBERS), top, 2, bottom - top), self._theme.colour("accent"))
