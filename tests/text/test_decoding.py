from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.text.decoding import UndecodableError, decode, unify_line_ends

RUSSIAN = "Респондент: У нас в районе «нет» специалистов – их двое. НЕТ ДЕНЕГ.\r\n"
FRENCH = "Les partenaires ont été consultés dès l'été ; créée à Bichkek, l’équipe…"
ODD = "a\u2028b\u0085c\u00a0d\u202fe e\u0301 😊 \u00ad\u200f\ufeff."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [RUSSIAN, FRENCH, ODD, "\ufeffa second mark stays"])
def test_a_marked_text_comes_back_character_by_character(text: str, encoding: str) -> None:
    mark = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}[encoding]
    assert decode(mark + text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-16-le"),
        (RUSSIAN, "utf-16-be"),
        ("plain words in two bytes each", "utf-16-le"),
        (RUSSIAN, "cp1251"),
        ("ILO report, Bishkek\n" * 50 + "Да, конечно.", "cp1251"),
        ("Нет денег", "cp1251"),
        (RUSSIAN.translate({ord(mark): None for mark in "«»–"}), "koi8-r"),
        ("Нет денег", "koi8-r"),
        (FRENCH, "cp1252"),
        ("été", "cp1252"),
        ("The inspector’s office – two rooms – said “we can’t”.", "cp1252"),
        ("Straße, Größe, 20 €", "cp1252"),
        ("„Spaß“", "cp1252"),
        ("la letra “Ñ”", "cp1252"),
        ("le CLICHÉ» d’été", "cp1252"),
        ("AÇÃO, IRMÔ, “NÃO”", "cp1252"),
        ("В\u00a0Бишкеке её ООО «РФ» №\u00a05", "cp1251"),
        ("её ТЗ", "koi8-r"),
    ],
)
def test_an_unmarked_encoding_is_found(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


@given(st.text())
def test_whatever_is_utf_8_comes_back(text: str) -> None:
    if "\0" not in text and not text.startswith("\ufeff"):
        assert decode(text.encode()) == (text, "utf-8")


@pytest.mark.parametrize("data", [codecs.BOM_UTF16_LE + b"a\0b", codecs.BOM_UTF8 + b"\xff", codecs.BOM_UTF16_LE + b"\x00\xd8a\0"])
def test_bytes_that_break_their_encoding_are_refused(data: bytes) -> None:
    with pytest.raises(UndecodableError, match="is not whole UTF"):
        decode(data)


def test_a_nul_is_no_sign_of_utf_16() -> None:
    assert decode(b"two words\0and more.") == ("two words\0and more.", "utf-8")
    assert decode(b"abc\0def!") == ("abc\0def!", "utf-8")


def test_line_ends_become_one_and_other_separators_stay() -> None:
    assert unify_line_ends("a\r\nb\rc\n\r\u2028d\u0085\v\f") == "a\nb\nc\n\n\u2028d\u0085\v\f"


@pytest.mark.parametrize(
    "data",
    [
        "Привет мир, это конец".encode()[:-1],
        "Le café est fermé, l'équipe a été payée".encode() + b"\xe9",
        b"Plain english text with one bad caf\xe9 and then proper \xc3\xa9l\xc3\xa8ve",
        b"The staff\xe2\x80\x99s vie\x92s",
        b"one caf\xe9 and one caf\xc3\xa9",
        "Нет".encode()[:-1] + " и 😊".encode(),
    ],
)
def test_utf_8_with_a_damaged_character_is_refused_not_guessed_at(data: bytes) -> None:
    with pytest.raises(UndecodableError, match="UTF-8 text with a damaged character"):
        decode(data)
