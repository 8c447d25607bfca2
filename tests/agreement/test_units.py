from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.agreement.patterns import count_patterns
from qcode.agreement.units import Axis, Ranges, Unit, covered, joined

STARTS, ENDS = [0, 10, 25], [9, 24, 30]
RANGES = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), max_size=5).map(
    lambda found: joined(sorted((start, start + length) for start, length in found))
)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(8, 9)], [(0, 1)]),
        ([(9, 10)], []),
        ([(9, 11)], [(1, 2)]),
        ([(0, 3), (5, 9)], [(0, 1)]),
        ([(0, 11), (26, 27)], [(0, 3)]),
        ([(24, 25), (29, 30)], [(2, 3)]),
        ([], []),
    ],
)
def test_a_unit_is_coded_by_any_of_its_characters(spans: Ranges, expected: Ranges) -> None:
    axis = Axis(Unit.SENTENCE, 31, STARTS, ENDS)
    assert axis.count == 3
    assert axis.ranges(spans) == expected


def test_characters_and_sources_need_no_bounds() -> None:
    assert Axis(Unit.CHARACTER, 31).count == 31
    assert Axis(Unit.CHARACTER, 31).ranges([(3, 5)]) == [(3, 5)]
    assert Axis(Unit.SOURCE, 31).count == 1
    assert Axis(Unit.SOURCE, 31).ranges([(3, 5), (7, 9)]) == [(0, 1)]
    assert Axis(Unit.SOURCE, 31).ranges([]) == []


def test_passages_that_touch_are_one_stretch_and_two_passages() -> None:
    assert joined([(0, 4), (4, 6), (5, 9)]) == [(0, 9)]
    assert joined([(0, 4), (4, 6), (5, 9)], gap=0) == [(0, 4), (4, 9)]
    assert joined([]) == []


@given(st.dictionaries(st.integers(0, 3), RANGES, min_size=1, max_size=4))
def test_patterns_are_what_counting_unit_by_unit_finds(ranges: dict[int, Ranges]) -> None:
    expected: dict[int, int] = {}
    for unit in range(30):
        pattern = sum(1 << coder for coder, own in ranges.items() if any(start <= unit < end for start, end in own))
        if pattern:
            expected[pattern] = expected.get(pattern, 0) + 1
    assert count_patterns(ranges) == expected


STRETCHES = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6)).map(lambda one: (one[0], one[0] + one[1])), max_size=5)


@given(STRETCHES, STRETCHES)
def test_what_is_covered_is_what_lies_in_both(spans: Ranges, places: Ranges) -> None:
    def inside(ranges: Ranges) -> set[int]:
        return {at for start, end in ranges for at in range(start, end)}

    found = covered(spans, places)
    assert inside(found) == inside(spans) & inside(places)
    assert all(end < start for (_, end), (start, _) in pairwise(found))
