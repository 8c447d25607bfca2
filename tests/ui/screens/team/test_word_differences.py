from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.screens.team.word_differences import Mark, Piece, differences

TEXTS = st.text(alphabet="ab ,.😀ж\u0301\n", max_size=40)


@given(TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_the_pieces_are_both_texts(base: str, text: str) -> None:
    pieces = differences(base, text)
    assert "".join(piece.words for piece in pieces if piece.mark is not Mark.REMOVED) == text
    assert "".join(piece.words for piece in pieces if piece.mark is not Mark.ADDED) == base


@pytest.mark.parametrize(
    ("base", "text", "expected"),
    [
        ("", "", []),
        ("People leave.", "People leave.", [Piece("People leave.", Mark.SAME)]),
        ("People leave", "Officials leave", [Piece("People", Mark.REMOVED), Piece("Officials", Mark.ADDED), Piece(" leave", Mark.SAME)]),
        ("a", "a, b", [Piece("a", Mark.SAME), Piece(", b", Mark.ADDED)]),
    ],
)
def test_words_are_marked_whole(base: str, text: str, expected: list[Piece]) -> None:
    assert differences(base, text) == expected


def test_very_long_texts_stand_unmarked() -> None:
    text = "word " * 3000
    assert differences("other " * 3000, text) == [Piece(text, Mark.SAME)]
