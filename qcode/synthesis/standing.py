"""Where codings and places stand in a matrix: numbered columns, the '(none)' column, and the two kinds of total.

Beside the columns 0 to n-1 there are three more numbers: n is '(none)', n+1 everything that is shown (row totals), n+2 the whole
selection (grand total).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qcode.synthesis.columns import Columns
from qcode.synthesis.places import Place


@dataclass(frozen=True, slots=True)
class Codings:
    """Codings as columns of one length: the code, the place (an index into the places) and the coder of each.

    `coders` is only needed for coder columns. `counts` says how many codings a line stands for, where they come grouped;
    `starts` and `ends` are only needed for coverage, which takes them one by one.
    """

    codes: Sequence[int]
    places: Sequence[int]
    coders: Sequence[int] = ()
    counts: Sequence[int] = ()
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()


Standing = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Spots:
    """The codings' whereabouts: a spot is a place or, for coder columns, a place and a coder.

    `marks` are the source and the cases of each spot as bits of one number. Spots that stand alike share a group;
    `standings[group]` lists (column, which of the marks count there), and group 0 holds what was not selected and stands nowhere.
    """

    of_coding: Sequence[int]
    marks: Sequence[int]
    groups: Sequence[int]
    standings: Sequence[Standing]


ALL_MARKS = -1


def bits_of(ids: Iterable[int], first: int = 0) -> dict[int, int]:
    """A bit for each distinct id, from bit `first` up, so that sets are numbers: joined with `|`, counted with `bit_count`."""
    return {one: 1 << index for index, one in enumerate(sorted(set(ids)), first)}


def find_spots(
    columns: Columns, codings: Codings, places: Sequence[Place], selected: Collection[int], source_bits: Mapping[int, int]
) -> Spots:
    """Every spot with its marks and its standing; case bits come after `source_bits`, which are those of the selected sources."""
    case_bits = bits_of((case for place in places for case in place.cases), len(source_bits))
    marks = [source_bits.get(place.source, 0) | _union(place.cases, case_bits) for place in places]
    none = len(columns.names)
    if columns.of_coder is None:
        standings = [
            _stand(given, place, case_bits, none, sources=(1 << len(source_bits)) - 1) if index in selected else ()
            for index, (given, place) in enumerate(zip(columns.of_place, places, strict=True))
        ]
        return Spots(codings.places, marks, *_group(standings))
    spots: dict[tuple[int, int], int] = {}
    of_coding = [spots.setdefault(pair, len(spots)) for pair in zip(codings.places, codings.coders, strict=True)]
    standings = [
        ((columns.of_coder.get(coder, none), ALL_MARKS), (none + 1, ALL_MARKS)) if place in selected else () for place, coder in spots
    ]
    return Spots(of_coding, [marks[place] for place, _ in spots], *_group(standings))


def _stand(given: Mapping[int, tuple[int, ...]], place: Place, case_bits: Mapping[int, int], none: int, sources: int) -> Standing:
    """The columns of one place. Where all its cases fall in a column, as they mostly do, it shares a group with its like."""
    standing = tuple(
        (column, ALL_MARKS if len(cases) == len(place.cases) else sources | _union(cases, case_bits)) for column, cases in given.items()
    )
    return (*(standing or ((none, ALL_MARKS),)), (none + 1, ALL_MARKS))


def _group(standings: Iterable[Standing]) -> tuple[list[int], list[Standing]]:
    """The group of each spot, and the standing of each group."""
    numbers: dict[Standing, int] = {(): 0}
    groups = [numbers.setdefault(standing, len(numbers)) for standing in standings]
    return groups, list(numbers)


def _union(ids: Iterable[int], bits: Mapping[int, int]) -> int:
    joined = 0
    for one in ids:
        joined |= bits[one]
    return joined


def columns_of_places(columns: Columns, places: Sequence[Place], selected: Collection[int], none_shown: bool) -> list[tuple[int, ...]]:
    """The column numbers each place belongs to, coded or not; a place that was not selected belongs to none."""
    none = len(columns.names)
    everywhere = tuple(range(none + 3))
    found: list[tuple[int, ...]] = []
    for index in range(len(places)):
        if index not in selected:
            found.append(())
        elif columns.of_coder is not None:
            found.append(everywhere)
        elif given := tuple(columns.of_place[index]):
            found.append((*given, none + 1, none + 2))
        else:
            found.append((none, none + 1, none + 2) if none_shown else (none, none + 2))
    return found
