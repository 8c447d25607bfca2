"""The two read-only editors a text is shown in, and what both can tell of their geometry: up to a megabyte, and beyond."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextLine,
)
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit

_READING = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class Placed(NamedTuple):
    """A paragraph of Qt's and where its layout begins, in pixels of the viewport."""

    block: QTextBlock
    x: float
    y: float


class Owner(Protocol):
    """Who the editors ask what to paint and what to do."""

    def paint_under(self, painter: QPainter) -> None:
        """Paint what stands behind the text."""

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means here; False to leave it to Qt."""

    def passage_as_data(self) -> QMimeData:
        """The selected passage for the clipboard and for dragging."""

    def triple_click(self, point: QPoint) -> None:
        """Select the sentence there."""

    def takes(self, data: QMimeData) -> bool:
        """Whether something can be dropped anywhere here."""

    def take_drop(self, data: QMimeData, point: QPoint, now: bool) -> bool:
        """Whether something can be dropped there; with `now` it is."""

    def show_menu(self, point: QPoint) -> None:
        """Show the menu of what can be done here, at a global point."""


class _Clicks:
    """Tells the third click in a row from a first one: Qt has no event for it."""

    def __init__(self) -> None:
        self._since = 0
        self._point = QPoint()

    def note_double(self, event: QMouseEvent) -> None:
        self._since, self._point = event.timestamp(), event.position().toPoint()

    def is_third(self, event: QMouseEvent) -> bool:
        near = (event.position().toPoint() - self._point).manhattanLength() <= QApplication.startDragDistance()
        quick = event.timestamp() - self._since <= QApplication.doubleClickInterval()
        return bool(self._since) and near and quick and event.button() is Qt.MouseButton.LeftButton


class DocumentEdit(QTextEdit):
    """The editor for texts up to a megabyte: line heights and distances are the document's own."""

    def __init__(self, owner: Owner) -> None:
        super().__init__()
        self._owner = owner
        self._clicks = _Clicks()
        self._first = 0
        self._seen: list[Placed] = []
        self._seen_at: tuple[QTextDocument, int, QSize] | None = None
        _make_reading(self)

    def visible(self) -> list[Placed]:
        """The blocks in sight, from the top."""
        now = (self.document(), self.verticalScrollBar().value(), self.viewport().size())
        if now != self._seen_at:
            # Text, washes, numbers and stripes ask one after the other for the same.
            self._seen, self._seen_at = list(self._look()), now
        return self._seen

    def _look(self) -> Iterator[Placed]:
        layout = self.document().documentLayout()
        scrolled = self.verticalScrollBar().value()
        block = self._first_below(scrolled)
        bottom = scrolled + self.viewport().height()
        while block.isValid():
            rect = layout.blockBoundingRect(block)
            if rect.top() > bottom:
                return
            yield Placed(block, rect.left(), rect.top() - scrolled)
            block = block.next()

    def lay_out(self, block: QTextBlock) -> None:
        """Nothing has to be asked for: Qt lays out from the top on, and what is not reached yet comes by itself."""

    def scroll_to(self, cursor: QTextCursor) -> None:
        """Have the line of `cursor` stand in the upper third."""
        block = cursor.block()
        top = self.document().documentLayout().blockBoundingRect(block).top()
        line = block.layout().lineForTextPosition(cursor.positionInBlock())
        self.verticalScrollBar().setValue(round(top + (line.y() if line.isValid() else 0) - self.viewport().height() / 3))

    def _first_below(self, y: float) -> QTextBlock:
        """The first block that reaches below `y`, found by halving; only what lies near the last one found is asked for first, for
        asking for a block has everything above it laid out."""
        document = self.document()
        layout = document.documentLayout()

        def bottom(number: int) -> float:
            return layout.blockBoundingRect(document.findBlockByNumber(number)).bottom()

        count = document.blockCount()
        low, high, step = 0, min(self._first, count - 1), 1
        while high < count - 1 and bottom(high) < y:
            low, high, step = high + 1, min(count - 1, high + step), step * 2
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if bottom(middle) < y else (low, middle)
        self._first = low
        return document.findBlockByNumber(low)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints what stands behind the text, then the text."""
        _paint_under(self, self._owner)
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Asks the owner first."""
        if not self._owner.take_key(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A third click selects the sentence."""
        if self._clicks.is_third(event):
            self._owner.triple_click(event.position().toPoint())
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Selects a word."""
        self._clicks.note_double(event)
        super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for the menu."""
        self._owner.show_menu(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:
        """The stored letters, not what Qt shows for them."""
        return self._owner.passage_as_data()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Nothing can be put into a text that is read."""
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes what may be dropped somewhere in the text: what is turned away when it comes in is not asked about again."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(self._owner.takes(event.mimeData()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Says whether this can be dropped there."""
        _judge_drag(event, self._owner)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is dropped."""
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes what is dropped."""
        _take_drop(event, self._owner)


class LongDocumentEdit(QPlainTextEdit):
    """The editor for texts beyond a megabyte: lays out only what is in sight."""

    def __init__(self, owner: Owner) -> None:
        super().__init__()
        self._owner = owner
        self._clicks = _Clicks()
        _make_reading(self)

    def visible(self) -> list[Placed]:
        """The blocks in sight, from the top."""
        return list(self._look())

    def _look(self) -> Iterator[Placed]:
        block, offset = self.firstVisibleBlock(), self.contentOffset()
        bottom = self.viewport().height()
        rect = self.blockBoundingGeometry(block).translated(offset) if block.isValid() else QRectF()
        while block.isValid() and rect.top() <= bottom:
            yield Placed(block, rect.left(), rect.top())
            block = block.next()
            rect = self.blockBoundingRect(block).translated(rect.left(), rect.bottom())

    def lay_out(self, block: QTextBlock) -> None:
        """Have the lines of a block known, though it may be out of sight."""
        self.document().documentLayout().blockBoundingRect(block)

    def scroll_to(self, cursor: QTextCursor) -> None:
        """Have the line of `cursor` stand in the middle."""
        self.setTextCursor(cursor)
        self.centerCursor()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints what stands behind the text, then the text."""
        _paint_under(self, self._owner)
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Asks the owner first."""
        if not self._owner.take_key(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A third click selects the sentence."""
        if self._clicks.is_third(event):
            self._owner.triple_click(event.position().toPoint())
        else:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Selects a word."""
        self._clicks.note_double(event)
        super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for the menu."""
        self._owner.show_menu(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:
        """The stored letters, not what Qt shows for them."""
        return self._owner.passage_as_data()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Nothing can be put into a text that is read."""
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes what may be dropped somewhere in the text: what is turned away when it comes in is not asked about again."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(self._owner.takes(event.mimeData()))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Says whether this can be dropped there."""
        _judge_drag(event, self._owner)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is dropped."""
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes what is dropped."""
        _take_drop(event, self._owner)


Editor = DocumentEdit | LongDocumentEdit


def rows_of(line: QTextLine, top: float) -> tuple[float, float]:
    """Upper and lower edge of the ground behind one line whose block begins at `top`; the lines of a paragraph leave 2 px between."""
    return top + line.y() - 2, top + line.y() + line.height()


def _make_reading(edit: Editor) -> None:
    edit.setReadOnly(True)
    edit.setUndoRedoEnabled(False)
    edit.setTextInteractionFlags(_READING)
    edit.setFrameShape(QTextEdit.Shape.NoFrame)
    edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # A bar that comes and goes would lay the text out twice.
    edit.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    edit.setAcceptDrops(True)
    edit.setTabChangesFocus(True)
    edit.setCursorWidth(2)


def _paint_under(edit: Editor, owner: Owner) -> None:
    # Closed before Qt paints the text: two painters on one widget at a time are not allowed.
    painter = QPainter(edit.viewport())
    owner.paint_under(painter)
    painter.end()


def _judge_drag(event: QDragMoveEvent, owner: Owner) -> None:
    event.setDropAction(Qt.DropAction.CopyAction)
    event.setAccepted(owner.take_drop(event.mimeData(), event.position().toPoint(), False))


def _take_drop(event: QDropEvent, owner: Owner) -> None:
    event.setDropAction(Qt.DropAction.CopyAction)
    event.setAccepted(owner.take_drop(event.mimeData(), event.position().toPoint(), True))
