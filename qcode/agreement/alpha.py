"""The coefficients on plain tables, one at a time, as the literature defines them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import accumulate
from typing import Any

Margins = Mapping[Any, float]


class Metric(StrEnum):
    """What the difference of two values means."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def cohen_kappa(table: Sequence[Sequence[float]]) -> float | None:
    """Cohen's kappa of a square table of counts: rows are the first coder's categories, columns the second's.

    None where chance alone would make them agree always, and for an empty table.
    Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20:37-46.
    """
    total = sum(map(sum, table))
    agreeing = sum(row[at] for at, row in enumerate(table))
    by_chance = sum(sum(row) * sum(line[at] for line in table) for at, row in enumerate(table))
    return (agreeing * total - by_chance) / (total * total - by_chance) if total * total != by_chance else None


def fleiss_kappa(table: Sequence[Sequence[int]]) -> float | None:
    """Fleiss' kappa of a table of counts: one row a subject, one column a category, each cell how many coders chose it.

    Every row must have the same sum, two at least; otherwise ValueError. None where chance alone would make them agree always.
    Fleiss, J. L. (1971), Measuring nominal scale agreement among many raters, Psychological Bulletin 76:378-382.
    """
    sizes = {sum(row) for row in table}
    if len(sizes) != 1 or min(sizes) < 2:
        raise ValueError("every subject needs the same number of judgements, two at least")
    coders = sizes.pop()
    judgements = coders * len(table)
    by_chance = sum(size * size for size in map(sum, zip(*table, strict=True)))
    if by_chance == judgements * judgements:
        return None
    observed = sum(count * (count - 1) for row in table for count in row) / (judgements * (coders - 1))
    expected = by_chance / (judgements * judgements)
    return (observed - expected) / (1 - expected)


def krippendorff_alpha(rows: Sequence[Sequence[Hashable | None]], metric: Metric = Metric.NOMINAL) -> float | None:
    """Krippendorff's alpha: one row a coder, one column a unit, None for a missing value; any number of coders.

    Values are numbers unless the metric is nominal (ordinal: anything that sorts). None where fewer than two different values could
    be compared. Krippendorff, K. (2011), Computing Krippendorff's Alpha-Reliability, sections A to D.
    """
    observed: defaultdict[tuple[Any, Any], float] = defaultdict(float)
    for column in zip(*rows, strict=True):
        values = Counter(value for value in column if value is not None)
        size = values.total()
        for one, count in values.items() if size > 1 else ():
            for other, others in values.items():
                observed[one, other] += count * (others - (one == other)) / (size - 1)
    margins: defaultdict[Any, float] = defaultdict(float)
    for (value, _), weight in observed.items():
        margins[value] += weight
    difference = _difference(metric, margins)
    found: float = sum(weight * difference(one, other) for (one, other), weight in observed.items())
    expected: float = sum(margins[one] * margins[other] * difference(one, other) for one in margins for other in margins)
    return 1 - (sum(margins.values()) - 1) * found / expected if expected else None


def _difference(metric: Metric, margins: Margins) -> Callable[[Any, Any], float]:
    """The squared difference of two values. Ordinal values are as far apart as there are values from the middle of one to the other's."""
    match metric:
        case Metric.NOMINAL:
            return lambda one, other: float(one != other)
        case Metric.ORDINAL:
            ranks = _middles(margins)
            return lambda one, other: (ranks[one] - ranks[other]) ** 2
        case Metric.INTERVAL:
            return lambda one, other: float((one - other) ** 2)
        case Metric.RATIO:
            return lambda one, other: ((one - other) / (one + other)) ** 2 if one != other else 0.0


def _middles(margins: Margins) -> dict[Any, float]:
    order: Iterable[Any] = sorted(margins)
    values = list(order)
    below = accumulate((margins[value] for value in values), initial=0.0)
    return {value: before + margins[value] / 2 for value, before in zip(values, below, strict=False)}
