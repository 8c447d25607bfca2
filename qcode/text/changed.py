"""What is other in a text than in the one before it, in a few words."""

from __future__ import annotations

from itertools import takewhile
from operator import eq

_BESIDE, _LONGEST = 30, 160


def changed_part(before: str, after: str) -> str:
    """The stretch of `after` that is not as in `before`, with some letters on both sides; its middle is left out where it is long."""
    start = _alike(before, after)
    end = len(after) - _alike(before[start:][::-1], after[start:][::-1])
    first, last = max(0, start - _BESIDE), min(len(after), end + _BESIDE)
    words = " ".join(after[first:last].split())
    if len(words) > _LONGEST:
        words = f"{words[: _LONGEST // 2]} … {words[-_LONGEST // 2 :]}"
    return f"{'… ' if first else ''}{words}{' …' if last < len(after) else ''}"


def _alike(one: str, other: str) -> int:
    """With how many letters both begin."""
    return sum(1 for _ in takewhile(bool, map(eq, one, other)))
