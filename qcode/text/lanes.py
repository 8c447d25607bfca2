"""Which lane of the margin each stretch of text is drawn in, so that no two that overlap share one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

Stretch = tuple[int, int, str]


def lanes_of(stretches: Iterable[Stretch]) -> dict[str, int]:
    """The lane (0 is nearest the text) of each stretch (start, end, name): the longest first, each in the first lane with room for it.

    Among stretches of one length the earlier comes first, then the name decides, so that the same stretches always lie alike.
    """
    lanes: list[tuple[list[int], list[int]]] = []
    found: dict[str, int] = {}
    for start, end, name in sorted(stretches, key=lambda one: (one[0] - one[1], one[0], one[2])):
        for number, (starts, ends) in enumerate(lanes):
            # Written out here, not called: a thousand codings of one text ask six thousand times at each letter that is coded.
            place = bisect_left(starts, start)
            if (place == len(starts) or starts[place] >= end) and (not place or ends[place - 1] <= start):
                lane = number
                break
        else:
            lane, place, starts, ends = len(lanes), 0, [], []
            lanes.append((starts, ends))
        starts.insert(place, start)
        ends.insert(place, end)
        found[name] = lane
    return found
