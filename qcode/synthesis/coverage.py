"""Coverage: how many characters of a column a code covers, each character counted once.

All texts are laid end to end on one line, so that the spans of many sources are one sorted list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from qcode.synthesis.places import Place
from qcode.synthesis.standing import Codings, Spots

Spans = list[tuple[int, int]]


class Region:
    """Stretches of a line, sorted and apart, that can tell how much of them a span covers without walking along."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        """`stretches` are (start, end), half-open."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._before: list[int] = []
        self.length = 0
        for start, end in stretches:
            self._starts.append(start)
            self._ends.append(end)
            self._before.append(self.length)
            self.length += end - start

    def share_covered(self, spans: Spans) -> float:
        """The share, 0 to 1, of the region's characters that `spans` (sorted and apart) cover; 0 where it has none."""
        if not self.length:
            return 0.0
        return sum(self._until(end) - self._until(start) for start, end in spans) / self.length

    def _until(self, position: int) -> int:
        """How many of the region's characters stand before `position`."""
        at = bisect_right(self._starts, position) - 1
        return self._before[at] + min(position, self._ends[at]) - self._starts[at] if at >= 0 else 0


def find_shares(
    codes: Sequence[int],
    codings: Codings,
    spots: Spots,
    places: Sequence[Place],
    columns_of: Sequence[Sequence[int]],
    characters: Mapping[int, int] | None,
    width: int,
) -> list[list[float]]:
    """The share, 0 to 1, of each numbered column that each code covers, and last that of all codes together.

    `columns_of` are the columns of each place, `characters` the lengths of the sources in code points. ValueError where lengths
    or the codings' spans are missing.
    """
    if characters is None or not len(codings.starts) == len(codings.ends) == len(codings.codes):
        raise ValueError("coverage needs the lengths of the sources, and the start and end of every coding")
    offsets = lay_out(characters)
    regions = _find_regions(places, columns_of, characters, offsets, width)
    by_code = _spans_by_code(codings, spots, places, offsets)
    together: list[Spans] = [[] for _ in regions]
    shares: list[list[float]] = []
    for code in codes:
        row = _spans_by_column(by_code.get(code, []), spots, width)
        for column, spans in enumerate(row):
            together[column].extend(spans)
        shares.append([region.share_covered(spans) for spans, region in zip(row, regions, strict=True)])
    together[-1] = together[-2]
    shares.append([region.share_covered(list(merged(sorted(spans)))) for spans, region in zip(together, regions, strict=True)])
    return shares


def _spans_by_code(
    codings: Codings, spots: Spots, places: Sequence[Place], offsets: Mapping[int, int]
) -> dict[int, list[tuple[int, int, int]]]:
    """Each code's codings as (start, end, spot) on the line of all texts."""
    found: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    offset_of = [offsets.get(place.source, 0) for place in places]
    lines = zip(codings.codes, codings.places, spots.of_coding, codings.starts, codings.ends, strict=True)
    for code, place, spot, start, end in lines:
        offset = offset_of[place]
        found[code].append((start + offset, end + offset, spot))
    return found


def _spans_by_column(codings: list[tuple[int, int, int]], spots: Spots, width: int) -> list[Spans]:
    """One code's stretches in each numbered column, sorted and apart."""
    columns_of = [[column for column, _ in standing] for standing in spots.standings]
    found: list[Spans] = [[] for _ in range(width)]
    for start, end, spot in sorted(codings):
        for column in columns_of[spots.groups[spot]]:
            found[column].append((start, end))
    return [list(merged(spans)) for spans in found]


def lay_out(characters: Mapping[int, int]) -> dict[int, int]:
    """Where each source begins on the line of all texts; `characters` are the lengths of the sources in code points."""
    return dict(zip(characters, accumulate(characters.values(), initial=0), strict=False))


def _find_regions(
    places: Sequence[Place],
    columns_of: Sequence[Sequence[int]],
    characters: Mapping[int, int],
    offsets: Mapping[int, int],
    width: int,
) -> list[Region]:
    """The region of each numbered column.

    A passage belongs with its whole length, a whole source without its passages: those that belong to the column bring themselves.
    """
    passages: defaultdict[int, Spans] = defaultdict(list)
    for place in places:
        if place.span is not None:
            passages[place.source].append(place.span)
    found: list[Spans] = [[] for _ in range(width)]
    for place, numbers in zip(places, columns_of, strict=True):
        if numbers:
            offset = offsets[place.source]
            own = [place.span] if place.span is not None else _without(characters[place.source], passages.get(place.source, []))
            spans = [(start + offset, end + offset) for start, end in own]
            for column in numbers:
                found[column].extend(spans)
    return [Region(merged(sorted(spans))) for spans in found]


def _without(length: int, holes: Spans) -> Iterator[tuple[int, int]]:
    """What is left of 0 to `length`."""
    start = 0
    for first, last in merged(sorted(holes)):
        if start < first:
            yield start, first
        start = last
    if start < length:
        yield start, length


def merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sorted spans as stretches that neither overlap nor touch."""
    start = end = -1
    for first, last in spans:
        if first > end:
            if end >= 0:
                yield start, end
            start, end = first, last
        elif last > end:
            end = last
    if end >= 0:
        yield start, end
