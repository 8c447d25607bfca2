"""The colours of codes: a code keeps the name of one, so that it can be shown on a light and on a dark ground."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

#: Names in the order in which new codes take them, with the colour on a light ground.
PALETTE = {
    "Magenta": "#c11e75",
    "Moss": "#2f4a2c",
    "Gold": "#9e904d",
    "Indigo": "#322cad",
    "Sky": "#2599d7",
    "Rose": "#d76ca2",
    "Plum": "#70206c",
    "Violet": "#904fa5",
    "Orange": "#d55d05",
    "Teal": "#10777b",
    "Slate": "#505258",
    "Brick": "#a3484b",
    "Brown": "#72511e",
    "Blue": "#2a6ede",
    "Green": "#2b9667",
    "Olive": "#6f8d2a",
}
_NAMES = {name.casefold(): name for name in PALETTE} | {colour: name for name, colour in PALETTE.items()}
_COLOUR = re.compile("#[0-9a-f]{6}")


def canonical_colour(written: str) -> str | None:
    """A colour as a code keeps it: the name of one of the palette, '#rrggbb' for any other, '' for none; None if it is no colour."""
    folded = written.strip().casefold()
    if not folded or folded in _NAMES:
        return _NAMES.get(folded, "")
    return folded if _COLOUR.fullmatch(folded) else None


def next_colour(used: Iterable[str]) -> str:
    """The first name of the palette that the fewest codes have."""
    counts = Counter(used)
    return min(PALETTE, key=lambda name: counts[name])
