"""The merge command."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qcode.cli.command import DONE, Command, counted, give_json, give_table, progress_bar, reading, say, writing
from qcode.errors import BegunApart, UserError
from qcode.found import resolved

if TYPE_CHECKING:
    from qcode.model.merging import MergePlan
    from qcode.project import Project

_COLUMNS = ("coder", "file", "new codings", "changed", "removed", "memos", "new codes", "conflicts", "also")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("others", nargs="+", type=Path, metavar="OTHER", help="what came back: projects, or change files")
    parser.add_argument("--plan", action="store_true", help="only say what would change; nothing is written")
    parser.add_argument("--report", metavar="FILE", help="write a report: md, html, docx, xlsx or csv, as the ending says")
    parser.add_argument("--begun-apart", action="store_true", help="OTHER is one project that has no history in common with FILE")
    parser.add_argument("--same", metavar="WHICH", help="with --begun-apart: sure (the default), all, none, or ID,ID…")


def _run(args: Namespace) -> int:
    from qcode.cli.begun_apart import merge_begun_apart

    if args.begun_apart:
        return merge_begun_apart(args)
    if args.same:
        args.parser.error("--same says what is the same in projects that were begun apart: use it with --begun-apart")
    return _merge(args)


def _merge(args: Namespace) -> int:
    kind = _report_format(args)
    with (reading if args.plan else writing)(args) as project:
        plan = _plan(args, project)
        if plan is None:
            return _nothing_new(args)
        if kind:
            _write_report(project, plan, kind, args)
    if args.json:
        give_json(as_document(plan))
    elif plan.contributions:
        give_table(_COLUMNS, [_cells(plan, at) for at in range(len(plan.contributions))])
    _say_what_is_open(args, plan)
    return DONE


def _plan(args: Namespace, project: Project) -> MergePlan | None:
    from qcode.operations.merging import merge_files, plan_merge

    with progress_bar() as progress:
        try:
            return (plan_merge if args.plan else merge_files)(project, args.others, progress)
        except BegunApart as error:
            how = f"'qcode merge {args.file} {error.name} --begun-apart --plan' lists what is the same in both"
            raise UserError(f"{error.name} has no history in common with {args.file}: it was begun apart; {how}.") from None


def _report_format(args: Namespace) -> str:
    """The format of the report by its ending, '' when none is asked for. Exits with 2 when it is none."""
    from qcode.exchange.registry import SECTIONS_WRITERS

    if not args.report:
        return ""
    kind = Path(args.report).suffix.lstrip(".").lower()
    if kind not in SECTIONS_WRITERS:
        args.parser.error(f"'{kind}' is not a format of a report: use {', '.join(SECTIONS_WRITERS)}")
    if resolved(Path(args.report)) in {resolved(Path(args.file)), *(resolved(other) for other in args.others)}:
        args.parser.error(f"{args.report} is one of the files to merge: give the report another name")
    return kind


def _write_report(project: Project, plan: MergePlan, kind: str, args: Namespace) -> None:
    from qcode.exchange.registry import SECTIONS_WRITERS, writer
    from qcode.views.merge_report import merge_report

    writer(SECTIONS_WRITERS, kind)(merge_report(project, plan, done=not args.plan), Path(args.report))
    say(f"{args.report}: the {'plan' if args.plan else 'merge'} in full.")


def _nothing_new(args: Namespace) -> int:
    if args.json:
        give_json(None)
    say(f"There is nothing new for {args.file}: everything in {', '.join(other.name for other in args.others)} is in it.")
    return DONE


def _cells(plan: MergePlan, at: int) -> list[str]:
    from qcode.views.merge_report import other_words

    one = plan.contributions[at]
    figures = (one.new_codings, one.changed, one.removed, one.memos, one.new_codes, one.conflicts)
    return [one.coder, one.file, *map(str, figures), other_words(one)]


def as_document(plan: MergePlan) -> dict[str, Any]:
    """The plan as `--json` prints it."""
    from qcode.cli.conflicts import as_lines

    return {
        "files": list(plan.files),
        "operations": plan.operations,
        "completed": plan.completed,
        "contributions": [{**asdict(one), "others": dict(one.others)} for one in plan.contributions],
        "conflicts": as_lines(plan.conflicts, plan.questions),
        "codings": plan.codings,
        "memos": plan.memos,
        "definitions": plan.definitions,
        "removed": plan.removed,
        "back": len(plan.back),
        "withdrawn": list(plan.withdrawn),
        "lost": list(plan.lost),
    }


def _say_what_is_open(args: Namespace, plan: MergePlan) -> None:
    from qcode.views.merge_report import safety_sentence

    if plan.completed:
        say(f"{counted(plan.completed, 'row')} that had been withheld from {args.file} {'would come' if args.plan else 'came'}.")
    say(safety_sentence(plan))
    for name in plan.withdrawn:
        say(f"{name} {'would leave' if args.plan else 'has left'} the project for good: consent was withdrawn.")
    remaining = len(plan.conflicts) + len(plan.questions)
    if args.plan:
        say(f"{counted(remaining, 'thing')} would be open. Nothing was written.")
    elif remaining:
        say(f"{counted(remaining, 'thing')} to settle: 'qcode conflicts {args.file}' lists them.")


COMMANDS = {"merge": Command(_arguments, _run)}
