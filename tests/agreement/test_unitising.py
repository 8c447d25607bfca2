from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.agreement.alpha import krippendorff_alpha
from qcode.agreement.unitising import Continuum, Disagreement, unitising_disagreement
from qcode.agreement.units import Ranges, joined

P = [(2, 5, 1), (9, 11, 1), (12, 20, 2)]
Q = [(2, 5, 1), (7, 15, 2)]
R = [(2, 5, 1), (10, 15, 2)]


def lengths(begin: int, *units: tuple[int, int]) -> Ranges:
    return [(at - begin, at - begin + length) for at, length in units]


def stretched(*spans: tuple[int, int]) -> Ranges:
    return [(50 * start, 50 * end) for start, end in spans]


def test_krippendorff_2004_page_254() -> None:
    c = unitising_disagreement([lengths(150, (225, 70), (370, 30)), lengths(150, (220, 80), (355, 20), (400, 20))], 300)
    k = unitising_disagreement([lengths(150, (180, 60), (300, 50))] * 2, 300)
    assert (c.observed, c.expected) == pytest.approx((0.0144, 0.0532), abs=0.00005)
    assert c.alpha == pytest.approx(0.7286, abs=0.00005)
    assert k.alpha == 1
    assert (c + k).alpha == pytest.approx(0.8587, abs=0.00005)


@pytest.mark.parametrize(
    ("coders", "published"),
    [
        pytest.param([stretched((2, 10), (14, 20)), stretched((4, 8), (15, 17))], 0.553, id="Krippendorff 1995, A"),
        pytest.param(
            [stretched((2, 8), (10, 12), (14, 18), (20, 22)), stretched((0, 2), (4, 8), (10, 14), (16, 18), (20, 22))],
            0.679,  # printed with a slip in De, as DKPro's test of it says; the formula of 2004 gives .692
            id="Krippendorff 1995, C",
        ),
    ],
)
def test_krippendorff_1995(coders: list[Ranges], published: float) -> None:
    assert unitising_disagreement(coders, 24 * 50).alpha == pytest.approx(published, abs=0.015)


@pytest.mark.parametrize("coders", [[[], []], [[(0, 9)], [(0, 9)]]])
def test_nothing_or_everything_by_everybody_has_no_alpha(coders: list[Ranges]) -> None:
    measured = unitising_disagreement(coders, 9)
    assert measured.observed == 0
    assert measured.alpha is None or coders[0]
    assert Disagreement(0.0, 0.0).alpha is None


def test_the_family_of_2016_for_two() -> None:
    texts = Continuum(2)
    texts.add([P, Q], 20)
    found = texts.measured()
    assert (found.u, found.bar_u, found.cu) == pytest.approx((0.2998, 0.2531, 0.6094), abs=0.00005)
    one, two = found.of_code[1], found.of_code[2]
    assert (one.alpha, one.coverage, two.alpha, two.coverage) == pytest.approx((0.5859, 1.0, 0.6328, 0.5), abs=0.00005)


def test_the_family_of_2016_for_three_has_no_cu() -> None:
    texts = Continuum(3)
    texts.add([P, Q, R], 20)
    found = texts.measured()
    assert (found.u, found.bar_u) == pytest.approx((0.4739, 0.4328), abs=0.00005)
    assert found.cu is None
    assert found.of_code == {}


def test_nothing_marked_is_not_perfect_agreement() -> None:
    texts = Continuum(2)
    texts.add_unmarked(30)
    found = texts.measured()
    assert (found.u, found.bar_u, found.cu, found.coverage) == (None, None, None, 0)


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=30))
def test_segments_of_one_character_without_gaps_give_plain_alpha(values: list[tuple[int, int]]) -> None:
    coders = [list(row) for row in zip(*values, strict=True)]
    texts = Continuum(2)
    texts.add([[(at, at + 1, value) for at, value in enumerate(row)] for row in coders], len(values))
    found = texts.measured()
    plain = krippendorff_alpha(coders)
    assert found.u == (None if plain is None else pytest.approx(plain))
    assert found.cu == found.u


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(1, 3), st.integers(0, 20), st.integers(1, 9)), max_size=12), st.integers(0, 9))
def test_texts_end_to_end_are_one_continuum(marks: list[tuple[int, int, int, int]], gap: int) -> None:
    def passages(coder: int, shift: int) -> list[tuple[int, int, int]]:
        of_code = {
            code: joined(sorted((at, at + length) for by, of, at, length in marks if (by, of) == (coder, code)), gap=0)
            for code in (1, 2, 3)
        }
        return [(start + shift, end + shift, code) for code, spans in of_code.items() for start, end in spans]

    first, second = [passages(0, 0), passages(1, 0)], [passages(0, 29 + gap), passages(1, 29 + gap)]
    apart, together = Continuum(2), Continuum(2)
    apart.add(first, 29 + gap)
    apart.add(first, 29 + gap)
    together.add([[*a, *b] for a, b in zip(first, second, strict=True)], 58 + 2 * gap)
    assert apart.measured() == together.measured()
