"""How many codings, sources and cases each code has in each numbered column (see `standing` for the numbers)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcode.synthesis.standing import Codings, Spots


@dataclass(frozen=True, slots=True)
class Counts:
    """What one row, or all rows together, has in each numbered column: how many codings, and the marks of sources and cases."""

    codings: list[int]
    marks: list[int]


def count_rows(codes: Sequence[int], codings: Codings, spots: Spots, width: int) -> list[Counts]:
    """One `Counts` of `width` columns for each code, and last that of all these codes together."""
    tally = _tally(codings, spots.of_coding)
    rows = [_count_row(tally.get(code, {}), spots, width) for code in codes]
    return [*rows, _sum_rows(rows, width)]


def _tally(codings: Codings, spot_of_coding: Sequence[int]) -> Mapping[int, Mapping[int, int]]:
    """How many codings each code has at each spot."""
    if codings.counts:
        grouped: defaultdict[int, Counter[int]] = defaultdict(Counter)
        for code, spot, count in zip(codings.codes, spot_of_coding, codings.counts, strict=True):
            grouped[code][spot] += count
        return grouped
    found: defaultdict[int, list[int]] = defaultdict(list)
    for code, spot in zip(codings.codes, spot_of_coding, strict=True):
        found[code].append(spot)
    return {code: Counter(at) for code, at in found.items()}


def _count_row(tally: Mapping[int, int], spots: Spots, width: int) -> Counts:
    found = [0] * len(spots.standings)
    seen = [0] * len(spots.standings)
    groups, marks = spots.groups, spots.marks
    # First by group, of which there are few, then by column: to go to all columns for every spot takes twice the time.
    for spot, count in tally.items():
        group = groups[spot]
        found[group] += count
        seen[group] |= marks[spot]
    row = Counts([0] * width, [0] * width)
    for standing, count, mark in zip(spots.standings, found, seen, strict=True):
        if count:
            for column, counted in standing:
                row.codings[column] += count
                row.marks[column] |= mark & counted
    return row


def _sum_rows(rows: Sequence[Counts], width: int) -> Counts:
    total = Counts([0] * width, [0] * width)
    for row in rows:
        for column in range(width):
            total.codings[column] += row.codings[column]
            total.marks[column] |= row.marks[column]
    # What falls in no column is shown as well, so that the codings of the whole selection are those of all that is shown.
    total.codings[-1], total.marks[-1] = total.codings[-2], total.marks[-2]
    return total
