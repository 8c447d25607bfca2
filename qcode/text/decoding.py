"""Bytes to text: which encoding a file of words is in, without losing or changing a character."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = ("cp1252", "cp1251", "koi8-r")
_SAMPLE_WORDS = 5_000
#: So many characters beyond ASCII must read as UTF-8 for each that does not.
_SURE = 3
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# How much a sign that reads as UTF-8 says against an 8-bit encoding. As cp1252 its bytes would be Ã before a sign such as ©, or three and
# more signs in a row; signs of two bytes may be a capital before a quotation mark or a no-break space, so they count once. What is not
# listed (ß and a quotation mark read as a letter of N'Ko) counts for nothing.
_TELLING = (
    (re.compile(r"[à-ÿ]"), 2),
    (re.compile(r"[\u0800-\ufffc\U00010000-\U0010ffff]"), 2),
    (re.compile(r"[\u00a0-ß\u0100-\u017f\u0400-\u045f]"), 1),
)
_WORD_BEYOND_ASCII = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")

# Signs that an 8-bit text was read in the wrong encoding, with their weight: two alphabets in one word, a capital after a small
# letter, rows of accented letters, line drawing and signs inside words. Rows of capitals are only a hint: headings have them.
_WRONG = {
    "cp1252": (
        (re.compile(r"[À-ÖØ-öø-ÿ]{2}"), 1.0),
        (re.compile(r"\w[¡-©¬-³¶¹¼-¾×÷¥€†‡‰]|[¡-©¬-³¶¹¼-¾×÷¥€†‡‰]\w"), 1.0),
    ),
    "cp1251": (
        (re.compile(r"[A-Za-z][А-яЁё]|[А-яЁё][A-Za-z]"), 1.0),
        (re.compile(r"[а-яё][А-ЯЁ]"), 1.0),
        (re.compile(r"[А-ЯЁ]{2}"), 0.1),
        (re.compile(r"[ЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЄЇІіґєјЅѕї¤¦§©¬®°±µ¶]"), 0.3),
    ),
    "koi8-r": (
        (re.compile(r"[A-Za-z][А-яЁё]|[А-яЁё][A-Za-z]"), 1.0),
        (re.compile(r"[а-яё][А-ЯЁ]"), 1.0),
        (re.compile(r"[А-ЯЁ]{2}"), 0.1),
        (re.compile(r"[─-▟■√≈≤≥⌠⌡°²·÷©]"), 1.0),
    ),
}


class UndecodableError(ValueError):
    """The bytes are in no encoding known here; the message says what was tried."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of `data`, character by character, and the name of its encoding.

    Known are UTF-8 and UTF-16 with or without byte-order mark (which is taken off), cp1251, koi8-r and cp1252. Nothing else of the
    text changes, line ends included. Raises UndecodableError. A NUL stays in the text: the caller decides.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding), encoding
    if b"\0" in data and (encoding := _unmarked_utf16(data)):
        return _strict(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(data):
            raise UndecodableError(f"is UTF-8 text with a damaged character (byte {error.start + 1:,})") from error
        encoding = _legacy_encoding(data)
        return _strict(data, encoding), encoding


def unify_line_ends(text: str) -> str:
    """`text` with every CR LF and lone CR as LF; other characters, U+2028 and U+0085 among them, stay."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether bytes that are not whole UTF-8 are mostly so: 8-bit text seldom holds a sequence that UTF-8 would allow, and hardly ever
    one that means a letter or sign of the languages we meet. In a short text a few of those are enough."""
    text = data.decode("utf-8", errors="replace")
    beyond_ascii = "".join(_BEYOND_ASCII.findall(text))
    wrong = beyond_ascii.count("\ufffd")
    if len(beyond_ascii) - wrong > _SURE * wrong:
        return True
    return sum(weight * len(sign.findall(beyond_ascii)) for sign, weight in _TELLING) > wrong


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableError(f"is not whole {encoding.upper()} text (byte {error.start + 1:,} does not fit)") from error


def _unmarked_utf16(data: bytes) -> str:
    """The byte order when `data` is clearly UTF-16 without a mark, else ''.

    Clear means: NUL bytes on one side only, and most pairs are Latin, Cyrillic or general punctuation.
    """
    if len(data) % 2:
        return ""
    for encoding, low, high in (("utf-16-le", data[::2], data[1::2]), ("utf-16-be", data[1::2], data[::2])):
        common = high.count(0) + high.count(4) + high.count(5) + high.count(0x20)
        if b"\0" in high and b"\0" not in low and common >= 0.7 * len(high):
            return encoding
    return ""


def _legacy_encoding(data: bytes) -> str:
    """The 8-bit encoding in which the words of `data` look least wrong."""
    words = b" ".join(_WORD_BEYOND_ASCII.findall(data)[:_SAMPLE_WORDS])
    scores = {}
    for encoding in _LEGACY:
        try:
            sample = words.decode(encoding)
        except UnicodeDecodeError:
            continue
        scores[encoding] = sum(weight * len(sign.findall(sample)) for sign, weight in _WRONG[encoding])
    if not scores:
        raise UndecodableError(f"is in none of the encodings UTF-8, UTF-16, {', '.join(_LEGACY)}")
    return min(scores, key=lambda encoding: scores[encoding])
