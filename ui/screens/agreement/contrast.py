"""Which characters of a text two coders coded alike, where they differ, and where the current difference lies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import IntEnum
from itertools import pairwise

from qcode.agreement.units import Ranges, joined
from qcode.views.adjudication import Lane, SideBySide
from qcode.views.agreement import Disagreement

Segment = tuple[int, int, "Ground"]


class Ground(IntEnum):
    """What a stretch of text is laid on; of several the greatest counts."""

    NONE = 0
    SAME = 1
    DIFFER = 2
    CURRENT = 3


class Contrast:
    """What is alike and what differs in one text, whatever difference is current."""

    def __init__(self, text: SideBySide) -> None:
        first, second = _by_code(text.first), _by_code(text.second)
        self._same: Ranges = []
        self._differ: Ranges = []
        for code in {**first, **second}:
            alike, apart = compare(first[code], second[code])
            self._same += alike
            self._differ += apart

    def segments(self, current: Disagreement | None) -> list[Segment]:
        """Stretches of code points that look the same throughout, in order and apart; what nobody coded is left out."""
        now = current_ranges(current) if current else []
        return _laid(((Ground.SAME, self._same), (Ground.DIFFER, self._differ), (Ground.CURRENT, now)))


def current_ranges(one: Disagreement) -> Ranges:
    """What is in question: where only one of the two has the code, or, where the codes differ, all of it."""
    first, second = list(one.difference.first), list(one.difference.second)
    return joined(sorted((*first, *second))) if one.other else compare(first, second)[1]


def compare(first: Ranges, second: Ranges) -> tuple[Ranges, Ranges]:
    """What lies in both of two lists of stretches, and what in only one."""
    steps: defaultdict[int, int] = defaultdict(int)
    for weight, spans in ((1, first), (2, second)):
        for start, end in spans:
            steps[start] += weight
            steps[end] -= weight
    both: Ranges = []
    one: Ranges = []
    who = 0
    for start, end in pairwise(sorted(steps)):
        who += steps[start]
        if who:
            (both if who == 3 else one).append((start, end))
    return joined(both), joined(one)


def _by_code(lanes: Iterable[Lane]) -> defaultdict[str, Ranges]:
    found: defaultdict[str, Ranges] = defaultdict(list)
    for lane in lanes:
        found[lane.code.uuid].append((lane.start, lane.end))
    return found


def _laid(layers: Iterable[tuple[Ground, Ranges]]) -> list[Segment]:
    """Several layers as one row of stretches, the greatest ground on top."""
    edges: defaultdict[int, list[tuple[Ground, int]]] = defaultdict(list)
    for ground, spans in layers:
        for start, end in spans:
            edges[start].append((ground, 1))
            edges[end].append((ground, -1))
    lying = dict.fromkeys(Ground, 0)
    found: list[Segment] = []
    before, top = 0, Ground.NONE
    for place in sorted(edges):
        if top:
            if found and found[-1][1] == before and found[-1][2] is top:
                found[-1] = (found[-1][0], place, top)
            else:
                found.append((before, place, top))
        for ground, step in edges[place]:
            lying[ground] += step
        before, top = place, max(ground for ground in Ground if lying[ground] or not ground)
    return found
