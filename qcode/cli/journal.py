"""Commands on the journal."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from qcode.cli.command import DONE, Command, give_json, give_lines, reading, say, writing
from qcode.errors import UserError
from qcode.model.change import Changes
from qcode.views.history import read_history


def _history(args: Namespace) -> int:
    with reading(args) as project:
        lines = [asdict(act) for act in read_history(project)]
    return give_lines(args, lines, ("number", "at", "coder", "label", "rows"))


def _undo(args: Namespace) -> int:
    with writing(args) as project:
        return _done(args, project.undo(), f"There is nothing to undo in {args.file}: all that was done in this copy is undone.")


def _redo(args: Namespace) -> int:
    with writing(args) as project:
        return _done(args, project.redo(), f"There is nothing to redo in {args.file}: a new act came since, or nothing was undone.")


def _done(args: Namespace, changes: Changes | None, otherwise: str) -> int:
    from qcode.exchange.exporters.wording import ended

    if changes is None:
        raise UserError(otherwise)
    if args.json:
        give_json({"act": changes.label})
    say(ended(changes.label))
    return DONE


COMMANDS = {
    "history": Command(lambda parser: None, _history),
    "undo": Command(lambda parser: None, _undo),
    "redo": Command(lambda parser: None, _redo),
}
