"""In what order names are offered to somebody who types a part of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from qcode.text.folding import fold

#: A name must be this much like what was typed (rapidfuzz's partial ratio, 0-100) to be offered for likeness alone.
_ALIKE = 78.0
_LEAST_FUZZY = 3


class Match(IntEnum):
    """How a name answers what was typed, the best first."""

    EXACT = 0
    PREFIX = 1
    WORD_PREFIX = 2
    INSIDE = 3
    ALIKE = 4


@dataclass(frozen=True, slots=True)
class Ranked:
    """One name that answers: its place in the list given, how it answers, and which of its code points were typed."""

    index: int
    match: Match
    start: int = 0
    end: int = 0


def rank_names(typed: str, names: Sequence[str]) -> list[Ranked]:
    """The names that answer `typed`: exact, prefix, prefix of a word, inside, then alike; among equals as given. All when it is blank."""
    wanted = fold(typed.strip())
    if not wanted:
        return [Ranked(index, Match.EXACT) for index in range(len(names))]
    found = [ranked for index, name in enumerate(names) if (ranked := _rank(index, name, wanted))]
    known = {one.index for one in found}
    likeness = _alike(wanted, [(index, fold(name)) for index, name in enumerate(names) if index not in known])
    return sorted(found, key=lambda one: (one.match, one.index)) + [Ranked(index, Match.ALIKE) for index in likeness]


def _rank(index: int, name: str, wanted: str) -> Ranked | None:
    folded = fold(name)
    place = folded.find(wanted)
    if place < 0:
        return None
    starts = [at for at in _places(folded, wanted) if at == 0 or not folded[at - 1].isalnum()]
    match = Match.EXACT if folded == wanted else Match.PREFIX if 0 in starts else Match.WORD_PREFIX if starts else Match.INSIDE
    at = starts[0] if starts else place
    # Folding may change lengths; then nothing is marked rather than the wrong letters.
    return Ranked(index, match, at, at + len(wanted)) if len(folded) == len(name) else Ranked(index, match)


def _places(folded: str, wanted: str) -> list[int]:
    return [at for at in range(len(folded)) if folded.startswith(wanted, at)]


def _alike(wanted: str, names: Sequence[tuple[int, str]]) -> list[int]:
    from rapidfuzz.fuzz import partial_ratio

    if len(wanted) < _LEAST_FUZZY:
        return []
    scored = [(partial_ratio(wanted, name), index) for index, name in names if len(name) >= _LEAST_FUZZY]
    return [index for score, index in sorted(scored, key=lambda one: (-one[0], one[1])) if score >= _ALIKE]
