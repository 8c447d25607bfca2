"""What a thing to settle is called, and what its values say: words in which somebody can choose."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from qcode import Project, open_project
from qcode.model.merging import Conflict
from qcode.model.reading import ReadingStatus
from qcode.operations.codes import create_code
from qcode.operations.merging import merge_files
from qcode.operations.readings import mark_reading
from qcode.views.conflicts import open_conflicts
from tests.merge.laws.team import edit_text
from tests.operations.examples import example

TEXT = "Trainers were paid late.\n\nNobody knew why.\n"


def differ(folder: Path, mine: Callable[[Project, str], object], theirs: Callable[[Project, str], object]) -> Conflict:
    """What is to be settled after two people did something to one source, each in a copy."""
    here = example(folder / "mine.qcode")
    here.project.close()
    copy = folder / "theirs.qcode"
    shutil.copyfile(folder / "mine.qcode", copy)
    for path, work in ((folder / "mine.qcode", mine), (copy, theirs)):
        with open_project(path, coder="Ada") as project:
            work(project, here.note)
    with open_project(folder / "mine.qcode", coder="Ada") as project:
        merge_files(project, [copy])
        (conflict,) = open_conflicts(project)
        return conflict


def test_texts_that_differ_say_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    conflict = differ(
        tmp_path, lambda p, s: edit_text(p, s, TEXT + "The mayor came."), lambda p, s: edit_text(p, s, TEXT + "The mayor left.")
    )
    assert (conflict.table, conflict.field) == ("sources", "text")
    assert sorted(said.words.rpartition("The ")[2] for said in conflict.values) == ["mayor came.", "mayor left."]


def test_readings_that_differ_by_the_codes_they_knew_say_how_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))

    def with_a_new_code(project: Project, source: str) -> None:
        create_code(project, "New")
        mark_reading(project, source, ReadingStatus.FINISHED, "Bo")

    conflict = differ(tmp_path, lambda p, s: mark_reading(p, s, ReadingStatus.FINISHED, "Bo"), with_a_new_code)
    assert (conflict.table, conflict.field) == ("readings", "status")
    assert sorted(said.words for said in conflict.values) == ["finished, knowing 3 codes", "finished, knowing 4 codes"]
