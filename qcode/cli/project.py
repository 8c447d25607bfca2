"""Commands on a project as a whole."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from qcode.cli.command import DONE, NOT_MET, Command, counted, give_json, reading, say, writing
from qcode.errors import UserError
from qcode.views.lists import find_source, project_info


def _new_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--title", default="", help="the project's title; its file name if not given")
    parser.add_argument("--template", default="", help="a codebook to begin with, such as oecd-dac")


def _new(args: Namespace) -> int:
    from qcode.operations.template import create_from_template

    with create_from_template(Path(args.file), args.title, args.template, coder=args.coder_as) as project:
        information = project_info(project)
    if args.json:
        give_json(information)
    else:
        say(f"{args.file} was created: {information['title']}, {counted(information['codes'], 'code')}.")
    return DONE


def _info(args: Namespace) -> int:
    with reading(args) as project:
        information = project_info(project)
    if args.json:
        give_json(information)
        return DONE
    for name, value in information.items():
        print(f"{name}: {', '.join(value) if isinstance(value, list) else value}")
    return DONE


def _check(args: Namespace) -> int:
    from qcode.views.health import check_project

    with reading(args) as project:
        problems = check_project(project)
    if args.json:
        give_json({"problems": [{"where": problem.where, "what": problem.what} for problem in problems]})
    for problem in problems:
        say(f"{problem.where}: {problem.what}")
    say(f"{args.file} has {counted(len(problems), 'problem')}." if problems else f"{args.file} is in order.")
    return NOT_MET if problems else DONE


def _recover_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="the project to make of what can be read")


def _recover(args: Namespace) -> int:
    from qcode.operations.recover import recover_project

    sentences = recover_project(Path(args.file), Path(args.output))
    if args.json:
        give_json({"recovered": sentences})
    else:
        for sentence in sentences:
            say(sentence)
    return DONE


def _backup(args: Namespace) -> int:
    with reading(args) as project:
        copy = project.back_up()
    if args.json:
        give_json({"backup": str(copy)})
    else:
        say(f"{args.file} was copied to {copy}.")
    return DONE


def _purge_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--source", required=True, help="name or label of the source")
    parser.add_argument("--yes", action="store_true", help="do it; without this only what would happen is said")


def _purge(args: Namespace) -> int:
    from qcode.operations.purge import purge_source

    with reading(args) as project:
        source = find_source(project, args.source)
    if not args.yes:
        raise UserError(
            f"{source.name} would leave {args.file} for good, with its text, codings, memos, history and backups; this cannot be "
            "undone. Add --yes to do it."
        )
    with writing(args) as project:
        backups = purge_source(project, source.uuid)
    say(f"{source.name} has left {args.file} and {counted(backups, 'backup')} for good.")
    if args.json:
        give_json({"purged": source.name, "backups": backups})
    return DONE


COMMANDS = {
    "new": Command(_new_arguments, _new),
    "info": Command(lambda parser: None, _info),
    "check": Command(lambda parser: None, _check),
    "recover": Command(_recover_arguments, _recover),
    "backup": Command(lambda parser: None, _backup),
    "purge": Command(_purge_arguments, _purge),
}
