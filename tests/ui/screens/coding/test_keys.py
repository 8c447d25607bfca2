"""Keys by their place on the keyboard, as Russian and Kyrgyz layouts send them."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.screens.coding.keys import sequence_of

NONE = Qt.KeyboardModifier.NoModifier


@pytest.mark.skipif(sys.platform != "linux", reason="the places are those of Linux")
@pytest.mark.parametrize(
    ("key", "place", "words", "meant"),
    [
        (0x042C, 58, "ь", "M"),
        (0x042E, 60, "ю", "."),
        (Qt.Key.Key_Period, 61, ".", "/"),
        (0x0425, 34, "х", "["),
        (0x042A, 35, "ъ", "]"),
        (Qt.Key.Key_Ampersand, 10, "&", "1"),
        (Qt.Key.Key_A, 24, "a", "A"),
        (Qt.Key.Key_Slash, 106, "/", "/"),
        (Qt.Key.Key_5, 14, "5", "5"),
        (Qt.Key.Key_Space, 65, " ", "Space"),
    ],
    ids=["ь", "ю", "the dot of a Russian layout", "х", "ъ", "a digit of a French one", "its A", "the number pad", "5", "blank"],
)
def test_marks_and_digits_go_by_place_and_latin_letters_as_the_layout_has_them(key: int, place: int, words: str, meant: str) -> None:
    assert sequence_of(QKeyEvent(QEvent.Type.KeyPress, key, NONE, place, 0, 0, words)) == meant
