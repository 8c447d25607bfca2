"""Where two texts differ, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_PIECE = re.compile(r"\w+|\s+|[^\w\s]", re.UNICODE)
#: Beyond this many words comparing would keep the window waiting; the texts then stand side by side unmarked.
_MOST = 4_000


class Mark(StrEnum):
    """What became of a piece of the older text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of one of the texts, and whether the newer one has added or removed them."""

    words: str
    mark: Mark


def differences(base: str, text: str) -> list[Piece]:
    """`text` with what it adds to `base` and, in its place, what it leaves out. All pieces but the removed ones joined are `text`; all
    but the added ones are `base`."""
    older, newer = _PIECE.findall(base), _PIECE.findall(text)
    if len(older) + len(newer) > _MOST:
        return [Piece(text, Mark.SAME)] if text else []
    found: list[Piece] = []
    for what, first, last, start, end in SequenceMatcher(None, older, newer, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Piece("".join(newer[start:end]), Mark.SAME))
            continue
        if last > first:
            found.append(Piece("".join(older[first:last]), Mark.REMOVED))
        if end > start:
            found.append(Piece("".join(newer[start:end]), Mark.ADDED))
    return found
