"""Commands on cases."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from qcode.cli.command import Command, add_strict, give_lines, give_outcome, reading, writing
from qcode.views.lists import list_cases


def _list(args: Namespace) -> int:
    with reading(args) as project:
        lines = list_cases(project)
    return give_lines(args, lines, list(lines[0]) if lines else ("case", "parent"))


def _table_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("table", type=Path, metavar="TABLE", help="csv, xlsx, xls or ods")
    add_strict(parser)


def _import(args: Namespace) -> int:
    from qcode.exchange.tables import read_table
    from qcode.operations.cases import import_cases

    table = read_table(args.table)
    with writing(args) as project:
        return give_outcome(args, import_cases(project, table, strict=args.strict), "Cases")


def _assign(args: Namespace) -> int:
    from qcode.exchange.tables import read_table
    from qcode.operations.cases import import_assignments

    table = read_table(args.table)
    with writing(args) as project:
        return give_outcome(args, import_assignments(project, table, strict=args.strict), "Assignments")


def _level_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("depth", type=int, metavar="LEVEL", help="1 for the cases at the top, 2 for those below them")
    parser.add_argument("name", metavar="NAME", help="what one of them is, such as Country; '' takes the name away")


def _level(args: Namespace) -> int:
    from qcode.operations.cases import name_level

    with writing(args) as project:
        name_level(project, args.depth, args.name)
    return 0


COMMANDS = {
    "cases": Command(lambda parser: None, _list),
    "cases import": Command(_table_arguments, _import),
    "cases assign": Command(_table_arguments, _assign),
    "cases level": Command(_level_arguments, _level),
}
