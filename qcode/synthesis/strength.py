"""Evidence strength: how many kinds of source and stakeholder groups a cell rests on, what speaks against it, and its level."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from qcode.model.strength import Evidence, Level, Rule, Strength
from qcode.synthesis.columns import Columns
from qcode.synthesis.places import Place
from qcode.synthesis.standing import Codings, find_spots
from qcode.synthesis.tally import count_rows
from qcode.synthesis.values import PlaceValues

#: Kinds and groups (None where nothing says them) and codings against.
Weight = tuple[int | None, int | None, int]
NO_WEIGHT: Weight = (None, None, 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A rule, and what it is judged by beside the counts.

    `kinds` and `groups` are each place's values of an attribute as `values_of_places` gives them, None without such an attribute;
    `against` are the codings marked as contradicting, of those that are counted.
    """

    rule: Rule
    kinds: Sequence[PlaceValues] | None
    groups: Sequence[PlaceValues] | None
    against: Codings


def weigh(
    codes: Sequence[int],
    columns: Columns,
    codings: Codings,
    asked: Asked,
    places: Sequence[Place],
    selected: Collection[int],
    source_bits: Mapping[int, int],
    width: int,
) -> list[list[Weight]]:
    """What each code has in each numbered column (see `standing`), and last what all codes have together.

    Of a place whose cases fall only partly in a column, only the values these cases have count there.
    """
    kinds = _numbered(asked.kinds, 0)
    groups = _numbered(asked.groups, len(kinds))
    worth = [{**_at(asked.kinds, kinds, index), **_at(asked.groups, groups, index)} for index in range(len(places))]
    # Values stand in for the cases of a place: what finds and counts the cases of a column then finds and counts values.
    valued = [Place(place.source, tuple(values), place.start, place.end) for place, values in zip(places, worth, strict=True)]
    standing = replace(columns, of_place=tuple(map(_values_by_column, columns.of_place, worth)))
    found = count_rows(codes, codings, find_spots(standing, codings, valued, selected, source_bits), width)
    against = count_rows(codes, asked.against, find_spots(standing, asked.against, valued, selected, source_bits), width)
    only_kinds = ((1 << len(kinds)) - 1) << len(source_bits)
    above = len(source_bits) + len(kinds)
    return [
        [
            (
                None if asked.kinds is None else (marks & only_kinds).bit_count(),
                None if asked.groups is None else (marks >> above).bit_count(),
                count,
            )
            for marks, count in zip(row.marks, spoken.codings, strict=True)
        ]
        for row, spoken in zip(found, against, strict=True)
    ]


def judge(rule: Rule, evidence: Evidence) -> Strength:
    """The first level of the rule that the evidence meets. What nothing in the project says is not met."""
    against = evidence.against > 0
    for at, level in enumerate(rule.levels):
        if _meets(level, evidence) and (level.contradicted or not against):
            return Strength(level.name, len(rule.levels) + 1 - at, evidence, rule)
    return Strength(rule.contested, 1, evidence, rule) if against else Strength(rule.short, 0, evidence, rule)


def _meets(level: Level, evidence: Evidence) -> bool:
    enough = evidence.sources >= level.sources and evidence.cases >= level.cases
    return enough and (evidence.kinds or 0) >= level.kinds and (evidence.groups or 0) >= level.groups


def _numbered(values: Sequence[PlaceValues] | None, first: int) -> dict[str, int]:
    """A number for each value that any place has, from `first` up."""
    return {value: number for number, value in enumerate(sorted({one for given in values or () for one in given}), first)}


def _at(values: Sequence[PlaceValues] | None, numbers: Mapping[str, int], place: int) -> dict[int, tuple[int, ...]]:
    return {numbers[value]: cases for value, cases in values[place].items()} if values else {}


def _values_by_column(given: Mapping[int, tuple[int, ...]], worth: Mapping[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """The values that count in each column: those of the cases that fall in it, and those of a place without cases."""
    return {
        column: tuple(value for value, having in worth.items() if not having or not set(having).isdisjoint(cases))
        for column, cases in given.items()
    }
