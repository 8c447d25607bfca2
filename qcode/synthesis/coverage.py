"""Coverage: how many characters of a column a code covers, each character counted once.

All texts are laid end to end on one line, so that the spans of many sources are one sorted list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from qcode.synthesis.places import Place
from qcode.synthesis.standing import Codings, Spots

Spans = list[tuple[int, int]]


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
        shares.append([share_covered(spans, region) for spans, region in zip(row, regions, strict=True)])
    together[-1] = together[-2]
    shares.append([share_covered(list(merged(sorted(spans))), region) for spans, region in zip(together, regions, strict=True)])
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
) -> list[Spans]:
    """The stretches of the line that belong to each numbered column, sorted and apart.

    A passage belongs with its whole length; a whole source without those of its passages that do not belong to the column.
    """
    passages: defaultdict[int, list[tuple[int, int, frozenset[int]]]] = defaultdict(list)
    for place, numbers in zip(places, columns_of, strict=True):
        if place.span is not None:
            passages[place.source].append((*place.span, frozenset(numbers)))
    regions: list[Spans] = [[] for _ in range(width)]
    for place, numbers in zip(places, columns_of, strict=True):
        for column in numbers:
            offset = offsets[place.source]
            elsewhere = [(start, end) for start, end, belongs in passages.get(place.source, ()) if column not in belongs]
            own = [place.span] if place.span is not None else _without(characters[place.source], elsewhere)
            regions[column].extend((start + offset, end + offset) for start, end in own)
    return [list(merged(sorted(spans))) for spans in regions]


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


def share_covered(spans: Spans, region: Spans) -> float:
    """The share of the region's characters that `spans` cover, 0 to 1 (0 for a region without any); both sorted and apart."""
    whole = sum(end - start for start, end in region)
    return _common(spans, region) / whole if whole else 0.0


def _common(spans: Spans, region: Spans) -> int:
    """How many characters two lists of sorted stretches share."""
    common = first = second = 0
    while first < len(spans) and second < len(region):
        (start, end), (begin, close) = spans[first], region[second]
        if start < close and begin < end:
            common += min(end, close) - max(start, begin)
        if end < close:
            first += 1
        else:
            second += 1
    return common
