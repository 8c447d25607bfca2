"""Where every source and passage of a project stands: its cases, what the cases hand down, and which of them a filter lets through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from qcode.errors import UserError
from qcode.model.case import Attribute, AttributeType, canonical
from qcode.store.cases import (
    read_attributes,
    read_case_values,
    read_cases,
    read_level_names,
    read_passages,
    read_source_values,
    read_whole_assignments,
)
from qcode.store.names import Names, nearest
from qcode.store.sources import coder_keys, read_sources
from qcode.synthesis.places import PassageFinder, Place
from qcode.synthesis.tree import ancestors_of
from qcode.synthesis.values import PlaceValues, values_of_places

if TYPE_CHECKING:
    from qcode.store.connection import Connection

LANGUAGE = "language"


class Whereabouts:
    """The places of one project as one reading connection sees it; must not outlive the reading."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self.cases = {case.id: case for case in read_cases(db)}
        self.sources = {source.id: source for source in read_sources(db)}
        keys = {case.uuid: case.id for case in self.cases.values()}
        self.parents = {case.id: keys.get(case.parent or "") for case in self.cases.values()}
        self.places = self._read_places(db)
        self._whole = {place.source: index for index, place in enumerate(self.places) if place.span is None}

    @cached_property
    def coders(self) -> dict[int, str]:
        """The coders' names by key."""
        return coder_keys(self._db)

    @cached_property
    def attributes(self) -> dict[str, Attribute]:
        """The attributes by name in small letters."""
        return {attribute.name.casefold(): attribute for attribute in read_attributes(self._db)}

    @cached_property
    def level_names(self) -> dict[int, str]:
        """What the levels of the cases are called, by depth, as far as they are named."""
        return read_level_names(self._db)

    @property
    def has_passages(self) -> bool:
        """Whether any passage is assigned to cases of its own."""
        return len(self.places) > len(self._whole)

    def place_of(self, source: int, start: int, end: int) -> int:
        """The place (an index into `places`) of a coding of `source` from `start` to `end`."""
        finder = self._finders.get(source)
        inner = finder.locate(start, end) if finder else None
        return self._whole[source] if inner is None else inner

    def whole_place(self, source: int) -> int:
        """The place that a source is as a whole."""
        return self._whole[source]

    def values(self, name: str) -> list[PlaceValues]:
        """For each place its values of the attribute called `name`. A source's language is its value of 'language', an attribute or not."""
        attribute = self.attributes.get(name.casefold())
        spoken: dict[int, str] = {}
        if name.casefold() == LANGUAGE:
            spoken = {source.id: source.language for source in self.sources.values() if source.language}
            if attribute is None:
                return values_of_places(self.places, self.parents, {}, spoken)
        if attribute is None:
            attribute = Names(self._db).attribute(name)
        return values_of_places(
            self.places,
            self.parents,
            self._case_values.get(attribute.id, {}),
            {**spoken, **self._source_values.get(attribute.id, {})},
            handed_down=attribute.type is not AttributeType.COUNT,
        )

    def given_values(self, attribute: Attribute) -> set[str]:
        """Every value of the attribute that a case or source was given, whether anything was read there or not."""
        return {*self._case_values.get(attribute.id, {}).values(), *self._source_values.get(attribute.id, {}).values()}

    def select(self, conditions: Sequence[tuple[str, str]]) -> frozenset[int] | None:
        """The places that all conditions let through, None without conditions. Several values of one attribute are alternatives.

        Attributes are as `values` has them, and 'case' (with all below it) and 'source'. Raises UserError for unknown names and values.
        """
        chosen: frozenset[int] | None = None
        for name, values in _by_name(conditions).items():
            through = frozenset().union(*(self._matching(name, value) for value in values))
            chosen = through if chosen is None else chosen & through
        return chosen

    def cases_for(self, conditions: Sequence[tuple[str, str]]) -> frozenset[int]:
        """The cases (keys) that the conditions ask for: a source of two regions is let through for the one that was asked for, and the
        cases of the other are not shown. A case without a value of its own or from above is asked for with what has the value in it: a
        case below, or a source that belongs to it."""
        left = frozenset(self.cases)
        for name, values in _by_name(conditions).items():
            if name == "case":
                named = {Names(self._db).cases.uuid(value) for value in values}
                keys = frozenset(key for key, case in self.cases.items() if case.uuid in named)
                above = {step for key in keys for step in ancestors_of(key, self.parents)}
                left &= above | {case for case in self.cases if keys & set(ancestors_of(case, self.parents))}
            elif name in self.attributes:
                left &= self._having(self.attributes[name], values)
        return left

    def _having(self, attribute: Attribute, values: Sequence[str]) -> frozenset[int]:
        wanted = {(canonical(value, attribute.type) or value).casefold() for value in values}
        own = self._case_values.get(attribute.id, {})
        given = {case: next((own[step] for step in ancestors_of(case, self.parents) if step in own), None) for case in self.cases}
        having = {case for case, value in given.items() if value is not None and value.casefold() in wanted}
        heard = (case for value in values for at in self._matching(attribute.name.casefold(), value) for case in self.places[at].cases)
        around = {step for case in (*having, *heard) for step in ancestors_of(case, self.parents)}
        return frozenset(having | {case for case in around if given[case] is None})

    def _matching(self, name: str, value: str) -> frozenset[int]:
        if name == "case":
            key = Names(self._db).cases.uuid(value)
            return self._where(lambda place: any(key in self._way_up(case) for case in place.cases))
        if name == "source":
            source = Names(self._db).source(value).id
            return self._where(lambda place: place.source == source)
        found = self.values(name)
        attribute = self.attributes.get(name)
        stored = (canonical(value, attribute.type) if attribute else None) or value
        folded = stored.casefold()
        through = frozenset(index for index, given in enumerate(found) if any(one.casefold() == folded for one in given))
        if not through:
            known = sorted({one for given in found for one in given})
            raise UserError(f"Nothing has '{name}' = '{value}'{nearest(value, known)}.")
        return through

    def _way_up(self, case: int) -> set[str]:
        return {self.cases[step].uuid for step in ancestors_of(case, self.parents)}

    def _where(self, condition: Callable[[Place], bool]) -> frozenset[int]:
        return frozenset(index for index, place in enumerate(self.places) if condition(place))

    def _read_places(self, db: Connection) -> list[Place]:
        whole = read_whole_assignments(db)
        places = [Place(source, tuple(whole.get(source, ()))) for source in self.sources]
        passages: dict[tuple[int, int, int], list[int]] = defaultdict(list)
        for source, start, end, case in read_passages(db):
            passages[source, start, end].append(case)
        places.extend(Place(source, tuple(cases), start, end) for (source, start, end), cases in passages.items())
        return places

    @cached_property
    def _finders(self) -> dict[int, PassageFinder]:
        passages: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for index, place in enumerate(self.places):
            if place.span is not None:
                passages[place.source].append((*place.span, index))
        return {source: PassageFinder(found) for source, found in passages.items()}

    @cached_property
    def _case_values(self) -> dict[int, dict[int, str]]:
        return read_case_values(self._db)

    @cached_property
    def _source_values(self) -> dict[int, dict[int, str]]:
        return read_source_values(self._db)


def _by_name(conditions: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """The values asked for, by the attribute's name in small letters."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for name, value in conditions:
        wanted[name.casefold()].append(value)
    return wanted
