"""Commands on the written summaries of cells."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.cli.command import (
    DONE,
    Command,
    add_output,
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
from qcode.errors import UserError
from qcode.model.summary import EMPTY_REASONS, Status

if TYPE_CHECKING:
    from qcode.model.report import TableReport
    from qcode.model.summary import SummaryPlace
    from qcode.project import Project

_SHOWN = ("row", "column", "status", "text", "stale")


def _list_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--stale", action="store_true", help="only those that are stale")


def _list(args: Namespace) -> int:
    report = _report(args)
    lines = [dict(zip(report.columns, row, strict=True)) for row in report.rows]
    if args.json:
        give_json(lines)
        return DONE
    for line in lines:
        line["text"] = line["text"] or f"({line['empty']})"
    give_lines(args, lines, _SHOWN)
    stale = sum(bool(line["stale"]) for line in lines)
    written = f"{len(lines):,} {'summary' if len(lines) == 1 else 'summaries'}"
    say(f"{written}, {stale:,} stale." if lines else f"There is no {'stale ' if args.stale else ''}summary in {args.file}.")
    return DONE


def _report(args: Namespace) -> TableReport:
    from qcode.views.summaries import build_summaries

    with reading(args) as project:
        return build_summaries(project, stale_only=args.stale)


def _export_arguments(parser: ArgumentParser) -> None:
    _list_arguments(parser)
    add_output(parser, required=True)


def _export(args: Namespace) -> int:
    from qcode.exchange.registry import TABLE_WRITERS, writer

    kind = output_format(args, list(TABLE_WRITERS))
    report = _report(args)
    writer(TABLE_WRITERS, kind)(report, Path(args.output))
    if args.json:
        give_json({"written": args.output, "summaries": len(report.rows)})
    say(f"{args.output}: {counted(len(report.rows), 'row')}.")
    return DONE


def _columns_argument(parser: ArgumentParser) -> None:
    parser.add_argument("--columns", default="case", metavar="case|ATTR|source", help="what the columns are; cases where it is not given")


def _place_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--row", default="", metavar="CODE", help="the code; without it the synthesis of the column is meant")
    parser.add_argument("--column", default="", metavar="NAME", help="the case, source or value; without it the synthesis of the row")
    _columns_argument(parser)


def _write_arguments(parser: ArgumentParser) -> None:
    _place_arguments(parser)
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--text", help="what the cell says; '[#KGZ07-Q7F3KD]' names a quote")
    how.add_argument("--empty", metavar="REASON", help=f"why the cell has nothing: {', '.join(EMPTY_REASONS)}, or words of your own")
    parser.add_argument("--status", choices=[status.value for status in Status], default=Status.DRAFT.value, help="how far it is")


def _write(args: Namespace) -> int:
    from qcode.operations.summaries import give_empty_reason, write_summary

    with writing(args) as project:
        place, title = _place(project, args)
        if args.text is not None:
            is_new = write_summary(project, place, args.text, Status(args.status))
        else:
            is_new = give_empty_reason(project, place, args.empty, Status(args.status))
    if args.json:
        give_json({"cell": title, "changed": is_new})
    say(f"{title}: {'written' if is_new else 'it says so already'}.")
    return DONE


def _review_arguments(parser: ArgumentParser) -> None:
    _place_arguments(parser)
    parser.add_argument("--status", choices=[status.value for status in Status], default=Status.REVIEWED.value, help="draft takes it back")


def _review(args: Namespace) -> int:
    from qcode.operations.summaries import review_summaries

    with writing(args) as project:
        place, title = _place(project, args)
        is_new = bool(review_summaries(project, [place], Status(args.status)))
    if args.json:
        give_json({"cell": title, "changed": is_new})
    say(f"{title}: {args.status}{'' if is_new else ' before, over the same quotes'}.")
    return DONE


def _clear(args: Namespace) -> int:
    from qcode.operations.summaries import clear_summaries

    with writing(args) as project:
        place, title = _place(project, args)
        if not clear_summaries(project, [place]):
            raise UserError(f"{title} has no summary: list them with 'qcode summaries'.")
    if args.json:
        give_json({"cell": title, "changed": True})
    say(f"{title}: cleared.")
    return DONE


def _place(project: Project, args: Namespace) -> tuple[SummaryPlace, str]:
    """The cell that is meant, and what it is called."""
    from qcode.views.summary_places import PlaceNames

    with project.reading() as db:
        names = PlaceNames(db)
        place = names.place(args.row, args.column, args.columns)
        return place, names.title_of(place)


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("table", type=Path, metavar="TABLE", help="csv, xlsx, xls or ods")
    _columns_argument(parser)
    add_strict(parser)


def _import(args: Namespace) -> int:
    from qcode.exchange.tables import read_table
    from qcode.operations.summary_table import import_summaries

    table = read_table(args.table)
    with writing(args) as project:
        return give_outcome(args, import_summaries(project, table, args.columns, strict=args.strict), "Summaries")


COMMANDS = {
    "summaries": Command(_list_arguments, _list),
    "summaries write": Command(_write_arguments, _write),
    "summaries review": Command(_review_arguments, _review),
    "summaries clear": Command(_place_arguments, _clear),
    "summaries import": Command(_import_arguments, _import),
    "summaries export": Command(_export_arguments, _export),
}
