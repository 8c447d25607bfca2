"""What stands in for a text that could not be read whole: what was read of it, and the quotes people took from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qcode.text.anchors import find_quote

NOTHING = "This text was lost in a damaged file."
UNREADABLE = "\ufffd"


@dataclass(frozen=True)
class Substitute:
    """A text in the place of a lost one, and where each coding of the lost one now stands, by its UUID."""

    text: str
    places: Mapping[str, tuple[int, int]]


def substitute(read: str, quotes: Iterable[tuple[str, int, str]]) -> Substitute:
    """A text made of what was read of a lost one; `quotes` are UUID, start and words of each coding of it.

    A quote that stands where it stood stays there, else it is found again, else it is added at the end.
    """
    text = read.replace("\0", UNREADABLE).rstrip(UNREADABLE)
    places: dict[str, tuple[int, int]] = {}
    missing: dict[str, list[str]] = {}
    for key, start, quote in sorted(quotes, key=lambda given: (given[1], given[0])):
        found = find_quote(text, quote)
        if text[start : start + len(quote)] == quote:
            places[key] = (start, start + len(quote))
        elif found:
            nearest = min(found, key=lambda span: abs(span.start - start))
            places[key] = (nearest.start, nearest.end)
        else:
            missing.setdefault(quote, []).append(key)
    for quote, keys in missing.items():
        text += ("\n\n" if text else "") + quote
        places.update(dict.fromkeys(keys, (len(text) - len(quote), len(text))))
    return Substitute(text if places or text.strip() else NOTHING, places)
