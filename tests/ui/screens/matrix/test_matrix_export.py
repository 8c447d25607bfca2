from __future__ import annotations

import json
from pathlib import Path

import pytest

from qcode import Project
from qcode.errors import Cancelled, UserError
from qcode.progress import Progress
from qcode.views.matrix import MatrixQuestion
from qcode.views.permission import Permission
from ui.screens.matrix.export import NOT_PERMITTED, QUOTES, UNKNOWN, export_request


def test_only_what_the_project_knows_is_asked(project: Project) -> None:
    asked = [
        export_request(project, MatrixQuestion(), known) for known in ({Permission.UNASKED: 6}, {Permission.NO: 2, Permission.UNKNOWN: 1})
    ]
    assert [[option.id for option in one.options] for one in asked] == [[QUOTES], [QUOTES, NOT_PERMITTED, UNKNOWN]]
    assert asked[0].formats[0] == "xlsx"


@pytest.mark.parametrize(
    ("kind", "chosen", "words"),
    [
        ("xlsx", {QUOTES}, ""),
        ("xlsx", {QUOTES, NOT_PERMITTED}, "2 quotes not to be quoted; they still count in the numbers."),
        ("xlsx", {QUOTES, UNKNOWN}, "1 quote of unknown permission; they still count in the numbers."),
        ("xlsx", set(), "all quotes; their numbers stay."),
        ("csv", {QUOTES}, "all quotes; their numbers stay."),
        ("json", {QUOTES}, "the words of the quotes; their IDs are in it."),
    ],
)
def test_it_says_what_is_left_out(project: Project, kind: str, chosen: set[str], words: str) -> None:
    request = export_request(project, MatrixQuestion(), {Permission.NO: 2, Permission.UNKNOWN: 1})
    assert " ".join(request.left_out(kind, frozenset(chosen))) == words


@pytest.mark.parametrize(("chosen", "quotes"), [({QUOTES}, 6), (set(), 0)])
def test_it_writes_what_was_asked(project: Project, tmp_path: Path, chosen: set[str], quotes: int) -> None:
    request = export_request(project, MatrixQuestion(), {})
    sentence = request.write(tmp_path / "m.json", "json", frozenset(chosen), Progress())
    assert sentence == ("m.json was written with the IDs of 6 quotes." if quotes else "m.json was written.")
    lines = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))["quotes"]
    assert sum(len(cell) for line in lines for cell in line) == quotes


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html", "csv", "md", "json"])
def test_every_format_does_without_quotes(project: Project, tmp_path: Path, kind: str) -> None:
    export_request(project, MatrixQuestion(), {}).write(tmp_path / f"m.{kind}", kind, frozenset(), Progress())
    assert (tmp_path / f"m.{kind}").stat().st_size > 50


@pytest.mark.parametrize("kind", ["xlsx", "docx", "html", "md"])
def test_what_is_stopped_leaves_no_file(project: Project, tmp_path: Path, kind: str) -> None:
    progress = Progress(lambda what, done, total: progress.cancel() if what == "Read the quotes" and done == total else None)
    request = export_request(project, MatrixQuestion(), {})
    assert request.can_stop
    with pytest.raises(Cancelled):
        request.write(tmp_path / f"m.{kind}", kind, frozenset({QUOTES}), progress)
    assert list(tmp_path.glob("*m.*")) == []


@pytest.mark.parametrize(("kind", "most"), [("docx", 10_000), ("html", 20_000)])
def test_too_many_quotes_are_refused_before_they_are_read(project: Project, tmp_path: Path, kind: str, most: int) -> None:
    read: list[str] = []
    progress = Progress(lambda what, done, total: read.append(what))
    request = export_request(project, MatrixQuestion(), {Permission.NO: 2, Permission.UNASKED: most - 1})
    with pytest.raises(UserError, match=f"{most + 1:,} quotes are too many for m.{kind}"):
        request.write(tmp_path / f"m.{kind}", kind, frozenset({QUOTES}), progress)
    assert read == []
    for chosen in ({QUOTES, NOT_PERMITTED}, set()):
        request.write(tmp_path / f"m.{kind}", kind, frozenset(chosen), progress)
