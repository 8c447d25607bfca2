"""What the layer 'agreed' says of places in the sources, and which decisions put it there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from qcode.agreement.units import Ranges, covered
from qcode.model.decision import AGREED, Decision, Outcome
from qcode.store.agreement import decisions_of, marks_of
from qcode.store.codes import read_codes
from qcode.store.connection import Connection
from qcode.store.sources import coder_keys, read_sources

#: The UUID of a code, and code points from where to where.
Passage = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What was decided of a place between two coders (names), and the UUID of that decision; its outcome is in their order."""

    coders: tuple[str, str]
    key: str
    decision: Decision


class Layer:
    """The layer and all decisions as a project has them at one moment; of one source (`only`, a UUID) if that is given."""

    def __init__(self, db: Connection, only: str = "") -> None:
        sources = {one.id: one.uuid for one in read_sources(db) if only in ("", one.uuid)}
        codes = {code.id: code.uuid for code in read_codes(db)}
        coders = [key for key, name in coder_keys(db).items() if name == AGREED]
        self._spans: defaultdict[tuple[str, str], Ranges] = defaultdict(list)
        for source, code, _, start, end in marks_of(db, coders, next(iter(sources), None) if only else None):
            self._spans[sources[source], codes[code]].append((start, end))
        self._decided: defaultdict[str, list[tuple[str, Elsewhere]]] = defaultdict(list)
        for where, what, key, first, second, outcome, reason, coder, start, end in decisions_of(db, only):
            said = Decision(Outcome(outcome), reason, coder, (start, end))
            self._decided[where].append((what, Elsewhere((first, second), key, said)))

    def decisions_between(self, coders: tuple[str, str]) -> dict[str, Decision]:
        """The decisions between two coders (names) by UUID, outcomes in the order of `coders`."""
        return {
            said.key: said.decision if said.coders == coders else replace(said.decision, outcome=said.decision.outcome.turned)
            for decided in self._decided.values()
            for _, said in decided
            if set(said.coders) == set(coders)
        }

    def has(self, source: str, passage: Passage) -> bool:
        """Whether exactly this passage of a source (a UUID) is in the layer."""
        return passage[1:] in self._spans.get((source, passage[0]), ())

    def says(self, source: str, wanted: Iterable[Passage], reach: Collection[Passage]) -> bool:
        """Whether of what `reach` covers in a source (a UUID) exactly what `wanted` covers is in the layer, code by code."""
        asked = _by_code(wanted)
        return all(
            covered(self._spans.get((source, code), ()), places) == covered(asked.get(code, ()), places)
            for code, places in _by_code(reach).items()
        )

    def decided_elsewhere(self, source: str, passages: Collection[Passage], coders: Collection[str]) -> tuple[Elsewhere, ...]:
        """What was decided between others than `coders` (two names) of places in a source (a UUID) that one of `passages` meets."""
        others = ((code, said) for code, said in self._decided.get(source, ()) if set(said.coders) != set(coders))
        return tuple(said for code, said in others if any(meet((code, *said.decision.span), passage) for passage in passages))


def meet(one: Passage, other: Passage) -> bool:
    """Whether two passages of one source have one code and overlap."""
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]


def _by_code(passages: Iterable[Passage]) -> dict[str, Ranges]:
    found: defaultdict[str, Ranges] = defaultdict(list)
    for code, start, end in passages:
        found[code].append((start, end))
    return found
