"""An end of a coding dragged with the mouse: to words, or with Alt to letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from qcode.model.span import Span
from ui.screens.coding.moved_ends import dragged
from ui.screens.coding.stripes import End, Stripes

if TYPE_CHECKING:
    from ui.screens.coding.text_pane import TextPane


class EndDrag(QObject):
    """While an end of a stripe is dragged, selects what the coding would be; asks for it once the end is let go."""

    def __init__(self, pane: TextPane, stripes: Stripes) -> None:
        super().__init__(pane)
        self._pane = pane
        stripes.end_dragged.connect(self._show)
        stripes.end_dropped.connect(self._drop)

    def _span(self, uuid: str, end: int, point: QPoint, letters: bool) -> Span | None:
        pane = self._pane
        coding = pane.marks.coding(uuid)
        if coding is None:
            return None
        if pane.stripes.is_handle(uuid, End(end), point):
            return coding.span
        beside = point.x() >= pane.editor.viewport().width()
        place = pane.position_at(QPoint(0, point.y()) if beside and end == End.START else point)
        return dragged(pane, coding.span, End(end), place, letters=letters)

    def _show(self, uuid: str, end: int, point: QPoint, letters: bool) -> None:
        self._pane.select(self._span(uuid, end, point, letters))

    def _drop(self, uuid: str, end: int, point: QPoint, letters: bool) -> None:
        span = self._span(uuid, end, point, letters)
        if span:
            self._pane.select(None)
            self._pane.ends_moved.emit(uuid, span.start, span.end)
