"""The figures of agreement as values: one line for each code, and one for all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qcode.agreement.units import Unit

#: Under so many coded units a coefficient says more of chance than of the coders.
FEW = 10


class Silence(StrEnum):
    """Why kappa and alpha are not defined for a code, or for all."""

    UNREAD = "no source that two of them finished with this code in the codebook"
    NOBODY = "nobody used it"
    NONE = "nobody used any of these codes"
    EVERYWHERE = "everybody used it everywhere"


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure, and the ends of its 95 % bootstrap interval over sources; None where they are not defined."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What a figure rests on: so many sources, their units, and those of these that somebody coded."""

    sources: int
    units: int
    coded: int

    @property
    def too_few(self) -> bool:
        """Whether fewer than ten units were coded."""
        return self.coded < FEW


@dataclass(frozen=True, slots=True)
class Unitised:
    """Measures of freely chosen passages, on characters whatever the unit is; None where not defined.

    `u` and `bar_u` (marked against not marked, which for one code is the same) are for any number of coders. For two coders `cu` is,
    over all codes, their agreement on what both marked, and for one code (k)u-alpha. `coverage` (0 to 1) is how much lies where both
    marked something: of all text, for one code of its passages.
    """

    u: float | None
    bar_u: float | None
    cu: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """How far the coders agree on one code, or on all (`code` None: the judgements of all codes that anybody used, together).

    `sources` are those that two coders at least finished, with the code in the codebook; `units` the units of these, for all codes
    once for each code; `coded` those that somebody coded, which is the n that says how much a figure rests on. `prevalence` is the
    share (0 to 1) of the units each coder judged that he or she coded, in the order of the coders. `cohen` is for two coders only.
    `fleiss` rests on `whole`, the part of all this that every coder finished. `f1` compares passages, whatever the unit is. `silence`
    says why kappa and alpha have no value.
    """

    code: int | None
    sources: int
    units: int
    coded: int
    percent: Figure
    cohen: Figure
    fleiss: Figure
    alpha: Figure
    f1: Figure
    prevalence: tuple[float | None, ...]
    silence: Silence | None
    whole: Basis
    unitised: Unitised | None = None

    @property
    def too_few(self) -> bool:
        """Whether fewer than ten units were coded: then kappa and alpha are not to be shown; Fleiss' kappa neither where `whole` has."""
        return self.coded < FEW


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far `coders` (names) agree, on one unit, by code in the order asked for, and over all codes.

    `sources` were finished by two of them at least, `finished_by_all` by all. `draws` are those of the bootstrap, 0 when there are too
    few sources for one; `enough` is the overlap at which two passages count as one for F1.
    """

    coders: tuple[str, ...]
    unit: Unit
    sources: int
    finished_by_all: int
    draws: int
    enough: float
    lines: tuple[Line, ...]
    overall: Line
