"""Where a passage of a text is after the text was edited."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from qcode.model.span import Span
from qcode.text.anchors import anchor_of, find_quote

#: Below this share of characters that are still there a place is doubtful.
SURE = 0.6
#: Words that differ are compared letter by letter where there are no more than so many letters.
_LETTERS = 400
_PIECES = (re.compile(r"[^\n]*\n|[^\n]+"), re.compile(r"\S+\s*|\s+"))


class Carried(NamedTuple):
    """A place in the edited text, and how sure it is: the share of the passage's characters that are there unchanged, from 0 to 1."""

    span: Span
    sure: float


class _Kept(NamedTuple):
    """Characters that stand in both texts: where they begin in each, and how many there are."""

    start: int
    to: int
    size: int


def carry(old: str, new: str, spans: Iterable[Span]) -> list[Carried]:
    """The places in `new` of `spans` of `old`, in their order: carried over by what the two texts have in common.

    Where little of a passage is left at its place, its words are looked for elsewhere with what stood around them. A place is always
    given, at least one character long, so that nothing is lost; `new` must not be empty.
    """
    kept = _kept(old, new)
    return [_carried(old, new, kept, span) for span in spans]


def _carried(old: str, new: str, kept: Sequence[_Kept], span: Span) -> Carried:
    pieces = [
        (max(span.start, piece.start), min(span.end, piece.start + piece.size), piece)
        for piece in kept[max(0, bisect_right(kept, (span.start,)) - 1) :]
        if piece.start < span.end and piece.start + piece.size > span.start
    ]
    length = span.end - span.start
    sure = sum(end - start for start, end, _ in pieces) / length
    if sure < SURE:
        elsewhere = _elsewhere(old, new, span)
        if elsewhere:
            return Carried(elsewhere, 1.0)
    if not pieces:
        at = min(_moved(kept, span.start), len(new) - 1)
        return Carried(Span(at, at + 1), 0.0)
    (first, _, before), (_, last, behind) = pieces[0], pieces[-1]
    start, end = first - before.start + before.to, last - behind.start + behind.to
    if not _inside_word(old, span.start):
        while _inside_word(new, start):
            start -= 1
    if not _inside_word(old, span.end):
        while _inside_word(new, end):
            end += 1
    return Carried(Span(start, end), sure)


def _inside_word(text: str, position: int) -> bool:
    """Whether a position lies between two letters or digits: a passage of whole words stays one."""
    return 0 < position < len(text) and text[position - 1].isalnum() and text[position].isalnum()


def _elsewhere(old: str, new: str, span: Span) -> Span | None:
    """The one place where the words stand in the new text, or of several the one with the same words around it."""
    anchor = anchor_of(old, span.start, span.end)
    found = find_quote(new, anchor.quote)
    if len(found) > 1:
        found = [one for one in found if anchor_of(new, one.start, one.end) == anchor]
    return found[0] if len(found) == 1 else None


def _moved(kept: Sequence[_Kept], position: int) -> int:
    """Where a position that is gone would be: behind what is kept before it."""
    before = [piece for piece in kept if piece.start + piece.size <= position]
    return before[-1].to + before[-1].size if before else 0


@lru_cache(maxsize=8)
def _kept(old: str, new: str) -> tuple[_Kept, ...]:
    """What stands in both texts, in order: the beginning, the end, and what is common between them."""
    start = _common(old, new)
    end = min(_common(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    between = _between(old[start : len(old) - end], new[start : len(new) - end])
    pieces = [_Kept(0, 0, start), *(_Kept(a + start, b + start, size) for a, b, size in between)]
    return tuple(piece for piece in (*pieces, _Kept(len(old) - end, len(new) - end, end)) if piece.size)


def _between(old: str, new: str, level: int = 0) -> Iterator[tuple[int, int, int]]:
    """What two texts have in common: by lines, then by words where lines differ, then by letters where a few words do."""
    if level == len(_PIECES):
        if max(len(old), len(new)) <= _LETTERS:
            yield from SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        return
    pieces_old, pieces_new = _PIECES[level].findall(old), _PIECES[level].findall(new)
    starts_old, starts_new = _starts(pieces_old), _starts(pieces_new)
    for kind, first, last, first_new, last_new in SequenceMatcher(None, pieces_old, pieces_new, autojunk=False).get_opcodes():
        at, to = starts_old[first], starts_new[first_new]
        if kind == "equal":
            yield at, to, starts_old[last] - at
        elif kind == "replace":
            for inner, inner_to, size in _between(old[at : starts_old[last]], new[to : starts_new[last_new]], level + 1):
                yield at + inner, to + inner_to, size


def _starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
