"""Words broken into lines where a few lines are all there is room for."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF


def without_middle(words: list[str], letters: int) -> str:
    """About as many letters of `words` as given, most from the beginning, some from the end, with '…' between."""
    front: list[str] = []
    back: list[str] = []
    left, right = 0, len(words) - 1
    used = 0
    while left <= right and used < letters:
        front.append(words[left])
        used += len(words[left]) + 1
        left += 1
        if left <= right and sum(map(len, back)) < letters / 4:
            back.insert(0, words[right])
            used += len(words[right]) + 1
            right -= 1
    return " ".join([*front, "…", *back])


def wrapped(words: str, metrics: QFontMetricsF, room: float) -> list[str]:
    """`words` broken into lines of at most `room` pixels, at blanks."""
    lines, line = [], ""
    for word in words.split():
        longer = f"{line} {word}" if line else word
        if line and metrics.horizontalAdvance(longer) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines
