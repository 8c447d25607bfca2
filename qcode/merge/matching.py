"""Which rows of two projects that were begun apart are probably the same. Pure; nothing is assumed that is only near.

Sources meet by the hash of their text and the case they belong to, then by name and near text; codes and cases by path, then by near
name. Rows of a survey never meet, for two people may have answered alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from qcode.merge.alike import ALIKE, alike
from qcode.text.folding import fold

T = TypeVar("T")
SAME_TEXT = "same text and case"
NEAR_TEXT = "same name, near text"
SAME_PATH = "same path"
NEAR_NAME = "near name"
WITHDRAWN_HERE = "same text as one withdrawn here: it stays out for good"
WITHDRAWN_THERE = "same text as one withdrawn there: it leaves for good"
#: Texts of one name that are so many percent alike may be versions of one.
NEAR = 60
#: A text of so many characters is no other's by chance; a shorter one, such as that no notes were taken, may be.
_NO_CHANCE = 200
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
    """Sources that are the same by text and case, where that is one here and one there; then, asked, those of one name whose texts are
    near. `text` gives a text by hash. Whoever asks which of the two, the pairs are the same."""
    from rapidfuzz.fuzz import ratio

    mine, others = ({side.key: side for side in sides if not side.survey} for sides in (ours, theirs))
    here, there = _by_text(mine.values()), _by_text(others.values())
    pairs = [Pair(here[at][0], keys[0], SAME_TEXT, 100, True) for at, keys in there.items() if len(keys) == len(here.get(at, ())) == 1]
    names: dict[str, list[Side]] = defaultdict(list)
    for side in _left(mine, pairs):
        names[fold(side.name)].append(side)
    near = []
    for side in _left(others, pairs):
        for one in names[fold(side.name)]:
            same = one.text == side.text
            degree = 100 if same else round(ratio(text(one.text)[:_COMPARED], text(side.text)[:_COMPARED]))
            if degree >= NEAR:
                near.append(Pair(one.key, side.key, NEAR_TEXT, degree, False))
    return pairs + _best(near)


def match_withdrawn(
    ours: Sequence[Side], theirs: Sequence[Side], here: Mapping[str, str], there: Mapping[str, str], text: Callable[[str], str]
) -> list[Pair]:
    """Sources of either project with the text of one that was withdrawn in the other; `here` and `there` are the withdrawn ones of each,
    by the SHA-256 of their texts."""
    staying = [side for side in theirs if side.text in here and not side.survey]
    leaving = [side for side in ours if side.text in there and not side.survey]
    return [
        *(Pair(here[side.text], side.key, WITHDRAWN_HERE, 100, _is_own(text(side.text))) for side in staying),
        *(Pair(side.key, there[side.text], WITHDRAWN_THERE, 100, _is_own(text(side.text))) for side in leaving),
    ]


def _is_own(text: str) -> bool:
    return len(text) >= _NO_CHANCE


def _by_text(sides: Iterable[Side]) -> dict[tuple[str, tuple[str, ...]], list[str]]:
    found: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for side in sides:
        found[side.text, side.cases].append(side.key)
    return found


def _left(rows: Mapping[str, T], pairs: Iterable[Pair]) -> list[T]:
    """The rows that are in none of the pairs."""
    met = {key for pair in pairs for key in pair[:2]}
    return [row for key, row in rows.items() if key not in met]


def _best(pairs: Iterable[Pair]) -> list[Pair]:
    """Of pairs that share a row the most alike."""
    chosen: list[Pair] = []
    taken: set[str] = set()
    for pair in sorted(pairs, key=lambda pair: (-pair.alike, *sorted(pair[:2]))):
        if taken.isdisjoint(pair[:2]):
            taken.update(pair[:2])
            chosen.append(pair)
    return chosen


def match_paths(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[Pair]:
    """Codes or cases (UUID → path) that are the same by path, then, asked, those of nearly one name."""
    keys = {path: key for key, path in ours.items()}
    pairs = [Pair(keys[path], key, SAME_PATH, 100, True) for key, path in theirs.items() if path in keys]
    left, others = (_left({key: (key, path) for key, path in paths.items()}, pairs) for paths in (ours, theirs))
    degrees = ((one, key, alike(_name(mine), _name(path))) for key, path in others for one, mine in left)
    return pairs + _best(Pair(one, key, NEAR_NAME, degree, False) for one, key, degree in degrees if degree >= ALIKE)


def _name(path: str) -> str:
    return path.rpartition(" > ")[2]
