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

    Spots that stand alike share a group. `standings[group]` lists (column, bits of the cases that fall in it); group 0 holds what
    was not selected and stands nowhere.
    """

    of_coding: Sequence[int]
    source_bits: Sequence[int]
    groups: Sequence[int]
    standings: Sequence[Standing]


def bits_of(ids: Iterable[int]) -> dict[int, int]:
    """A bit for each distinct id, so that sets of ids are numbers: joined with `|`, counted with `bit_count`."""
    return {one: 1 << index for index, one in enumerate(sorted(set(ids)))}


def find_spots(
    columns: Columns, codings: Codings, places: Sequence[Place], selected: Collection[int], source_bits: Mapping[int, int]
) -> Spots:
    """Every spot with its source and its standing."""
    case_bits = bits_of(case for place in places for case in place.cases)
    of_coding: Sequence[int]
    if columns.of_coder is None:
        of_coding = codings.places
        standings = [
            _stand(given, place.cases, columns, case_bits) for given, place in zip(columns.of_place, places, strict=True)
        ]
        spots: Iterable[tuple[int, Standing]] = enumerate(standings)
    else:
        found: dict[tuple[int, int], int] = {}
        of_coding = [found.setdefault(pair, len(found)) for pair in zip(codings.places, codings.coders, strict=True)]
        spots = [(place, _stand_of_coder(coder, places[place].cases, columns, case_bits)) for place, coder in found]
    return _grouped(of_coding, spots, [source_bits.get(place.source, 0) for place in places], selected)


def _grouped(
    of_coding: Sequence[int], spots: Iterable[tuple[int, Standing]], bit_of_place: Sequence[int], selected: Collection[int]
) -> Spots:
    numbers: dict[Standing, int] = {(): 0}
    bits, groups = [], []
    for place, standing in spots:
        bits.append(bit_of_place[place])
        groups.append(numbers.setdefault(standing, len(numbers)) if place in selected else 0)
    return Spots(of_coding, bits, groups, list(numbers))


def _stand(
    given: Mapping[int, tuple[int, ...]], cases: Iterable[int], columns: Columns, case_bits: Mapping[int, int]
) -> Standing:
    none = len(columns.names)
    all_cases = _union(cases, case_bits)
    standing = tuple((column, _union(within, case_bits)) for column, within in given.items()) or ((none, all_cases),)
    return (*standing, (none + 1, all_cases))


def _stand_of_coder(coder: int, cases: Iterable[int], columns: Columns, case_bits: Mapping[int, int]) -> Standing:
    none = len(columns.names)
    all_cases = _union(cases, case_bits)
    return (((columns.of_coder or {}).get(coder, none), all_cases), (none + 1, all_cases))


def _union(ids: Iterable[int], bits: Mapping[int, int]) -> int:
    joined = 0
    for one in ids:
        joined |= bits[one]
    return joined


def columns_of_places(
    columns: Columns, places: Sequence[Place], selected: Collection[int], none_shown: bool
) -> list[tuple[int, ...]]:
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
