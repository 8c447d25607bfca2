"""The words of a passage and some of what stands around it: enough to verify a place, and to find it again after an edit."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.model.span import Span

CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a passage says, and up to 32 code points before and after it."""

    quote: str
    before: str
    after: str


def anchor_of(text: str, start: int, end: int) -> Anchor:
    """The anchor of code points `start` to `end` of `text`."""
    return Anchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def find_quote(text: str, quote: str) -> list[Span]:
    """Every place where `quote` stands in `text`, letter for letter, in order; places may overlap."""
    if not quote:
        return []
    found = []
    start = text.find(quote)
    while start >= 0:
        found.append(Span(start, start + len(quote)))
        start = text.find(quote, start + 1)
    return found
