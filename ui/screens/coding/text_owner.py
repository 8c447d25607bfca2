"""What the editors ask for: what lies behind their text, what a key means, what is dragged out of them and dropped on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData, QObject, QPoint
from PySide6.QtGui import QKeyEvent, QPainter

from qcode.model.span import Span
from ui.screens.coding.mime import CODE, PASSAGE

if TYPE_CHECKING:
    from ui.screens.coding.text_pane import TextPane


class TextOwner(QObject):
    """Answers for one pane of text."""

    def __init__(self, pane: TextPane) -> None:
        super().__init__(pane)
        self._pane = pane

    def paint_under(self, painter: QPainter) -> None:
        """Paint what stands behind the text."""
        self._pane.page.paint_under(painter)

    def take_key(self, event: QKeyEvent) -> bool:
        """Ask whoever has the keys."""
        return self._pane.keys(event)

    def passage_as_data(self) -> QMimeData:
        """The selected passage, in the stored letters, to be copied or dragged."""
        data = QMimeData()
        span = self._pane.selection()
        if span:
            data.setText(span.of(self._pane.text))
            data.setData(PASSAGE, QByteArray(f"{span.start} {span.end}".encode()))
        return data

    def triple_click(self, point: QPoint) -> None:
        """Select the sentence at a point of the viewport."""
        self._pane.select(self._pane.sentence(self._pane.position_at(point)))

    def show_menu(self, point: QPoint) -> None:
        """Ask for the menu."""
        self._pane.menu_wanted.emit(point)

    def takes(self, data: QMimeData) -> bool:
        """A code can be dropped."""
        return data.hasFormat(CODE)

    def take_drop(self, data: QMimeData, point: QPoint, now: bool) -> bool:
        """A code may be dropped: on the selection, else on the sentence there."""
        if not self.takes(data):
            return False
        code = bytes(data.data(CODE).data()).decode()
        selected, there = self._pane.selection(), self._pane.position_at(point)
        span = selected if selected and selected.start <= there <= selected.end else self._pane.sentence(there)
        if span is None:
            return False
        if now:
            self._pane.dropped.emit(code, span)
        else:
            what = self.tr("the selected passage") if span == selected else self.tr("this sentence")
            self._pane.told.emit(self.tr("Drop to apply {code} to {what}").format(code=self._pane.marks.name(code), what=what))
        return True

    def select_paragraph(self, number: int) -> None:
        """Select the paragraph of this number, from 0."""
        block = self._pane.shown.blocks[number]
        self._pane.select(Span(block.start, block.end))
        self._pane.editor.setFocus()
