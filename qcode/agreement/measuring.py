"""How far coders agree: sources in, one line of figures for each code out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np

from qcode.agreement.bootstrap import DRAWS, FEWEST_SOURCES, SEED, draw_sources, intervals
from qcode.agreement.coefficients import Measure, measure_sums
from qcode.agreement.figures import FEW, Agreement, Basis, Figure, Line, Silence, Unitised
from qcode.agreement.matching import ENOUGH
from qcode.agreement.patterns import count_patterns
from qcode.agreement.sums import Numbers, Sum, Sums, coded, judged
from qcode.agreement.unitising import Continuum
from qcode.agreement.units import Axis, Ranges, Unit, joined

#: For each code who judged it, as bits (1 << coder).
Judges = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class ReadSource:
    """One source: its `length` in code points, its units, who judged which code, and the codings.

    `marks` are (code, coder number, start, end), in any order; those of codes that are not asked for, and of coders who did not judge
    the code, count for nothing: what was not finished is missing, not 'nothing found'.
    """

    length: int
    axis: Axis
    judges: Judges
    marks: Sequence[tuple[int, int, int, int]]


def measure_agreement(
    coders: Sequence[str],
    codes: Sequence[int],
    sources: Sequence[ReadSource],
    unit: Unit,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    enough: float = ENOUGH,
    unitising: bool = False,
) -> Agreement:
    """The figures for two or more coders. ValueError for fewer, or where `enough` is not above 0 and at most 1.

    The axis of every source must be of `unit`. Point values do not depend on the order of the sources; intervals do, through the seed.
    `unitising` asks for the measures of passages too. With `draws` 0 there are no intervals.
    """
    if len(coders) < 2 or not 0 < enough <= 1:
        raise ValueError("agreement needs two coders at least, and an overlap above 0 and at most 1")
    counted = [source for source in sources if any(kind.bit_count() > 1 for kind in source.judges.values())]
    table = _count(counted, codes, len(coders), enough)
    drawn = draw_sources(len(counted), draws, seed) if draws and len(counted) >= FEWEST_SOURCES else None
    everybody = (1 << len(coders)) - 1
    unitised = _unitise(counted, codes, len(coders)) if unitising else {}
    lines = _lines([*codes, None], table, drawn, len(coders), unitised)
    return Agreement(
        coders=tuple(coders),
        unit=unit,
        sources=len(counted),
        finished_by_all=sum(everybody in source.judges.values() for source in counted),
        draws=0 if drawn is None else draws,
        enough=enough,
        lines=tuple(lines[:-1]),
        overall=lines[-1],
    )


def judged_spans(source: ReadSource, codes: Collection[int]) -> Iterator[tuple[int, int, dict[int, Ranges]]]:
    """Of each of `codes` that a judge used: the code, its judges, and each such coder's passages, overlapping ones made one."""
    for code, marks in groupby(sorted(mark for mark in source.marks if mark[0] in codes), itemgetter(0)):
        judges = source.judges.get(code, 0)
        if judges.bit_count() > 1:
            by_coder = {
                coder: joined([(start, end) for _, _, start, end in own], gap=0)
                for coder, own in groupby(marks, itemgetter(1))
                if judges >> coder & 1
            }
            if by_coder:
                yield code, judges, by_coder


def _count(sources: Sequence[ReadSource], codes: Sequence[int], coders: int, enough: float) -> Numbers:
    """The sums by source, code and column; the last code is all that anybody used, together."""
    numbers = {code: number for number, code in enumerate(codes)}
    sums = Sums(len(sources), len(codes), coders, enough)
    for at, source in enumerate(sources):
        sums.add_units(at, [source.judges.get(code, 0) for code in codes], source.axis.count)
        for code, judges, passages in judged_spans(source, numbers):
            ranges = {coder: source.axis.ranges(spans) for coder, spans in passages.items()}
            for pattern, units in count_patterns(ranges).items():
                sums.add_pattern(at, numbers[code], judges, pattern, units)
            sums.add_passages(at, numbers[code], judges, passages)
    table = sums.finish()
    # A code that nobody used says nothing of agreement: counted in, every new code of the codebook would raise it.
    used = table[..., Sum.CODED].sum(axis=0) > 0
    return np.concatenate([table, table[:, used].sum(axis=1, keepdims=True)], axis=1)


def _lines(
    codes: Sequence[int | None], table: Numbers, drawn: Numbers | None, coders: int, unitised: Mapping[int | None, Unitised]
) -> list[Line]:
    totals = table.sum(axis=0)
    values = measure_sums(totals, coders)
    ends = {measure: np.full((2, len(codes)), np.nan) for measure in Measure}
    shown = np.flatnonzero(totals[:, Sum.CODED] >= FEW)
    sources, whole = (np.count_nonzero(table[..., column], axis=0) for column in (Sum.UNITS, Sum.WHOLE))
    if drawn is not None and len(shown):
        for measure, (low, high) in intervals(table[:, shown], drawn, coders).items():
            resting = (whole if measure is Measure.FLEISS else sources)[shown]
            ends[measure][:, shown] = np.where(resting >= FEWEST_SOURCES, (low, high), np.nan)

    def figure(measure: Measure, at: int) -> Figure:
        value = _known(values[measure][at])
        return Figure(value) if value is None else Figure(value, *map(_known, ends[measure][:, at]))

    return [
        Line(
            code=code,
            sources=int(sources[at]),
            units=round(row[Sum.UNITS]),
            coded=round(row[Sum.CODED]),
            percent=figure(Measure.PERCENT, at),
            cohen=figure(Measure.COHEN, at),
            fleiss=figure(Measure.FLEISS, at),
            alpha=figure(Measure.ALPHA, at),
            f1=figure(Measure.F1, at),
            prevalence=tuple(float(row[coded(coder)] / row[judged(coder)]) if row[judged(coder)] else None for coder in range(coders)),
            silence=_silence(row) if code is not None or not sources.any() else _silence(row, Silence.NONE),
            whole=Basis(int(whole[at]), round(row[Sum.WHOLE]), round(row[Sum.WHOLE_ANY])),
            unitised=unitised.get(code),
        )
        for at, (code, row) in enumerate(zip(codes, totals, strict=True))
    ]


def _silence(row: Numbers, without_units: Silence = Silence.UNREAD) -> Silence | None:
    """Why a row has no coefficient. The row of all codes has no units either where sources were finished and nothing was coded in them."""
    if not row[Sum.UNITS]:
        return without_units
    if not row[Sum.CODED]:
        return Silence.NOBODY
    return None if row[Sum.ONE] or row[Sum.NEITHER] else Silence.EVERYWHERE


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _unitise(sources: Sequence[ReadSource], codes: Sequence[int], coders: int) -> dict[int | None, Unitised]:
    """The measures of passages by code and, under None, over all; on the sources that all coders finished with the code."""
    everybody = (1 << coders) - 1
    together = Continuum(coders)
    alone = {code: Continuum(coders, meanings=False) for code in codes}
    for source in sources:
        passages: list[list[tuple[int, int, int]]] = [[] for _ in range(coders)]
        unmarked = {code for code, judges in source.judges.items() if judges == everybody and code in alone}
        if unmarked:
            for code, _, spans in judged_spans(source, set(unmarked)):
                unmarked.discard(code)
                own = [[(start, end, code) for start, end in spans.get(coder, ())] for coder in range(coders)]
                alone[code].add(own, source.length)
                for all_own, one_code in zip(passages, own, strict=True):
                    all_own.extend(one_code)
            together.add(passages, source.length)
        for code in unmarked:
            alone[code].add_unmarked(source.length)
    whole = together.measured()
    found: dict[int | None, Unitised] = {None: Unitised(whole.u, whole.bar_u, whole.cu, whole.coverage)}
    for code, continuum in alone.items():
        own_measures, of_code = continuum.measured(), whole.of_code.get(code)
        cu, coverage = (of_code.alpha, of_code.coverage) if of_code else (None, None)
        found[code] = Unitised(own_measures.u, own_measures.bar_u, cu, coverage)
    return found


def between(source: ReadSource, first: int, second: int) -> ReadSource:
    """The same source as far as two of its coders are concerned; they become the coders 0 and 1."""
    numbers = {first: 0, second: 1}
    judges = {code: (bits >> first & 1) | (bits >> second & 1) << 1 for code, bits in source.judges.items()}
    marks = [(code, numbers[coder], start, end) for code, coder, start, end in source.marks if coder in numbers]
    return ReadSource(source.length, source.axis, judges, marks)
