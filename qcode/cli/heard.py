"""The heard command."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qcode.cli.command import DONE, Command, add_output, add_where, give_json, give_table, output_format, reading, say

if TYPE_CHECKING:
    from qcode.model.heard import Tally
    from qcode.views.heard import Heard


def _arguments(parser: ArgumentParser) -> None:
    add_where(parser)
    add_output(parser)


def _run(args: Namespace) -> int:
    from qcode.exchange.registry import SECTIONS_WRITERS, writer
    from qcode.views.heard import read_heard
    from qcode.views.heard_report import heard_report

    kind = output_format(args, list(SECTIONS_WRITERS)) if args.output else ""
    with reading(args) as project:
        heard = read_heard(project, args.where)
        report = heard_report(project, heard, args.where)
    if args.json:
        give_json(as_document(heard))
    if args.output:
        writer(SECTIONS_WRITERS, kind)(report, Path(args.output))
    elif not args.json:
        give_table(report.sections[0].columns, [tuple(map(str, row)) for row in report.sections[0].rows])
    say(report.lead)
    return DONE


def as_document(heard: Heard) -> dict[str, Any]:
    """Who was heard as `--json` prints it; '' where nobody said something."""
    from qcode.views.heard_report import sentence

    pairs = sorted({(one.country, one.group) for one in heard.partners})
    return {
        "sentence": sentence(heard),
        "total": _document_of(heard.total),
        "groups": [{"country": country, "group": group, **_document_of(heard.of(country, group))} for country, group in pairs],
        "methods": [{"method": method, **_document_of(found)} for method, found in heard.by_method()],
        "partners": [asdict(one) | {"sources": len(one.sources)} for one in heard.partners],
        "not_counted": list(heard.silent),
    }


def _document_of(found: Tally) -> dict[str, int]:
    return asdict(found) | {"not_said": found.unsaid}


COMMANDS = {"heard": Command(_arguments, _run)}
