"""Agreement on passages whose ends the coders chose themselves: alpha for unitising, of 2004 and of 2016."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

from qcode.agreement.units import Ranges, joined

#: Passages (start, end, code) of one coder in one text; those of one code do not overlap.
Passages = Sequence[tuple[int, int, int]]
_Sections = list[tuple[int, int, bool]]
_Value = frozenset[int]
_Pieces = list[tuple[int, int, _Value]]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Observed and expected disagreement of alpha for unitising (2004); those of several codes may be added."""

    observed: float
    expected: float

    @property
    def alpha(self) -> float | None:
        """1 at perfect agreement, 0 at chance; None where nothing was marked, or everything by everybody."""
        return 1 - self.observed / self.expected if self.expected else None

    def __add__(self, other: Disagreement) -> Disagreement:
        return Disagreement(self.observed + other.observed, self.expected + other.expected)


def unitising_disagreement(coders: Sequence[Ranges], length: int) -> Disagreement:
    """How two or more coders differ on the passages of one code in a text of `length` characters; each one's sorted and apart.

    Krippendorff, K. (2004), Measuring the reliability of qualitative text analysis data, Quality & Quantity 38:787-800, and (1995), On
    the reliability of unitizing contiguous data, Sociological Methodology 25:47-76. Their measure squares distances, so a few long
    passages weigh more than many short ones.
    """
    m = len(coders)
    sections = [_sections(own, length) for own in coders]
    observed = 2 * sum(_distance(ours, theirs) for ours, theirs in combinations(sections, 2)) / (m * (m - 1) * length**2)
    units = [end - start for own in coders for start, end in own]
    gaps = sorted(end - start for own in sections for start, end, marked in own if not marked)
    above = [0]
    for gap in reversed(gaps):
        above.append(above[-1] + gap)
    expected = 0.0
    for unit in units:
        fitting = len(gaps) - bisect_right(gaps, unit - 1)
        expected += (len(units) - 1) / 3 * (2 * unit**3 - 3 * unit**2 + unit) + unit**2 * (above[fitting] - fitting * (unit - 1))
    ways = m * length * (m * length - 1) - sum(unit * (unit - 1) for unit in units)
    return Disagreement(observed, 2 / length * expected / ways if ways else 0.0)


def _sections(spans: Ranges, length: int) -> _Sections:
    """A text cut into passages and the gaps between them."""
    found: _Sections = []
    at = 0
    for start, end in spans:
        if at < start:
            found.append((at, start, False))
        found.append((start, end, True))
        at = end
    return [*found, (at, length, False)] if at < length else found


def _distance(ours: _Sections, theirs: _Sections) -> int:
    found = at = to = 0
    while at < len(ours) and to < len(theirs):
        (start, end, marked), (begin, finish, is_marked) = ours[at], theirs[to]
        if marked and is_marked:
            found += (start - begin) ** 2 + (end - finish) ** 2
        elif marked and begin <= start and end <= finish:
            found += (end - start) ** 2
        elif is_marked and start <= begin and finish <= end:
            found += (finish - begin) ** 2
        at, to = at + (end <= finish), to + (finish <= end)
    return found


@dataclass(frozen=True, slots=True)
class CodeUnitising:
    """(k)u-alpha of one code: whether, where both coders marked something, they mean the same by it; None where chance says all.

    `coverage` is the share (0 to 1) of the code's passages that lies where the other coder marked anything; None without passages.
    """

    alpha: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Unitising:
    """The u-alpha family over all codes, on characters; None where a measure is not defined, or only for pairs of coders.

    `u`: passages, gaps and codes together. `bar_u`: marked against not marked. `cu`: the codes where both marked something, which is
    the share `coverage` (0 to 1) of all text. `of_code`: (k)u-alpha by code.
    """

    u: float | None
    bar_u: float | None
    cu: float | None
    coverage: float
    of_code: Mapping[int, CodeUnitising]


class Continuum:
    """Texts laid end to end, on which the u-alpha family is reckoned: `add` each text once, then `measured`.

    Krippendorff, K., Mathet, Y., Bouvry, S., Widlöcher, A. (2016), On the reliability of unitizing textual continua: further
    developments, Quality & Quantity 50:2347-2364, equations 1 to 13. It wants segments that do not overlap, each with one value.
    Codes may overlap here: the value of a segment is the set of codes on it. For one code the value is that code wherever it lies,
    and the rest of what is marked is 'other'; without overlaps that is the published measure. cu and (k)u are given for two coders
    only, for published programs disagree on three, and only with `meanings`: of one code alone they say nothing.
    """

    def __init__(self, coders: int, *, meanings: bool = True) -> None:
        self._coders = coders
        self._meanings = meanings and coders == 2
        self._total = 0
        self._lengths: Counter[_Value] = Counter()
        self._squares: Counter[_Value] = Counter()
        self._shared: Counter[tuple[_Value, _Value]] = Counter()
        self._met_squares: Counter[_Value] = Counter()
        self._codes: defaultdict[int, _CodeSums] = defaultdict(_CodeSums)

    def add(self, passages: Sequence[Passages], length: int) -> None:
        """Take in a text of `length` characters with the passages of each coder, in the same order every time."""
        self._total += self._coders * length
        pieces = [_pieces(own) for own in passages]
        for own in pieces:
            for start, end, value in own:
                self._lengths[value] += end - start
                self._squares[value] += (end - start) ** 2
        for ours, theirs in combinations(pieces, 2):
            for value, other, shared in _meetings(ours, theirs):
                self._shared[value, other] += shared
                self._shared[other, value] += shared
        if self._meanings:
            for at in (0, 1):
                self._meet(passages[at], pieces[at], pieces[1 - at])

    def add_unmarked(self, length: int) -> None:
        """Take in a text of `length` characters in which nobody marked anything."""
        self._total += self._coders * length

    def _meet(self, passages: Passages, pieces: _Pieces, others: _Pieces) -> None:
        marked = _Marked(joined((start, end) for start, end, _ in others))
        for start, end, value in pieces:
            self._met_squares[value] += marked.within(start, end) ** 2
        for start, end, code in passages:
            sums, met = self._codes[code], marked.within(start, end)
            sums.length += end - start
            sums.met += met
            sums.squares += met**2

    def measured(self) -> Unitising:
        """The measures over all texts added."""
        total, marked = self._total, self._lengths.total()
        gaps, others = total - marked, self._coders - 1
        alike = sum(shared for (value, other), shared in self._shared.items() if value == other) / others
        met = self._shared.total() / others
        both_gaps = total - 2 * marked + met
        ways = total**2 - self._squares.total() - gaps
        by_chance = sum(length**2 - self._squares[value] for value, length in self._lengths.items()) + gaps**2 - gaps
        u = _alpha(total - alike - both_gaps, total - total * by_chance / ways) if ways else None
        bar_u = _alpha(gaps - both_gaps, total * gaps * marked / ways) if ways else None
        if not self._meanings:
            return Unitising(u, bar_u, None, met / total if total else 0.0, {})
        both: Counter[int] = Counter()
        for (value, other), shared in self._shared.items():
            for code in value & other:
                both[code] += shared
        of_code = {code: sums.measured(met, both[code]) for code, sums in self._codes.items()}
        return Unitising(u, bar_u, self._cu(alike, met), met / total if total else 0.0, of_code)

    def _cu(self, alike: float, met: float) -> float | None:
        """Equations 10 and 11."""
        values: Counter[_Value] = Counter()
        for (value, _), shared in self._shared.items():
            values[value] += shared
        ways = met**2 - self._met_squares.total()
        by_chance = sum(length**2 - self._met_squares[value] for value, length in values.items())
        return _alpha(met - alike, met - met * by_chance / ways) if ways else None


@dataclass(slots=True)
class _CodeSums:
    """Of one code's passages: their length, how much of it the other coder marked, and the sum of the squares of that."""

    length: int = 0
    met: int = 0
    squares: int = 0

    def measured(self, all_met: float, both: int) -> CodeUnitising:
        """Equation 13b; of the expected coincidences only their ratio is left."""
        missed = self.met - both
        expected = self.met**2 * (all_met - self.met)
        alpha = _alpha((self.met * all_met - self.squares) * missed, expected)
        return CodeUnitising(alpha, self.met / self.length if self.length else None)


class _Marked:
    """What one coder marked, that can tell how much of it lies in a stretch without walking along."""

    def __init__(self, ranges: Ranges) -> None:
        self._starts = [start for start, _ in ranges]
        self._ends = [end for _, end in ranges]
        self._before = [0, *accumulate(end - start for start, end in ranges)]

    def within(self, start: int, end: int) -> int:
        """How many characters of `start` to `end` are marked."""
        return self._until(end) - self._until(start)

    def _until(self, place: int) -> int:
        at = bisect_right(self._starts, place)
        return self._before[at] - max(0, self._ends[at - 1] - place) if at else 0


def _alpha(observed: float, expected: float) -> float | None:
    return 1 - observed / expected if expected > 0 else None


def _pieces(passages: Passages) -> _Pieces:
    """The passages of one coder cut wherever one begins or ends, each piece with the codes that lie over it."""
    edges = sorted([(start, 1, code) for start, _, code in passages] + [(end, 0, code) for _, end, code in passages])
    lying: set[int] = set()
    found: _Pieces = []
    before = 0
    for place, begins, code in edges:
        if lying and place > before:
            found.append((before, place, frozenset(lying)))
        before = place
        if begins:
            lying.add(code)
        else:
            lying.discard(code)
    return found


def _meetings(ours: _Pieces, theirs: _Pieces) -> Iterator[tuple[_Value, _Value, int]]:
    """Where pieces of two coders lie over each other: both values and how long."""
    at = to = 0
    while at < len(ours) and to < len(theirs):
        (start, end, value), (begin, finish, other) = ours[at], theirs[to]
        if max(start, begin) < min(end, finish):
            yield value, other, min(end, finish) - max(start, begin)
        at, to = at + (end <= finish), to + (finish <= end)
