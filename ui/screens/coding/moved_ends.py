"""What a passage becomes when one of its ends is moved, by mouse or by keys: by words or by letters, and in whole letters always."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qcode.model.span import Span
from qcode.text.ends import dragged_end, dragged_start, stepped_end, stepped_start
from ui.screens.coding.stripes import End

if TYPE_CHECKING:
    from ui.screens.coding.text_pane import TextPane


def dragged(pane: TextPane, span: Span, end: End, place: int, *, letters: bool) -> Span:
    """`span` with its `end` at the word nearest to `place`, or with `letters` at `place`; as it was where its end stands there already."""
    if place == (span.start if end is End.START else span.end):
        return span
    if not letters:
        place = (dragged_start if end is End.START else dragged_end)(pane.text, span, place)
    return _with_end(pane, span, end, place)


def stepped(pane: TextPane, span: Span, end: End, by: int, *, letters: bool) -> Span:
    """`span` with its `end` one word or letter further (`by` 1) or back (-1)."""
    place = None
    if not letters:
        place = (stepped_start if end is End.START else stepped_end)(pane.text, span, by)
    if place is None:
        place = pane.letter_beside(span.start if end is End.START else span.end, by)
    return _with_end(pane, span, end, place)


def _with_end(pane: TextPane, span: Span, end: End, place: int) -> Span:
    """At least one letter stays."""
    if end is End.START:
        return pane.whole(Span(min(place, pane.letter_beside(span.end, -1)), span.end))
    return pane.whole(Span(span.start, max(place, pane.letter_beside(span.start, 1))))
