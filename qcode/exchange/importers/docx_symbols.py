"""Characters of Word's symbol fonts (Symbol, Wingdings) as Unicode."""

from __future__ import annotations

_WINGDINGS = {
    0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖",
    0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xF3: "⬄",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•",
    0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0xD6: "√", 0xDB: "⇔", 0xDE: "⇒", 0xE5: "∑",
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "symbol": _SYMBOL}
_UNKNOWN = "\ufffd"


def symbol(font: str, code: str) -> str:
    """The character that `code` (hexadecimal, as in w:sym) shows in `font`; U+FFFD where the font's sign has no known equal."""
    try:
        number = int(code, 16)
    except ValueError:
        return _UNKNOWN
    if 0xF000 <= number <= 0xF0FF:
        number -= 0xF000
    elif number > 0xFF:
        return chr(number) if number < 0xD800 or 0xE000 <= number <= 0xFFFD else _UNKNOWN
    table = _FONTS.get(font.casefold(), {})
    return table.get(number, _UNKNOWN if number < 0x20 or number > 0x7E else chr(number) if font.casefold() == "symbol" else _UNKNOWN)
