"""The passages on which two coders differ, as a list that can be settled one by one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from qcode.agreement.matching import ENOUGH, overlap_of
from qcode.agreement.measuring import ReadSource, judged_spans
from qcode.agreement.units import Axis, Ranges

_Spans = tuple[tuple[int, int], ...]


class Kind(StrEnum):
    """How two coders differ at one place."""

    ONLY_FIRST = "only first"
    ONLY_SECOND = "only second"
    #: Both used the code, and their passages overlap but are not the same.
    ENDS = "ends differ"
    #: Both used the code in this paragraph, on passages that do not overlap.
    ELSEWHERE = "elsewhere"
    #: On nearly the same passage the first used `code` and the second `other`.
    OTHER_CODE = "other code"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two coders differ.

    `first` and `second` are the passages of each in question (code points, sorted, overlapping ones made one); `other` is the second's
    code where that is the difference. `paragraph` is counted from 1. `counted` says whether the figures of the unit see it: two ends
    within one sentence are the same sentence.
    """

    kind: Kind
    code: int
    first: _Spans
    second: _Spans
    paragraph: int
    counted: bool
    other: int | None = None

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return min(start for start, _ in (*self.first, *self.second))

    @property
    def end(self) -> int:
        """Where the last of its passages ends."""
        return max(end for _, end in (*self.first, *self.second))


def find_differences(
    source: ReadSource, codes: Collection[int], paragraphs: Sequence[int], enough: float = ENOUGH
) -> tuple[Difference, ...]:
    """The differences of the coders 0 and 1 in a source, in text order; on the codes of `codes` that both judged.

    `paragraphs` are where the paragraphs begin, sorted. A passage only one coder has becomes the difference 'other code' together with
    one of the other coder's that overlaps it by `enough` of what both cover, the nearest match first; else 'elsewhere' with one of the
    same code in the same paragraph.
    """
    found: list[Difference] = []
    alone: tuple[list[Difference], list[Difference]] = ([], [])
    for code, _, passages in judged_spans(source, codes):
        first, second = passages.get(0, []), passages.get(1, [])
        seen = _one_sided(source.axis.ranges(first), source.axis.ranges(second))
        for ours, theirs in _places(first, second):
            counted = _touches(source.axis, sorted((*ours, *theirs)), seen)
            paragraph = max(1, bisect_right(paragraphs, min(chain(ours, theirs))[0]))
            if ours and theirs:
                found.append(Difference(Kind.ENDS, code, ours, theirs, paragraph, counted))
            else:
                kind = Kind.ONLY_FIRST if ours else Kind.ONLY_SECOND
                alone[bool(theirs)].append(Difference(kind, code, ours, theirs, paragraph, counted))
    found += _paired(alone, _same_passage(*alone, enough), Kind.OTHER_CODE)
    found += _paired(alone, _same_paragraph(*alone), Kind.ELSEWHERE)
    return tuple(sorted((*found, *alone[0], *alone[1]), key=lambda one: (one.start, one.code, one.kind)))


def find_shared(source: ReadSource, codes: Collection[int]) -> list[tuple[int, int, int]]:
    """Code, start and end of every passage that the coders 0 and 1 both have; on the codes of `codes` that both judged."""
    return [
        (code, start, end)
        for code, _, passages in judged_spans(source, codes)
        for start, end in sorted({*passages.get(0, ())} & {*passages.get(1, ())})
    ]


def count_confusions(differences: Iterable[Difference]) -> list[tuple[int, int, int]]:
    """What one coder calls this and the other that: the first's code, the second's and how often, most frequent first."""
    counts = Counter((one.code, one.other) for one in differences if one.other is not None)
    return sorted(((code, other, count) for (code, other), count in counts.items()), key=lambda one: (-one[2], *one[:2]))


def _places(first: Ranges, second: Ranges) -> Iterator[tuple[_Spans, _Spans]]:
    """The passages of one code that hang together by overlapping, wherever the two coders' are not the same."""
    waiting = sorted([(start, end, 0) for start, end in first] + [(start, end, 1) for start, end in second])
    sides: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    reach = 0
    for start, end, side in [*waiting, (-1, -1, 0)]:
        if (start >= reach or start < 0) and sides[0] != sides[1]:
            yield tuple(sides[0]), tuple(sides[1])
        if start >= reach or start < 0:
            sides = ([], [])
        sides[side].append((start, end))
        reach = max(reach, end)


def _one_sided(first: Ranges, second: Ranges) -> Ranges:
    """The units that exactly one of the two coded."""
    edges = sorted(chain.from_iterable((*first, *second)))
    return [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]


def _touches(axis: Axis, spans: Ranges, units: Ranges) -> bool:
    starts = [start for start, _ in units]
    for span in spans:
        for start, end in axis.ranges([span]):
            at = bisect_left(starts, end) - 1
            if at >= 0 and units[at][1] > start:
                return True
    return False


def _paired(
    alone: tuple[list[Difference], list[Difference]], pairs: Iterable[tuple[Difference, Difference]], kind: Kind
) -> list[Difference]:
    """One difference of each two that belong together; those that found one are no longer alone."""
    made = []
    taken = set()
    for ours, theirs in pairs:
        taken |= {id(ours), id(theirs)}
        other = theirs.code if kind is Kind.OTHER_CODE else None
        made.append(replace(ours, kind=kind, second=theirs.second, counted=ours.counted or theirs.counted, other=other))
    for side in alone:
        side[:] = [one for one in side if id(one) not in taken]
    return made


def _same_passage(ours: list[Difference], theirs: list[Difference], enough: float) -> list[tuple[Difference, Difference]]:
    """Pairs of different codes on nearly the same passage, each difference in one pair at most."""
    ordered = sorted(theirs, key=lambda one: one.second)
    starts = [one.second[0][0] for one in ordered]
    matches = []
    for at, one in enumerate(ours):
        (start, end), = one.first
        # A passage that overlaps this one enough cannot be longer than that, so it cannot begin earlier.
        first, last = bisect_left(starts, start - (end - start) / enough), bisect_left(starts, end)
        for to in range(first, last):
            if ordered[to].code != one.code and (overlap := overlap_of(one.first[0], ordered[to].second[0])) >= enough:
                matches.append((-overlap, at, to))
    return _each_once(ours, ordered, sorted(matches))


def _same_paragraph(ours: list[Difference], theirs: list[Difference]) -> list[tuple[Difference, Difference]]:
    places = {(one.code, one.paragraph): at for at, one in reversed(list(enumerate(theirs)))}
    matches = [(0.0, at, places[key]) for at, one in enumerate(ours) if (key := (one.code, one.paragraph)) in places]
    return _each_once(ours, theirs, matches)


def _each_once(
    ours: Sequence[Difference], theirs: Sequence[Difference], matches: Iterable[tuple[float, int, int]]
) -> list[tuple[Difference, Difference]]:
    taken: tuple[set[int], set[int]] = (set(), set())
    found = []
    for _, at, to in matches:
        if at not in taken[0] and to not in taken[1]:
            taken[0].add(at)
            taken[1].add(to)
            found.append((ours[at], theirs[to]))
    return found
