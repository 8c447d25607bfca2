"""What the rows of the side panes have in common: ground, arrow, and text cut to its room."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from ui.icons import paint_icon
from ui.measures import BODY, TREE_ROW, Type
from ui.theme import Theme

_BAR = 2
_ARROW = 14
_MIDDLE = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value
_LEFT, _RIGHT = _MIDDLE | Qt.AlignmentFlag.AlignLeft.value, _MIDDLE | Qt.AlignmentFlag.AlignRight.value


class RowDelegate(QStyledItemDelegate):
    """Paints rows by itself; subclasses paint what stands in them in `paint_row`."""

    def __init__(self, theme: Theme, view: QTreeView) -> None:
        super().__init__(view)
        self.theme = theme
        self.view = view
        self._fonts: dict[tuple[bool, Type], tuple[QFont, QFontMetricsF]] = {}
        theme.changed.connect(self._forget_fonts)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the theme's rows, more where the font needs it."""
        return QSize(80, max(self.theme.px(TREE_ROW), round(QFontMetricsF(self.theme.font(BODY)).height()) + 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Ground, then what the subclass paints, over the whole width of the view."""
        row = QRect(0, option.rect.top(), self.view.viewport().width(), option.rect.height())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected:
            painter.fillRect(row, self.theme.colour("row_selected"))
            painter.fillRect(QRect(0, row.top(), self.theme.px(_BAR), row.height()), self.theme.colour("accent"))
        elif hovered:
            painter.fillRect(row, self.theme.colour("hover"))
        painter.save()
        self.paint_row(painter, QRectF(row), index, selected)
        painter.restore()

    def paint_row(self, painter: QPainter, row: QRectF, index: QModelIndex | QPersistentModelIndex, selected: bool) -> None:
        """Paint one row; `row` is as wide as the view."""

    def arrow(self, painter: QPainter, row: QRectF, x: float, index: QModelIndex | QPersistentModelIndex) -> None:
        """The arrow of a row with rows below it."""
        side = self.theme.px(_ARROW)
        name = "chevron-down" if self.view.isExpanded(index) else "chevron-right"
        paint_icon(painter, QRectF(x, row.center().y() - side / 2, side, side), name, self.theme.colour("text_muted"))

    def font(self, bold: bool = False, step: Type = BODY) -> tuple[QFont, QFontMetricsF]:
        """A font of the rows with its metrics."""
        found = self._fonts.get((bold, step))
        if found is None:
            font = self.theme.font(step)
            if bold:
                font.setWeight(QFont.Weight.DemiBold)
            found = self._fonts[bold, step] = font, QFontMetricsF(font)
        return found

    def write(
        self, painter: QPainter, rect: QRectF, words: str, colour: QColor, font: tuple[QFont, QFontMetricsF], *, right: bool = False
    ) -> float:
        """Words in the middle of a row's height, cut to their room; gives their width."""
        painter.setFont(font[0])
        painter.setPen(colour)
        width = font[1].horizontalAdvance(words)
        if width > rect.width():
            words = font[1].elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
            width = font[1].horizontalAdvance(words)
        painter.drawText(rect, _RIGHT if right else _LEFT, words)
        return width

    def _forget_fonts(self) -> None:
        # Not the dictionary's own method: the theme would hold on to that for ever.
        self._fonts.clear()


class Tree(QTreeView):
    """A tree whose delegate paints its arrows, too; a click on a row with rows below it folds it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setMouseTracking(True)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)

    def drawBranches(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Nothing: the delegate does it."""
