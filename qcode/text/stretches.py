"""Stretches of text in order, so that those that touch a part of it are found without looking at the others."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from qcode.text.lanes import Stretch


class Stretches:
    """Stretches (start, end, name) of one text, sorted; half-open, never empty, one for each name."""

    def __init__(self, stretches: Iterable[Stretch] = ()) -> None:
        self._sorted = sorted(stretches)
        #: For each stretch the furthest end of it and all before it: never falls, so it can be searched.
        self._reach: list[int] = []
        self._reckon(0)

    def __len__(self) -> int:
        return len(self._sorted)

    def add(self, stretch: Stretch) -> None:
        """Put one more among them."""
        insort(self._sorted, stretch)
        self._reckon(bisect_left(self._sorted, stretch))

    def remove(self, stretch: Stretch) -> None:
        """Take one away that is there."""
        place = bisect_left(self._sorted, stretch)
        del self._sorted[place]
        self._reckon(place)

    def touching(self, start: int, end: int) -> list[Stretch]:
        """Those that share a character with `start` to `end`, in order."""
        first = self._first_reaching(start)
        last = bisect_left(self._sorted, (end,))
        return [stretch for stretch in self._sorted[first:last] if stretch[1] > start]

    def cluster(self, start: int, end: int) -> list[Stretch]:
        """Those touching `start` to `end`, all that overlap with these, with those, and so on: what shares out its lanes together."""
        first = self._first_reaching(start)
        last = bisect_left(self._sorted, (end,))
        while first > 0 and first < len(self._sorted) and self._reach[first - 1] > self._sorted[first][0]:
            first -= 1
        while 0 < last < len(self._sorted) and self._reach[last - 1] > self._sorted[last][0]:
            last += 1
        return self._sorted[first:last]

    def all(self) -> list[Stretch]:
        """All of them in order."""
        return list(self._sorted)

    def _first_reaching(self, start: int) -> int:
        return bisect_left(self._reach, start + 1)

    def _reckon(self, place: int) -> None:
        del self._reach[place:]
        furthest = self._reach[-1] if self._reach else 0
        for _, end, _ in self._sorted[place:]:
            furthest = max(furthest, end)
            self._reach.append(furthest)
