"""A tree of the side panes whose rows are dragged and take what is dropped on them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

from ui.screens.coding.key_tree import KEY
from ui.screens.coding.mime import KINDS
from ui.screens.coding.row_painting import Tree

#: Given what is dragged, the key of the row below the pointer and whether Ctrl is held: what dropping it there does, '' for nothing.
Offer = Callable[[QMimeData, str, bool], str]


class DropTree(Tree):
    """Emits `dropped(data, key, copies)` for what `offer` has words for, `told(str)` with these words while it is dragged, and `let_go()`
    when a row that was dragged from here is dragged no more, wherever it was dropped."""

    dropped = Signal(QMimeData, str, bool)
    told = Signal(str)
    let_go = Signal()

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self._offer = offer
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(Tree.DragDropMode.DragDrop)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drags the row under the pointer."""
        super().startDrag(actions)
        self.let_go.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes what a row may take: what is turned away when it comes in, over the row it began on or below all rows, is not asked about
        again."""
        self._judge(event)
        event.setAccepted(any(event.mimeData().hasFormat(kind) for kind in KINDS))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Says whether this can be dropped there."""
        self._judge(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is dropped."""
        self.told.emit("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes what is dropped."""
        self._judge(event)
        if event.isAccepted():
            self.dropped.emit(event.mimeData(), self._key_at(event), _copies(event))

    def _judge(self, event: QDropEvent) -> None:
        words = self._offer(event.mimeData(), self._key_at(event), _copies(event))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(bool(words))
        self.told.emit(words)

    def _key_at(self, event: QDropEvent) -> str:
        index = self.indexAt(event.position().toPoint())
        return str(index.data(KEY)) if index.isValid() else ""


def _copies(event: QDropEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
