from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.sentences import sentence_at, sentences_of
from qcode.text.words import nearest_word_end, nearest_word_start


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences_of(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("She left. He came.", ["She left.", "He came."]),
        ("“Why?” she asked. Nobody knew…", ["“Why?” she asked.", "Nobody knew…"]),
        ("Dr. Asanova and A. K. Usenov met at 4.30 p.m. in Osh.", ["Dr. Asanova and A. K. Usenov met at 4.30 p.m. in Osh."]),
        ("Работа, т.е. обучение, шла. В 2020 г. она встала!", ["Работа, т.е. обучение, шла.", "В 2020 г. она встала!"]),
        ("C’était long. M. Petit l'a dit.", ["C’était long.", "M. Petit l'a dit."]),
        ("One line\nand another", ["One line", "and another"]),
        ("Met at the Dept. Usenov (cf. Annex) spoke.", ["Met at the Dept. Usenov (cf. Annex) spoke."]),
        ("The undersigneddept. They left.", ["The undersigneddept.", "They left."]),
        ("   ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


@given(st.text(st.sampled_from("Aб. !?…”\n\u00a0\u2028😀"), max_size=40))
def test_sentences_hold_every_letter_once_and_begin_and_end_with_none_blank(text: str) -> None:
    spans = sentences_of(text, 0, len(text))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


def splits_plainly(text: str) -> list[str]:
    """The rule in words: a mark ends a sentence unless small letters follow, or a short word or an initial stands before a full stop."""
    short = {"dr", "dept", "approx", "т.е", "г"}
    found, begin = [], 0
    for mark in re.finditer(r"[.!?…]+[\"'”’»)\]]*(?=\s)|\n", text):
        following = text[mark.end() :][:8].lstrip()
        word = re.split(r"[\s(\[«\"“]", text[begin : mark.start()])[-1]
        stop = mark[0].startswith(".") and not mark[0].startswith("..")
        kept = stop and (word.casefold() in short or (len(word) == 1 and word.isupper()))
        if mark[0] == "\n" or not (kept or following[:1].islower()):
            found.append(text[begin : mark.end()].strip())
            begin = mark.end()
    return [part for part in [*found, text[begin:].strip()] if part]


WORDS = "Dr dept approx т.е г A b undersigneddept approximatedr (Dr “A came … !” .".split()


@given(st.lists(st.sampled_from([*WORDS, ". ", " ", "\n"]), max_size=16).map("".join))
def test_sentences_end_where_the_rule_in_words_has_them_end(text: str) -> None:
    assert split(text) == splits_plainly(text)


def test_a_place_between_two_sentences_belongs_to_the_second_and_the_end_to_the_last() -> None:
    text = "One.  Two."
    found = [sentence_at(text, place, 0, len(text)) for place in (0, 4, 5, 10)]
    assert [span and span.of(text) for span in found] == ["One.", "Two.", "Two.", "Two."]
    assert sentence_at("  ", 0, 0, 2) is None


@pytest.mark.parametrize(("position", "start", "end"), [(0, 0, 3), (5, 4, 3), (8, 4, 9), (13, 16, 9), (22, 16, 22)])
def test_dragged_ends_fall_on_words(position: int, start: int, end: int) -> None:
    text = "The staff  ---  left.”"
    assert nearest_word_start(text, position) == start
    assert nearest_word_end(text, position) == end
