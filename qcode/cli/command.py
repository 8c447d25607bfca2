"""What every command has: its arguments, its work, and how it speaks."""

from __future__ import annotations

import json
import re
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from qcode.found import resolved
from qcode.model.outcome import Outcome, Refusal
from qcode.opening import open_project
from qcode.progress import Progress
from qcode.project import Project

DONE = 0
NOT_MET = 1
BATCH = ("imported", "changed", "skipped", "refused")
_BAR = 30
_WIDEST = 60
#: A text may hold signs that would move the cursor or change the colours of the terminal it is printed on.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Command:
    """One command: `arguments` adds what it takes besides FILE and the options all have; `run` does it and gives the exit code."""

    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


@contextmanager
def reading(args: Namespace) -> Iterator[Project]:
    """The project of the command, opened so that nothing is written anywhere."""
    with open_project(args.file, read_only=True, coder=args.coder_as) as project:
        yield project


@contextmanager
def writing(args: Namespace) -> Iterator[Project]:
    """The project of the command, opened for writing."""
    with open_project(args.file, coder=args.coder_as) as project:
        yield project


def say(sentence: str) -> None:
    """Print a sentence for the person at the terminal; on standard error, so that standard output holds results alone."""
    print(printable(sentence), file=sys.stderr)


def printable(text: str) -> str:
    """`text` as a terminal shows it, without signs that would steer the terminal."""
    return _CONTROL.sub("\ufffd", text)


def counted(number: int, noun: str) -> str:
    """'1 quote', '2 quotes', '1,204 quotes'."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def give_json(document: Any) -> None:
    """Print the one JSON document of the command on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=1))


def give_lines(args: Namespace, lines: Sequence[dict[str, Any]], columns: Sequence[str]) -> int:
    """Print a list: as JSON whole, else as columns a person can read."""
    if args.json:
        give_json(list(lines))
        return DONE
    cells = [[_cell(line[column]) for column in columns] for line in lines]
    give_table(columns, cells)
    return DONE


def give_table(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> None:
    """Print rows under a header, columns aligned, long cells cut for the screen."""
    shown = [[_cut(cell) for cell in row] for row in (columns, *cells)]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def give_outcome(args: Namespace, outcome: Outcome, what: str, keys: Sequence[str] = BATCH) -> int:
    """Print what became of a batch: as JSON (`keys` of it), else a line of numbers; what was refused always also in words."""
    for note in outcome.notes:
        say(note)
    for refusal in outcome.refused:
        say(_on_one_line(refusal))
    if args.json:
        document = asdict(outcome)
        give_json({key: document[key] for key in keys})
    else:
        parts = {"imported": len(outcome.imported), "changed": len(outcome.changed)}
        parts |= {"skipped": len(outcome.skipped), "refused": len(outcome.refused)}
        say(f"{what}: " + ", ".join(f"{count} {name}" for name, count in parts.items() if count or name == "imported") + ".")
    return DONE


def give_refused(args: Namespace, refused: Sequence[Refusal]) -> None:
    """Print why nothing of a batch was taken, each reason, so that all can be mended at once."""
    for refusal in refused:
        say(_on_one_line(refusal))
    if args.json:
        give_json({"imported": [], "skipped": [], "refused": [asdict(refusal) for refusal in refused]})


def _on_one_line(refusal: Refusal) -> str:
    # The name of a file may hold line ends.
    return " ".join(f"{refusal.path}: {refusal.reason}".splitlines())


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Progress that draws a bar on a terminal and is silent elsewhere; meanwhile Ctrl+C asks the work to stop and be taken back."""
    progress = Progress(_draw if sys.stderr.isatty() else None)
    before = signal.signal(signal.SIGINT, lambda *_: progress.cancel())
    try:
        yield progress
    finally:
        signal.signal(signal.SIGINT, before)


def output_format(args: Namespace, known: Sequence[str]) -> str:
    """The format asked for: `--format`, else the ending of the file. Exits with 2, as wrong usage does, when it is none of `known`."""
    chosen = str(args.format or Path(args.output).suffix.lstrip(".")).lower()
    if chosen not in known:
        args.parser.error(f"'{chosen}' is not a format of this command: use {', '.join(known)}")
    if resolved(Path(args.output)) == resolved(Path(args.file)):
        args.parser.error(f"{args.output} is the project itself: give the name of another file")
    return chosen


def add_output(parser: ArgumentParser, *, required: bool = False) -> None:
    """The options that name the file to write."""
    parser.add_argument("-o", "--output", metavar="FILE", required=required, help="the file to write; its ending says the format")
    parser.add_argument("--format", help="the format, where the ending does not say it")


def add_where(parser: ArgumentParser) -> None:
    """The option that filters by attribute."""
    meaning = "only what has this value; also case=, source=, coder= and language="
    parser.add_argument("--where", action="append", type=condition, default=[], metavar="ATTR=VALUE", help=meaning)


def condition(written: str) -> tuple[str, str]:
    """A name and a value, as ATTRIBUTE=VALUE on the command line."""
    name, sign, value = (part.strip() for part in written.partition("="))
    if not (name and sign and value):
        raise ArgumentTypeError(f"'{written}' is not written as ATTRIBUTE=VALUE")
    return name, value


def add_strict(parser: ArgumentParser) -> None:
    """The option that lets one refusal stop everything."""
    parser.add_argument("--strict", action="store_true", help="write nothing if anything is refused")


def _draw(what: str, done: int, total: int) -> None:
    if not total:
        print(f"\r{what}: {done:,}", end="", file=sys.stderr, flush=True)
        return
    filled = _BAR * done // total
    end = "\n" if done == total else ""
    print(f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {what}: {done:,} of {total:,}", end=end, file=sys.stderr, flush=True)


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)


def _cut(cell: str) -> str:
    line = printable(" ".join(cell.split()))
    return line if len(line) <= _WIDEST else line[: _WIDEST - 1] + "…"
