"""The matrix command."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from qcode.cli.command import DONE, Command, add_output, add_where, counted, give_json, give_table, output_format, reading, say
from qcode.exchange.exporters.grid_words import said
from qcode.model.matrix import Cell, Matrix, Measure
from qcode.model.report import CellText, GridReport
from qcode.views.matrix import MatrixQuestion, build_matrix, build_report

ALL_CODES = "codes"
#: What cells show that is no measure: what somebody wrote of them.
SUMMARY = "summary"


def _arguments(parser: ArgumentParser) -> None:
    rows = "all codes, or the codes below one; may be repeated"
    parser.add_argument("--rows", action="append", default=[], metavar="codes|CODE", help=rows)
    parser.add_argument("--columns", default="case", metavar="case|case:1|ATTR|source|coder", help="what the columns are")
    parser.add_argument("--cells", choices=[*(measure.value for measure in Measure), SUMMARY], default=Measure.CODINGS.value)
    add_where(parser)
    add_output(parser)


def _run(args: Namespace) -> int:
    if args.cells == SUMMARY:
        return _run_grid(args)
    from qcode.exchange.registry import MATRIX_WRITERS, writer

    kind = output_format(args, list(MATRIX_WRITERS)) if args.output else ""
    question = _question(args, Measure(args.cells))
    with reading(args) as project:
        if args.output:
            report = build_report(project, question)
            matrix = report.matrix
            writer(MATRIX_WRITERS, kind)(report, Path(args.output))
            parts = ((len(matrix.rows), "row"), (len(matrix.columns), "column"), (len(report.quotes), "quote"))
            say(f"{args.output}: {', '.join(counted(number, noun) for number, noun in parts)}.")
        else:
            matrix = build_matrix(project, question)
    if args.json:
        give_json(as_document(matrix))
    elif not args.output:
        print_matrix(matrix)
    return DONE


def _question(args: Namespace, measure: Measure) -> MatrixQuestion:
    return MatrixQuestion([] if ALL_CODES in args.rows else args.rows, args.columns, measure, args.where)


def _run_grid(args: Namespace) -> int:
    """The framework grid: what somebody wrote of each cell, with the quotes behind it in a file."""
    from qcode.exchange.exporters.grid_json import grid_object
    from qcode.exchange.exporters.grid_words import figures_sentence
    from qcode.exchange.registry import GRID_WRITERS, writer
    from qcode.views.grid import build_grid

    kind = output_format(args, list(GRID_WRITERS)) if args.output else ""
    with reading(args) as project:
        report = build_grid(project, _question(args, Measure.CODINGS))
    if args.output:
        writer(GRID_WRITERS, kind)(report, Path(args.output))
        matrix = report.table.matrix
        parts = ((len(matrix.rows), "row"), (len(matrix.columns), "column"), (len(report.table.quotes), "quote"))
        say(f"{args.output}: {', '.join(counted(number, noun) for number, noun in parts)}.")
    if args.json:
        give_json(grid_object(report))
    elif not args.output:
        print_grid(report)
    say(figures_sentence(report))
    return DONE


def print_grid(report: GridReport) -> None:
    """Print the summaries for reading in a terminal; a stale one begins with '!'."""
    matrix = report.table.matrix

    def shown(text: CellText | None) -> str:
        return "" if text is None else f"! {said(text)}" if text.stale else said(text)

    lines = [
        [row.label, *(shown(report.cells.get((at, place))) for place in range(len(matrix.columns))), shown(report.rows.get(at))]
        for at, row in enumerate(matrix.rows)
    ]
    if report.columns:
        lines.append(["Total", *(shown(report.columns.get(place)) for place in range(len(matrix.columns))), ""])
    give_table(["code", *(column.label for column in matrix.columns), "Total"], lines)


def as_document(matrix: Matrix) -> dict[str, object]:
    """The matrix as `--json` prints it: labels, values, and the total of each row; for strength also what each cell rests on."""
    from qcode.exchange.exporters.matrix_json import strength_objects

    def value(cell: Cell) -> int | float | str:
        return cell.value(matrix.measure)

    return {
        "rows": [row.label for row in matrix.rows],
        "columns": [column.label for column in matrix.columns],
        "cells": [[value(cell) for cell in line] for line in matrix.cells],
        "totals": [value(cell) for cell in matrix.row_totals],
        **strength_objects(matrix),
    }


def print_matrix(matrix: Matrix) -> None:
    """Print the matrix for reading in a terminal."""

    def shown(cell: Cell) -> str:
        value = cell.value(matrix.measure)
        return f"{value:.1%}" if isinstance(value, float) else str(value)

    rows = [
        [row.label, *map(shown, line), shown(total)]
        for row, line, total in zip(matrix.rows, matrix.cells, matrix.row_totals, strict=True)
    ]
    give_table(["code", *(column.label for column in matrix.columns), "Total"], rows)


COMMANDS = {"matrix": Command(_arguments, _run)}
