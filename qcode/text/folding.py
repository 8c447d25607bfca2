"""The form of a text that is searched: what people type the same reads the same, and every place leads back to the text.

Folded are compatibility forms (NFKC), case (the Greek sigma at the end of a word with it), Cyrillic ё to е, and the variants of the
apostrophe that Uzbek, French and English texts mix. й stays й: it is another letter than и.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from qcode.model.span import Span

_APOSTROPHES = "\u2018\u2019\u201b\u02bb\u02bc\u02b9\u02bf\u2032\u00b4\u0060\uff07"
#: Lowered, the Turkish İ keeps a dot of its own, which nobody types.
_SAME = {"ё": "е", "ς": "σ", "ß": "ss", "i\u0307": "i", **dict.fromkeys(_APOSTROPHES, "'")}
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """`text` as it is searched. Folding what is folded changes nothing."""
    if text.isascii():
        return text.lower().replace("`", "'")
    # Normalising would make a space and a mark of an acute accent that stands alone.
    text = text.replace("\u00b4", "'").replace("\u1ffd", "'")
    folded = _alike(unicodedata.normalize("NFKC", text).lower())
    folded = unicodedata.normalize("NFKC", folded)
    # Without its dots an ё can be joined with the next two in a row.
    while "ё" in folded:
        folded = unicodedata.normalize("NFKC", _alike(folded))
    return folded


def _alike(text: str) -> str:
    # One search for each letter: `str.translate` takes ten times as long, 0.7 s of the import of 30 MB.
    for letter, same in _SAME.items():
        text = text.replace(letter, same)
    return text


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where each of its characters came from."""

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]
    length: int

    def original(self, start: int, end: int) -> Span:
        """The span of the unfolded text that `start` to `end` of the folded one stands for, whole characters at both ends."""
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1)
        return Span(self.sources[first], self.sources[last] if last < len(self.sources) else self.length)


def fold_with_map(text: str) -> Folded:
    """`text` folded piece by piece, a piece being a character with what combines with it."""
    pieces: list[str] = []
    starts: list[int] = []
    sources: list[int] = []
    length = 0
    for begin, end in _pieces(text):
        folded = fold(text[begin:end])
        if folded:
            starts.append(length)
            sources.append(begin)
            pieces.append(folded)
            length += len(folded)
    return Folded("".join(pieces), tuple(starts), tuple(sources), len(text))


def _pieces(text: str) -> list[tuple[int, int]]:
    begins = [at for at, letter in enumerate(text) if at == 0 or not _combines(letter)]
    return list(zip(begins, [*begins[1:], len(text)], strict=True)) if begins else []


@cache
def _combines(letter: str) -> bool:
    """Whether normalising can join the letter with the one before it: marks, and the vowels and finals of Hangul."""
    first = unicodedata.normalize("NFKD", letter)[0]
    return unicodedata.category(first).startswith("M") or "\u1160" <= first <= "\u11ff"


def words_of(query: str) -> list[str]:
    """The words of a query as the index has them."""
    return _WORD.findall(fold(query))
