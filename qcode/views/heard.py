"""Who was heard, by country, stakeholder group and method."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qcode.model.case import COUNT_NAMES
from qcode.model.heard import GENDER_NAMES, WRITTEN, Partner, Tally, tally
from qcode.model.paths import MARK
from qcode.model.strength import GROUP_NAMES, METHOD_NAMES
from qcode.project import Project
from qcode.store.cases import read_case_values, read_source_values
from qcode.synthesis.heard import CASE, Key, Said, find_partners, one_of
from qcode.synthesis.places import Place
from qcode.synthesis.values import PlaceValues
from qcode.views.permission import attribute_called
from qcode.views.whereabouts import Whereabouts

if TYPE_CHECKING:
    from qcode.store.connection import Connection


@dataclass(frozen=True)
class Heard:
    """Everybody who was heard, in order of country, group and name. `country`, `group` and `method` are what the project calls these:
    the level at the top ('case' where it has no name), and the attributes, '' without. `silent` are names of sources in which nobody
    is heard."""

    partners: tuple[Partner, ...]
    country: str
    group: str
    method: str
    silent: tuple[str, ...]

    @property
    def total(self) -> Tally:
        """All together."""
        return tally(self.partners)

    @property
    def countries(self) -> list[str]:
        """The countries in order, '' last."""
        return ordered(one.country for one in self.partners)

    @property
    def groups(self) -> list[str]:
        """The stakeholder groups in order, '' last."""
        return ordered(one.group for one in self.partners)

    def of(self, country: str | None = None, group: str | None = None) -> Tally:
        """Those of a country, of a group, or of both."""
        return tally([one for one in self.partners if country in (None, one.country) and group in (None, one.group)])

    def by_method(self) -> list[tuple[str, Tally]]:
        """A tally for each method in order, '' last; who was heard by several is in each of them."""
        names = ordered(method for one in self.partners for method in one.methods or ("",))
        return [(name, tally([one for one in self.partners if name in (one.methods or ("",))])) for name in names]


def read_heard(project: Project, conditions: Sequence[tuple[str, str]] = ()) -> Heard:
    """Everybody who was heard in the places that the conditions let through; these are as `Whereabouts.select` takes them."""
    with project.reading() as db:
        return _Reading(db, conditions).heard()


def ordered(names: Iterable[str]) -> list[str]:
    """Each name once, without regard to capitals, with '' last."""
    return sorted(set(names), key=lambda name: (not name, name.casefold(), name))


class _Reading:
    """One question on its way; must not outlive the reading."""

    def __init__(self, db: Connection, conditions: Sequence[tuple[str, str]]) -> None:
        self._where = Whereabouts(db)
        self._case_values, self._source_values = read_case_values(db), read_source_values(db)
        self._chosen = self._where.select(conditions)
        self._group = attribute_called(self._where, GROUP_NAMES)
        self._gender = attribute_called(self._where, GENDER_NAMES)
        self._method = attribute_called(self._where, METHOD_NAMES)
        self._cases, self._sources = self._said(self._case_values), self._said(self._source_values)
        none: list[PlaceValues] = [{} for _ in self._where.places]
        self._values = {name: self._where.values(name) if name else none for name in (self._group, self._gender, self._method)}

    def heard(self) -> Heard:
        """Everybody, with the sources in which nobody is heard."""
        where = self._where
        at = [index for index, place in enumerate(where.places) if self._is_talk(index) and (self._chosen is None or index in self._chosen)]
        found = find_partners([where.places[index] for index in at], where.parents, self._cases, self._sources)
        partners = [self._partner(key, [(at[number], case) for number, case in of_key]) for key, of_key in found.items()]
        partners.sort(key=lambda one: (not one.country, one.country.casefold(), not one.group, one.group.casefold(), one.name.casefold()))
        speaking = {source for one in partners for source in one.sources}
        asked = {place.source for index, place in enumerate(where.places) if self._chosen is None or index in self._chosen}
        silent = tuple(sorted(where.sources[source].name for source in asked - speaking))
        return Heard(tuple(partners), where.level_names.get(1, "case"), self._group, self._method, silent)

    def _said(self, values: dict[int, dict[int, str]]) -> Said:
        """What cases, or sources, say themselves; `values` by attribute and then by their keys."""

        def own(name: str) -> dict[int, str]:
            attribute = self._where.attributes.get(name)
            return values.get(attribute.id, {}) if attribute else {}

        counts = {name: {key: int(value) for key, value in own(name).items() if value.isdecimal()} for name in COUNT_NAMES}
        return Said(counts, own(self._gender), own(self._group))

    def _is_talk(self, index: int) -> bool:
        """Whether anybody can be heard in a place: not in a document."""
        methods = self._values[self._method][index]
        return not methods or any(method.casefold() not in WRITTEN for method in methods)

    def _partner(self, key: Key, heard_at: Sequence[tuple[int, int | None]]) -> Partner:
        places = [self._where.places[index] for index, _ in heard_at]
        said = self._cases if key[0] == CASE else self._sources
        assumed = not said.has_counts(key[1])
        gender = next(iter(self._of(self._gender, heard_at)), "")
        numbers = one_of(gender) if assumed else said.numbers(key[1])
        methods = tuple(method for method in self._of(self._method, heard_at) if method.casefold() not in WRITTEN)
        group = next(iter(self._of(self._group, heard_at)), "")
        return Partner(
            self._name(key), self._country(key, places), group, methods, frozenset(place.source for place in places), *numbers, assumed
        )

    def _of(self, name: str, heard_at: Sequence[tuple[int, int | None]]) -> list[str]:
        """The values of an attribute where somebody was heard, by the case that speaks there, in order."""
        given = ((case, *one) for index, case in heard_at for one in self._values[name][index].items())
        return ordered(value for case, value, cases in given if case is None or case in cases)

    def _name(self, key: Key) -> str:
        return self._where.cases[key[1]].path if key[0] == CASE else self._where.sources[key[1]].name

    def _country(self, key: Key, places: Sequence[Place]) -> str:
        """The case at the top above who was heard, '' for who stands there; of a source that is somebody those of its cases."""
        if key[0] == CASE:
            path = self._where.cases[key[1]].path
            return path.partition(MARK)[0].strip() if MARK in path else ""
        tops = {self._where.cases[case].path.partition(MARK)[0].strip() for place in places for case in place.cases}
        return ", ".join(sorted(tops))
