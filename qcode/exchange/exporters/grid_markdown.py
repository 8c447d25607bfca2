"""A framework grid as markdown: a pipe table of summaries, then the quotes of each cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qcode.exchange.exporters.annex import blocks_of, cell_anchor, quote_anchors
from qcode.exchange.exporters.atomic import write_text
from qcode.exchange.exporters.grid_words import (
    EXPLAINED,
    STALE_EXPLAINED,
    SYNTHESIS,
    figures_sentence,
    linked_pieces,
    rests_on,
    stale_words,
    written_by,
)
from qcode.exchange.exporters.markdown_text import inline
from qcode.exchange.exporters.matrix_markdown import cell_block
from qcode.exchange.exporters.wording import provenance_line, read_of
from qcode.model.report import CellText, GridReport


def write(report: GridReport, path: Path) -> None:
    """Writes title, table, provenance and quotes; raises UserError when `path` cannot be written."""
    write_text(path, _chunks(report))


def _chunks(report: GridReport) -> Iterator[str]:
    table = report.table
    names = quote_anchors(table.quotes)
    yield f"# {inline(table.title)}\n\n"
    yield from _table(report, {quote.id: name for quote, name in zip(table.quotes, names, strict=True)})
    yield f"\n{EXPLAINED} {STALE_EXPLAINED} {figures_sentence(report)}\n"
    yield f"\n{inline(provenance_line(table.provenance))}\n"
    blocks = blocks_of(table)
    if blocks:
        yield "\n## Quotes\n"
    row = -1
    for block in blocks:
        if block.row != row:
            row = block.row
            yield f"\n### {inline(table.matrix.rows[row].label)}\n"
        yield from cell_block(table, block, names)


def _table(report: GridReport, anchors: dict[str, str]) -> Iterator[str]:
    matrix = report.table.matrix
    heads = [f"{inline(column.label)}<br>{read_of(column)}" for column in matrix.columns]
    yield f"| code | {' | '.join((*heads, SYNTHESIS))} |\n"
    yield f"|---|{'---|' * (len(heads) + 1)}\n"
    for index, row in enumerate(matrix.rows):
        texts = [_cell(report, (index, place), anchors) for place in range(len(heads))]
        synthesis = report.rows.get(index)
        yield f"| {' | '.join((inline(row.label), *texts, _text(synthesis, anchors) if synthesis else ''))} |\n"
    if report.columns:
        found = (report.columns.get(place) for place in range(len(heads)))
        yield f"| **{SYNTHESIS}** | {' | '.join(_text(text, anchors) if text else '' for text in found)} |  |\n"


def _cell(report: GridReport, at: tuple[int, int], anchors: dict[str, str]) -> str:
    facts = rests_on(report.table.matrix.cells[at[0]][at[1]])
    linked = f"[{facts}](#{cell_anchor(*at)})" if report.table.behind.get(at) else facts
    text = report.cells.get(at)
    return f"{_text(text, anchors)}<br>{linked}" if text else linked


def _text(text: CellText, anchors: dict[str, str]) -> str:
    words = "".join(f"[{inline(piece[1:-1])}](#{anchor})" if anchor else inline(piece) for piece, anchor in linked_pieces(text, anchors))
    stale = f"<br>**{inline(stale_words(text))}**" if text.stale else ""
    return f"{words}<br>*{inline(written_by(text))}*{stale}"
