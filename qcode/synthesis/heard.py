"""Which cases and sources are people who were heard, and how many people each of them is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qcode.model.case import COUNT_NAMES
from qcode.model.heard import MAN, WOMAN
from qcode.synthesis.places import Place
from qcode.synthesis.tree import ancestors_of

#: A case, or a source that is itself somebody, by key.
Key = tuple[str, int]
CASE, SOURCE = "case", "source"


@dataclass(frozen=True)
class Said:
    """What was said of cases and sources themselves, nothing handed down: for each of 'people', 'women' and 'men' the counts, and the
    gender and stakeholder group, by key."""

    counts: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    gender: Mapping[int, str] = field(default_factory=dict)
    group: Mapping[int, str] = field(default_factory=dict)

    def has_counts(self, key: int) -> bool:
        """Whether somebody said how many people it is."""
        return any(key in of_name for of_name in self.counts.values())

    def is_somebody(self, key: int) -> bool:
        """Whether something is said of it that is only said of people."""
        return key in self.gender or key in self.group

    def numbers(self, key: int) -> tuple[int, int, int]:
        """People, women and men. Whoever says only women and men says how many people; more women and men than people are people too."""
        people, women, men = (self.counts.get(name, {}).get(key, 0) for name in COUNT_NAMES)
        return max(people, women + men), women, men


def find_partners(
    places: Sequence[Place], parents: Mapping[int, int | None], cases: Said, sources: Said
) -> dict[Key, list[tuple[int, int | None]]]:
    """Who was heard: for each, the places (indexes) it was heard in, each with the case by which (None for a source that is somebody).

    A place speaks for the nearest case with numbers of people on the way up from each of its cases; else for the case itself, if it or
    one above is of a gender or stakeholder group; else for its source, if that is. What lies below a group that was heard, such as the
    speakers of a focus group, is part of the group.
    """
    found: dict[Key, list[tuple[int, int | None]]] = {}
    for at, place in enumerate(places):
        for key, case in _speakers(place, parents, cases, sources):
            found.setdefault(key, []).append((at, case))
    for key in [key for key in found if key[0] == CASE]:
        above = [step for step in ancestors_of(key[1], parents)[1:] if (CASE, step) in found and cases.has_counts(step)]
        if above:
            found[CASE, above[-1]] += found.pop(key)
    return found


def _speakers(place: Place, parents: Mapping[int, int | None], cases: Said, sources: Said) -> list[tuple[Key, int | None]]:
    is_whole = place.span is None
    if is_whole and (sources.has_counts(place.source) or place.source in sources.gender):
        return [((SOURCE, place.source), None)]
    found: list[tuple[Key, int | None]] = []
    for case in place.cases:
        way = ancestors_of(case, parents)
        counted = next((step for step in way if cases.has_counts(step)), None)
        if counted is not None:
            found.append(((CASE, counted), case))
        elif any(cases.is_somebody(step) for step in way):
            found.append(((CASE, case), case))
    if not found and is_whole and place.source in sources.group:
        return [((SOURCE, place.source), None)]
    return found


def one_of(gender: str) -> tuple[int, int, int]:
    """People, women and men of whom nobody said how many they are: one."""
    folded = gender.casefold()
    return 1, int(folded in WOMAN), int(folded in MAN)
