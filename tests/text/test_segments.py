from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.text.segments import segments_of

STRETCHES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=12).map(
    lambda found: [(start, start + length, f"c{number}") for number, (start, length) in enumerate(found)]
)


@given(STRETCHES, st.integers(0, 20), st.integers(1, 20))
def test_every_character_has_exactly_what_lies_over_it_the_shortest_first(
    stretches: list[tuple[int, int, str]], start: int, length: int
) -> None:
    end = start + length
    lengths = {name: last - first for first, last, name in stretches}
    over = {place: segment.names for segment in segments_of(stretches, start, end) for place in range(segment.start, segment.end)}
    assert all(start <= place < end for place in over)
    for place in range(start, end):
        expected = {name for first, last, name in stretches if first <= place < last}
        assert set(over.get(place, ())) == expected
        assert [lengths[name] for name in over.get(place, ())] == sorted(lengths[name] for name in expected)


def test_what_is_raised_lies_on_top() -> None:
    stretches = [(0, 10, "long"), (0, 5, "short")]
    (first, second) = segments_of(stretches, 0, 10, lambda name: 0 if name == "long" else 1)
    assert (first.names, second.names) == (("long", "short"), ("long",))
