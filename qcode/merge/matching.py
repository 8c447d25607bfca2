"""Which rows of two projects that were begun apart are probably the same. Pure; nothing is assumed that is only near.

Sources meet by the hash of their text and the case they belong to, then by name and near text; codes and cases by path, then by near
name. Rows of a survey never meet, for two people may have answered alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from qcode.merge.alike import ALIKE, alike
from qcode.text.folding import fold

SAME_TEXT = "same text and case"
NEAR_TEXT = "same name, near text"
SAME_PATH = "same path"
NEAR_NAME = "near name"
#: Texts of one name that are so many percent alike may be versions of one.
NEAR = 60
#: Texts are compared by so many of their characters, which tells versions apart from strangers.
_COMPARED = 20_000


class Side(NamedTuple):
    """A source as it is matched: UUID, name, the SHA-256 of its text, and the paths of its cases."""

    key: str
    name: str
    text: str
    cases: tuple[str, ...]
    survey: bool = False


class Pair(NamedTuple):
    """Ours and theirs (UUIDs), the rule they meet by, how alike they are in percent, and whether that is sure."""

    one: str
    other: str
    rule: str
    alike: int
    sure: bool


def match_sources(ours: Sequence[Side], theirs: Sequence[Side], text: Callable[[str], str]) -> list[Pair]:
    """Sources that are the same by text and case, then, asked, those of one name whose texts are near. `text` gives a text by hash."""
    from rapidfuzz.fuzz import ratio

    pairs: list[Pair] = []
    free = {side.key: side for side in ours if not side.survey}
    by_text: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for side in free.values():
        by_text[side.text, side.cases].append(side.key)
    waiting: list[Side] = []
    for side in theirs:
        met = by_text.get((side.text, side.cases), [])
        if side.survey:
            continue
        if len(met) == 1 and met[0] in free:
            del free[met[0]]
            pairs.append(Pair(met[0], side.key, SAME_TEXT, 100, True))
        else:
            waiting.append(side)
    names = {fold(side.name): side for side in free.values()}
    for side in waiting:
        near = names.get(fold(side.name))
        if near is not None and near.key in free:
            degree = 100 if near.text == side.text else round(ratio(text(near.text)[:_COMPARED], text(side.text)[:_COMPARED]))
            if degree >= NEAR:
                del free[near.key]
                pairs.append(Pair(near.key, side.key, NEAR_TEXT, degree, False))
    return pairs


def match_paths(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[Pair]:
    """Codes or cases (UUID → path) that are the same by path, then, asked, those of nearly one name."""
    keys = {path: key for key, path in ours.items()}
    pairs = [Pair(keys[path], key, SAME_PATH, 100, True) for key, path in theirs.items() if path in keys]
    met = {pair.one for pair in pairs} | {pair.other for pair in pairs}
    return pairs + list(_near_names(_left(ours, met), _left(theirs, met)))


def _left(paths: Mapping[str, str], met: set[str]) -> dict[str, str]:
    return {key: path for key, path in paths.items() if key not in met}


def _near_names(ours: Mapping[str, str], theirs: Mapping[str, str]) -> Iterable[Pair]:
    taken: set[str] = set()
    for key, path in theirs.items():
        degrees = [(alike(_name(mine), _name(path)), one) for one, mine in ours.items() if one not in taken]
        degree, one = max(degrees, default=(0, ""))
        if degree >= ALIKE:
            taken.add(one)
            yield Pair(one, key, NEAR_NAME, degree, False)


def _name(path: str) -> str:
    return path.rpartition(" > ")[2]
