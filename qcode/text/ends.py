"""Where an end of a passage comes to stand that is moved by words: never so far past the other end that no whole word is left."""

from __future__ import annotations

from qcode.model.span import Span
from qcode.text.words import nearest_word_end, nearest_word_start, next_word_end, next_word_start, with_closing, words_in


def dragged_start(text: str, span: Span, place: int) -> int:
    """The start of `span` once it is dragged to `place` (code points): at the nearest word, the last one of the passage at most."""
    return _start_within(text, span, nearest_word_start(text, place))


def dragged_end(text: str, span: Span, place: int) -> int:
    """The end of `span` once it is dragged to `place`: after the nearest word, the first one of the passage at least."""
    return _end_within(text, span, nearest_word_end(text, place))


def stepped_start(text: str, span: Span, by: int) -> int | None:
    """The start of `span` one word further (`by` 1) or back (-1), as it was where the passage is one word; None where no word is near."""
    found = next_word_start(text, span.start, by)
    return None if found is None else _start_within(text, span, found)


def stepped_end(text: str, span: Span, by: int) -> int | None:
    """The same for the end."""
    found = next_word_end(text, span.end, by)
    return None if found is None else _end_within(text, span, found)


def _start_within(text: str, span: Span, found: int) -> int:
    if found <= span.start or next(words_in(text, found, span.end), None):
        return found
    return max((word.start for word in words_in(text, span.start, span.end)), default=span.start)


def _end_within(text: str, span: Span, found: int) -> int:
    first = next(words_in(text, span.start, span.end), None)
    if found >= span.end or first is None:
        return max(found, span.end)
    return max(found, min(with_closing(text, first.end), span.end))
