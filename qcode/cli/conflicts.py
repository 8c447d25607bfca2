"""The conflicts command: what a merge left open, and deciding it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qcode.cli.command import DONE, Command, counted, give_json, give_lines, reading, say, writing
from qcode.errors import UserError

if TYPE_CHECKING:
    from qcode.model.merging import CodeSide, Conflict, Question, Said
    from qcode.project import Project

#: The kind of a question about two codes, and what it is asked about.
SAME_CODE = "same code?"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--resolve", metavar="ID", help="decide the one of this ID")
    how = parser.add_mutually_exclusive_group()
    meaning = "the value of this number, from 1, or of this coder; of two codes same, different or below (the second below the first)"
    how.add_argument("--take", metavar="N|CODER", help=meaning)
    how.add_argument("--text", help="a text of your own in the place of all values")


def _run(args: Namespace) -> int:
    if bool(args.resolve) != (args.take is not None or args.text is not None):
        args.parser.error("--resolve needs --take or --text, and these need --resolve")
    return _resolve(args) if args.resolve else _list(args)


def _list(args: Namespace) -> int:
    from qcode.views.conflicts import open_conflicts
    from qcode.views.questions import open_questions

    with reading(args) as project:
        lines = as_lines(open_conflicts(project), open_questions(project))
    if args.json:
        give_json(lines)
        return DONE
    for line in lines:
        line["values"] = " | ".join(f"{number} {_in_words(said)}" for number, said in enumerate(line["values"], start=1))
    give_lines(args, lines, ("id", "kind", "row", "field", "values"))
    say(f"{counted(len(lines), 'thing')} to settle." if lines else f"There is nothing to settle in {args.file}.")
    return DONE


def as_lines(conflicts: Sequence[Conflict], questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Conflicts and questions as the contract has them: id, kind, row, field, base, values of value, coder and time."""
    return [*map(_conflict, conflicts), *map(_question, questions)]


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "kind": conflict.kind,
        "row": f"{conflict.title} ({conflict.within})" if conflict.within else conflict.title,
        "field": conflict.field,
        "base": conflict.base.words if conflict.base else None,
        "values": [_said(said) for said in conflict.values],
    }


def _said(said: Said) -> dict[str, Any]:
    return {"value": said.words, "coder": said.coder, "at": said.at}


def _question(question: Question) -> dict[str, Any]:
    sides = [_side(side) for side in (question.one, question.other)]
    return {"id": question.id, "kind": SAME_CODE, "row": question.one.path, "field": "name", "base": None, "values": sides}


def _side(side: CodeSide) -> dict[str, Any]:
    return {"value": side.path, "coder": side.coder, "at": ""}


def _in_words(said: dict[str, Any]) -> str:
    return f"{said['value'] or '(empty)'} ({said['coder']})" if said["coder"] else said["value"] or "(empty)"


def _resolve(args: Namespace) -> int:
    from qcode.views.conflicts import open_conflicts
    from qcode.views.questions import open_questions

    with writing(args) as project:
        conflict = next((one for one in open_conflicts(project) if one.id == args.resolve), None)
        question = next((one for one in open_questions(project) if one.id == args.resolve), None)
        if conflict is None and question is None:
            raise UserError(f"There is no conflict '{args.resolve}' in {args.file}: list them again, for it may be settled.")
        _settle(project, args, conflict) if conflict else _answer(project, args)
        remaining = len(open_conflicts(project)) + len(open_questions(project))
    if args.json:
        give_json({"resolved": args.resolve, "open": remaining})
    say(f"Settled {args.resolve}; {counted(remaining, 'thing')} left to settle.")
    return DONE


def _settle(project: Project, args: Namespace, conflict: Conflict) -> None:
    from qcode.model.merging import Decision
    from qcode.operations.conflicts import number_of, resolve

    take = None if args.take is None else number_of(conflict, args.take)
    resolve(project, [Decision(conflict.id, take, args.text)])


def _answer(project: Project, args: Namespace) -> None:
    from qcode.operations.conflicts import answer_question

    if args.take is None:
        raise UserError(f"'{args.resolve}' asks whether two codes are the same: answer with --take same, different or below.")
    answer_question(project, args.resolve, args.take)


COMMANDS = {"conflicts": Command(_arguments, _run)}
