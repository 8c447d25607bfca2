"""Where codings lie over one another: a stretch of text cut where what lies over it changes."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from qcode.text.lanes import Stretch


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters `start` to `end` with the names of all that lies over them, the one on top first; never without any."""

    start: int
    end: int
    names: tuple[str, ...]


def segments_of(stretches: Iterable[Stretch], start: int, end: int, raised: Callable[[str], int] = lambda _: 0) -> list[Segment]:
    """The segments of `start` to `end` in order. The shorter lies on top of the longer, unless `raised` gives it a smaller number."""
    within = [
        ((raised(name), last - first, first, name), max(first, start), min(last, end))
        for first, last, name in stretches
        if first < end and start < last
    ]
    beginning = sorted(within, key=lambda one: one[1], reverse=True)
    ending = sorted(within, key=lambda one: one[2], reverse=True)
    lying: list[tuple[int, int, int, str]] = []
    found: list[Segment] = []
    for left, right in pairwise(sorted({place for _, first, last in within for place in (first, last)})):
        while ending and ending[-1][2] <= left:
            lying.remove(ending.pop()[0])
        while beginning and beginning[-1][1] <= left:
            insort(lying, beginning.pop()[0])
        if lying:
            found.append(Segment(left, right, tuple(one[3] for one in lying)))
    return found
