"""Names in a tree, written as paths: 'Constraints > Staff turnover'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from unicodedata import category

from qcode.errors import UserError

SEPARATOR = " > "
MARK = ">"
_LONGEST = 200
_SHOWN = 40
#: Kinds of letters that take no ink: blanks, controls, formats, halves of surrogate pairs, marks without a letter below them.
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Mn", "Zl", "Zp", "Zs"))


def join_path(names: Iterable[str]) -> str:
    """The names from the top down as one path."""
    return SEPARATOR.join(names)


def split_path(path: str) -> list[str]:
    """The names of a path from the top down, without the blanks around them; empty for an empty path."""
    return [name.strip() for name in path.split(MARK)] if path.strip() else []


def checked_name(name: str, what: str) -> str:
    """`name` without blanks around it. Raises UserError when nothing of it is seen, when it is longer than 200 letters, or holds the sign
    that separates the names of a path, a line break or what is no letter."""
    clean = name.strip()
    if not any(category(letter) not in _UNSEEN for letter in clean):
        raise UserError(f"A {what} needs a name: give it one.")
    if MARK in clean:
        raise UserError(f"The {what} name '{clean}' holds '>', which separates the names of a path: write it without.")
    if len(clean) > _LONGEST:
        raise UserError(f"The {what} name '{clean[:_SHOWN]}…' has {len(clean):,} letters: keep it within {_LONGEST}.")
    if any(category(letter) in ("Cc", "Cs") for letter in clean):
        raise UserError(f"The {what} name '{clean.splitlines()[0]}' holds a line break or control character: write it on one line.")
    return clean


def paths_of(parents: Mapping[str, str | None], names: Mapping[str, str]) -> dict[str, str]:
    """The path of every row of a tree, by its key. A row whose parents run in a circle is shown as if it stood at the top."""
    known: dict[str, str] = {}
    for key in names:
        way = [key]
        while way[-1] not in known:
            parent = parents.get(way[-1])
            if parent is None or parent not in names or parent in way:
                break
            way.append(parent)
        above = known.get(way[-1], "")
        for step in reversed(way[:-1] if above else way):
            above = known[step] = above + SEPARATOR + names[step] if above else names[step]
    return known
