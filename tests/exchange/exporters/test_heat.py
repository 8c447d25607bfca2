from __future__ import annotations

from dataclasses import replace

import pytest

from qcode.exchange.exporters.heat import colours, step_of, step_words, tone_of
from qcode.model.matrix import Measure, Row
from qcode.model.strength import PRESET, Evidence, Strength
from tests.exchange.exporters.reports import NOTHING, UNREAD, found


@pytest.mark.parametrize(("codings", "step"), [(1, 1), (4, 1), (5, 2), (8, 2), (9, 3), (12, 3), (13, 4), (900, 4)])
def test_counts_have_four_steps(codings: int, step: int) -> None:
    assert step_of(found(codings, 1, 1, 1), Measure.CODINGS) == step


@pytest.mark.parametrize(("share", "step"), [(0.001, 1), (0.01, 1), (0.05, 2), (0.1, 3), (0.2, 4)])
def test_shares_have_four_steps(share: float, step: int) -> None:
    assert step_of(found(1, 1, 1, 1, share), Measure.COVERAGE) == step


@pytest.mark.parametrize(("rank", "step"), [(0, 0), (1, 1), (4, 4), (7, 4)])
def test_strength_has_a_step_for_each_level_from_contested(rank: int, step: int) -> None:
    strength = Strength("any", rank, Evidence(1, 1, 1, 1, 1, 0), PRESET)
    assert step_of(replace(found(1, 1, 1, 1), strength=strength), Measure.STRENGTH) == step
    assert step_of(NOTHING, Measure.STRENGTH) == 0
    assert step_words(Measure.STRENGTH) == ("contested", "weak", "moderate", "strong")


def test_paper_and_presence() -> None:
    assert [step_of(NOTHING, Measure.CODINGS), step_of(UNREAD, Measure.CODINGS)] == [0, 0]
    assert step_of(found(99, 1, 1, 1), Measure.PRESENCE) == 2
    assert [len(step_words(measure)) for measure in (Measure.CODINGS, Measure.COVERAGE, Measure.PRESENCE)] == [4, 4, 0]


@pytest.mark.parametrize(
    ("path", "tone"),
    [
        ("Constraints > Staff turnover", "neg"),
        ("Success factors > Speed", "pos"),
        ("Препятствия > Текучесть кадров", "neg"),
        ("Main obstacles", "neg"),
        ("Unconstrained", "pos"),
    ],
)
def test_what_hinders_is_amber(path: str, tone: str) -> None:
    assert tone_of(Row("r", "x", path)) == tone


def test_every_step_has_a_colour() -> None:
    assert [len(colours()[f"heat_{tone}"]) for tone in ("pos", "neg")] == [5, 5]
