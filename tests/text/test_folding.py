from __future__ import annotations

import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.folding import fold, fold_with_map, words_of

#: Letters that normalising joins, splits or reorders, and those that folding treats apart.
TRICKY = "еЕёЁйЙ\u0308\u0301\u0306\u0323Σσς´`'’ʻ\u1ffdİıﬁ№½Ⅳ가\u1100\u1161\u11a8ㄱㅏﾞｶ\u0345ΐ\u0958 \n"
TEXTS = st.text(st.sampled_from(TRICKY) | st.characters(exclude_categories=("Cs",)), max_size=12)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Plain TEXT", "plain text"),
        ("Ёлка ещЁ", "елка еще"),
        ("\u0435\u0308", "е"),
        ("ё\u0308", "е"),
        ("Йод и ион", "йод и ион"),
        ("\u0438\u0306", "й"),
        ("o‘zbek oʻzbek o`zbek O’zbek o´zbek o′zbek", "o'zbek " * 5 + "o'zbek"),
        ("l\u2019été", "l'été"),
        ("`ascii`", "'ascii'"),
        ("ＦＵＬＬ ﬁne №5", "full fine no5"),
        ("Κόσμος ΚΌΣΜΟΣ", "κόσμοσ κόσμοσ"),
        ("İstanbul", "istanbul"),
        ("i̇stanbul", "istanbul"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_what_reads_the_same_folds_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_single_character_obeys_the_laws() -> None:
    for number in range(sys.maxunicode + 1):
        letter = chr(number)
        if unicodedata.category(letter) in ("Cs", "Cn", "Co"):
            continue
        folded = fold(letter)
        assert fold(folded) == folded, ascii(letter)
        assert fold_with_map(letter).text == folded, ascii(letter)


@given(TEXTS)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_however_a_letter_is_composed_it_folds_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == fold(text)


@given(TEXTS)
def test_folding_by_pieces_is_folding(text: str) -> None:
    assert fold_with_map(text).text == fold(text)


@given(TEXTS, st.data())
def test_every_place_leads_back(text: str, data: st.DataObject) -> None:
    folded = fold_with_map(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    span = folded.original(start, end)
    assert 0 <= span.start < span.end <= len(text)
    assert folded.text[start:end] in fold_with_map(span.of(text)).text, "whole characters, so at least what was asked for"
    assert folded.original(0, len(folded.text)).end == len(text)


@given(TEXTS)
def test_places_come_back_in_order(text: str) -> None:
    folded = fold_with_map(text)
    spans = [folded.original(at, at + 1) for at in range(len(folded.text))]
    assert spans == sorted(spans)
    for before, after in pairwise(spans):
        assert after == before or after.start == before.end


def test_a_place_is_whole_characters() -> None:
    text = "a½ ё\u0301 b"
    folded = fold_with_map(text)
    assert folded.text == "a1⁄2 е\u0301 b"
    assert folded.original(2, 3).of(text) == "½"
    assert folded.original(5, 6).of(text) == "ё\u0301"
    assert folded.original(0, len(folded.text)).of(text) == text


@pytest.mark.parametrize(
    ("query", "words"),
    [("Ёлка, 47% ещё!", ["елка", "47", "еще"]), ("o‘zbek_tili", ["o", "zbek", "tili"]), ("—", []), ("", [])],
)
def test_words_of_a_query(query: str, words: list[str]) -> None:
    assert words_of(query) == words
