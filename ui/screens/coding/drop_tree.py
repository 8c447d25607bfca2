"""A tree of the side panes whose rows are dragged and take what is dropped on them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent

from ui.screens.coding.key_tree import KEY
from ui.screens.coding.row_painting import Tree

#: Given what is dragged, the key of the row below the pointer and whether Ctrl is held: what dropping it there does, '' for nothing.
Offer = Callable[[QMimeData, str, bool], str]


class DropTree(Tree):
    """Emits `dropped(data, key, copies)` for what `offer` has words for, and `told(str)` with these words while it is dragged."""

    dropped = Signal(QMimeData, str, bool)
    told = Signal(str)

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self._offer = offer
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(Tree.DragDropMode.DragDrop)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Says whether this can be dropped here."""
        self._judge(event)

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
