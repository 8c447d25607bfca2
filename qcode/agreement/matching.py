"""Whether two coders marked the same passages: pairs of passages that overlap enough."""

from __future__ import annotations

from qcode.agreement.units import Ranges

#: How much of what two passages cover together both must cover for the two to be one passage, unless the caller says otherwise.
ENOUGH = 0.5


def overlap_of(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Length of the intersection by length of the union, 0 to 1."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (one[1] - one[0] + other[1] - other[0] - shared) if shared > 0 else 0.0


def count_matches(ours: Ranges, theirs: Ranges, enough: float = ENOUGH) -> int:
    """The largest number of pairs, each passage in one pair at most, whose overlap is at least `enough` (above 0, at most 1).

    Both are sorted and apart, so the overlaps stand in order, and taking each one that is still free from left to right is best:
    whatever an earlier pair keeps from being chosen is kept from it by any other first pair too.
    """
    matches = at = to = 0
    while at < len(ours) and to < len(theirs):
        if overlap_of(ours[at], theirs[to]) >= enough:
            matches += 1
            at += 1
            to += 1
        elif ours[at][1] <= theirs[to][1]:
            at += 1
        else:
            to += 1
    return matches
