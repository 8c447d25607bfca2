"""Where words begin and end, for ends of a passage that are moved: with all their accents, and emoji as words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from qcode.model.span import Span

_CLOSING = re.compile(r"[.!?…]+[\"'”’»)\]]*|[\"”»)\]]+[.!?…]*")
_JOINERS = frozenset("'’ʻʼ-")
#: Arrows and all beyond: signs before them (©, °, №) belong to the words or figures beside them.
_FIRST_EMOJI = "\u2190"
#: What joins or colours emoji, parts the letters of a word without a blank, and names the regions of flags: none is a mark by its category.
_GOES_ON = frozenset("\u200c\u200d\u00ad" + "".join(map(chr, (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)))))
_REACH = 80
_LONGEST = 400


def words_in(text: str, start: int, end: int) -> Iterator[Span]:
    """The words of text[start:end] in order. Accents belong to the letter before them, hyphens and apostrophes between letters to the
    word; emoji and flags that stand side by side are one word."""
    at = start
    while at < end:
        begin = at
        if text[at].isalnum():
            at = _after_letters(text, at, end)
        elif _is_emoji(text[at]):
            at = _after_emoji(text, at, end)
        else:
            at += 1
            continue
        yield Span(begin, at)


def nearest_word_start(text: str, position: int) -> int:
    """The beginning of a word nearest to `position` (code points), `position` itself where there is none within 80 characters."""
    return _nearest(position, [word.start for word in _around(text, position)])


def nearest_word_end(text: str, position: int) -> int:
    """The end of a word nearest to `position`, a full stop and closing mark after it included; `position` itself where there is none."""
    return _nearest(position, [with_closing(text, word.end) for word in _around(text, position)])


def next_word_start(text: str, position: int, by: int) -> int | None:
    """The next beginning of a word after `position` (`by` 1) or before it (-1); None where there is none within 80 characters."""
    return _next(position, by, [word.start for word in _around(text, position)])


def next_word_end(text: str, position: int, by: int) -> int | None:
    """The same for the end of a word, a full stop and closing mark after it included."""
    return _next(position, by, [with_closing(text, word.end) for word in _around(text, position)])


def with_closing(text: str, end: int) -> int:
    """Where the full stop and closing marks after a word end; `end` where none stands there."""
    match = _CLOSING.match(text, end)
    return match.end() if match else end


def _after_letters(text: str, at: int, end: int) -> int:
    while at < end:
        letter = text[at]
        joins = letter in _JOINERS and at + 1 < end and text[at + 1].isalnum()
        if not (joins or letter.isalnum() or _goes_on(letter)):
            break
        at += 1
    return at


def _after_emoji(text: str, at: int, end: int) -> int:
    while at < end and (_is_emoji(text[at]) or _goes_on(text[at])):
        at += 1
    return at


def _is_emoji(letter: str) -> bool:
    return letter >= _FIRST_EMOJI and category(letter) == "So"


def _goes_on(letter: str) -> bool:
    return letter in _GOES_ON or category(letter).startswith("M")


def _around(text: str, position: int) -> list[Span]:
    low, high = max(0, position - _REACH), min(len(text), position + _REACH)
    least, most = max(0, low - _LONGEST), min(len(text), high + _LONGEST)
    while low > least and not text[low - 1].isspace():
        low -= 1
    while high < most and not text[high].isspace():
        high += 1
    return list(words_in(text, low, high))


def _nearest(position: int, places: list[int]) -> int:
    return min(places, key=lambda place: abs(place - position), default=position)


def _next(position: int, by: int, places: list[int]) -> int | None:
    beyond = [place for place in places if (place - position) * by > 0]
    return _nearest(position, beyond) if beyond else None
