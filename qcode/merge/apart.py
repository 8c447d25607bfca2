"""What people said of one thing when none of them could know of the others, for each began a project with it.

Each made the row. Where only one of them said something that is taken; where several said the same, whoever changed it knew what the
others had said; where they said different things nobody has chosen between these.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain

from qcode.merge.rows import Saw, Scalar, Write
from qcode.model.colours import PALETTE

#: What the program gives a code when it is made: the next colour of the palette, and a place in the order.
_COLOUR, _POSITION = "colour", "position"


def said_apart(writes: Sequence[Write], saw: Saw, together: Sequence[Sequence[str]]) -> list[Write]:
    """The active writes to one row without what is answered by those of other projects, each write with its `origin`."""
    touches = [write for write in writes if write.values is not None]
    if len({write.origin for write in touches}) < 2:
        return list(writes)
    roots = [write for write in touches if write.inserts and not any(saw(write.operation.id, other.operation.id) for other in touches)]
    dropped: dict[int, set[str]] = {id(root): set() for root in roots}
    grouped = {name for group in together for name in group}
    names = dict.fromkeys(chain.from_iterable(root.values or () for root in roots))
    for group in (*together, *((name,) for name in names if name not in grouped)):
        of_group = [write for write in touches if not (write.values or {}).keys().isdisjoint(group)]
        for root in _answered(roots, of_group, group, saw):
            dropped[id(root)].update(group)
    return [_without(write, dropped.get(id(write), ())) for write in writes]


def _answered(roots: Sequence[Write], writes: Sequence[Write], group: Sequence[str], saw: Saw) -> list[Write]:
    """The roots that need not be asked about some fields."""
    later = [write for write in writes if not any(write is root for root in roots)]
    silent = [root for root in roots if not _says(root, group)]
    speaking = [root for root in roots if _says(root, group)]
    found = [
        root
        for root in speaking
        if any(saw(write.operation.id, other.operation.id) for other in _agreeing(root, speaking, group) for write in later)
    ]
    for root in silent:
        if any(write.origin != root.origin for write in (*speaking, *later)):
            found.append(root)
    if not found and not speaking and silent:
        first = min(silent, key=lambda root: root.operation.rank)
        found = [root for root in silent if root.origin != first.origin]
    return found


def _agreeing(root: Write, roots: Sequence[Write], group: Sequence[str]) -> list[Write]:
    """The roots of other projects that say the same."""
    said = _values(root, group)
    return [other for other in roots if other.origin != root.origin and _values(other, group) == said]


def _values(write: Write, group: Sequence[str]) -> list[Scalar]:
    return [(write.values or {}).get(name) for name in group]


def _says(root: Write, group: Sequence[str]) -> bool:
    """Whether whoever made a row said something of it: a text that is empty says nothing, nor does what the program gave."""
    if len(group) > 1:
        return True
    (value,) = _values(root, group)
    if group[0] == _COLOUR:
        return value not in ("", *PALETTE)
    return value != "" and group[0] != _POSITION


def _without(write: Write, names: Collection[str]) -> Write:
    if not names or write.values is None:
        return write
    return replace(write, values={name: value for name, value in write.values.items() if name not in names})
