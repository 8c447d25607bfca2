"""Commands on findings, conclusions, recommendations, lessons and good practices."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
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
    printable,
    reading,
    say,
    writing,
)
from qcode.model.statement import CRITERIA, FIELDS, FIELDS_OF, Ground, Sort
from qcode.model.summary import Status

if TYPE_CHECKING:
    from qcode.model.report import LinkedReport, TableReport
    from qcode.project import Project

LIST = "list"
_TABLES = ("findings", "recommendations", "glance", "review-grid", "lessons")
_SHOWN = ("number", "criterion", "status", "text", "evidence", "notes")
#: The words by which a sort is named on the command line.
_WORDS = {sort.value.split()[0]: sort for sort in Sort} | {"practice": Sort.PRACTICE}


def _chosen_arguments(parser: ArgumentParser) -> None:
    named = ", ".join(word for word in _WORDS if word != "good")
    parser.add_argument("--sort", action="append", default=[], type=_sort, metavar="SORT", help=f"only {named}; may be repeated")
    parser.add_argument("--criterion", default="", metavar="NAME", help="only those under a criterion")
    parser.add_argument("--stale", action="store_true", help="only those of which something has changed")


def _sort(written: str) -> Sort:
    found = _WORDS.get(written.casefold()) or next((sort for sort in Sort if sort == written.casefold()), None)
    if found is None:
        raise ArgumentTypeError(f"'{written}' is not one of {', '.join(word for word in _WORDS if word != 'good')}")
    return found


def _list(args: Namespace) -> int:
    from qcode.views.statement_list import chosen, statement_object
    from qcode.views.statements import statements_of

    with reading(args) as project:
        found = chosen(statements_of(project), args.sort, args.criterion, stale_only=args.stale)
    if args.json:
        give_json([statement_object(one) for one in found])
        return DONE
    lines = []
    for one in found:
        notes = "; ".join((*one.changed, *one.warnings))
        lines.append(dict(zip(_SHOWN, (one.number, one.criterion, one.status.value, one.words, one.basis.words, notes), strict=True)))
    if not lines:
        say(f"There is nothing of that kind in {args.file}: write it with 'qcode findings write'.")
        return DONE
    give_lines(args, lines, _SHOWN)
    stale, lacking = sum(one.is_stale for one in found), sum(bool(one.warnings) for one in found)
    say(f"{counted(len(found), 'statement')}, {stale:,} with changed evidence, {lacking:,} with warnings.")
    return DONE


def _ground_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--on", action="append", default=[], metavar="NUMBER", help="another one, such as F3; may be repeated")
    parser.add_argument("--quote", action="append", default=[], metavar="ID", help="a quote by its short ID; may be repeated")
    parser.add_argument("--row", default="", metavar="CODE", help="a cell of the matrix: its code; without it all codes")
    parser.add_argument("--column", default="", metavar="NAME", help="its case, source or value; without it all columns")
    parser.add_argument("--columns", default="case", metavar="case|ATTR|source", help="what the columns are; cases where it is not given")


def _grounds(project: Project, args: Namespace) -> list[Ground]:
    """What the command says that something rests on."""
    from qcode.views.statement_names import StatementNames

    with project.reading() as db:
        names = StatementNames(db)
        found = [*(Ground(statement=names.statement(one)) for one in args.on), *map(names.quote, args.quote)]
        return [*found, names.cell(args.row, args.column, args.columns)] if args.row or args.column else found


def _said_arguments(parser: ArgumentParser, status: Status | None) -> None:
    offered = ", ".join(CRITERIA)
    parser.add_argument("--criterion", default=None, metavar="NAME", help=f"the criterion: {offered}, or words of your own")
    parser.add_argument("--question", default=None, metavar="TEXT", help="the evaluation question it answers")
    parser.add_argument("--status", choices=[one.value for one in Status], default=status, help="how far it is")
    known = "; ".join(f"{sort}: {', '.join(names)}" for sort, names in FIELDS_OF.items() if names)
    parser.add_argument("--set", action="append", default=[], type=_field, metavar="FIELD=TEXT", help=f"a field of its sort ({known})")


def _field(written: str) -> tuple[str, str]:
    name, sign, text = written.partition("=")
    if name.strip() not in FIELDS or not sign:
        raise ArgumentTypeError(f"'{written[:60]}' is not FIELD=TEXT with one of {', '.join(FIELDS)}")
    return name.strip(), text


def _given(args: Namespace) -> dict[str, str]:
    named = {name: getattr(args, name) for name in ("criterion", "question")}
    return {**{name: text for name, text in named.items() if text is not None}, **dict(args.set)}


def _write_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("sort", type=_sort, metavar="SORT", help=", ".join(word for word in _WORDS if word != "good"))
    parser.add_argument("--text", required=True, help="what it says")
    _said_arguments(parser, Status.DRAFT)
    _ground_arguments(parser)


def _write(args: Namespace) -> int:
    from qcode.operations.statements import write_statement

    with writing(args) as project:
        grounds = _grounds(project, args)
        key = write_statement(project, args.sort, args.text, status=Status(args.status), grounds=grounds, **_given(args))
        number = _number(project, key)
    if args.json:
        give_json({"number": number, "changed": True})
    say(f"{number}: written.")
    return DONE


def _edit_arguments(parser: ArgumentParser) -> None:
    _number_argument(parser)
    parser.add_argument("--text", default=None, help="what it says; new words are a draft")
    _said_arguments(parser, None)
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--before", metavar="NUMBER", help="put it before another one of its sort")
    where.add_argument("--last", action="store_true", help="put it last")


def _edit(args: Namespace) -> int:
    from qcode.operations.statements import edit_statement

    given = _given(args) | ({} if args.text is None else {"words": args.text})
    given |= {} if args.status is None else {"status": args.status}
    if not (given or args.before or args.last):
        args.parser.error("nothing is to be changed: give --text, --criterion, --question, --status, --set, --before or --last")
    with writing(args) as project:
        (key,) = _named(project, [args.number])
        before = "" if args.last else None
        if args.before:
            (before,) = _named(project, [args.before])
        is_new = edit_statement(project, key, given, before)
        number = _number(project, key)
    if args.json:
        give_json({"number": number, "changed": is_new})
    say(f"{number}: {'changed' if is_new else 'it says so already'}.")
    return DONE


def _link_arguments(parser: ArgumentParser) -> None:
    _number_argument(parser)
    _ground_arguments(parser)


def _link(args: Namespace) -> int:
    from qcode.operations.statements import link_grounds

    return _relink(args, link_grounds, "linked with", "It rests on that already.")


def _unlink(args: Namespace) -> int:
    from qcode.operations.statements import unlink_grounds

    return _relink(args, unlink_grounds, "no longer linked with", "It does not rest on that.")


def _relink(args: Namespace, work: Callable[[Project, str, Sequence[Ground]], int], done: str, already: str) -> int:
    with writing(args) as project:
        (key,) = _named(project, [args.number])
        grounds = _grounds(project, args)
        if not grounds:
            args.parser.error("nothing is named: give --on, --quote, --row or --column")
        changed = work(project, key, grounds)
    if args.json:
        give_json({"number": args.number, "changed": changed})
    say(f"{args.number}: {done} {counted(changed, 'thing')}." if changed else f"{args.number}: {already}")
    return DONE


def _number_argument(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar="NUMBER", help="its number, such as F3, or its ID")


def _numbers_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("numbers", nargs="+", metavar="NUMBER", help="numbers, such as F3, or IDs")


def _review_arguments(parser: ArgumentParser) -> None:
    _numbers_arguments(parser)
    parser.add_argument("--status", choices=[one.value for one in Status], default=Status.REVIEWED.value, help="draft takes it back")


def _review(args: Namespace) -> int:
    from qcode.operations.statements import review_statements

    with writing(args) as project:
        changed = review_statements(project, _named(project, args.numbers), Status(args.status))
    if args.json:
        give_json({"numbers": args.numbers, "changed": changed})
    say(f"{', '.join(args.numbers)}: {args.status}{'' if changed else ' before, over the same'}.")
    return DONE


def _delete(args: Namespace) -> int:
    from qcode.operations.statements import delete_statements

    with writing(args) as project:
        changed = delete_statements(project, _named(project, args.numbers))
    if args.json:
        give_json({"numbers": args.numbers, "changed": changed})
    say(f"{', '.join(args.numbers)}: deleted. The numbers after it have moved up; 'qcode undo' brings it back.")
    return DONE


def _named(project: Project, numbers: Sequence[str]) -> list[str]:
    """The statements that are meant (UUIDs)."""
    from qcode.views.statement_names import StatementNames

    with project.reading() as db:
        names = StatementNames(db)
        return [names.statement(one) for one in numbers]


def _number(project: Project, key: str) -> str:
    from qcode.views.statement_names import StatementNames

    with project.reading() as db:
        return next(number for number, one in StatementNames(db).numbers.items() if one.uuid == key)


def _chain_arguments(parser: ArgumentParser) -> None:
    _number_argument(parser)
    parser.add_argument("--up", action="store_true", help="what rests on it, instead of what it rests on")


def _chain(args: Namespace) -> int:
    from dataclasses import asdict

    from qcode.views.chain import chain_of

    with reading(args) as project:
        (key,) = _named(project, [args.number])
        chain = chain_of(project, key)
    lines = chain.up if args.up else chain.down
    if args.json:
        give_json([asdict(line) for line in lines])
        return DONE
    for line in lines:
        told = "  ".join(part for part in (line.title, " ".join(line.words.split()), f"({line.facts})" if line.facts else "") if part)
        print(printable(f"{'  ' * line.depth}{told}"))
        for note in line.notes:
            print(printable(f"{'  ' * line.depth}! {note}"))
    return DONE


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("table", type=Path, metavar="TABLE", help="csv, xlsx, xls or ods")
    add_strict(parser)


def _import(args: Namespace) -> int:
    from qcode.exchange.tables import read_table
    from qcode.operations.statement_table import import_statements

    table = read_table(args.table)
    with writing(args) as project:
        return give_outcome(args, import_statements(project, table, strict=args.strict), "Findings")


def _export_arguments(parser: ArgumentParser) -> None:
    tables = f"what is written: {LIST}, which can be imported again, or one of the tables of a report: {', '.join(_TABLES)}"
    parser.add_argument("--table", choices=[LIST, *_TABLES], default=LIST, help=tables)
    _chosen_arguments(parser)
    add_output(parser, required=True)


def _export(args: Namespace) -> int:
    from qcode.exchange.registry import LINKED_WRITERS, TABLE_WRITERS, writer

    writers = TABLE_WRITERS if args.table == LIST else LINKED_WRITERS
    kind = output_format(args, list(writers))
    if args.table != LIST and (args.sort or args.criterion or args.stale):
        args.parser.error("--sort, --criterion and --stale are for the list: a table of a report has all that belongs in it")
    report, counts = _report(args)
    writer(writers, kind)(report, Path(args.output))
    if args.json:
        give_json({"written": args.output, **counts})
    say(f"{args.output}: {', '.join(counted(number, noun.removesuffix('s')) for noun, number in counts.items())}.")
    return DONE


def _report(args: Namespace) -> tuple[TableReport | LinkedReport, dict[str, int]]:
    """What is to be written, and how much of what is in it."""
    from qcode.views.statement_list import build_statements
    from qcode.views.statement_tables import build_table

    with reading(args) as project:
        if args.table == LIST:
            listed = build_statements(project, args.sort, args.criterion, stale_only=args.stale)
            return listed, {"rows": len(listed.rows)}
        report = build_table(project, args.table)
        return report, {"rows": sum(len(section.rows) for section in report.sections), "quotes": len(report.quotes)}


COMMANDS = {
    "findings": Command(_chosen_arguments, _list),
    "findings write": Command(_write_arguments, _write),
    "findings edit": Command(_edit_arguments, _edit),
    "findings link": Command(_link_arguments, _link),
    "findings unlink": Command(_link_arguments, _unlink),
    "findings review": Command(_review_arguments, _review),
    "findings delete": Command(_numbers_arguments, _delete),
    "findings chain": Command(_chain_arguments, _chain),
    "findings import": Command(_import_arguments, _import),
    "findings export": Command(_export_arguments, _export),
}
