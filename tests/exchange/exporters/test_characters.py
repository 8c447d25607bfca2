from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qcode.exchange.exporters.characters import closed, runs_right_to_left, visible

DIRECTED = st.text(st.sampled_from("ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\x07b", "a␇b"),
        ("\x00", "␀"),
        ("\x7f", "␡"),
        ("\x85", "␤"),
        ("\x9f", "�"),
        ("\ud800", "�"),
        ("\uffff", "�"),
        ("a\tb\nc", "a\tb\nc"),
    ],
)
def test_forbidden_characters_are_seen(text: str, seen: str) -> None:
    assert visible(text) == seen


@given(st.text())
def test_the_visible_text_is_xml(text: str) -> None:
    element = etree.Element("a")
    element.text = visible(text)
    assert len(visible(text)) == len(text)


def test_an_override_is_closed() -> None:
    assert closed("a\u202eb") == "a\u202eb\u202c"
    assert closed("a\u2067b\u202ec") == "a\u2067b\u202ec\u202c\u2069"
    assert closed("a\u202eb\u202c") == "a\u202eb\u202c"


@given(DIRECTED)
def test_closing_twice_adds_nothing(text: str) -> None:
    assert closed(closed(text)) == closed(text)
    assert closed(text).startswith(text)


@pytest.mark.parametrize(("text", "answer"), [("12 שלום", True), ("مرحبا", True), ("a שלום", False), ("12", False), ("", False)])
def test_the_first_letter_gives_the_direction(text: str, answer: bool) -> None:
    assert runs_right_to_left(text) is answer
