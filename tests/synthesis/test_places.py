from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.synthesis.places import PassageFinder, Place, locate, place_codings

SPANS = st.tuples(st.integers(0, 30), st.integers(1, 15)).map(lambda pair: (pair[0], pair[0] + pair[1]))
# the country's section, a box in it, a second section that overlaps the first
PASSAGES = [(100, 500), (200, 300), (400, 700)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (120, 150, 0),
        (220, 230, 1),
        (200, 300, 1),
        (199, 300, 0),
        (200, 301, 0),
        (450, 460, 2),
        (380, 420, 0),
        (480, 510, 2),
        (390, 510, None),
        (0, 50, None),
        (800, 900, None),
        (100, 500, 0),
        (0, 1000, None),
    ],
)
def test_a_coding_belongs_to_the_shortest_passage_that_wholly_contains_it(start: int, end: int, expected: int | None) -> None:
    assert locate(PASSAGES, start, end) == expected


def test_of_equally_long_passages_the_one_that_starts_later_wins() -> None:
    assert locate([(0, 100), (20, 120)], 50, 60) == 1
    assert locate([(20, 120), (0, 100)], 50, 60) == 0


def test_without_passages_nothing_is_found() -> None:
    assert locate([], 0, 5) is None


def slow_locate(passages: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    around = [passage for passage in passages if passage[0] <= start and end <= passage[1]]
    return min(around, key=lambda passage: (passage[1] - passage[0], -passage[0]), default=None)


@given(st.lists(SPANS, unique=True, max_size=8), st.lists(SPANS, max_size=8))
@settings(deadline=None)
def test_the_finder_agrees_with_looking_at_every_passage(passages: list[tuple[int, int]], codings: list[tuple[int, int]]) -> None:
    finder = PassageFinder((start, end, index) for index, (start, end) in enumerate(passages))
    for start, end in codings:
        found = finder.locate(start, end)
        assert (None if found is None else passages[found]) == slow_locate(passages, start, end)


def test_codings_are_placed_in_passages_of_their_own_source_only() -> None:
    places = [Place(1, (7,)), Place(2, (8,)), Place(1, (9,), 10, 20)]
    assert place_codings(places, [1, 1, 2], [12, 5, 12], [15, 15, 15]) == [2, 0, 1]


def test_without_passages_every_coding_is_of_its_whole_source() -> None:
    assert place_codings([Place(1), Place(2)], [2, 1], [0, 0], [5, 5]) == [1, 0]


@pytest.mark.parametrize("places", [[Place(1)], [Place(1), Place(1, (9,), 0, 5)]])
def test_a_coding_of_an_unknown_source_is_a_key_error(places: list[Place]) -> None:
    with pytest.raises(KeyError):
        place_codings(places, [3], [0], [5])


def test_a_whole_source_has_no_span() -> None:
    assert Place(1).span is None
    assert Place(1, (9,), 0, 5).span == (0, 5)
