"""The coefficients of many tables at once, from their sums; formulas and sources as in `alpha`, for 'coded' and 'not coded'."""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from qcode.agreement.sums import Numbers, Sum, coded, judged

#: Sums over missing values hold thirds and quarters; less than this is a rounding error.
_NOTHING = 1e-9


class Measure(StrEnum):
    """What is measured of every code, from sums."""

    PERCENT = "percent"
    COHEN = "cohen_kappa"
    FLEISS = "fleiss_kappa"
    ALPHA = "alpha"
    F1 = "f1"


def measure_sums(sums: Numbers, coders: int) -> dict[Measure, Numbers]:
    """Each measure of each row of `sums` (columns as in `Sum`, last axis): shares from 0 to 1, kappas and alpha from -1 to 1.

    NaN where a measure is not defined: nothing was compared, or chance alone would make the coders agree always. Cohen's kappa is NaN
    unless there are two coders. The percentage is of all pairs of judgements of one unit; Fleiss' kappa is of the units that all
    coders judged; alpha is of all that two at least judged.
    """
    return {
        Measure.PERCENT: _share(sums[..., Sum.ALIKE], sums[..., Sum.PAIRS]),
        Measure.COHEN: _cohen(sums) if coders == 2 else np.full(sums.shape[:-1], np.nan),
        Measure.FLEISS: _fleiss(sums, coders),
        Measure.ALPHA: _alpha(sums),
        Measure.F1: _share(sums[..., Sum.MATCHED], sums[..., Sum.PASSAGES]),
    }


def _cohen(sums: Numbers) -> Numbers:
    units, alike = sums[..., Sum.UNITS], sums[..., Sum.ALIKE]
    one, other = sums[..., coded(0)], sums[..., coded(1)]
    by_chance = one * other + (sums[..., judged(0)] - one) * (sums[..., judged(1)] - other)
    return _share(alike * units - by_chance, units**2 - by_chance)


def _fleiss(sums: Numbers, coders: int) -> Numbers:
    judgements = coders * sums[..., Sum.WHOLE]
    yes = sums[..., Sum.WHOLE_CODED]
    observed = _share(sums[..., Sum.WHOLE_ALIKE], judgements * (coders - 1) / 2)
    no_chance = 2 * yes * (judgements - yes)
    return 1 - _share((1 - observed) * judgements**2, no_chance)


def _alpha(sums: Numbers) -> Numbers:
    one = sums[..., Sum.ONE]
    yes, no = sums[..., Sum.BOTH] + one, sums[..., Sum.NEITHER] + one
    return 1 - _share((yes + no - 1) * one, yes * no)


def _share(part: Numbers, whole: Numbers) -> Numbers:
    """`part` of `whole`, NaN where there is no whole."""
    found: Numbers = np.full(np.shape(whole), np.nan)
    np.divide(part, whole, out=found, where=whole > _NOTHING)
    return found
