"""Codes counted against columns: the synthesis matrix, each coding, source and case once wherever it stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache, partial

from qcode.model.matrix import Cell, Column, Matrix, Measure, Presence, Row
from qcode.model.strength import Evidence, Rule
from qcode.synthesis.columns import NONE_KEY, NONE_LABEL, Columns
from qcode.synthesis.coverage import find_shares
from qcode.synthesis.places import Place
from qcode.synthesis.reading import Readings, ReadSources, read_sources
from qcode.synthesis.standing import Codings, bits_of, columns_of_places, find_spots
from qcode.synthesis.strength import NO_WEIGHT, Asked, Weight, judge, weigh
from qcode.synthesis.tally import Counts, count_rows


def count_matrix(
    rows: Sequence[tuple[int, Row]],
    columns: Columns,
    codings: Codings,
    places: Sequence[Place],
    readings: Readings,
    measure: Measure,
    *,
    selected: Collection[int] | None = None,
    characters: Mapping[int, int] | None = None,
    strength: Asked | None = None,
) -> Matrix:
    """The matrix of `rows` (each code once, with the row that shows it) by `columns`, with all counts in every cell.

    Codings of other codes are left out. `places` are all places of the sources; `selected` the indexes of those that a filter let
    through (None: all), and only these count. `readings` are those of the layer shown. For the measure coverage, the codings'
    starts and ends and `characters`, the lengths of the sources in code points, must be given, and for strength what is
    `strength`; otherwise ValueError. With `strength` the cells are judged whatever the measure.
    """
    if measure is Measure.STRENGTH and strength is None:
        raise ValueError("strength needs a rule and what it is judged by")
    chosen = frozenset(range(len(places)) if selected is None else selected)
    source_bits = bits_of(places[index].source for index in chosen)
    codes = [code for code, _ in rows]
    width = len(columns.names) + 3
    spots = find_spots(columns, codings, places, chosen, source_bits)
    counts = count_rows(codes, codings, spots, width)
    none_shown = counts[-1].codings[len(columns.names)] > 0
    columns_of = columns_of_places(columns, places, chosen, none_shown)
    known = _known_sources(places, columns_of, source_bits, width)
    read = _read_by_column(columns, readings, codes, source_bits)
    shares: Sequence[Sequence[float | None]] = [[None] * width] * len(counts)
    if measure is Measure.COVERAGE:
        shares = find_shares(codes, codings, spots, places, columns_of, characters, width)
    weights: Sequence[Sequence[Weight]] = [[NO_WEIGHT] * width] * len(counts)
    if strength is not None:
        weights = weigh(codes, columns, codings, strength, places, chosen, source_bits, width)
    names = (*columns.names, (NONE_KEY, NONE_LABEL)) if none_shown else columns.names
    looked = [[seen.for_code[code] for seen in read] for code in codes]
    looked.append([seen.for_all for seen in read])
    rule = strength.rule if strength else None
    lines = _make_lines(counts, known, looked, shares, weights, len(names), len(source_bits), rule)
    return Matrix(
        measure=measure,
        rows=tuple(row for _, row in rows),
        columns=tuple(
            Column(key, label, known[at].bit_count(), (known[at] & read[at].finished).bit_count()) for at, (key, label) in enumerate(names)
        ),
        cells=tuple(line[:-1] for line in lines[:-1]),
        row_totals=tuple(line[-1] for line in lines[:-1]),
        column_totals=lines[-1][:-1],
        total=lines[-1][-1],
        everything=Column("", "Total", known[-1].bit_count(), (known[-1] & read[-1].finished).bit_count()),
    )


def _known_sources(places: Sequence[Place], columns_of: Sequence[Sequence[int]], source_bits: Mapping[int, int], width: int) -> list[int]:
    """The sources, as bits, that have a place in each numbered column."""
    known = [0] * width
    for place, numbers in zip(places, columns_of, strict=True):
        for column in numbers:
            known[column] |= source_bits[place.source]
    return known


def _read_by_column(columns: Columns, readings: Readings, codes: Sequence[int], source_bits: Mapping[int, int]) -> list[ReadSources]:
    """What counts as read in each numbered column: in a coder's own only the coder's readings, in the totals everybody's."""
    anybody = read_sources(readings, codes, source_bits)
    if columns.of_coder is None:
        return [anybody] * (len(columns.names) + 3)
    coders = {coder for read in readings.values() for coder, _ in read}
    own = {column: frozenset({coder}) for coder, column in columns.of_coder.items()}
    own[len(columns.names)] = frozenset(coders - columns.of_coder.keys())
    return [*(read_sources(readings, codes, source_bits, own[column]) for column in range(len(own))), anybody, anybody]


def _make_lines(
    counts: Sequence[Counts],
    known: Sequence[int],
    read: Sequence[Sequence[int]],
    shares: Sequence[Sequence[float | None]],
    weights: Sequence[Sequence[Weight]],
    shown: int,
    sources: int,
    rule: Rule | None,
) -> list[tuple[Cell, ...]]:
    """The cells of each row, its total last; and last the line of column totals with the grand total.

    `known` and `read` are sources as bits; of the marks the first `sources` bits are sources, the others cases.
    """
    # Many cells are alike and cells never change, so that equal ones are made once.
    make = cache(partial(_make_cell, rule))
    row_total, grand_total = len(known) - 2, len(known) - 1
    only_sources = (1 << sources) - 1
    known_counts = [bits.bit_count() for bits in known]
    lines = []
    for index, (row, looked, share, weight) in enumerate(zip(counts, read, shares, weights, strict=True)):
        numbers = (*range(shown), row_total if index < len(counts) - 1 else grand_total)
        lines.append(
            tuple(
                make(
                    row.codings[at],
                    (found := (row.marks[at] & only_sources).bit_count()),
                    row.marks[at].bit_count() - found,
                    known_counts[at],
                    (known[at] & looked[at]).bit_count(),
                    share[at],
                    weight[at],
                )
                for at in numbers
            )
        )
    return lines


def _make_cell(
    rule: Rule | None, codings: int, sources: int, cases: int, known: int, read: int, coverage: float | None, weight: Weight
) -> Cell:
    nothing = Presence.NOTHING if known and read == known else Presence.UNREAD
    presence = Presence.FOUND if codings else nothing
    strength = judge(rule, Evidence(codings, sources, cases, *weight)) if rule and codings else None
    return Cell(codings, sources, cases, presence, known, read, coverage, strength)
