from __future__ import annotations

import random
import statistics

import numpy as np
import pytest

from qcode.agreement.bootstrap import draw_sources
from qcode.agreement.measuring import ReadSource, measure_agreement
from qcode.agreement.units import Unit
from tests.agreement.made import CODE, judged_characters


def many(count: int) -> list[ReadSource]:
    chance = random.Random(4)

    def row(other: str = "") -> str:
        return "".join(other[at] if other and chance.random() < 0.8 else chance.choice("0001") for at in range(30))

    made = []
    for _ in range(count):
        first = row()
        made.append(judged_characters(first, row(first)))
    return made


def test_every_draw_has_as_many_sources_as_there_are() -> None:
    draws = draw_sources(7, 50, seed=3)
    assert draws.shape == (50, 7)
    assert set(draws.sum(axis=1)) == {7}
    assert draws.max() > 1
    assert np.array_equal(draws, draw_sources(7, 50, seed=3))
    assert not np.array_equal(draws, draw_sources(7, 50, seed=4))


def test_the_interval_is_that_of_measuring_each_draw() -> None:
    sources = many(6)
    draws = draw_sources(6, 41, seed=5).astype(int)
    alphas = []
    for counts in draws:
        drawn = [source for source, count in zip(sources, counts, strict=True) for _ in range(count)]
        alphas.append(measure_agreement(["A", "B"], [CODE], drawn, Unit.CHARACTER, draws=0).lines[0].alpha.value)
    # 41 draws: the 2.5 % and 97.5 % places are the second of 41 and the last but one
    ends = statistics.quantiles(alphas, n=40, method="inclusive")
    found = measure_agreement(["A", "B"], [CODE], sources, Unit.CHARACTER, draws=41, seed=5).lines[0].alpha
    assert (found.low, found.high) == pytest.approx((ends[0], ends[-1]))


def test_the_interval_holds_the_figure_and_comes_again() -> None:
    found = measure_agreement(["A", "B"], [CODE], many(12), Unit.CHARACTER)
    line = found.lines[0]
    assert found.draws == 2_000
    for figure in (line.percent, line.cohen, line.fleiss, line.alpha, line.f1):
        assert figure.value is not None
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low < figure.value < figure.high
    assert found == measure_agreement(["A", "B"], [CODE], many(12), Unit.CHARACTER)


def test_many_codes_get_the_intervals_each_has_alone() -> None:
    codes = list(range(40))
    sources = []
    for one in many(5):
        marks = [(code, coder, start, end) for _, coder, start, end in one.marks for code in codes if (code + start) % 3]
        sources.append(ReadSource(one.length, one.axis, dict.fromkeys(codes, 3), marks))
    together = measure_agreement(["A", "B"], codes, sources, Unit.CHARACTER, draws=30)
    for code in (0, 15, 16, 39):
        alone = measure_agreement(["A", "B"], [code], sources, Unit.CHARACTER, draws=30)
        assert alone.lines[0].alpha.low == pytest.approx(together.lines[code].alpha.low)


def test_one_source_has_no_interval() -> None:
    found = measure_agreement(["A", "B"], [CODE], many(1), Unit.CHARACTER)
    assert found.draws == 0
    assert found.lines[0].alpha.value is not None
    assert found.lines[0].alpha.low is None


def test_a_figure_that_most_draws_do_not_have_has_no_interval() -> None:
    # Where only the sources are drawn in which everybody coded everything, alpha is not defined: here in a quarter of the draws.
    everywhere, one = judged_characters("1" * 20, "1" * 20), judged_characters("1" * 19 + "0", "1" * 19 + "0")
    often = measure_agreement(["A", "B"], [CODE], [everywhere, one], Unit.CHARACTER).lines[0].alpha
    assert (often.low, often.high) == (1, 1)
    for seed, defined in ((0, False), (3, True)):
        assert bool(draw_sources(3, 1, seed)[0, 2]) is defined
        rarely = measure_agreement(["A", "B"], [CODE], [everywhere, everywhere, one], Unit.CHARACTER, draws=1, seed=seed)
        assert (rarely.lines[0].alpha.low is not None) is defined
