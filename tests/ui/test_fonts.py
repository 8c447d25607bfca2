from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontInfo, QRawFont

from ui.measures import BODY, DOCUMENT, SCREEN, Type
from ui.theme import Theme

CYRILLIC = "".join(chr(code) for code in range(0x410, 0x450)) + "ЁёЇї"
KYRGYZ = "ҢңӨөҮү"
KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІі"
TAJIK = "ҒғӢӣҚқӮӯҲҳҶҷ"
UZBEK = "ЎўҚқҒғҲҳʻʼ"
TURKMEN = "ÇçÄäŽžŇňÖöŞşÜüÝý"
FRENCH = "éèàùçœŒ«»…–—'’"


def test_both_families_are_there(fonts: list[str]) -> None:
    assert {"Inter", "Source Serif 4"} <= set(fonts)


@pytest.mark.parametrize("step", [BODY, SCREEN, DOCUMENT, Type(16, 26, 600, "doc")], ids=["body", "screen", "document", "strong"])
def test_the_fonts_hold_the_letters_of_the_region(theme: Theme, step: Type) -> None:
    raw = QRawFont.fromFont(theme.font(step))
    missing = [letter for letter in CYRILLIC + KYRGYZ + KAZAKH + TAJIK + UZBEK + TURKMEN + FRENCH if not raw.supportsCharacter(ord(letter))]
    assert missing == []


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_each_weight_is_its_own_file(theme: Theme, weight: int) -> None:
    font = theme.font(Type(13, 18, weight))
    assert QFontInfo(font).family() == "Inter"
    assert QRawFont.fromFont(font).weight() == weight


def test_the_serif_has_an_italic_of_its_own(theme: Theme) -> None:
    font = theme.font(DOCUMENT)
    font.setItalic(True)
    assert QRawFont.fromFont(font).style() == QFont.Style.StyleItalic
