from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from qcode.exchange.exporters.annex import blocks_of, quote_anchors
from tests.exchange.exporters.reports import quote, small_report


def test_blocks_follow_the_cells_and_know_what_is_new() -> None:
    blocks = blocks_of(small_report())
    assert [(block.row, block.column, block.anchor) for block in blocks] == [(0, 1, "C_1_2"), (2, 0, "C_3_1"), (2, 1, "C_3_2")]
    assert [block.fresh for block in blocks] == [{3}, {0, 1, 2}, set()]


@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from(["A-1", "A_1", "a-1", "x" * 80, "x" * 81])), max_size=12))
def test_names_are_bookmarks_and_no_two_are_alike(ids: list[str]) -> None:
    names = quote_anchors([quote(0, "words", id=name) for name in ids])
    assert all(re.fullmatch(r"Q_\w{0,38}", name, re.ASCII) for name in names)
    assert len({name.casefold() for name in names}) == len(ids)
