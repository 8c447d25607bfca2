from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qcode.text.lanes import lanes_of
from qcode.text.stretches import Stretches

STRETCHES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=25).map(
    lambda found: [(start, start + length, f"c{number}") for number, (start, length) in enumerate(found)]
)


@given(STRETCHES)
def test_what_overlaps_never_shares_a_lane_and_no_lane_is_left_empty(stretches: list[tuple[int, int, str]]) -> None:
    lanes = lanes_of(stretches)
    for one in stretches:
        for other in stretches:
            if one[2] < other[2] and one[0] < other[1] and other[0] < one[1]:
                assert lanes[one[2]] != lanes[other[2]]
    assert set(lanes.values()) == set(range(len(set(lanes.values()))))
    assert lanes == lanes_of(reversed(stretches))


def test_the_longest_lies_nearest_the_text() -> None:
    assert lanes_of([(0, 5, "short"), (0, 20, "long"), (30, 32, "apart")]) == {"long": 0, "short": 1, "apart": 0}


@given(STRETCHES, st.integers(0, 90), st.integers(1, 20))
def test_touching_finds_what_a_look_at_all_finds(stretches: list[tuple[int, int, str]], start: int, length: int) -> None:
    end = start + length
    assert Stretches(stretches).touching(start, end) == sorted(one for one in stretches if one[0] < end and start < one[1])


@given(STRETCHES, st.integers(0, 90))
def test_lanes_of_a_cluster_are_those_of_the_whole(stretches: list[tuple[int, int, str]], start: int) -> None:
    everywhere = lanes_of(stretches)
    for name, lane in lanes_of(Stretches(stretches).cluster(start, start + 3)).items():
        assert lane == everywhere[name]


@given(STRETCHES, st.data())
def test_adding_and_removing_is_like_beginning_anew(stretches: list[tuple[int, int, str]], data: st.DataObject) -> None:
    found = Stretches()
    for one in stretches:
        found.add(one)
    gone = data.draw(st.sets(st.sampled_from(stretches))) if stretches else set()
    for one in gone:
        found.remove(one)
    left = Stretches(one for one in stretches if one not in gone)
    assert found.all() == left.all()
    assert found.touching(10, 40) == left.touching(10, 40)
