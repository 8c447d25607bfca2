"""Where words stand in one text, as somebody who reads it on the screen would say."""

from __future__ import annotations

import re
import unicodedata

from qcode.model.span import Span


def find_all(words: str, text: str) -> list[Span]:
    """Where `words` stand in `text` (code points), whatever their capitals, whether blanks between them are blanks, line ends or no-break
    spaces, and whether a letter with its accent is written as one character or as several."""
    parts = ["".join(map(_either, unicodedata.normalize("NFC", part))) for part in words.split()]
    if not parts:
        return []
    found = re.finditer(r"\s+".join(parts), text, re.IGNORECASE)
    return [Span(*match.span()) for match in found if not _goes_on(text, match.end())]


def _either(letter: str) -> str:
    """A pattern for a letter, composed or not."""
    apart = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if apart == letter else f"(?:{re.escape(letter)}|{re.escape(apart)})"


def _goes_on(text: str, end: int) -> bool:
    """Whether the letter that ends at `end` has an accent still: then it is another one."""
    return end < len(text) and unicodedata.combining(text[end]) > 0
