"""Commands on sources."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from qcode.cli.command import (
    DONE,
    Command,
    add_strict,
    condition,
    counted,
    give_json,
    give_lines,
    give_outcome,
    progress_bar,
    reading,
    say,
    writing,
)
from qcode.model.reading import ReadingStatus
from qcode.views.lists import list_sources


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", type=Path, help="files and folders")
    case = parser.add_mutually_exclusive_group()
    case.add_argument("--case", default="", metavar="NAME", help="the case all of them belong to")
    case.add_argument("--case-from", choices=("folder", "filename"), default="", help="what names the case of each")
    parser.add_argument("--set", action="append", type=condition, default=[], metavar="ATTR=VALUE", help="a value all of them get")
    parser.add_argument("--language", default="", metavar="L", help="their language, such as ru")
    add_strict(parser)


def _import(args: Namespace) -> int:
    from qcode.operations.sources import Belonging, import_files

    belonging = Belonging(args.case, args.case_from, args.set, args.language)
    with writing(args) as project, progress_bar() as progress:
        outcome = import_files(project, args.paths, belonging, strict=args.strict, progress=progress)
    return give_outcome(args, outcome, "Sources", ("imported", "skipped", "refused"))


def _list(args: Namespace) -> int:
    with reading(args) as project:
        lines = list_sources(project)
    return give_lines(args, lines, ("name", "title", "label", "cases", "language", "characters", "reading"))


def _table_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("table", type=Path, metavar="TABLE", help="csv, xlsx, xls or ods")
    add_strict(parser)


def _import_table(args: Namespace) -> int:
    from qcode.exchange.tables import read_table
    from qcode.operations.sources import import_source_table

    table = read_table(args.table)
    with writing(args) as project:
        return give_outcome(args, import_source_table(project, table, strict=args.strict), "Sources")


def _read_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--coder", default="", metavar="NAME", help="who read it; the coder of this copy if not given")
    parser.add_argument("--source", action="append", required=True, metavar="S", help="name or label of the source; may be repeated")
    parser.add_argument("--status", required=True, choices=[status.value for status in ReadingStatus])


def _read(args: Namespace) -> int:
    from qcode.operations.readings import mark_readings

    with writing(args) as project:
        changed = mark_readings(project, args.source, ReadingStatus(args.status), args.coder)
    if args.json:
        give_json({"changed": changed})
    else:
        rest = len(set(args.source)) - len(changed)
        say(f"Marked {args.status}: {counted(len(changed), 'source')}" + (f"; {rest:,} had been before." if rest else "."))
    return DONE


COMMANDS = {
    "import": Command(_import_arguments, _import),
    "sources": Command(lambda parser: None, _list),
    "sources import-table": Command(_table_arguments, _import_table),
    "read": Command(_read_arguments, _read),
}
