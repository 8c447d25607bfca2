from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.synthesis.tree import ancestors_of, below, depth_of, path_of

# 1 Kyrgyzstan > 2 Government > 3 a ministry; 4 Tajikistan
TREE = {1: None, 2: 1, 3: 2, 4: None}
TREES = st.dictionaries(st.integers(0, 9), st.none() | st.integers(0, 12), max_size=10)


def test_the_way_up_begins_with_the_node_and_ends_at_the_top() -> None:
    assert ancestors_of(3, TREE) == (3, 2, 1)


def test_the_path_begins_at_the_top() -> None:
    assert path_of(3, TREE) == (1, 2, 3)


def test_the_top_has_depth_one() -> None:
    assert [depth_of(node, TREE) for node in TREE] == [1, 2, 3, 1]


def test_below_holds_the_node_and_everything_under_it() -> None:
    assert [below(node, TREE) for node in TREE] == [{1, 2, 3}, {2, 3}, {3}, {4}]


def test_a_ring_of_parents_ends_the_walk() -> None:
    ring = {1: 3, 2: 1, 3: 2, 4: 3}
    assert ancestors_of(4, ring) == (4, 3, 2, 1)
    assert ancestors_of(1, ring) == (1, 3, 2)
    assert below(2, ring) == {1, 2, 3, 4}


def test_a_child_of_an_unknown_parent_stands_at_the_top() -> None:
    assert path_of(2, {2: 99}) == (2,)
    assert depth_of(2, {2: 99}) == 1


def test_an_unknown_node_stands_alone() -> None:
    assert path_of(99, TREE) == (99,)
    assert below(99, TREE) == {99}


@given(TREES)
@settings(deadline=None)
def test_one_is_below_another_when_the_other_is_on_its_way_up(parents: dict[int, int | None]) -> None:
    for top in parents:
        assert below(top, parents) == {node for node in parents if top in ancestors_of(node, parents)}
