"""The pane at the right: what the current cell rests on, down to each quote and its place in the text."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qcode.synthesis.summaries import Why
from qcode.views.matrix_cell import CellQuote, CellQuotes
from qcode.views.written_cell import WrittenCell
from ui.icons import keep_icon
from ui.measures import RADIUS_CHIP
from ui.painting import chip
from ui.screens.matrix.quotes import PADDING, QuoteDelegate, QuoteModel
from ui.screens.matrix.summary_panel import SummaryPanel
from ui.style import set_look
from ui.theme import Theme
from ui.widgets.choice_button import ChoiceButton
from ui.workspace import Place

#: Where no summary can stand.
NOT_WRITTEN = WrittenCell()


@dataclass(frozen=True, slots=True)
class CellWords:
    """What is said of a cell above its quotes. `empty` is the sentence that stands where there are none."""

    code: str
    column: str
    colour: str
    sentence: str
    empty: str


class DrillDown(QFrame):
    """Shows the quotes of one cell. Emits `go(Place)` for the quote that was entered, `put_away()` when its button was pressed."""

    go = Signal(object)
    put_away = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cell: CellQuotes | None = None
        self._words = CellWords("", "", "", "", "")
        self._by_group = True
        set_look(self, "panel")
        self.model = QuoteModel(self)
        self._swatch = _Swatch(theme, self)
        self._title, self._facts, self._count, self._empty = (QLabel(self) for _ in range(4))
        self._hide = QToolButton(self)
        self._order = ChoiceButton(theme, QMenu(), flat=True, parent=self)
        self.list = _QuoteList(self)
        self.summary = SummaryPanel(theme, self)
        self.summary.neighbour = self.list
        self._prepare()
        self._lay_out()
        theme.changed.connect(self._say)

    @property
    def cell(self) -> CellQuotes | None:
        """The quotes shown; None before the first."""
        return self._cell

    def show_cell(self, words: CellWords, cell: CellQuotes, written: WrittenCell = NOT_WRITTEN, *, is_total: bool = False) -> None:
        """Show another cell, or the same one counted again; `is_total` for all columns together."""
        self._words, self._cell = words, cell
        self.model.mark_new(one.coding for one in (written.summary.reasons if written.summary else ()) if one.why is Why.NEW)
        self.summary.show_written(written, cell.quotes, is_total=is_total)
        self._edge_below.setVisible(written.place is not None)
        self._order.setVisible(bool(cell.group_name))
        self._say()
        self._fill()

    def _prepare(self) -> None:
        for label in (self._title, self._facts):
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title.setWordWrap(True)
        self._facts.setWordWrap(True)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        set_look(self._title, "screen")
        set_look(self._facts, "small")
        set_look(self._count, "strong")
        set_look(self._empty, "muted")
        keep_icon(self._theme, self._hide, "panel-right")
        self._hide.setAccessibleName(self.tr("Put the quotes away"))
        self._hide.setToolTip(self.tr("Put the quotes away (Ctrl+Shift+B)"))
        self._hide.clicked.connect(self.put_away)
        menu = self._order.menu()
        menu.addAction(self.tr("By stakeholder group")).triggered.connect(lambda: self._set_order(True))
        menu.addAction(self.tr("By source")).triggered.connect(lambda: self._set_order(False))
        self.list.setModel(self.model)
        self.list.setItemDelegate(QuoteDelegate(self._theme, self.list))
        self.list.setAccessibleName(self.tr("Quotes of the cell"))
        self.list.setAccessibleDescription(self.tr("Enter opens the quote in its text; drag it out to take it along with its ID"))
        self.list.opened.connect(self._open)
        self.summary.quote_chosen.connect(self._choose)
        self.summary.quote_entered.connect(self._enter)

    def _lay_out(self) -> None:
        px = self._theme.px
        head = QHBoxLayout()
        head.setSpacing(px(9))
        head.addWidget(self._swatch, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._title, 1)
        head.addWidget(self._hide)
        above = QVBoxLayout()
        above.setContentsMargins(px(PADDING), px(8), px(8), px(10))
        above.setSpacing(px(2))
        above.addLayout(head)
        above.addWidget(self._facts)
        line, self._edge_below = QFrame(self), QFrame(self)
        for each in (line, self._edge_below):
            set_look(each, "line")
            each.setFixedHeight(1)
        title = QHBoxLayout()
        title.setContentsMargins(px(PADDING), px(4), px(8), px(2))
        title.addWidget(self._count, 1)
        title.addWidget(self._order)
        self._empty.setContentsMargins(px(PADDING), px(8), px(PADDING), 0)
        edge = QFrame(self)
        set_look(edge, "line")
        edge.setFixedWidth(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(edge)
        layout = QVBoxLayout()
        across.addLayout(layout, 1)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(line)
        layout.addWidget(self.summary)
        layout.addWidget(self._edge_below)
        layout.addLayout(title)
        layout.addWidget(self._empty)
        layout.addWidget(self.list, 1)

    def _say(self) -> None:
        """Title, facts and the head of the list, in the colours of now."""
        words, cell, colour = self._words, self._cell, self._theme.colour
        muted, text = colour("text_muted").name(), colour("text").name()
        inside = f"&nbsp;<span style='font-weight:400;font-size:{self._theme.px(13)}px;color:{muted}'>{self.tr('in')}</span>&nbsp; "
        self._title.setText(escape(words.code) + (inside + escape(words.column) if words.column else ""))
        self._title.setAccessibleName(words.sentence)
        self._swatch.show_colour(words.colour)
        facts = cell.facts() if cell else ()
        gap = "&nbsp;&nbsp;&nbsp; "
        self._facts.setText(gap.join(f"<span style='font-weight:600;color:{text}'>{n:,}</span>&nbsp;{escape(noun)}" for n, noun in facts))
        self._facts.setVisible(bool(facts))
        self._facts.setAccessibleName(", ".join(f"{n:,} {noun}" for n, noun in facts))
        self._order.setText(self.tr("By stakeholder group") if self._by_group else self.tr("By source"))
        self._order.setAccessibleName(self.tr("Order of the quotes: {}").format(self._order.text()))

    def _fill(self) -> None:
        cell = self._cell
        if cell is None:
            return
        kept = self.model.quote(self.list.currentIndex()).quote.id if self.list.currentIndex().isValid() else ""
        self.model.show_quotes(cell.by_group() if self._by_group and cell.group_name else cell.quotes)
        ids = [one.quote.id for one in self.model.quotes]
        self.list.setCurrentIndex(self.model.index(ids.index(kept) if kept in ids else 0, 0))
        count = len(cell.quotes)
        self._count.setText(self.tr("Quotes {}").format(f"{count:,}") if count else self.tr("Quotes"))
        self._empty.setText(self._words.empty)
        self._empty.setVisible(not count)
        self.list.setVisible(bool(count))

    def _set_order(self, by_group: bool) -> None:
        self._by_group = by_group
        self._say()
        self._fill()

    def _index_of(self, coding: str) -> QModelIndex:
        """Where a quote stands in the list; invalid, and said, where it is in another cell or gone."""
        codings = [one.coding for one in self.model.quotes]
        if coding not in codings:
            self.summary.said.emit(self.tr("This quote is not among the quotes of this cell any more."))
            return QModelIndex()
        return self.model.index(codings.index(coding), 0)

    def _choose(self, coding: str) -> None:
        index = self._index_of(coding)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enter(self, coding: str) -> None:
        index = self._index_of(coding)
        if index.isValid():
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        one: CellQuote = self.model.quote(index)
        self.go.emit(Place(one.source, one.quote.start, one.quote.end, one.coding))


class _QuoteList(QListView):
    """Emits `opened(index)` for Enter and double click."""

    opened = Signal(QModelIndex)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(60)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt tells: Enter opens the current quote."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt tells: other widths wrap otherwise."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _Swatch(QWidget):
    """The colour of the code."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._colour = theme, ""
        self.setFixedSize(theme.px(12), theme.px(12))
        theme.changed.connect(self.update)

    def show_colour(self, colour: str) -> None:
        """Show the colour of another code; '' for none."""
        self._colour = colour
        self.setVisible(bool(colour))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt asks: the square."""
        painter = QPainter(self)
        chip(painter, self.rect().toRectF(), self._theme.code(self._colour).solid, self._theme.px(RADIUS_CHIP - 1))
        painter.end()
