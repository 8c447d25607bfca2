"""Columns of a matrix: which places, or which coders, stand in each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite

from qcode.synthesis.places import Place
from qcode.synthesis.tree import ancestors_of

NONE_KEY = ""
NONE_LABEL = "(none)"


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns in the order they are shown, and what stands in them.

    `names` are (key, label). `of_place[p]` leads from each column the place stands in to the place's cases that fall in that
    column. Where columns are coders, `of_coder` leads from a coder to the column and `of_place` is empty: every place stands in
    each of them.
    """

    names: tuple[tuple[str, str], ...]
    of_place: tuple[Mapping[int, tuple[int, ...]], ...] = ()
    of_coder: Mapping[int, int] | None = None

    def of_coding(self, place: int, coder: int) -> tuple[int, ...]:
        """The columns a coding stands in; `(len(names),)`, the number of the '(none)' column, when it falls in none."""
        if self.of_coder is not None:
            return (self.of_coder.get(coder, len(self.names)),)
        return tuple(self.of_place[place]) or (len(self.names),)


def columns_by_case(
    places: Sequence[Place], parents: Mapping[int, int | None], labels: Mapping[int, str], depth: int | None = None
) -> Columns:
    """A column for every case in `labels`, or for those at `depth` (1 = top); each holds its case and all cases below it.

    The key of a column is the case's number as text.
    """
    ways = {case: ancestors_of(case, parents) for case in {*labels, *(case for place in places for case in place.cases)}}
    shown = {case: label for case, label in labels.items() if depth is None or len(ways[case]) == depth}
    names, number = _in_order(shown)
    within = {case: [number[step] for step in way if step in number] for case, way in ways.items()}
    return Columns(names, tuple(_cases_by_column(place.cases, within) for place in places))


def _cases_by_column(cases: Iterable[int], within: Mapping[int, Sequence[int]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for case in cases:
        for column in within[case]:
            found[column] = (*found.get(column, ()), case)
    return found


def columns_by_attribute(values: Sequence[Mapping[str, tuple[int, ...]]], every: Iterable[str] = (), *, numeric: bool = False) -> Columns:
    """A column for each value, from what `values_of_places` gives; key and label are the value.

    `every` adds values that no place has, so that they stand as empty columns. `numeric` orders 9 before 10, and text after
    numbers.
    """
    shown = sorted({*every, *(value for given in values for value in given)}, key=_by_number if numeric else _by_letter)
    number = {value: index for index, value in enumerate(shown)}
    standing = tuple({number[value]: cases for value, cases in given.items()} for given in values)
    return Columns(tuple((value, value) for value in shown), standing)


def columns_by_source(places: Sequence[Place], labels: Mapping[int, str]) -> Columns:
    """A column for every source in `labels`, passages included; the key is the source's number as text."""
    names, number = _in_order(labels)
    standing = tuple({number[place.source]: place.cases} if place.source in number else {} for place in places)
    return Columns(names, standing)


def columns_by_coder(labels: Mapping[int, str]) -> Columns:
    """A column for every coder in `labels`; the key is the coder's number as text."""
    names, number = _in_order(labels)
    return Columns(names, of_coder=number)


def _in_order(labels: Mapping[int, str]) -> tuple[tuple[tuple[str, str], ...], dict[int, int]]:
    """Keys and labels in alphabetical order, and the place of each id in it."""
    ids = sorted(labels, key=lambda one: (_by_letter(labels[one]), one))
    return tuple((str(one), labels[one]) for one in ids), {one: index for index, one in enumerate(ids)}


def _by_letter(label: str) -> tuple[str, str]:
    return label.casefold(), label


def _by_number(label: str) -> tuple[float, str, str]:
    try:
        number = float(label)
    except ValueError:
        number = inf
    return (number if isfinite(number) else inf), *_by_letter(label)
