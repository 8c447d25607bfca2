"""How far figures would move had other sources been read: the percentile bootstrap over sources."""

from __future__ import annotations

import numpy as np

from qcode.agreement.coefficients import Measure, measure_sums
from qcode.agreement.sums import Numbers

DRAWS = 2_000
SEED = 1
#: What the interval holds of the draws.
LEVEL = 0.95
#: A resample of fewer sources says nothing of other sources.
FEWEST_SOURCES = 2
_AT_ONCE = 16

Interval = tuple[Numbers, Numbers]


def draw_sources(sources: int, draws: int = DRAWS, seed: int = SEED) -> Numbers:
    """How often each source is in each draw: draws × sources, each row as many sources as there are, drawn with putting back.

    The same seed gives the same draws under every version of numpy: the stream of `RandomState` is frozen.
    """
    drawn = np.random.RandomState(seed).randint(0, sources, (draws, sources))
    places = drawn + np.arange(draws)[:, None] * sources
    return np.bincount(places.ravel(), minlength=draws * sources).reshape(draws, sources).astype(np.float64)


def intervals(table: Numbers, draws: Numbers, coders: int) -> dict[Measure, Interval]:
    """Lower and upper end of each measure of each code, from sums by source, code and column.

    Draws in which a measure is not defined are left out; NaN where that leaves fewer than half of them.
    """
    sources, codes, columns = table.shape
    found: dict[Measure, list[Interval]] = {measure: [] for measure in Measure}
    for first in range(0, codes, _AT_ONCE):
        part = table[:, first : first + _AT_ONCE]
        drawn = (draws @ part.reshape(sources, -1)).reshape(len(draws), -1, columns)
        for measure, values in measure_sums(drawn, coders).items():
            found[measure].append(_ends(values))
    return {measure: _joined(parts) for measure, parts in found.items()}


def _ends(values: Numbers) -> Interval:
    """The percentiles of each column; NaN sorts last."""
    ordered = np.sort(values, axis=0)
    known = np.count_nonzero(~np.isnan(values), axis=0)
    enough = known * 2 >= len(values)
    low, high = (_at(ordered, np.maximum(known - 1, 0) * share) for share in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return np.where(enough, low, np.nan), np.where(enough, high, np.nan)


def _at(ordered: Numbers, place: Numbers) -> Numbers:
    """The values at a place between two rows, as far between them as the place is."""
    below = np.floor(place).astype(np.int64)
    columns = np.arange(ordered.shape[1])
    lower, upper = ordered[below, columns], ordered[np.minimum(below + 1, len(ordered) - 1), columns]
    share = place - below
    return np.where(share > 0, lower + (upper - lower) * share, lower)


def _joined(parts: list[Interval]) -> Interval:
    return np.concatenate([low for low, _ in parts]), np.concatenate([high for _, high in parts])
