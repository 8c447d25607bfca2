"""Between the engine's positions (Unicode code points) and Qt's (UTF-16 units): the one place where either becomes the other."""

from __future__ import annotations

import re
from bisect import bisect_left

_BEYOND_ONE_UNIT = re.compile("[\U00010000-\U0010ffff]")


class TextPositions:
    """The positions of one text. Code points run from 0 to `characters`, units from 0 to `units`; both ends are places, too."""

    def __init__(self, text: str) -> None:
        self.characters = len(text)
        self._wide = _wide_characters(text)
        # A wide character takes two units, so the n-th one (from 0) begins n units after its code point.
        self._wide_units = [place + number for number, place in enumerate(self._wide)]
        self.units = self.characters + len(self._wide)

    def to_units(self, position: int) -> int:
        """The UTF-16 unit at which code point `position` begins."""
        return position + bisect_left(self._wide, position) if self._wide else position

    def to_characters(self, unit: int) -> int:
        """The code point that begins at `unit`; the one that `unit` stands in the middle of, where it halves one."""
        # A unit in the middle of a wide character has that character before it, so one too many is taken off: its own beginning.
        return unit - bisect_left(self._wide_units, unit) if self._wide else unit


def _wide_characters(text: str) -> list[int]:
    """The places of the characters that take two units."""
    if text.isascii() or len(text.encode("utf-16-le")) == 2 * len(text):
        return []
    return [match.start() for match in _BEYOND_ONE_UNIT.finditer(text)]
