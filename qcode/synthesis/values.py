"""Attribute values of places: a passage's own cases speak first, then the source; of a whole source its cases speak last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from qcode.synthesis.places import Place
from qcode.synthesis.tree import ancestors_of

PlaceValues = dict[str, tuple[int, ...]]


def values_of_places(
    places: Sequence[Place],
    parents: Mapping[int, int | None],
    case_values: Mapping[int, str],
    source_values: Mapping[int, str],
    *,
    handed_down: bool = True,
) -> list[PlaceValues]:
    """For each place, its values of one attribute and, for each value, the place's cases that have it.

    `handed_down` is False for counts of people: then a case has only the value it was given itself, never that of a case above
    it. Where the value comes from the source, all cases of the place have it. The cases of the whole source say nothing of a passage
    that has cases of its own: in a report on five countries they are the other ones.
    """
    given = _value_of_cases({case for place in places for case in place.cases}, parents, case_values, handed_down)
    return [_values_of(place, given, source_values) for place in places]


def _value_of_cases(
    cases: Iterable[int], parents: Mapping[int, int | None], case_values: Mapping[int, str], handed_down: bool
) -> dict[int, str]:
    """The nearest value on the way up from each case; cases without any are absent."""
    found = {}
    for case in cases:
        way = ancestors_of(case, parents) if handed_down else (case,)
        value = next((case_values[step] for step in way if step in case_values), None)
        if value is not None:
            found[case] = value
    return found


def _values_of(place: Place, given: Mapping[int, str], source_values: Mapping[int, str]) -> PlaceValues:
    if place.span is not None and (own := _by_value(place.cases, given)):
        return own
    if place.source in source_values:
        return {source_values[place.source]: place.cases}
    return _by_value(place.cases, given) if place.span is None else {}


def _by_value(cases: Iterable[int], given: Mapping[int, str]) -> PlaceValues:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for case in cases:
        if case in given:
            found[given[case]].append(case)
    return {value: tuple(having) for value, having in found.items()}
