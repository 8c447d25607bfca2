"""Sources as measuring takes them, made from rows of judgements or from nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import strategies as st

from qcode.agreement.measuring import ReadSource
from qcode.agreement.units import Axis, Unit

Mark = tuple[int, int, int, int]
#: Length, sentence bounds, judges by code and marks of a source.
Raw = tuple[int, list[tuple[int, int]], dict[int, int], list[Mark]]
CODE = 7


def judged_characters(*rows: str) -> ReadSource:
    """One source with a character for each unit: a row of '0' and '1' for each coder, on one code."""
    marks = [(CODE, coder, at, at + 1) for coder, row in enumerate(rows) for at, value in enumerate(row) if value == "1"]
    return ReadSource(len(rows[0]), Axis(Unit.CHARACTER, len(rows[0])), {CODE: (1 << len(rows)) - 1}, marks)


def with_units(unit: Unit, length: int, bounds: Sequence[tuple[int, int]], judges: dict[int, int], marks: Sequence[Mark]) -> ReadSource:
    """A source whose sentences or paragraphs are `bounds`."""
    return ReadSource(length, Axis(unit, length, [start for start, _ in bounds], [end for _, end in bounds]), judges, marks)


@st.composite
def raw_sources(draw: st.DrawFn, coders: int, codes: Sequence[int] = (0, 1)) -> Raw:
    """A short text; some marks are by people who did not judge the code."""
    length = draw(st.integers(1, 24))
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    bounds = [pair for pair in pairwise(cuts) if draw(st.booleans())]
    judges = {code: draw(st.integers(0, (1 << coders) - 1)) for code in codes}
    places = st.integers(0, length - 1).flatmap(lambda start: st.tuples(st.just(start), st.integers(start + 1, length)))
    found = draw(st.lists(st.tuples(st.sampled_from(codes), st.integers(0, coders - 1), places), max_size=10))
    return length, bounds, judges, [(code, coder, start, end) for code, coder, (start, end) in found]
