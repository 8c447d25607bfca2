"""Which command is meant, and what happens when it cannot be done."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper

from qcode import __version__
from qcode.cli.command import NOT_MET, Command, give_refused, say
from qcode.errors import Cancelled, UserError
from qcode.model.outcome import BatchRefused

#: Every command: the module that holds it, imported only when it is called, and what it does in one line.
COMMANDS = {
    "new": ("project", "create a project"),
    "info": ("project", "counts, coders, languages, size and content hash"),
    "import": ("sources", "bring in sources: files, or folders with all below them"),
    "sources": ("sources", "list the sources"),
    "sources import-table": ("sources", "say more of the sources from a table: case, title, label, language, attributes"),
    "read": ("sources", "set how far a coder is with a source"),
    "cases": ("cases", "list the cases"),
    "cases import": ("cases", "bring in cases and their attributes from a table"),
    "cases assign": ("cases", "assign sources, or passages of them, to cases from a table"),
    "cases level": ("cases", "say what the cases of a level are: countries, institutions"),
    "codes": ("codes", "list the codes"),
    "codebook import": ("codes", "bring in a codebook from a table"),
    "codebook export": ("codes", "write the codebook as a table"),
    "codings import": ("codings", "code passages from a table, by position or by quote"),
    "codings export": ("codings", "write all codings as a table that can be imported again"),
    "quotes": ("codings", "quotes with short IDs"),
    "search": ("codings", "find words or patterns in all texts"),
    "matrix": ("matrix", "codes by cases, attributes, sources or coders"),
    "heard": ("heard", "who was heard: people, women and men by country, stakeholder group and method"),
    "summaries": ("summaries", "list the written summaries of cells, and why some are stale"),
    "summaries write": ("summaries", "write what a cell of a matrix says, or why it has nothing"),
    "summaries review": ("summaries", "say that a summary holds for the quotes there are now"),
    "summaries clear": ("summaries", "take a summary away"),
    "summaries import": ("summaries", "bring in summaries from a table"),
    "summaries export": ("summaries", "write all summaries as a table that can be imported again"),
    "findings": ("findings", "list findings, conclusions and recommendations, how strong they are, and what they lack"),
    "findings write": ("findings", "write a finding, conclusion, recommendation, lesson or good practice"),
    "findings edit": ("findings", "change what one says, its fields, or its place"),
    "findings link": ("findings", "say what one rests on: quotes, cells of the matrix, other findings"),
    "findings unlink": ("findings", "say that one rests on something no longer"),
    "findings review": ("findings", "say that one holds over what there is now"),
    "findings delete": ("findings", "remove one, with its links"),
    "findings chain": ("findings", "where one comes from, down to quotes, or what comes of it"),
    "findings import": ("findings", "bring in findings from a table"),
    "findings export": ("findings", "write findings as a table that can be imported again"),
    "agreement": ("agreement", "how far coders agree: percent, kappa and alpha by code"),
    "handout": ("handout", "write a copy for a colleague"),
    "handin": ("handout", "write what was done in this copy as a small file"),
    "sample": ("sample", "draw sources that several coders code blind, list how far they are, or reveal them"),
    "merge": ("merge", "bring in what came back, as one step"),
    "conflicts": ("conflicts", "list what a merge left open, or decide it"),
    "history": ("journal", "every act by every coder"),
    "undo": ("journal", "take back the last act done in this copy"),
    "redo": ("journal", "do again what was taken back"),
    "check": ("project", "verify every place, rule and text"),
    "recover": ("project", "salvage what can be read of a damaged project"),
    "backup": ("project", "copy the project to your data folder"),
    "purge": ("project", "remove a withdrawn source for good"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and give the exit code: 0 done, 1 cannot be met, 2 wrong usage."""
    _speak_utf8()
    words = list(sys.argv[1:] if arguments is None else arguments)
    name = _command_name(words)
    if name is None:
        return _top(words)
    command: Command = import_module(f"qcode.cli.{COMMANDS[name][0]}").COMMANDS[name]
    parser = parser_of(name, command)
    args = parser.parse_args(words[len(name.split()) :])
    args.parser = parser
    try:
        return command.run(args)
    except BatchRefused as error:
        give_refused(args, error.refused)
        say(str(error))
        return NOT_MET
    except UserError as error:
        say(str(error))
        return NOT_MET
    except Cancelled:
        say("Stopped. Nothing of this command was written.")
        return NOT_MET
    except KeyboardInterrupt:
        say("Stopped. 'qcode history' says whether the act was done before that.")
        return NOT_MET
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_MET


def _speak_utf8() -> None:
    """Results are UTF-8 whatever the system prefers, so that a pipe on Windows loses no letter."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
            stream.reconfigure(encoding="utf-8")


def _command_name(words: Sequence[str]) -> str | None:
    return next((name for length in (2, 1) if (name := " ".join(words[:length])) in COMMANDS), None)


def parser_of(name: str, command: Command) -> ArgumentParser:
    """What reads the words after the command `name`: FILE, what the command takes, and the options all have."""
    summary = COMMANDS[name][1]
    parser = ArgumentParser(prog=f"qcode {name}", description=f"{summary[0].upper()}{summary[1:]}.", allow_abbrev=False)
    parser.add_argument("file", metavar="FILE", help="the project, a file that ends in .qcode")
    command.arguments(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON document on standard output")
    parser.add_argument("--as", dest="coder_as", metavar="NAME", default="", help="the coder who does it")
    return parser


def _top(words: Sequence[str]) -> int:
    asked = [word for word in words[:2] if word in ("--help", "-h", "help")]
    family = {name: line for name, line in COMMANDS.items() if words and name.startswith(f"{words[0]} ")}
    usage = _usage(f"{words[0]} VERB" if family else "COMMAND", family or COMMANDS)
    if asked and (family or asked == list(words[:1])):
        print(usage)
        return 0
    if words[:1] == ["--version"]:
        print(f"qcode {__version__}")
        return 0
    if family and len(words) == 1:
        say(usage)
    else:
        say(f"qcode: there is no command '{' '.join(words[: 2 if family else 1])}'.\n\n{usage}" if words else usage)
    return 2


def _usage(form: str, commands: Mapping[str, tuple[str, str]]) -> str:
    """How commands are written, and a line about each of them."""
    width = max(map(len, commands))
    listed = "\n".join(f"  {name.ljust(width)}  {summary}" for name, (_, summary) in commands.items())
    return f"usage: qcode {form} FILE ...\n\n{listed}\n\nqcode {form} --help says what a command takes."
