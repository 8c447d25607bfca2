"""The right pane, above: the codebook, with how often each code stands here and everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout

from qcode.model.code import Code
from qcode.model.span import Span
from qcode.text.folding import fold
from qcode.views.coding_codes import CodeList
from ui.measures import BODY, LABEL
from ui.screens.coding.filter_field import FilterField
from ui.screens.coding.glyphs import paint_swatch
from ui.screens.coding.key_tree import KEY, AnyIndex, KeyTree
from ui.screens.coding.mime import CODE, PASSAGE
from ui.screens.coding.nothing import Nothing
from ui.screens.coding.row_painting import RowDelegate, Tree
from ui.style import set_look
from ui.theme import Theme

_PAUSE = 120
_ALL_WIDTH = 36
_HERE_WIDTH = 26


class CodesModel(KeyTree):
    """The codes as they stand in the codebook; with words only those whose path holds them, under those above them."""

    def __init__(self, codes: CodeList, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._codes = codes
        self._here: dict[str, int] = {}
        self.show_only("")

    def show_only(self, words: str) -> None:
        """Show the codes whose path holds every word."""
        wanted = fold(words).split()
        found = {code.uuid for code in self._codes.codes.values() if all(word in fold(code.path) for word in wanted)}
        for code in reversed(self._codes.codes.values()):
            if code.uuid in found and code.parent:
                found.add(code.parent)
        children: dict[str, list[str]] = {}
        for code in self._codes.codes.values():
            if code.uuid in found:
                children.setdefault(code.parent or "", []).append(code.uuid)
        self.fill(children)

    def set_here(self, counts: dict[str, int]) -> None:
        """Say how many codings each code has in the open source; only rows with another number are painted anew."""
        before, self._here = self._here, counts
        self.touch(code for code in {*before, *counts} if before.get(code, 0) != counts.get(code, 0))

    def code(self, key: str) -> Code | None:
        """The code of a row."""
        return self._codes.codes.get(key)

    def counts(self, key: str) -> tuple[int, int]:
        """How many codings a code has here and everywhere."""
        return self._here.get(key, 0), self._codes.counts.get(key, 0)

    def is_heading(self, key: str) -> bool:
        """Whether a code at the top only holds others together."""
        code = self.code(key)
        return bool(code and code.depth == 1 and self.rowCount(self.index_of(key)) and not self._codes.counts.get(key, 0))

    def words(self, key: str) -> str:
        """Read aloud: all that is painted, and the definition."""
        code = self.code(key)
        if code is None:
            return ""
        here, everywhere = self.counts(key)
        said = self.tr("{name}, {here} here, {all} in all").format(name=code.name, here=here, all=everywhere)
        return f"{said}. {code.definition}" if code.definition else said

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Qt: codes can be dragged, and passages dropped on them."""
        drags = Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | drags if index.isValid() else super().flags(index)

    def mimeTypes(self) -> list[str]:
        """Qt: what is dropped here."""
        return [PASSAGE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Qt: what is dragged from here."""
        data = QMimeData()
        if indexes:
            data.setData(CODE, QByteArray(str(indexes[0].data(KEY)).encode()))
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        """Qt: a code stays where it is."""
        return Qt.DropAction.CopyAction


class _CodeDelegate(RowDelegate):
    def paint_row(self, painter: QPainter, row: QRectF, index: AnyIndex, selected: bool) -> None:
        model, px, theme = index.model(), self.theme.px, self.theme
        if not isinstance(model, CodesModel):
            return
        key = str(index.data(KEY))
        code = model.code(key)
        if code is None:
            return
        here, everywhere = model.counts(key)
        heading = model.is_heading(key)
        x = float(px(14 + 16 * (code.depth - 1)))
        if model.rowCount(index):
            self.arrow(painter, row, x - px(4 if code.depth == 1 else 17), index)
        if code.depth == 1:
            x += px(16)
        if not heading:
            paint_swatch(painter, theme, x, row.center().y(), code.colour)
            x += px(16)
        end = row.right() - px(10)
        if not heading:
            faint = theme.colour("text_faint")
            self.write(
                painter,
                QRectF(end - px(_ALL_WIDTH), row.top(), px(_ALL_WIDTH), row.height()),
                str(everywhere),
                faint,
                self.font(),
                right=True,
            )
            rect = QRectF(end - px(_ALL_WIDTH + _HERE_WIDTH), row.top(), px(_HERE_WIDTH), row.height())
            self.write(painter, rect, str(here or "–"), theme.colour("text") if here else faint, self.font(bool(here)), right=True)
            end -= px(_ALL_WIDTH + _HERE_WIDTH)
        self.write(painter, QRectF(x, row.top(), end - x - px(4), row.height()), code.name, theme.colour("text"), self.font(heading, BODY))


class CodesView(Tree):
    """The codebook's tree. A passage dropped on a code is told by `passage_dropped(code, span)`; `told(str)` says what a drop will do."""

    passage_dropped = Signal(str, object)
    told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(Tree.DragDropMode.DragDrop)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Says whether this can be dropped here."""
        self._judge(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Says whether this can be dropped there."""
        self._judge(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes what is dropped."""
        self._judge(event)
        if event.isAccepted():
            start, end = bytes(event.mimeData().data(PASSAGE).data()).split()
            self.passage_dropped.emit(self._code_at(event), Span(int(start), int(end)))

    def _judge(self, event: QDropEvent) -> None:
        code = self._code_at(event) if event.mimeData().hasFormat(PASSAGE) else ""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(bool(code))
        model = self.model()
        if code and isinstance(model, CodesModel):
            found = model.code(code)
            self.told.emit(self.tr("Drop to apply {code}").format(code=found.name if found else ""))

    def _code_at(self, event: QDropEvent) -> str:
        index = self.indexAt(event.position().toPoint())
        return str(index.data(KEY)) if index.isValid() else ""


class CodebookPane(QFrame):
    """Emits `clicked(code)` for a click or Enter on a code, `passage_dropped(code, span)`, `told(str)`."""

    clicked = Signal(str)
    passage_dropped = Signal(str, object)
    told = Signal(str)

    def __init__(self, theme: Theme, codes: CodeList) -> None:
        super().__init__()
        self._theme, self._codes = theme, codes
        set_look(self, "panel")
        self.model = CodesModel(codes, self)
        self.view = CodesView()
        self.view.setAccessibleName(self.tr("Codebook"))
        self.view.setModel(self.model)
        self.view.setItemDelegate(_CodeDelegate(theme, self.view))
        self.view.passage_dropped.connect(self.passage_dropped)
        self.view.told.connect(self.told)
        self.view.clicked.connect(self._click)
        self.count = QLabel()
        set_look(self.count, "muted")
        self.field = FilterField(theme, self.tr("Filter codes"), "/", self.view)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._filter)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.nothing = Nothing(theme, "list-tree", self.tr("No codes here"), "", self.tr("Clear the filter"))
        self.nothing.asked.connect(self.field.clear)
        self._build()
        self._filter()
        theme.changed.connect(self._repaint)

    def patch(self, touched: set[str] | None, here: dict[str, int]) -> None:
        """Show what an act did: the counts of these codes, everything for None."""
        self.model.set_here(here)
        if touched is None:
            self._filter()
        else:
            self.model.touch(touched)

    def show_current(self, code: str) -> None:
        """Mark a code."""
        index = self.model.index_of(code)
        if index.isValid():
            self.view.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is a click."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.view.hasFocus():
            self._click(self.view.currentIndex())
        else:
            super().keyPressEvent(event)

    def _repaint(self) -> None:
        self.view.viewport().update()

    def _build(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(px(12), px(9), px(10), px(7))
        head.setSpacing(px(7))
        title = QLabel(self.tr("Codebook"))
        set_look(title, "strong")
        head.addWidget(title)
        head.addWidget(self.count)
        head.addStretch(1)
        for words in (self.tr("here"), self.tr("all")):
            label = QLabel(words)
            set_look(label, "label")
            label.setFont(self._theme.font(LABEL))
            head.addWidget(label)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setContentsMargins(px(10), 0, px(10), px(6))
        row.addWidget(self.field)
        column.addLayout(row)
        # Put in first: a stack that stands nowhere shows its first widget as a window of its own.
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.nothing)

    def _filter(self) -> None:
        self._pause.stop()
        current = str(self.view.currentIndex().data(KEY) or "")
        shut = (
            {key for key in self.model.all_keys() if not self.view.isExpanded(self.model.index_of(key))} if self._shown_before() else set()
        )
        self.model.show_only(self.field.text())
        self.view.expandAll()
        if not self.field.text():
            for key in shut:
                self.view.collapse(self.model.index_of(key))
        self.show_current(current)
        self.count.setText(str(len(self._codes.codes)))
        self._stack.setCurrentWidget(self.view if self.model.rowCount() else self.nothing)

    def _shown_before(self) -> bool:
        return any(self.view.isExpanded(self.model.index_of(key)) for key in self.model.all_keys())

    def _click(self, index: QModelIndex) -> None:
        key = str(index.data(KEY) or "")
        if self.model.is_heading(key):
            self.view.setExpanded(index, not self.view.isExpanded(index))
        elif key:
            self.clicked.emit(key)
