"""The command line as a person types it, inside this process: exit code, results and sentences of each command."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qcode.cli.main import main


@dataclass(frozen=True)
class Said:
    """What one command gave: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def sentences(self) -> list[str]:
        """The lines for the person, without empty ones."""
        return [line for line in self.err.splitlines() if line.strip()]

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


def say(*words: str | Path) -> Said:
    """What `qcode WORDS` does, whatever comes of it."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(word) for word in words])
        except SystemExit as stop:
            code = int(stop.code or 0)
    return Said(code, out.getvalue(), err.getvalue())


def do(*words: str | Path) -> Said:
    """As `say`, of a command that must succeed."""
    said = say(*words)
    assert said.code == 0, f"{' '.join(map(str, words))}: {said.err}"
    return said


def ask(*words: str | Path) -> Any:
    """The JSON document of a command that must succeed."""
    return do(*words, "--json").document


def content_hash(project: Path) -> str:
    """What `info` says of the content, after `check` found nothing wrong with the project."""
    checked = say("check", project, "--json")
    assert (checked.code, checked.document) == (0, {"problems": []}), checked.err
    found: str = ask("info", project)["content_hash"]
    return found


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """A csv file as a spreadsheet program would save it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path
