"""Where words begin and end, for ends of a passage that are dragged."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:['’ʻʼ\-][^\W_]+)*")
_CLOSING = re.compile(r"[.!?…]+[\"'”’»)\]]*|[\"”»)\]]+[.!?…]*")
_REACH = 80


def nearest_word_start(text: str, position: int) -> int:
    """The beginning of a word nearest to `position` (code points), `position` itself where there is none within 80 characters."""
    return _nearest(position, [match.start() for match in _around(text, position)])


def nearest_word_end(text: str, position: int) -> int:
    """The end of a word nearest to `position`, a full stop and closing mark after it included; `position` itself where there is none."""
    ends = [match.end() for match in _around(text, position)]
    return _nearest(position, [end + _closing(text, end) for end in ends])


def _around(text: str, position: int) -> list[re.Match[str]]:
    low = max(0, position - _REACH)
    while low > 0 and not text[low - 1].isspace():
        low -= 1
    high = min(len(text), position + _REACH)
    while high < len(text) and not text[high].isspace():
        high += 1
    return list(_WORD.finditer(text, low, high))


def _closing(text: str, end: int) -> int:
    match = _CLOSING.match(text, end)
    return len(match[0]) if match else 0


def _nearest(position: int, places: list[int]) -> int:
    return min(places, key=lambda place: abs(place - position), default=position)
