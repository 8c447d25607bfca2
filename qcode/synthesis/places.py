"""Places: a whole source, or a passage of it that was assigned to cases of its own; and which place a coding has."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A whole source (`start` and `end` None) with its cases, or one assigned passage with only the passage's cases.

    Positions are code points, half-open. Each source has one whole place, also when it belongs to no case; each distinct
    passage of a source is one place, however many cases are assigned to it.
    """

    source: int
    cases: tuple[int, ...] = ()
    start: int | None = None
    end: int | None = None

    @property
    def span(self) -> tuple[int, int] | None:
        """The passage, or None for a whole source."""
        return None if self.start is None or self.end is None else (self.start, self.end)


class PassageFinder:
    """Finds the innermost of one source's passages; made once per source, asked once per coding."""

    def __init__(self, passages: Iterable[tuple[int, int, int]]) -> None:
        """`passages` are (start, end, what to answer)."""
        inner_first = sorted(passages, key=lambda passage: (passage[1] - passage[0], -passage[0]))
        self._edges = sorted({edge for start, end, _ in inner_first for edge in (start, end)})
        number = {edge: index for index, edge in enumerate(self._edges)}
        # Between two neighbouring edges the passages around a position do not change: one short list for each gap.
        self._around: list[list[tuple[int, int]]] = [[] for _ in self._edges]
        for start, end, answer in inner_first:
            for gap in range(number[start], number[end]):
                self._around[gap].append((end, answer))

    def locate(self, start: int, end: int) -> int | None:
        """The shortest passage that wholly contains `start` to `end` (of equals the later one); None if there is none."""
        gap = bisect_right(self._edges, start) - 1
        if gap < 0:
            return None
        return next((answer for passage_end, answer in self._around[gap] if end <= passage_end), None)


def locate(passages: Sequence[tuple[int, int]], start: int, end: int) -> int | None:
    """The index of the innermost of one source's `passages` around `start` to `end`, or None; see `PassageFinder.locate`."""
    return PassageFinder((first, last, index) for index, (first, last) in enumerate(passages)).locate(start, end)


def place_codings(places: Sequence[Place], sources: Sequence[int], starts: Sequence[int], ends: Sequence[int]) -> list[int]:
    """The place of each coding, as an index into `places`; the codings come as three columns of one length.

    `places` holds the whole place of every source that is named. A KeyError says it does not.
    """
    whole, passages = _by_source(places)
    if not passages:
        return list(map(whole.__getitem__, sources))
    finders = {source: PassageFinder(found) for source, found in passages.items()}
    placed = []
    for source, start, end in zip(sources, starts, ends, strict=True):
        inner = finders[source].locate(start, end) if source in finders else None
        placed.append(whole[source] if inner is None else inner)
    return placed


def _by_source(places: Sequence[Place]) -> tuple[dict[int, int], dict[int, list[tuple[int, int, int]]]]:
    """The index of each source's whole place, and each source's passages as (start, end, index)."""
    whole: dict[int, int] = {}
    passages: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for index, place in enumerate(places):
        if place.span is None:
            whole[place.source] = index
        else:
            passages[place.source].append((*place.span, index))
    return whole, dict(passages)
