from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.changed import changed_part

LONG = "Nobody took over when she left, and the drafts lay in a drawer. " * 4


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("They came late.", "They came early.", "They came early."),
        (LONG + "one" + LONG, LONG + "two" + LONG, "two"),
        ("", "All of it.", "All of it."),
        ("aa", "aaa", "aaa"),
        ("one\ntwo", "one\n\nthree", "one three"),
    ],
)
def test_what_is_other_is_said_with_what_stands_beside_it(before: str, after: str, said: str) -> None:
    assert said in changed_part(before, after)
    assert len(changed_part(before, after)) < 170


def test_a_change_in_the_middle_is_marked_as_a_part() -> None:
    found = changed_part(LONG + "one " + LONG, LONG + "two " + LONG)
    assert found.startswith("… ")
    assert found.endswith(" …")


@given(st.text("ab ", max_size=12), st.text("ab ", max_size=12))
def test_any_two_texts_are_compared(before: str, after: str) -> None:
    found = changed_part(before, after)
    assert set(found) <= set("ab …")
    assert " ".join(after.split()) == found or found.startswith("… ") or found.endswith(" …") or len(after) <= 60
