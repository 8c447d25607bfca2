"""Commands on codings, quotes and words."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from qcode.cli.command import (
    BATCH,
    DONE,
    Command,
    add_output,
    add_strict,
    add_where,
    counted,
    give_json,
    give_outcome,
    give_table,
    output_format,
    printable,
    progress_bar,
    reading,
    say,
    writing,
)
from qcode.model.hit import Hit
from qcode.model.span import Span
from qcode.text.anchors import anchor_of

_LONGEST_LINE = 400


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("table", type=Path, metavar="TABLE", help="csv, xlsx, xls or ods")
    add_strict(parser)


def _import(args: Namespace) -> int:
    from qcode.exchange.tables import read_table
    from qcode.operations.coding_table import import_codings

    table = read_table(args.table)
    with writing(args) as project, progress_bar() as progress:
        outcome = import_codings(project, table, coder=args.coder_as, strict=args.strict, progress=progress)
    return give_outcome(args, outcome, "Codings", (*BATCH, "created"))


def _export_arguments(parser: ArgumentParser) -> None:
    add_output(parser, required=True)


def _export(args: Namespace) -> int:
    from qcode.exchange.registry import TABLE_WRITERS, writer
    from qcode.views.quotes import build_codings

    kind = output_format(args, list(TABLE_WRITERS))
    with reading(args) as project:
        report = build_codings(project)
    writer(TABLE_WRITERS, kind)(report, Path(args.output))
    return _written(args, len(report.rows), "coding")


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
        report = build_quotes(project, code=args.code, conditions=args.where, coder=args.coder)
    if args.output:
        writer(QUOTE_WRITERS, kind)(report, Path(args.output))
        return _written(args, len(report.quotes), "quote")
    if args.json:
        give_json([asdict(quote) for quote in report.quotes])
        return DONE
    give_table(("id", "source", "code", "coder", "quote"), [(q.id, q.source, q.code, q.coder, q.quote) for q in report.quotes])
    say(f"{counted(len(report.quotes), 'quote')}.")
    return DONE


def _search_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("query", metavar="QUERY", help="words; in quotation marks they stand together; * ends an open word")
    parser.add_argument("--regex", action="store_true", help="QUERY is a regular expression")


def _search(args: Namespace) -> int:
    from qcode.views.search import search

    with reading(args) as project:
        hits = search(project, args.query, regex=args.regex)
    if args.json:
        give_json([_found(hit, place) for hit in hits for place in hit.places])
        return DONE
    for hit in hits:
        print(printable(f"{hit.name} {hit.paragraph.start}: {_shortened(hit)}"))
    say(f"{counted(len(hits), 'paragraph')} in {counted(len({hit.source for hit in hits}), 'source')}.")
    return DONE


def _found(hit: Hit, place: Span) -> dict[str, str | int]:
    """One place as `--json` prints it: the words and a little around them, for a paragraph may be a whole book."""
    anchor = anchor_of(hit.text, place.start - hit.paragraph.start, place.end - hit.paragraph.start)
    return {
        "source": hit.name,
        "label": hit.label,
        "start": place.start,
        "end": place.end,
        "found": anchor.quote,
        "before": anchor.before,
        "after": anchor.after,
    }


def _shortened(hit: Hit) -> str:
    """The paragraph, or what stands around its first hit when it is long."""
    if len(hit.text) <= _LONGEST_LINE:
        return hit.text
    begin = max(0, hit.places[0].start - hit.paragraph.start - _LONGEST_LINE // 2) if hit.places else 0
    end = begin + _LONGEST_LINE
    return ("…" if begin else "") + hit.text[begin:end] + ("…" if end < len(hit.text) else "")


def _written(args: Namespace, count: int, what: str) -> int:
    if args.json:
        give_json({"written": args.output, f"{what}s": count})
    say(f"{args.output}: {counted(count, what)}.")
    return DONE


COMMANDS = {
    "codings import": Command(_import_arguments, _import),
    "codings export": Command(_export_arguments, _export),
    "quotes": Command(_quotes_arguments, _quotes),
    "search": Command(_search_arguments, _search),
}
