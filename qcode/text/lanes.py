"""Which lane of the margin each stretch of text is drawn in, so that no two that overlap share one."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

Stretch = tuple[int, int, str]


def lanes_of(stretches: Iterable[Stretch]) -> dict[str, int]:
    """The lane (0 is nearest the text) of each stretch (start, end, name): the longest first, each in the first lane with room for it.

    Among stretches of one length the earlier comes first, then the name decides, so that the same stretches always lie alike.
    """
    lanes: list[list[tuple[int, int]]] = []
    found: dict[str, int] = {}
    for start, end, name in sorted(stretches, key=lambda one: (one[0] - one[1], one[0], one[2])):
        lane = next((number for number, taken in enumerate(lanes) if _has_room(taken, start, end)), len(lanes))
        if lane == len(lanes):
            lanes.append([])
        insort(lanes[lane], (start, end))
        found[name] = lane
    return found


def _has_room(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    after = bisect_left(taken, (start, end))
    if after < len(taken) and taken[after][0] < end:
        return False
    return after == 0 or taken[after - 1][1] <= start
