"""Where a quote stands in a text, and, where it does not stand there, what the difference is in words."""

from __future__ import annotations

import re
from itertools import groupby

from qcode.errors import UserError
from qcode.model.span import Span
from qcode.text.anchors import find_quote
from qcode.text.nearest import nearest_to

_SHOWN = 60
_TAIL = 20
#: A quote longer than this is compared as it is: a pattern of it would take longer to make than to search for.
_PATTERN = 10_000
_WORDS = re.compile(r"\S+")
_BLANKS = {" ": "blank", "\n": "line end", "\t": "tab", "\u00a0": "no-break blank"}


def find_once(text: str, quote: str, source: str) -> tuple[int, int]:
    """Where `quote` stands in `text`, letter for letter. Raises UserError when it stands there twice, or not at all."""
    if not quote.strip():
        raise UserError("The line has neither start and end nor a quote: give one of them.")
    first = text.find(quote)
    if first < 0 and quote != quote.strip():
        return find_once(text, quote.strip(), source)
    if first < 0:
        raise UserError(f"'{cut(quote)}' does not stand in {source}{_nearest(text, quote)}.")
    if text.find(quote, first + 1) >= 0:
        places = find_quote(text, quote)
        starts = ", ".join(str(span.start) for span in places[:5])
        raise UserError(f"'{cut(quote)}' stands {len(places)} times in {source} (at {starts}): give start and end as well.")
    return first, first + len(quote)


def said_otherwise(quote: str, there: str) -> str:
    """The words of a text in quotation marks; with the difference in words where, cut for a sentence, they would look like the quote."""
    shown = f"'{cut(there)}'"
    return shown if cut(there) != cut(quote) else f"{shown} ({_difference(quote, there)})"


def cut(words: str) -> str:
    """As much of some words as a sentence can hold, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _nearest(text: str, quote: str) -> str:
    near = _but_for_blanks(quote, text) or nearest_to(quote, text)
    if near is None:
        return ": check the words, or give start and end"
    close = said_otherwise(quote, near.of(text))
    return f" letter for letter; {close} at {near.start} to {near.end} is close: take over its words if it was meant"


def _but_for_blanks(quote: str, text: str) -> Span | None:
    """Where the words of the quote stand with other blanks between them."""
    if len(quote) > _PATTERN:
        return None
    found = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    return Span(*found.span()) if found else None


def _difference(quote: str, there: str) -> str:
    """Where two texts that look alike part: between which words the blanks differ, else after which words."""
    blanks, others = _WORDS.split(quote)[1:-1], _WORDS.split(there)[1:-1]
    if quote.split() == there.split():
        words = quote.split()
        for word, blank, other in zip(words, blanks, others, strict=False):
            if blank != other:
                return f"after '{cut(word)}' the text has {_named(other)}, the quote {_named(blank)}"
    at = next((at for at, (one, other) in enumerate(zip(quote, there, strict=False)) if one != other), min(len(quote), len(there)))
    same = " ".join(quote[:at].split())[-_TAIL:]
    return f"they part after '{same}'" if same else "they part at the first letter"


def _named(blanks: str) -> str:
    parts = []
    for sign, run in groupby(blanks):
        number = len(list(run))
        name = _BLANKS.get(sign, "sign") + ("s" if number > 1 else "")
        parts.append(f"{number} {name}" if sign in _BLANKS else f"{number} {name} U+{ord(sign):04X}")
    return " and ".join(parts)
