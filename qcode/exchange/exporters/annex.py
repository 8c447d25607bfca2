"""The quotes behind a matrix in the order of its cells, with names that links can point to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qcode.model.quote import Quote
from qcode.model.report import MatrixReport

MAX_NAME = 40


@dataclass(frozen=True, slots=True)
class Block:
    """The quotes of one cell. `indexes` point into the report's quotes; `fresh` are those that stand in no earlier block."""

    row: int
    column: int
    anchor: str
    indexes: tuple[int, ...]
    fresh: frozenset[int]


def blocks_of(report: MatrixReport) -> list[Block]:
    """One block for each cell with quotes, by row and then by column."""
    seen: set[int] = set()
    blocks = []
    for (row, column), indexes in sorted(report.behind.items()):
        if indexes:
            fresh = frozenset(indexes) - seen
            seen |= fresh
            blocks.append(Block(row, column, cell_anchor(row, column), indexes, fresh))
    return blocks


def cell_anchor(row: int, column: int) -> str:
    """The name of a cell's block, both counted from 1."""
    return f"C_{row + 1}_{column + 1}"


def row_anchor(row: int) -> str:
    """The name of a row of the matrix, counted from 1."""
    return f"R_{row + 1}"


def quote_anchors(quotes: Iterable[Quote]) -> list[str]:
    """A name for each quote made from its ID: letters, digits and '_', at most 40 characters, no two alike in any case.

    These are the rules of Word's bookmarks, the narrowest of all formats.
    """
    taken: set[str] = set()
    names = []
    for quote in quotes:
        plain = "Q_" + re.sub(r"[^A-Za-z0-9]", "_", quote.id)[: MAX_NAME - 2]
        name, turn = plain, 1
        while name.casefold() in taken:
            turn += 1
            name = f"{plain[: MAX_NAME - len(str(turn)) - 1]}_{turn}"
        taken.add(name.casefold())
        names.append(name)
    return names
