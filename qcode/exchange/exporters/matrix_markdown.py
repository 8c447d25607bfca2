"""The matrix as markdown: a pipe table, then the quotes of each cell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qcode.exchange.exporters.annex import Block, blocks_of, cell_anchor, quote_anchors
from qcode.exchange.exporters.atomic import write_text
from qcode.exchange.exporters.lines import for_reading, lines_of
from qcode.exchange.exporters.markdown_text import entry, inline
from qcode.exchange.exporters.wording import COUNTED, cell_sentence, legend_of, provenance_line, read_of, shown, totals_note
from qcode.model.report import MatrixReport


def write(report: MatrixReport, path: Path) -> None:
    """Writes title, table, marks, provenance and quotes; raises UserError when `path` cannot be written."""
    write_text(path, _chunks(for_reading(report)))


def _chunks(report: MatrixReport) -> Iterator[str]:
    matrix = report.matrix
    yield f"# {inline(report.title)}\n\n"
    yield from _table(report)
    yield f"\n{COUNTED[matrix.measure]} {totals_note(matrix)}\n\n"
    for mark, meaning in legend_of(matrix):
        yield f"- `{mark}` {meaning}\n"
    yield f"\n{inline(provenance_line(report.provenance))}\n"
    anchors = quote_anchors(report.quotes)
    blocks = blocks_of(report)
    if blocks:
        yield "\n## Quotes\n"
    row = -1
    for block in blocks:
        if block.row != row:
            row = block.row
            yield f"\n### {inline(matrix.rows[row].label)}\n"
        yield from cell_block(report, block, anchors)


def _table(report: MatrixReport) -> Iterator[str]:
    matrix = report.matrix
    heads = [f"{inline(column.label)}<br>{read_of(column)}" for column in matrix.columns]
    yield f"| code | {' | '.join((*heads, 'Total'))} |\n"
    yield f"|---|{'---:|' * (len(heads) + 1)}\n"
    for line in lines_of(matrix.rows):
        if line.row is None:
            yield f"| **{inline(line.path)}** |{' |' * (len(heads) + 1)}\n"
        else:
            yield _row(report, line.row)
    totals = [shown(cell, matrix.measure) for cell in (*matrix.column_totals, matrix.total)]
    yield f"| **Total** | {' | '.join(totals)} |\n"


def _row(report: MatrixReport, index: int) -> str:
    matrix = report.matrix
    texts = []
    for place, cell in enumerate(matrix.cells[index]):
        text = shown(cell, matrix.measure)
        linked = report.behind.get((index, place))
        texts.append(f"[{text}](#{cell_anchor(index, place)})" if linked else text)
    return f"| {' | '.join((inline(matrix.rows[index].label), *texts, shown(matrix.row_totals[index], matrix.measure)))} |\n"


def cell_block(report: MatrixReport, block: Block, anchors: list[str]) -> Iterator[str]:
    """The quotes of one cell, those that stand above already only by their ID."""
    matrix = report.matrix
    column = matrix.columns[block.column]
    yield f'\n<a id="{block.anchor}"></a>\n\n#### {inline(column.label)}\n\n'
    yield f"{inline(cell_sentence(matrix.rows[block.row], column, matrix.cells[block.row][block.column], matrix.measure))}\n"
    for index in block.indexes:
        if index in block.fresh:
            yield f"\n{entry(report.quotes[index], anchors[index])}"
        else:
            yield f"\n[{inline(report.quotes[index].id)}](#{anchors[index]}), in full above\n"
