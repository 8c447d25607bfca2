"""Small examples of every sentence of the rules for one row."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.merge.history import Operation, Sessions
from qcode.merge.rows import RowState, Scalar, Write, net_write, row_state

#: a made the row; b and c each continue a without knowing of each other; d has seen all.
SESSIONS = Sessions({"a": [], "b": [("a", 1)], "c": [("a", 1)], "d": [("b", 1), ("c", 1)]})
CLOCKS = {"a": 1, "b": 2, "c": 2, "d": 3}


def write(session: str, values: Mapping[str, Scalar] | None, seq: int = 1, inserts: bool = False) -> Write:
    return Write(Operation(session, seq, CLOCKS[session] + seq - 1), values, inserts)


def state(*writes: Write) -> RowState:
    """The state, which no order of the writes may change."""
    found = [row_state(order, SESSIONS.saw) for order in itertools.permutations(writes)]
    assert all(other == found[0] for other in found)
    return found[0]


MADE = write("a", {"name": "old", "memo": ""}, inserts=True)


def test_what_nobody_made_is_not_there() -> None:
    assert state(write("b", {"name": "x"})) == RowState(None)
    assert row_state([], SESSIONS.saw) == RowState(None)


def test_one_write_left_is_the_value() -> None:
    assert state(MADE, write("b", {"name": "new"})) == RowState({"name": "new", "memo": ""})


def test_different_fields_both_stay() -> None:
    assert state(MADE, write("b", {"name": "new"}), write("c", {"memo": "m"})) == RowState({"name": "new", "memo": "m"})


def test_the_same_value_twice_is_no_conflict() -> None:
    assert state(MADE, write("b", {"name": "new"}), write("c", {"name": "new"})) == RowState({"name": "new", "memo": ""})


def test_two_values_are_a_conflict_and_the_greatest_counts() -> None:
    found = state(MADE, write("b", {"name": "B"}), write("c", {"name": "C"}))
    assert found.values == {"name": "C", "memo": ""}
    assert [one.operation.session for one in found.conflicts["name"]] == ["c", "b"]


def test_a_later_write_that_has_seen_them_all_settles_it() -> None:
    found = state(MADE, write("b", {"name": "B"}), write("c", {"name": "C"}), write("d", {"name": "B"}))
    assert found == RowState({"name": "B", "memo": ""})


def test_deleted_is_gone() -> None:
    assert state(MADE, write("b", None)) == RowState(None)
    assert state(MADE, write("b", {"name": "x"}), write("d", None)) == RowState(None)


def test_deleted_here_edited_there_stays_and_is_listed() -> None:
    found = state(MADE, write("b", None), write("c", {"name": "C"}))
    assert found.values == {"name": "C", "memo": ""}
    assert [delete.session for delete in found.kept] == ["b"]


def test_one_of_two_deletes_that_saw_everything_is_enough() -> None:
    assert state(MADE, write("b", None), write("c", {"name": "C"}), write("d", None)) == RowState(None)


def test_made_again_by_who_deleted_it_is_not_listed() -> None:
    again = write("b", {"name": "again", "memo": "m"}, seq=2, inserts=True)
    assert state(MADE, write("b", None), again) == RowState({"name": "again", "memo": "m"})


def test_made_on_two_sides_alike_is_one_row() -> None:
    here, there = (write(side, {"name": "x"}, inserts=True) for side in "bc")
    assert state(here, there) == RowState({"name": "x"})


@pytest.mark.parametrize(
    ("steps", "net"),
    [
        ([({"a": 1}, False)], ({"a": 1}, False)),
        ([({"a": 1}, False), ({"a": 2, "b": 3}, False)], ({"a": 2, "b": 3}, False)),
        ([({"a": 1}, True), ({"a": 2}, False)], ({"a": 2}, True)),
        ([({"a": 1}, True), (None, False)], None),
        ([({"a": 1}, False), (None, False)], (None, False)),
        ([(None, False), ({"a": 5}, True)], ({"a": 5}, True)),
        ([(None, False), ({"a": 5}, True), (None, False)], (None, False)),
        ([({"a": 1}, True), (None, False), ({"a": 2}, True)], ({"a": 2}, True)),
    ],
)
def test_what_one_act_did_to_a_row_in_all(steps: list[tuple[Mapping[str, Scalar] | None, bool]], net: object) -> None:
    found = net_write(MADE.operation, steps)
    assert (found and (found.values, found.inserts)) == net


def test_net_writes_leave_what_they_were_made_of_alone() -> None:
    first: dict[str, Scalar] = {"a": 1}
    net_write(MADE.operation, [(first, True), ({"a": 2}, False)])
    assert first == {"a": 1}


WRITES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.none() | st.dictionaries(st.sampled_from("xy"), st.integers(0, 2), min_size=1), st.booleans()),
    max_size=7,
    unique_by=lambda given: given[0],
)


@given(WRITES, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_of_what_others_know_matters(
    given_writes: list[tuple[str, Mapping[str, Scalar] | None, bool]], shuffler: random.Random
) -> None:
    writes = [write(session, values, inserts=inserts and values is not None) for session, values, inserts in given_writes]
    shuffled = list(writes)
    shuffler.shuffle(shuffled)
    found = row_state(shuffled, SESSIONS.saw)
    expected = row_state(writes, SESSIONS.saw)
    assert found.values == expected.values
    assert found.conflicts == expected.conflicts
    assert sorted(found.kept, key=lambda one: one.rank) == sorted(expected.kept, key=lambda one: one.rank)
