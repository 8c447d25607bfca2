from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.model.span import Span
from qcode.text.anchors import CONTEXT, anchor_of, find_quote

TEXT = st.text("ab \U0001f600é\n", max_size=120)


@given(TEXT, st.data())
def test_an_anchor_says_what_stands_at_its_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    anchor = anchor_of(text, start, end)
    assert anchor.quote == text[start:end]
    assert text[:start].endswith(anchor.before)
    assert text[end:].startswith(anchor.after)
    assert len(anchor.before) == min(CONTEXT, start)
    assert len(anchor.after) == min(CONTEXT, len(text) - end)


@given(TEXT, st.text("ab \U0001f600", max_size=3))
def test_a_quote_is_found_everywhere_it_stands(text: str, quote: str) -> None:
    places = [at for at in range(len(text)) if quote and text.startswith(quote, at)]
    assert find_quote(text, quote) == [Span(at, at + len(quote)) for at in places]


@pytest.mark.parametrize(("text", "quote", "starts"), [("aaa", "aa", [0, 1]), ("a", "b", []), ("a", "", []), ("", "a", [])])
def test_places_may_overlap_and_nothing_is_nowhere(text: str, quote: str, starts: list[int]) -> None:
    assert [span.start for span in find_quote(text, quote)] == starts
