"""Commands on codes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from qcode.cli.command import (
    DONE,
    Command,
    add_strict,
    counted,
    give_json,
    give_lines,
    give_outcome,
    output_format,
    reading,
    say,
    writing,
)
from qcode.views.lists import list_codes


def _list(args: Namespace) -> int:
    with reading(args) as project:
        lines = list_codes(project)
    return give_lines(args, lines, ("code", "definition", "colour", "codings"))


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("table", type=Path, metavar="CODEBOOK", help="csv, xlsx, xls or ods")
    add_strict(parser)


def _import(args: Namespace) -> int:
    from qcode.exchange.tables import read_table
    from qcode.operations.codebook import import_codebook

    table = read_table(args.table)
    with writing(args) as project:
        return give_outcome(args, import_codebook(project, table, strict=args.strict), "Codes")


def _export_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("output", metavar="CODEBOOK", help="the file to write; its ending, csv or xlsx, says the format")
    parser.add_argument("--format", help="the format, where the ending does not say it")


def _export(args: Namespace) -> int:
    from qcode.exchange.registry import TABLE_WRITERS, writer
    from qcode.views.lists import codebook_report

    kind = output_format(args, list(TABLE_WRITERS))
    with reading(args) as project:
        report = codebook_report(project)
    writer(TABLE_WRITERS, kind)(report, Path(args.output))
    if args.json:
        give_json({"written": args.output, "codes": len(report.rows)})
    say(f"{args.output}: {counted(len(report.rows), 'code')}.")
    return DONE


COMMANDS = {
    "codes": Command(lambda parser: None, _list),
    "codebook import": Command(_import_arguments, _import),
    "codebook export": Command(_export_arguments, _export),
}
