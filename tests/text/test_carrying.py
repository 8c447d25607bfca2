"""Passages are carried over an edit of their text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.model.span import Span
from qcode.text.carrying import SURE, carry

OLD = "Первый абзац про учёбу.\n\nThe staff left twice. 👩‍🌾 Nobody took over.\n\nÉté très chaud\u2028ici."


def place(words: str, text: str = OLD) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("new", "words", "expected"),
    [
        (OLD.replace("учёбу", "работу и учёбу"), "Nobody took over", "Nobody took over"),
        (OLD.replace("Nobody", "Almost nobody"), "The staff left twice", "The staff left twice"),
        (OLD.replace("left twice", "left two times"), "The staff left twice.", "The staff left two times."),
        (OLD.replace("👩‍🌾 ", ""), "twice. 👩‍🌾 Nobody", "twice. Nobody"),
        (OLD[OLD.index("The") :] + "\n\n" + OLD[: OLD.index("The")], "про учёбу", "про учёбу"),
        ("Начало. " + OLD, "Été très chaud\u2028ici", "Été très chaud\u2028ici"),
    ],
)
def test_words_are_found_where_they_went(new: str, words: str, expected: str) -> None:
    (carried,) = carry(OLD, new, [place(words)])
    assert new[carried.span.start : carried.span.end] == expected
    assert carried.sure >= SURE


def test_what_is_gone_keeps_a_doubtful_place() -> None:
    new = OLD.replace("The staff left twice. 👩‍🌾 Nobody took over.", "Ничего.")
    (carried,) = carry(OLD, new, [place("staff left twice")])
    assert carried.sure < SURE
    assert 0 <= carried.span.start < carried.span.end <= len(new)


def test_long_texts_are_compared_by_lines() -> None:
    old = "\n".join(f"Line {number} says {number * 7919 % 1000}." for number in range(3000))
    lines = old.split("\n")
    lines[100], lines[2000] = "A new line.", lines[2000] + " And more."
    new = "\n".join(["At the top.", *lines])
    (carried,) = carry(old, new, [place("Line 1500 says", old)])
    assert new[carried.span.start : carried.span.end] == "Line 1500 says"


TEXTS = st.text(alphabet="abё🙂\u0301\u2028 \n", min_size=1, max_size=60)


@settings(max_examples=200)
@given(TEXTS, TEXTS, TEXTS, TEXTS, st.data())
def test_a_passage_that_no_edit_touches_says_the_same(before: str, passage: str, after: str, other: str, data: st.DataObject) -> None:
    old = before + passage + after
    new = data.draw(st.sampled_from([other + old, old + other, other + old + other]))
    (carried,) = carry(old, new, [Span(len(before), len(before) + len(passage))])
    assert carried.sure >= SURE
    assert len(new[carried.span.start : carried.span.end]) >= 1


@settings(max_examples=300)
@given(TEXTS, TEXTS, st.data())
def test_a_place_always_lies_in_the_text_and_the_same_text_keeps_it(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(old))))
    (carried,) = carry(old, new, [span])
    assert 0 <= carried.span.start < carried.span.end <= len(new)
    assert 0.0 <= carried.sure <= 1.0
    assert carry(old, old, [span])[0] == (span, 1.0)
