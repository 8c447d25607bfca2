"""Commands on codings, quotes and words."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from qcode.cli.command import (
    DONE,
    Command,
    add_output,
    add_strict,
    add_where,
    give_json,
    give_outcome,
    give_table,
    output_format,
    progress_bar,
    reading,
    say,
    writing,
)
from qcode.views.whereabouts import parse_conditions


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("table", type=Path, metavar="codings.csv", help="csv, xlsx, xls or ods")
    add_strict(parser)


def _import(args: Namespace) -> int:
    from qcode.exchange.tables import read_table
    from qcode.operations.coding_table import import_codings

    table = read_table(args.table)
    with writing(args) as project:
        outcome = import_codings(project, table, coder=args.coder_as, strict=args.strict, progress=progress_bar())
    return give_outcome(args, outcome, "Codings")


def _export_arguments(parser: ArgumentParser) -> None:
    add_output(parser, required=True)


def _export(args: Namespace) -> int:
    from qcode.exchange.registry import TABLE_WRITERS, writer
    from qcode.views.quotes import build_codings

    kind = output_format(args, list(TABLE_WRITERS))
    with reading(args) as project:
        report = build_codings(project)
    writer(TABLE_WRITERS, kind)(report, Path(args.output))
    return _written(args, len(report.rows), "codings")


def _quotes_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--code", default="", metavar="C", help="only this code, with the codes below it")
    add_where(parser)
    parser.add_argument("--coder", default="", metavar="N", help="only what this coder coded")
    add_output(parser)


def _quotes(args: Namespace) -> int:
    from qcode.exchange.registry import QUOTE_WRITERS, writer
    from qcode.views.quotes import build_quotes

    kind = output_format(args, list(QUOTE_WRITERS)) if args.output else ""
    with reading(args) as project:
        report = build_quotes(project, code=args.code, conditions=parse_conditions(args.where), coder=args.coder)
    if args.output:
        writer(QUOTE_WRITERS, kind)(report, Path(args.output))
        return _written(args, len(report.quotes), "quotes")
    if args.json:
        give_json([asdict(quote) for quote in report.quotes])
        return DONE
    give_table(("id", "source", "code", "coder", "quote"), [(q.id, q.source, q.code, q.coder, q.quote) for q in report.quotes])
    return DONE


def _search_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", help="words; in quotation marks they stand together; * ends an open word")
    parser.add_argument("--regex", action="store_true", help="QUERY is a regular expression")


def _search(args: Namespace) -> int:
    from qcode.views.search import search

    with reading(args) as project:
        hits = search(project, args.query, regex=args.regex)
    if args.json:
        give_json(
            [
                {
                    "source": hit.name,
                    "label": hit.label,
                    "start": place.start,
                    "end": place.end,
                    "found": hit.text[place.start - hit.paragraph.start : place.end - hit.paragraph.start],
                    "paragraph": hit.text,
                }
                for hit in hits
                for place in hit.places
            ]
        )
        return DONE
    for hit in hits:
        print(f"{hit.name} {hit.paragraph.start}: {hit.text}")
    say(f"{len(hits)} paragraphs in {len({hit.source for hit in hits})} sources.")
    return DONE


def _written(args: Namespace, count: int, what: str) -> int:
    if args.json:
        give_json({"written": args.output, what: count})
    say(f"{args.output}: {count} {what}.")
    return DONE


COMMANDS = {
    "codings import": Command(_import_arguments, _import),
    "codings export": Command(_export_arguments, _export),
    "quotes": Command(_quotes_arguments, _quotes),
    "search": Command(_search_arguments, _search),
}
