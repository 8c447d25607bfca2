"""What an export is made of: a table or a list, the quotes behind it, and where it all comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qcode.model.matrix import Matrix
from qcode.model.quote import Quote


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an export comes from: printed in every format that has room, so that a reader can ask for the same again.

    `filters` and `layer` are sentences for people ('stakeholder group = Government', 'any coder'). `last_act` is the ISO date of the
    last act in the journal, never the date of the export: the same project gives the same bytes.
    """

    project: str
    file: str
    content_hash: str
    program: str
    filters: str
    layer: str
    last_act: str


@dataclass(frozen=True, slots=True)
class QuoteReport:
    """A list of quotes in source and text order."""

    title: str
    quotes: tuple[Quote, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class MatrixReport:
    """A matrix and the quotes its cells rest on.

    `quotes` are in source and text order, each once. `behind[(r, c)]` are indexes into `quotes` for cell (r, c), in that order; a
    cell without quotes is absent.
    """

    title: str
    matrix: Matrix
    quotes: Sequence[Quote]
    behind: dict[tuple[int, int], tuple[int, ...]]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class CellText:
    """What somebody wrote of a cell. `words` name quotes as '[#KGZ07-Q7F3KD]'; `empty` is why a cell without words has none.

    `status` is 'draft' or 'reviewed'. `at` and `reviewed_at` are ISO times, '' with the name where nobody did. `stale` are sentences
    without a full stop, none while it is fresh.
    """

    words: str
    empty: str
    status: str
    author: str
    at: str
    reviewer: str
    reviewed_at: str
    stale: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GridReport:
    """A framework grid: the summaries of the cells of a matrix, and the syntheses of its rows and columns, by their numbers; those nobody
    wrote are absent. `table` has the counts, and the quotes they rest on."""

    table: MatrixReport
    cells: dict[tuple[int, int], CellText]
    rows: dict[int, CellText]
    columns: dict[int, CellText]


@dataclass(frozen=True, slots=True)
class TableReport:
    """A plain table that can be brought in again: columns by name, and rows of cells in their order. `sheet` names it in a workbook."""

    title: str
    sheet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report: what it is called, a sentence about it, columns by name, and rows of cells in their order."""

    heading: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


@dataclass(frozen=True, slots=True)
class SectionsReport:
    """A report of several tables, for reading; `lead` says in a sentence or two what it comes to."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Linked:
    """Words in a cell that may lead somewhere: to the quote with an ID, or to the block of quotes with a key; both '' for plain words.
    `warns` marks what somebody has to look at."""

    text: str
    quote: str = ""
    block: str = ""
    warns: bool = False


@dataclass(frozen=True, slots=True)
class LinkedSection:
    """A table whose cells are pieces of words and links: what it is called, a sentence about it, columns by name, and rows of cells. A line
    break in a piece is one in the cell."""

    heading: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Linked, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """The quotes that a statement rests on itself, as numbers of a report's quotes, and the keys of the blocks of those it rests on; `key`
    is what cells lead to it by ('F3')."""

    key: str
    heading: str
    facts: str
    below: tuple[str, ...]
    indexes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LinkedReport:
    """Tables whose cells lead to the quotes they rest on. `quotes` are in source and text order, each once; `lead` says in a sentence or
    two what it comes to."""

    title: str
    lead: str
    sections: tuple[LinkedSection, ...]
    quotes: tuple[Quote, ...]
    blocks: tuple[QuoteBlock, ...]
    provenance: Provenance
