from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.exchange.exporters.markdown_text import inline, quoted


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a|b", r"a\|b"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("one\ntwo\u2028three", "one<br>two<br>three"),
        ("[x](javascript:1)", r"\[x\](javascript:1)"),
        ("bell\x07", "bell␇"),
    ],
)
def test_a_line_shows_its_characters(text: str, written: str) -> None:
    assert inline(text) == written


@given(st.text())
def test_a_line_stays_one_line_without_tags(text: str) -> None:
    line = inline(text)
    assert not re.search("[\n\r\u2028\u2029]", line)
    assert "<" not in line.replace("<br>", "")


@pytest.mark.parametrize(
    ("text", "written"),
    [("- a", r"> \- a"), ("1. a", r"> 1\. a"), ("a\n\nb", "> a  \n>\n> b"), ("# a", r"> \# a"), ("===", r"> \===")],
)
def test_a_quote_keeps_its_lines_and_becomes_nothing_else(text: str, written: str) -> None:
    assert quoted(text) == written
