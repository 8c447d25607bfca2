"""Where sentences begin and end, by their marks alone: quick, in any of the languages people write here, and good enough to select by."""

from __future__ import annotations

import re

from qcode.model.span import Span

_CLOSING = "\"'”’»)\\]"
_END = re.compile(rf"[.!?…]+[{_CLOSING}]*(?=\s)|[。！？]+|\n")
_SHORT = frozenset(
    "mr mrs ms dr prof st no nos vs etc e.g i.e cf art para fig vol approx dept gov inc ltd "
    "г гг др т.д т.п т.е стр см ул тыс млн млрд руб им проф п пп ст "
    "m mme mm p.ex av n° env".split()
)
#: What opens a word, and how far back the longest of the short ones may begin.
_OPEN = re.compile(r"[\s(\[«\"“]")
_REACH = 12


def sentence_at(text: str, position: int, start: int, end: int) -> Span | None:
    """The sentence of text[start:end] that `position` (a code point) stands in or after; None where there is nothing but blanks.

    It neither begins nor ends with a blank. A position in the blanks between two belongs to the one after it.
    """
    found = None
    for found in sentences_of(text, start, end):
        if position < found.end:
            return found
    return found


def sentences_of(text: str, start: int, end: int) -> list[Span]:
    """The sentences of text[start:end] in order."""
    found = []
    begin = start
    for match in _END.finditer(text, start, end):
        if _ends_here(text, begin, match, end):
            found.append(_trimmed(text, begin, match.end()))
            begin = match.end()
    found.append(_trimmed(text, begin, end))
    return [span for span in found if span is not None]


def _ends_here(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    if match[0] == "\n":
        return True
    # A question or exclamation inside quotation marks may go on in small letters: 'Why?' she asked.
    if _goes_on(text, match.end(), end):
        return False
    if not match[0].startswith(".") or match[0].startswith(".."):
        return True
    at = match.start()
    word = _OPEN.split(text[max(begin, at - _REACH) : at])[-1].casefold()
    initial = len(word) == 1 and word.isalpha() and text[at - 1].isupper()
    return not (initial or word in _SHORT)


def _goes_on(text: str, place: int, end: int) -> bool:
    """Whether what follows begins with a small letter."""
    following = text[place : min(end, place + 8)].lstrip()
    return bool(following) and following[0].islower()


def _trimmed(text: str, start: int, end: int) -> Span | None:
    part = text[start:end]
    begin = start + len(part) - len(part.lstrip())
    finish = start + len(part.rstrip())
    return Span(begin, finish) if begin < finish else None
