"""What is judged: characters, sentences, paragraphs or whole sources, as numbered units of a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from enum import StrEnum

#: Stretches (start, end), half-open, sorted and apart.
Ranges = list[tuple[int, int]]


class Unit(StrEnum):
    """What one judgement is about."""

    CHARACTER = "character"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SOURCE = "source"


class Axis:
    """The units of one source, numbered from 0; `count` is how many there are.

    Made of the source's length in code points, and for sentences and paragraphs of their starts and ends (sorted, apart).
    """

    def __init__(self, unit: Unit, length: int, starts: Sequence[int] = (), ends: Sequence[int] = ()) -> None:
        self._unit = unit
        self._starts = starts
        self._ends = ends
        self.count = {Unit.CHARACTER: length, Unit.SOURCE: 1}.get(unit, len(starts))

    def ranges(self, spans: Ranges) -> Ranges:
        """The units that `spans` (code points, sorted and apart) code, as stretches of unit numbers.

        A unit is coded as soon as one of its characters is: people seldom begin and end on the very character.
        """
        match self._unit:
            case Unit.CHARACTER:
                return spans
            case Unit.SOURCE:
                return [(0, 1)] if spans else []
        ends, starts = self._ends, self._starts
        return joined([(first, last) for start, end in spans if (first := bisect_right(ends, start)) < (last := bisect_left(starts, end))])


def joined(spans: Iterable[tuple[int, int]], gap: int = 1) -> Ranges:
    """`spans`, sorted, as stretches that do not overlap: overlapping codings are one judgement.

    Those that touch become one too; with `gap` 0 they stay two, as two passages next to each other are.
    """
    found: Ranges = []
    start = end = -1
    for first, last in spans:
        if first < end + gap and end >= 0:
            if last > end:
                end = last
        else:
            if end >= 0:
                found.append((start, end))
            start, end = first, last
    if end >= 0:
        found.append((start, end))
    return found


def covered(spans: Iterable[tuple[int, int]], places: Iterable[tuple[int, int]]) -> Ranges:
    """What `spans` cover of `places`, both in any order, as stretches that neither overlap nor touch."""
    held = joined(sorted(spans))
    parts = [(max(start, first), min(end, last)) for first, last in joined(sorted(places)) for start, end in held]
    return joined(sorted(part for part in parts if part[0] < part[1]))
