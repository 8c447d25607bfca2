"""What is added up of every source and code: all coefficients are quotients of these sums, so a resample only adds sources again."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum, auto
from functools import cache
from itertools import combinations, count

import numpy as np
from numpy.typing import NDArray

from qcode.agreement.matching import count_matches
from qcode.agreement.units import Ranges

Numbers = NDArray[np.float64]


class Sum(IntEnum):
    """The columns; behind the last, two more for each coder: the units judged, and those of them he or she coded."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[int]) -> int:
        return count

    #: Units that two coders at least judged, and those of them that one at least coded.
    UNITS = auto()
    CODED = auto()
    #: Pairs of judgements of one unit, and those of them that are alike.
    PAIRS = auto()
    ALIKE = auto()
    #: Krippendorff's coincidences: both coded, one of two (half of them), neither.
    BOTH = auto()
    ONE = auto()
    NEITHER = auto()
    #: Units that all coders judged, those of them that one at least coded, how often these were coded, and the alike pairs among their
    #: judgements.
    WHOLE = auto()
    WHOLE_ANY = auto()
    WHOLE_CODED = auto()
    WHOLE_ALIKE = auto()
    #: Passages, once for each coder they are compared with, and those of them that met one of that coder's.
    PASSAGES = auto()
    MATCHED = auto()


def judged(coder: int) -> int:
    """The column of the units that a coder (by number) judged."""
    return len(Sum) + 2 * coder


def coded(coder: int) -> int:
    """The column of the units that a coder (by number) coded."""
    return judged(coder) + 1


class Sums:
    """The table of sums, source by code by column, filled source by source.

    `judges` are bits (1 << coder): who judged a code in a source. Units that fewer than two judged add nothing.
    """

    def __init__(self, sources: int, codes: int, coders: int, enough: float) -> None:
        self._coders = coders
        self._enough = enough
        self.table: Numbers = np.zeros((sources, codes, len(Sum) + 2 * coders))
        self._of_unit = cache(self._reckon)
        # One row per pattern met: where it belongs, whose it is, and by how many units it differs from 'nobody'.
        self._places: list[tuple[int, int]] = []
        self._kinds: list[tuple[int, int]] = []
        self._counts: list[int] = []

    def add_units(self, source: int, judges: Sequence[int], units: int) -> None:
        """Take in that a source has so many units, and nothing coded yet; `judges` stand in the order of the codes."""
        kinds = sorted(set(judges))
        rows = np.array([self._of_unit(kind, 0) for kind in kinds])
        self.table[source] = rows[np.searchsorted(kinds, judges)] * units

    def add_pattern(self, source: int, code: int, judges: int, pattern: int, units: int) -> None:
        """Take in that of the units so many were coded by exactly the coders of `pattern`, all of them judges."""
        self._places.append((source, code))
        self._kinds.append((judges, pattern))
        self._counts.append(units)

    def add_passages(self, source: int, code: int, judges: int, passages: dict[int, Ranges]) -> None:
        """Take in the passages of each coder who has some, all of them judges."""
        others = judges.bit_count() - 1
        row = self.table[source, code]
        row[Sum.PASSAGES] = others * sum(map(len, passages.values()))
        if len(passages) > 1:
            pairs = combinations(passages.values(), 2)
            row[Sum.MATCHED] = 2 * sum(count_matches(ours, theirs, self._enough) for ours, theirs in pairs)

    def finish(self) -> Numbers:
        """The table, with all that was added in it."""
        if self._places:
            number_of = dict(zip(dict.fromkeys(self._kinds), count(), strict=False))
            differences = np.array([self._of_unit(*kind) - self._of_unit(kind[0], 0) for kind in number_of])
            rows = differences[[number_of[kind] for kind in self._kinds]] * np.array(self._counts)[:, None]
            places = np.array(self._places)
            np.add.at(self.table, (places[:, 0], places[:, 1]), rows)
        return self.table

    def _reckon(self, judges: int, pattern: int) -> Numbers:
        """What one unit adds that `judges` judged and those of `pattern` coded."""
        row = np.zeros(len(Sum) + 2 * self._coders)
        many, yes = judges.bit_count(), pattern.bit_count()
        if many < 2:
            return row
        no = many - yes
        alike = (yes * (yes - 1) + no * (no - 1)) / 2
        row[Sum.UNITS], row[Sum.CODED] = 1, yes > 0
        row[Sum.PAIRS], row[Sum.ALIKE] = many * (many - 1) / 2, alike
        row[Sum.BOTH], row[Sum.ONE], row[Sum.NEITHER] = (way / (many - 1) for way in (yes * (yes - 1), yes * no, no * (no - 1)))
        if many == self._coders:
            row[Sum.WHOLE], row[Sum.WHOLE_ANY], row[Sum.WHOLE_CODED], row[Sum.WHOLE_ALIKE] = 1, yes > 0, yes, alike
        for coder in range(self._coders):
            row[judged(coder)] = judges >> coder & 1
            row[coded(coder)] = pattern >> coder & 1
        return row
