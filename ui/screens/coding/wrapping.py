"""Words where a few lines are all there is room for."""

from __future__ import annotations

from PySide6.QtGui import QFont

from ui.painting import wrapped

_FEWEST_LETTERS = 20


def in_few_lines(words: str, font: QFont, room: float, most: int) -> tuple[str, ...]:
    """`words` in at most `most` lines of `room` pixels; where they do not fit the middle goes: the end says as much as the beginning.

    What it costs depends on the room there is, not on how long the words are.
    """
    lines = wrapped(words, font, room, most + 1)
    kept = sum(map(len, lines))
    while len(lines) > most and kept > _FEWEST_LETTERS:
        lines = wrapped(without_middle(words, kept), font, room, most + 1)
        kept = round(kept * 0.85)
    return lines[:most]


def without_middle(words: str, letters: int) -> str:
    """About as many letters of `words` as given, three quarters from the beginning, the others from the end, with '…' between."""
    if len(words) <= letters:
        return words
    front, back = words[: letters * 3 // 4], words[len(words) - letters // 4 :]
    # Cut at a blank, where there is one near.
    return f"{front.rpartition(' ')[0] or front} … {back.partition(' ')[2] or back}"
