"""Short names for sources, which open their quote IDs."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import count
from pathlib import PurePosixPath

LONGEST = 10
_WORDS = re.compile(r"[^\W_]+")


def label_from(name: str, taken: Container[str]) -> str:
    """A label for the source called `name` that is not `taken`: the first word of the file name in capitals, numbered if needed."""
    words = _WORDS.findall(PurePosixPath(name).stem)
    first = (words[0] if words else "S").upper()[:LONGEST]
    if first not in taken:
        return first
    joined = first + "-" if first[-1].isdigit() else first
    return next(label for number in count(2) if (label := f"{joined}{number}") not in taken)
