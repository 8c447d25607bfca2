from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.finding import find_all

LETTERS = "abé йиЁёçñ🙂"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
@pytest.mark.parametrize("words", ["мой край", "Ministère", "МОЙ", "été"])
def test_letters_are_found_however_their_accents_are_written(form: str, typed: str, words: str) -> None:
    text = unicodedata.normalize(form, "A l'été, мой край, le ministère; et été encore.")
    found = find_all(unicodedata.normalize(typed, words), text)
    assert len(found) == (2 if words == "été" else 1)
    assert {unicodedata.normalize("NFC", span.of(text)).casefold() for span in found} == {words.casefold()}


@pytest.mark.parametrize(("words", "text"), [("и", "и\u0306"), ("e", "e\u0301t"), ("", "text"), ("  ", "a  b"), (".", "ab")])
def test_another_letter_is_not_found(words: str, text: str) -> None:
    assert find_all(words, text) == []


@pytest.mark.parametrize("blank", [" ", "\n", "\u00a0", "\u2028", " \n "])
def test_blanks_between_words_are_all_alike(blank: str) -> None:
    (span,) = find_all("paid late", f"They were paid{blank}late.")
    assert span.start == 10


@given(st.text(LETTERS, max_size=12), st.integers(0, 11), st.integers(1, 4), st.sampled_from(["NFC", "NFD"]))
def test_what_stands_there_is_found_there(text: str, start: int, length: int, form: str) -> None:
    words = text[start : start + length].strip()
    written = unicodedata.normalize(form, text)
    found = find_all(words, written)
    assert bool(found) == bool(words)
    for span in found:
        assert unicodedata.normalize("NFC", " ".join(span.of(written).split())).casefold() == " ".join(words.split()).casefold()
