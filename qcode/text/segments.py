"""Where codings lie over one another: a stretch of text cut where what lies over it changes."""

from __future__ import annotations

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
    within = [(max(first, start), min(last, end), last - first, name) for first, last, name in stretches if first < end and start < last]
    cuts = sorted({place for first, last, _, _ in within for place in (first, last)})
    # Sorted once, what lies over a segment comes out on top first for every segment.
    ordered = sorted(within, key=lambda one: (raised(one[3]), one[2], one[0], one[3]))
    found: list[Segment] = []
    for left, right in pairwise(cuts):
        names = tuple(name for first, last, _, name in ordered if first <= left and right <= last)
        if names and found and found[-1].end == left and found[-1].names == names:
            found[-1] = Segment(found[-1].start, right, names)
        elif names:
            found.append(Segment(left, right, names))
    return found
