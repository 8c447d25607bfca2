"""Commands that send work out, and back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from qcode.cli.command import DONE, Command, counted, give_json, reading, say, writing
from qcode.views.lists import find_source


def _handout_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--coder", required=True, metavar="NAME", help="the colleague who gets the copy")
    several = {"action": "extend", "nargs": "+", "default": []}
    parser.add_argument("--source", metavar="S", help="name or label of a source; all others are withheld", **several)  # type: ignore[arg-type]
    parser.add_argument("--locked", action="store_true", help="codes cannot be changed in the copy")
    parser.add_argument("--blind", action="store_true", help="what other coders coded, read and decided is withheld")
    parser.add_argument("-o", "--output", metavar="COPY", required=True, help="the copy to write")


def _handout(args: Namespace) -> int:
    from qcode.operations.handout import handout

    with writing(args) as project:
        sources = list(dict.fromkeys(find_source(project, name) for name in args.source))
        keys = [source.uuid for source in sources]
        handout(project, args.coder, Path(args.output), sources=keys, locked=args.locked, blind=args.blind)
    if args.json:
        names = [source.name for source in sources]
        give_json({"copy": args.output, "coder": args.coder, "sources": names, "locked": args.locked, "blind": args.blind})
    what = counted(len(sources), "source") if sources else "all sources"
    how = "".join((", codebook locked" if args.locked else "", ", blind" if args.blind else ""))
    say(f"{args.output} is for {args.coder}: {what}{how}.")
    return DONE


def _handin_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="CHANGES", required=True, help="the change file to write, such as aida.qchange")


def _handin(args: Namespace) -> int:
    from qcode.operations.handout import hand_in

    with reading(args) as project:
        acts = hand_in(project, Path(args.output))
    if args.json:
        give_json({"changes": args.output, "acts": acts})
    say(f"{args.output} has {counted(acts, 'act')}: whoever handed {args.file} out can merge it.")
    return DONE


COMMANDS = {"handout": Command(_handout_arguments, _handout), "handin": Command(_handin_arguments, _handin)}
