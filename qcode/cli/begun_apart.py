"""Merging a project that was begun apart, on the command line."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from qcode.cli.command import DONE, counted, give_json, give_table, progress_bar, reading, say, writing
from qcode.errors import UserError

if TYPE_CHECKING:
    from qcode.model.merging import Match

_COLUMNS = ("id", "what", "here", "there", "rule", "alike", "the same")
_ONE = {"sources": "source", "cases": "case", "codes": "code"}


def merge_begun_apart(args: Namespace) -> int:
    """List what may be the same in both, and merge by what is said to be; gives the exit code."""
    from qcode.operations.merging_apart import merge_apart, propose_matches
    from qcode.views.conflicts import open_conflicts
    from qcode.views.questions import open_questions

    if len(args.others) > 1:
        args.parser.error("--begun-apart takes one project at a time: name one OTHER")
    if args.report:
        args.parser.error("--report is not written with --begun-apart: use --plan --json for the matches")
    (other,) = args.others
    to_settle = 0
    with (reading if args.plan else writing)(args) as project:
        matches = propose_matches(project, other)
        same = _chosen(args.same or "sure", matches)
        if not args.plan:
            with progress_bar() as progress:
                merge_apart(project, other, same, progress)
            to_settle = len(open_conflicts(project)) + len(open_questions(project))
    _give(args, matches, same)
    _say(args, other, matches, same)
    if to_settle:
        say(f"{counted(to_settle, 'thing')} to settle: 'qcode conflicts {args.file}' lists them.")
    return DONE


def _chosen(which: str, matches: Sequence[Match]) -> list[str]:
    """The IDs that `--same` means. Raises UserError for one that was not proposed."""
    every = [match.id for match in matches if match.sure or not match.leaves]
    rules = {"none": [], "all": every, "sure": [match.id for match in matches if match.sure]}
    same = rules[which] if which in rules else list(dict.fromkeys(part for each in which.split(",") if (part := each.strip())))
    unknown = set(same) - {match.id for match in matches}
    if unknown:
        raise UserError(f"There is no match '{min(unknown)}': --plan lists them.")
    return same


def _give(args: Namespace, matches: Sequence[Match], same: Sequence[str]) -> None:
    if args.json:
        give_json({"matches": [asdict(match) | {"same": match.id in same} for match in matches]})
    elif matches:
        cells = [
            (one.id, _ONE[one.table], one.title, one.other_title, one.rule, f"{one.alike}%", "yes" if one.id in same else "no")
            for one in matches
        ]
        give_table(_COLUMNS, cells)


def _say(args: Namespace, other: Path, matches: Sequence[Match], same: Sequence[str]) -> None:
    leaving = [match.title for match in matches if match.leaves and match.id in same]
    joined, left = len(same) - len(leaving), len(matches) - len(same)
    for title in leaving:
        say(f"{title} {'would leave' if args.plan else 'has left'} for good: its text was withdrawn, and undo does not bring it back.")
    if args.plan:
        say(f"Of {counted(len(matches), 'pair')}, {joined:,} would be one row each. Nothing was written.")
        return
    say(f"{other.name} is merged: {counted(joined, 'pair')} became one row each, {left:,} that were proposed stay apart.")
    say("'qcode undo' takes back what was said to be the same first, then the merge.")
