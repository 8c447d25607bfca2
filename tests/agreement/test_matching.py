from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.agreement.matching import count_matches, overlap_of
from qcode.agreement.units import Ranges, joined

SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=6).map(
    lambda found: joined(sorted((start, start + length) for start, length in found), gap=0)
)


def most(ours: Ranges, theirs: Ranges, enough: float) -> int:
    """Every way of pairing, tried."""
    if not ours:
        return 0
    first, rest = ours[0], ours[1:]
    ways = [1 + most(rest, [*theirs[:at], *theirs[at + 1 :]], enough) for at, one in enumerate(theirs) if overlap_of(first, one) >= enough]
    return max([most(rest, theirs, enough), *ways])


@given(SPANS, SPANS, st.sampled_from([0.05, 0.2, 0.5, 0.9, 1.0]))
def test_no_pairing_has_more_matches(ours: Ranges, theirs: Ranges, enough: float) -> None:
    assert count_matches(ours, theirs, enough) == most(ours, theirs, enough) == count_matches(theirs, ours, enough)


@pytest.mark.parametrize(("other", "overlap"), [((0, 10), 1), ((5, 15), 1 / 3), ((10, 20), 0), ((0, 5), 0.5), ((30, 40), 0)])
def test_overlap_is_intersection_by_union(other: tuple[int, int], overlap: float) -> None:
    assert overlap_of((0, 10), other) == pytest.approx(overlap)
