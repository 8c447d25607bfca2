"""Beside the text at right: a stripe for each coding in lanes, with the code's name at its start; its ends can be dragged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QDrag, QFont, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from qcode.views.coding_document import Coding
from ui.document.document_edit import Editor, Placed, rows_of
from ui.document.lane_lines import LaneLines
from ui.measures import SMALL, STRIPE, STRIPE_AREA_LEAST, STRIPE_LABEL_PITCH, STRIPE_PITCH
from ui.screens.coding.marks import Marks
from ui.screens.coding.mime import CODING
from ui.screens.coding.stripe_painting import hatching, paint_leader, paint_stripe
from ui.theme import Theme

LANES_FROM = 22
_SELECTION_AT = 12
_GAP = 15
_HANDLE = 7


class End(IntEnum):
    """Which end of a passage."""

    START = 0
    END = 1


@dataclass(frozen=True, slots=True)
class Stripe:
    """One coding's stripe in pixels of this widget; ends that lie out of sight are beyond its edges."""

    uuid: str
    code: str
    x: float
    top: float
    bottom: float

    def rect(self, width: float) -> QRectF:
        """What is filled."""
        return QRectF(self.x, self.top, width, max(4.0, self.bottom - self.top))


@dataclass(frozen=True, slots=True)
class Label:
    """A stripe's name: its middle line."""

    stripe: Stripe
    x: float
    y: float


class Stripes(QWidget):
    """The stripes beside one editor.

    Emits `clicked(uuid)` ('' beside all stripes), `memo_wanted(uuid)`, and while an end is dragged `end_dragged(uuid, end, point, letters)`
    with the point in pixels of the editor's viewport and whether Alt asks for letters, then `end_dropped` with the same.
    """

    clicked = Signal(str)
    memo_wanted = Signal(str)
    end_dragged = Signal(str, int, QPoint, bool)
    end_dropped = Signal(str, int, QPoint, bool)

    def __init__(self, theme: Theme, editor: Editor, marks: Marks) -> None:
        super().__init__(editor)
        self._theme, self._editor = theme, editor
        self.marks = marks
        self._lanes = LaneLines(editor, marks.cluster)
        #: What a screen reader says of a coding.
        self.spoken: Callable[[Coding], str] = lambda coding: marks.name(coding.code)
        self._pressed: tuple[str, QPoint] | None = None
        self._had_selection = False
        self._stripes: list[Stripe] = []
        self._labels: list[Label] = []
        self._begins: list[int] = []
        self._finish = 0
        self._hovered = ""
        self._dragged: tuple[str, End] | None = None
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(self.tr("Codings in the margin"))

    @property
    def shown(self) -> list[Stripe]:
        """The stripes as they were painted last."""
        return self._stripes

    def global_rect(self, coding: str) -> QRect:
        """Where a coding's stripe is on the screen, empty while it is out of sight."""
        found = next((stripe for stripe in self._stripes if stripe.uuid == coding), None)
        if found is None:
            return QRect()
        rect = found.rect(self._theme.px(STRIPE)).toAlignedRect() & self.rect()
        return QRect(self.mapToGlobal(rect.topLeft()), rect.size())

    def follow_selection(self) -> None:
        """Draw the bar beside the selected text anew, and nothing else."""
        selects = self._editor.textCursor().hasSelection()
        if selects or self._had_selection:
            self.update(0, 0, self._bar_room(), self.height())
        self._had_selection = selects

    @property
    def labels(self) -> list[Label]:
        """The labels as they were painted last."""
        return self._labels

    def at(self, point: QPointF) -> str:
        """The coding (a UUID) whose stripe or label is at a point, '' where none is."""
        half, width = (self._theme.px(STRIPE_PITCH) - self._theme.px(STRIPE)) / 2, self._theme.px(STRIPE)
        for more in (0, 2):
            for stripe in self._stripes:
                if stripe.rect(width).adjusted(-half, -more, half, more).contains(point):
                    return stripe.uuid
        reach = self._theme.px(STRIPE_LABEL_PITCH) / 2
        return next((one.stripe.uuid for one in self._labels if point.x() >= one.x - 4 and abs(point.y() - one.y) <= reach), "")

    def is_handle(self, coding: str, end: End, point: QPoint) -> bool:
        """Whether a point of the editor's viewport is on the handle of that end, where a press takes it."""
        here = self.mapFromGlobal(self._editor.viewport().mapToGlobal(point))
        return coding == self.marks.selected and self._handle_at(QPointF(here)) is end

    def lay_out(self) -> None:
        """Reckon the stripes and labels of what is in sight."""
        visible = self._editor.visible()
        self._stripes, self._labels = [], []
        if not visible:
            return
        start, end = self._note_edges(visible)
        lanes = self._lanes.lanes(start, end)
        pitch, first = self._theme.px(STRIPE_PITCH), self._theme.px(LANES_FROM)
        for begin, finish, uuid in self.marks.touching(start, end):
            coding = self.marks.coding(uuid)
            if coding is None:
                continue
            top = self._edge(visible, begin, End.START)
            bottom = self._edge(visible, finish - 1, End.END)
            self._stripes.append(Stripe(uuid, coding.code, first + pitch * lanes[uuid], top + 1, bottom - 1))
        self._labels = self._place_labels()

    def _note_edges(self, visible: list[Placed]) -> tuple[int, int]:
        """Keep where the blocks in sight begin; first and last unit in sight."""
        self._begins = [placed.block.position() for placed in visible]
        self._finish = self._begins[-1] + visible[-1].block.length()
        return self._begins[0], self._finish

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints itself."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.colour("paper"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_selection(painter)
        if event.rect().right() >= self._bar_room():
            self.lay_out()
            self._paint_stripes(painter)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follows the mouse."""
        if self._dragged:
            uuid, end = self._dragged
            self.end_dragged.emit(uuid, end, self._in_viewport(event), _by_letters(event))
            return
        if self._pressed and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag_when_far(event)
            return
        hovered = self.at(event.position())
        on_handle = self._handle_at(event.position()) is not None
        self.setCursor(
            Qt.CursorShape.SizeVerCursor if on_handle else Qt.CursorShape.PointingHandCursor if hovered else Qt.CursorShape.ArrowCursor
        )
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Selects a coding, or takes an end of the selected one."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        end = self._handle_at(event.position())
        if end is not None:
            self._dragged = (self.marks.selected, end)
            return
        coding = self.at(event.position())
        self._pressed = (coding, event.position().toPoint()) if coding else None
        self.clicked.emit(coding)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends what a press began."""
        self._pressed = None
        if self._dragged and event.button() is Qt.MouseButton.LeftButton:
            (uuid, end), self._dragged = self._dragged, None
            self.end_dropped.emit(uuid, end, self._in_viewport(event), _by_letters(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Asks for the memo."""
        uuid = self.at(event.position())
        if uuid:
            self.memo_wanted.emit(uuid)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        self._hovered = ""
        self.update()

    def event(self, event: QEvent) -> bool:
        """Shows tooltips; the rest is for Qt."""
        if isinstance(event, QHelpEvent):
            coding = self.marks.coding(self.at(QPointF(event.pos())))
            if coding:
                parts = [self.marks.name(coding.code), coding.coder, coding.memo]
                QToolTip.showText(event.globalPos(), "\n".join(part for part in parts if part), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _bar_room(self) -> int:
        """How far the bar beside the selected text reaches: left of all lanes and their handles."""
        return self._theme.px(_SELECTION_AT) + 2

    def _paint_stripes(self, painter: QPainter) -> None:
        plain, bold = self._theme.font(SMALL), self._theme.font(SMALL)
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetricsF(plain), QFontMetricsF(bold)
        text, muted = self._theme.colour("text"), self._theme.colour("text_muted")
        width = self._theme.px(STRIPE)
        hatch = hatching(self._theme.colour("paper").name(), width, self.devicePixelRatioF())
        for label in self._labels:
            paint_leader(painter, self.marks.colours(label.stripe.code).wash_overlap, label.stripe, label.x, label.y, width)
            selected = label.stripe.uuid == self.marks.selected
            painter.setFont(bold if selected else plain)
            painter.setPen(text if selected or label.stripe.uuid == self._hovered else muted)
            self._write(painter, label, metrics[selected])
        for stripe in self._stripes:
            coding = self.marks.coding(stripe.uuid)
            paint_stripe(
                painter,
                self._theme,
                stripe.rect(width),
                self.marks.colours(stripe.code).solid,
                hovered=stripe.uuid == self._hovered,
                selected=stripe.uuid == self.marks.selected,
                memo=bool(coding and coding.memo),
                hatch=hatch if self.marks.is_hatched(stripe.code) else None,
            )

    def _drag_when_far(self, event: QMouseEvent) -> None:
        """A stripe that is drawn away from its place is dragged: dropped on a code it becomes a coding of that."""
        if self._pressed is None:
            return
        coding, begin = self._pressed
        if (event.position().toPoint() - begin).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            data = QMimeData()
            data.setData(CODING, QByteArray(coding.encode()))
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)

    def _edge(self, visible: list[Placed], unit: int, end: End) -> float:
        """Where a unit's line begins or ends, just out of sight for what lies out of sight."""
        if unit < self._begins[0]:
            return -20.0
        if unit >= self._finish:
            return self.height() + 20.0
        number = bisect_right(self._begins, unit) - 1
        placed = visible[number]
        line = placed.block.layout().lineForTextPosition(unit - self._begins[number])
        return (rows_of(line, placed.y) if line.isValid() else (placed.y, placed.y))[end]

    def _place_labels(self) -> list[Label]:
        """Names in one column at the stripes' starts, pushed down so that they do not meet; none where there is no room for them."""
        if not self._stripes:
            return []
        x = max(stripe.x for stripe in self._stripes) + self._theme.px(STRIPE + _GAP)
        x = max(x, float(self._theme.px(LANES_FROM + 2 * STRIPE_PITCH + STRIPE + _GAP)))
        if self.width() - x < self._theme.px(STRIPE_AREA_LEAST):
            return []
        pitch = self._theme.px(STRIPE_LABEL_PITCH)
        found: list[Label] = []
        for stripe in sorted(self._stripes, key=lambda one: (one.top, one.x)):
            wanted = stripe.top + pitch / 2
            if stripe.top < 0:
                continue
            least = found[-1].y + pitch if found else wanted
            found.append(Label(stripe, x, max(wanted, least)))
        return found

    def _write(self, painter: QPainter, label: Label, metrics: QFontMetricsF) -> None:
        name = metrics.elidedText(self.marks.name(label.stripe.code), Qt.TextElideMode.ElideRight, self.width() - label.x - 4)
        painter.drawText(QPointF(label.x, label.y + (metrics.ascent() - metrics.descent()) / 2), name)

    def _paint_selection(self, painter: QPainter) -> None:
        """A bar beside the selected text."""
        cursor = self._editor.textCursor()
        visible = self._editor.visible() if cursor.hasSelection() else []
        if not visible:
            return
        self._note_edges(visible)
        top = self._edge(visible, cursor.selectionStart(), End.START)
        bottom = self._edge(visible, cursor.selectionEnd() - 1, End.END)
        painter.setPen(QPen(self._theme.colour("accent"), 2))
        painter.drawLine(QPointF(self._theme.px(_SELECTION_AT), top + 1), QPointF(self._theme.px(_SELECTION_AT), bottom - 1))

    def _handle_at(self, point: QPointF) -> End | None:
        found = next((stripe for stripe in self._stripes if stripe.uuid == self.marks.selected), None)
        if found is None or abs(point.x() - found.x - self._theme.px(STRIPE) / 2) > self._theme.px(_HANDLE):
            return None
        if abs(point.y() - found.top) <= 4:
            return End.START
        return End.END if abs(point.y() - found.bottom) <= 4 else None

    def _in_viewport(self, event: QMouseEvent) -> QPoint:
        return self._editor.viewport().mapFromGlobal(event.globalPosition().toPoint())


def _by_letters(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
