from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.merge.history import Operation, Sessions, heads_of, undone

FORK = {"a": [], "b": [("a", 2)], "c": [("a", 1)], "d": [("b", 1), ("c", 3)]}


@pytest.mark.parametrize(
    ("later", "earlier", "saw"),
    [
        (("a", 2), ("a", 1), True),
        (("a", 1), ("a", 2), False),
        (("a", 1), ("a", 1), False),
        (("b", 1), ("a", 2), True),
        (("b", 1), ("a", 3), False),
        (("c", 9), ("a", 2), False),
        (("d", 1), ("a", 2), True),
        (("d", 1), ("c", 3), True),
        (("d", 1), ("c", 4), False),
        (("d", 1), ("b", 2), False),
        (("a", 1), ("nobody", 1), False),
    ],
)
def test_who_knew_of_which(later: tuple[str, int], earlier: tuple[str, int], saw: bool) -> None:
    assert Sessions(FORK).saw(later, earlier) is saw


@pytest.mark.parametrize(
    ("heads", "undo", "went_on"),
    [
        ({"b": [("a", 2)]}, ("b", 1), False),
        ({"b": [("a", 2)]}, ("b", 2), True),
        ({"b": [("a", 2)]}, ("a", 3), True),
        ({"b": [("a", 3)]}, ("a", 3), False),
        ({"b": [("a", 2)], "c": [("a", 2)]}, ("b", 1), True),
    ],
    ids=["begins with the undo", "undoes it later", "did not know of the undo", "knew of it", "another one did not"],
)
def test_who_begins_by_taking_an_act_back_does_not_go_on_from_it(
    heads: dict[str, list[tuple[str, int]]], undo: tuple[str, int], went_on: bool
) -> None:
    assert Sessions({"a": [], **heads}).anybody_went_on_from(("a", 2), [undo]) is went_on


def test_a_new_session_continues_what_no_other_one_knew() -> None:
    assert heads_of({"a": 2, "b": 1, "c": 3}, Sessions(FORK)) == [("b", 1), ("c", 3)]
    assert heads_of({"a": 3, "b": 1, "c": 3}, Sessions(FORK)) == [("a", 3), ("b", 1), ("c", 3)]
    assert heads_of({"a": 2, "b": 1, "c": 3, "d": 1}, Sessions(FORK)) == [("d", 1)]
    assert heads_of({}, Sessions({})) == []


def test_a_thousand_sessions_in_a_row_are_no_deep_recursion() -> None:
    heads = {str(n): [(str(n - 1), 1)] if n else [] for n in range(5000)}
    assert Sessions(heads).saw(("4999", 1), ("0", 1))


def test_sessions_that_continue_each_other_end() -> None:
    sessions = Sessions({"a": [("b", 1)], "b": [("c", 1)], "c": [("a", 1), ("c", 1)]})
    assert sessions.known_to("a")["b"] == 1


def op(seq: int, undoes: int = 0) -> Operation:
    return Operation("s", seq, seq, ("s", undoes) if undoes else None)


def test_an_undo_takes_back_and_an_undo_of_it_brings_back() -> None:
    assert undone([op(1), op(2, undoes=1)]) == {("s", 1)}
    assert undone([op(1), op(2, undoes=1), op(3, undoes=2)]) == {("s", 2)}
    assert undone([op(1), op(2, undoes=1), op(3, undoes=2), op(4, undoes=3)]) == {("s", 1), ("s", 3)}


def test_two_who_undo_the_same_act_take_it_back_once() -> None:
    both = [op(1), Operation("a", 1, 2, ("s", 1)), Operation("b", 1, 2, ("s", 1))]
    assert undone(both) == {("s", 1)}
    assert undone([*both, Operation("a", 2, 3, ("a", 1))]) == {("s", 1), ("a", 1)}


@given(st.lists(st.integers(0, 8), min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_the_order_of_operations_does_not_matter(targets: list[int], shuffler: random.Random) -> None:
    operations = [op(seq, target if target < seq else 0) for seq, target in enumerate(targets, start=1)]
    shuffled = operations * 2
    shuffler.shuffle(shuffled)
    assert undone(shuffled) == undone(operations)
