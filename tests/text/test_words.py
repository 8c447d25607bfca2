from __future__ import annotations

import pytest

from qcode.model.span import Span
from qcode.text.ends import dragged_end, dragged_start, stepped_end, stepped_start
from qcode.text.words import nearest_word_end, next_word_end, next_word_start, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cafe\u0301 noe\u0308l", ["cafe\u0301", "noe\u0308l"]),
        ("क्षि, и\u0306од", ["क्षि", "и\u0306од"]),
        ("l'été porte-parole 'so'", ["l'été", "porte-parole", "so"]),
        ("so👩\u200d👩\u200d👧, 🇰🇬 👍🏽!", ["so", "👩\u200d👩\u200d👧", "🇰🇬", "👍🏽"]),
        ("5° © a_b --- \u0301", ["5", "a", "b"]),
    ],
)
def test_words_have_their_accents_and_emoji_are_words(text: str, words: list[str]) -> None:
    assert [word.of(text) for word in words_in(text, 0, len(text))] == words


def test_the_next_word_either_way() -> None:
    text = "The staff  ---  left.”"
    assert [next_word_start(text, 4, by) for by in (-1, 1)] == [0, 16]
    assert [next_word_end(text, 9, by) for by in (-1, 1)] == [3, 22]
    assert next_word_start(text, 16, 1) is None


def test_only_what_lies_near_is_looked_at() -> None:
    assert nearest_word_end("-" * 1000 + "word", 0) == 0


@pytest.mark.parametrize(
    ("start", "end", "place", "begins", "ends"),
    [
        (4, 18, 24, 12, 23),
        (4, 18, 0, 0, 7),
        (5, 18, 24, 12, 23),
        (4, 6, 24, 4, 23),
        (11, 12, 24, 11, 23),
        (11, 12, 0, 0, 12),
    ],
)
def test_a_dragged_end_leaves_a_word(start: int, end: int, place: int, begins: int, ends: int) -> None:
    text = "one two and three. four five"
    assert dragged_start(text, Span(start, end), place) == begins
    assert dragged_end(text, Span(start, end), place) == ends


def test_an_end_stepped_by_words_stays_at_the_last_word() -> None:
    text = "one two three"
    assert [stepped_start(text, Span(4, 13), by) for by in (-1, 1)] == [0, 8]
    assert [stepped_end(text, Span(4, 13), by) for by in (-1, 1)] == [7, None]
    assert (stepped_start(text, Span(8, 13), 1), stepped_start(text, Span(4, 7), 1), stepped_end(text, Span(4, 7), -1)) == (None, 4, 7)
