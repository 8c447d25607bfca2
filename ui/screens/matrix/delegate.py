"""How a line of the matrix is painted: names, headings, cells with heat, and the three ways in which a cell is empty."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qcode.exchange.exporters.wording import Look, name_of
from ui.icons import paint_icon
from ui.measures import BODY, LABEL, MATRIX_GROUP, MATRIX_ROW, SMALL, Type
from ui.painting import chip, hatch, line_of_text, unread_edge, wrapped
from ui.screens.matrix.bars import HEIGHT, WIDTH, paint_bars
from ui.screens.matrix.model import NAMES, MatrixModel, Shown
from ui.screens.matrix.summary_marks import DIAMOND, GAP, LINES, paint_diamond, paint_lines
from ui.theme import Theme, mix

VALUE = Type(15, 20, 600)
VALUE_EMPTY = Type(15, 20)
HEADING = Type(13, 18, 600)
BENEATH = Type(11, 14)
LEFT = 11
#: The bars stand so far from a number, which has at least so much room.
_GAP, _NUMBER = 9, 16
#: The marks of a summary end so far from the right edge of a cell, free of the edge that says what is not read.
_MARKS_END = 11
#: Pictures of cells that are kept: 12 MB of them at 100 %.
_MOST_PICTURES = 500


class MatrixDelegate(QStyledItemDelegate):
    """Paints every column of the matrix, in whichever of the three views it stands."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._renew()
        theme.changed.connect(self._renew)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Qt asks: headings are lower than codes."""
        model = index.model()
        is_heading = isinstance(model, MatrixModel) and model.line(index.row()).row is None
        return QSize(self._theme.px(100), self._theme.px(MATRIX_GROUP if is_heading else MATRIX_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Qt asks: one cell, with its lines at the right and below."""
        model = index.model()
        if not isinstance(model, MatrixModel):
            return
        painter.save()
        whole = QRectF(option.rect)
        cell = whole.adjusted(0, 0, -1, -1)
        row, column = index.row(), index.column()
        code = model.code(row)
        if code is None:
            self._heading(painter, cell, model, row, column)
        elif column == NAMES:
            self._name(painter, cell, name_of(code), self._theme.code(code.colour).solid)
        else:
            painter.drawPixmap(cell.topLeft(), self._drawn(model.shown(row, column), cell.size(), painter))
        line = self._colours["line"]
        painter.fillRect(QRectF(whole.left(), whole.bottom() - 1, whole.width(), 1), line)
        if column != model.totals - 1:  # the totals bring their own, stronger line
            painter.fillRect(QRectF(whole.right() - 1, whole.top(), 1, whole.height()), line)
        if column == model.totals:
            painter.fillRect(QRectF(whole.left(), whole.top(), 1, whole.height()), self._colours["line_strong"])
        if option.state & QStyle.StateFlag.State_Selected and column != NAMES:
            self._current(painter, whole)
        painter.restore()

    def _drawn(self, shown: Shown, size: QSizeF, painter: QPainter) -> QPixmap:
        """A cell's picture; many cells are alike, and a picture is ten times as fast as words and hatch."""
        ratio = painter.deviceTransform().m11()
        key = shown, size.width(), size.height(), ratio
        found = self._pictures.get(key)
        if found is None:
            if len(self._pictures) >= _MOST_PICTURES:
                self._pictures.clear()
            found = QPixmap((size * ratio).toSize())
            found.setDevicePixelRatio(ratio)
            within = QPainter(found)
            self._cell(within, QRectF(QPointF(0, 0), size), shown)
            within.end()
            self._pictures[key] = found
        return found

    def _renew(self) -> None:
        self._pictures: dict[tuple[Shown, float, float, float], QPixmap] = {}
        roles = ("paper", "panel", "text", "text_muted", "line", "line_strong", "hatch", "hatch_bg", "heat_ink", "accent", "warn")
        self._colours = {role: self._theme.colour(role) for role in roles}
        steps = (VALUE, VALUE_EMPTY, HEADING, BENEATH, BODY, LABEL, SMALL)
        self._fonts = {step: self._theme.font(step) for step in steps}

    def _heading(self, painter: QPainter, cell: QRectF, model: MatrixModel, row: int, column: int) -> None:
        px = self._theme.px
        painter.fillRect(cell, self._colours["panel"])
        if column != NAMES:
            self._text(painter, BODY, "text_muted", cell.adjusted(px(LEFT), 0, -px(4), 0), model.heading(row, column))
            return
        group = model.line(row).group
        arrow = "chevron-right" if model.is_folded(group) else "chevron-down"
        side = px(14)
        paint_icon(painter, QRectF(px(10), cell.center().y() - side / 2, side, side), arrow, self._colours["text_muted"])
        self._text(painter, HEADING, "text", cell.adjusted(px(30), 0, -px(6), 0), group.path)

    def _name(self, painter: QPainter, cell: QRectF, name: str, colour: QColor) -> None:
        px = self._theme.px
        painter.fillRect(cell, self._colours["paper"])
        chip(painter, QRectF(px(26), cell.center().y() - px(5), px(10), px(10)), colour, px(2))
        room = cell.adjusted(px(44), 0, -px(8), 0)
        lines = wrapped(name, self._fonts[BODY], room.width(), 2)
        height = px(16)
        top = cell.center().y() - height * len(lines) / 2
        for number, line in enumerate(lines):
            self._text(painter, BODY, "text", QRectF(room.left(), top + number * height, room.width(), height), line)

    def _cell(self, painter: QPainter, cell: QRectF, shown: Shown) -> None:
        match shown.look:
            case Look.FOUND:
                self._found(painter, cell, shown)
            case Look.NOTHING:
                painter.fillRect(cell, self._colours["panel" if shown.is_total else "paper"])
                self._words(painter, cell, shown, VALUE_EMPTY, self._colours["text_muted"])
            case Look.PARTLY:
                self._partly(painter, cell, shown)
            case _:
                self._unread(painter, cell, shown)
        if shown.is_summarised:
            self._marks(painter, cell, shown)

    def _found(self, painter: QPainter, cell: QRectF, shown: Shown) -> None:
        if shown.is_total:
            painter.fillRect(cell, self._colours["panel"])
            self._words(painter, cell, shown, VALUE, self._colours["text"], self._colours["text_muted"])
            return
        ground = self._theme.heat(shown.tone, shown.step)
        ink = self._colours["heat_ink"]
        painter.fillRect(cell, ground)
        self._words(painter, cell, shown, VALUE, ink, mix(ink, ground, 0.85))
        if shown.unread:
            unread_edge(painter, self._theme, cell, shown.unread)

    def _partly(self, painter: QPainter, cell: QRectF, shown: Shown) -> None:
        painter.fillRect(cell, self._colours["panel" if shown.is_total else "paper"])
        self._hatch(painter, cell.adjusted(cell.width() * 0.34, 0, 0, 0))
        self._words(painter, cell, shown, VALUE_EMPTY, self._colours["text_muted"], on_chip=True)

    def _unread(self, painter: QPainter, cell: QRectF, shown: Shown) -> None:
        self._hatch(painter, cell)
        px = self._theme.px
        words = self.tr("no sources") if shown.look is Look.EMPTY else self.tr("not yet read")
        upper = QRectF(cell.left() + px(LEFT), cell.top() + px(7), cell.width() - px(LEFT + 4), px(16))
        upper.setRight(min(upper.right(), self._marks_left(cell, shown)))
        self._on_chip(painter, SMALL, upper, words)
        if shown.beneath:
            self._on_chip(painter, BENEATH, self._lower(cell), shown.beneath)

    def _words(
        self,
        painter: QPainter,
        cell: QRectF,
        shown: Shown,
        step: Type,
        ink: QColor,
        second: QColor | None = None,
        on_chip: bool = False,
    ) -> None:
        px = self._theme.px
        upper = QRectF(cell.left() + px(LEFT), cell.top() + px(5), cell.width() - px(LEFT + 6), px(20))
        upper.setRight(self._marks_left(cell, shown))
        line_of_text(painter, self._fonts[step], ink, upper, shown.value)
        if shown.strength is not None:
            self._bars(painter, upper, shown, ink, step)
        if on_chip:
            self._on_chip(painter, BENEATH, self._lower(cell), shown.beneath)
        else:
            line_of_text(painter, self._fonts[BENEATH], second or ink, self._lower(cell), shown.beneath)

    def _marks(self, painter: QPainter, cell: QRectF, shown: Shown) -> None:
        """The marks of the summary, at the right of the number."""
        px, middle = self._theme.px, cell.top() + self._theme.px(15)
        left = self._marks_left(cell, shown) + px(GAP)
        on_heat = shown.look is Look.FOUND and not shown.is_total
        if shown.look not in (Look.FOUND, Look.NOTHING):
            ground = QRectF(left - px(GAP), middle - px(8), cell.right() - px(_MARKS_END - GAP) - left + px(GAP), px(16))
            chip(painter, ground, self._colours["hatch_bg"], px(3))
        if shown.is_stale:
            paint_diamond(painter, self._theme, QPointF(left, middle), self._colours["warn"])
            left += px(DIAMOND + GAP)
        ink = mix(self._colours["heat_ink"], self._theme.heat(shown.tone, shown.step), 0.75) if on_heat else self._colours["text_muted"]
        paint_lines(painter, self._theme, QPointF(left, middle), ink)

    def _marks_left(self, cell: QRectF, shown: Shown) -> float:
        """Up to where the upper line may go: the marks of the summary begin there, with a gap."""
        px = self._theme.px
        if not shown.is_summarised:
            return cell.right() - px(6)
        return cell.right() - px(_MARKS_END + LINES + GAP) - (px(DIAMOND + GAP) if shown.is_stale else 0)

    def _bars(self, painter: QPainter, upper: QRectF, shown: Shown, ink: QColor, step: Type) -> None:
        px = self._theme.px
        beside = max(QFontMetricsF(self._fonts[step]).horizontalAdvance(shown.value), px(_NUMBER)) + px(_GAP)
        if beside + px(WIDTH) <= upper.width():  # a long word, such as a level, has no room for them; it is said in the tooltip
            at = QPointF(round(upper.left() + beside), round(upper.center().y() - px(HEIGHT) / 2 + px(1)))
            paint_bars(painter, self._theme, at, shown.strength or 0, ink, contested=shown.contested)

    def _lower(self, cell: QRectF) -> QRectF:
        px = self._theme.px
        return QRectF(cell.left() + px(LEFT), cell.top() + px(25), cell.width() - px(LEFT + 6), px(14))

    def _on_chip(self, painter: QPainter, step: Type, rect: QRectF, text: str) -> None:
        """Words on a ground of their own, so that no hatch runs through them."""
        px = self._theme.px
        painter.setFont(self._fonts[step])
        width = min(painter.fontMetrics().horizontalAdvance(text), rect.width())
        chip(painter, rect.adjusted(-px(4), 0, width - rect.width() + px(4), 0), self._colours["hatch_bg"], px(3))
        self._text(painter, step, "text_muted", rect, text)

    def _hatch(self, painter: QPainter, rect: QRectF) -> None:
        hatch(painter, rect, self._colours["hatch_bg"], self._colours["hatch"], self._theme.px(10), 1.2)

    def _current(self, painter: QPainter, whole: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for inset, width, role in ((2.5, 1, "paper"), (1, 2, "accent")):
            pen = QPen(self._colours[role], width)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(whole.adjusted(inset, inset, -inset, -inset))

    def _text(self, painter: QPainter, step: Type, role: str, rect: QRectF, text: str) -> None:
        line_of_text(painter, self._fonts[step], self._colours[role], rect, text)
