from __future__ import annotations

from pathlib import Path

from qcode import create_project, open_project
from qcode.model.reading import ReadingStatus
from qcode.operations.readings import mark_readings
from qcode.operations.sources import Belonging, add_pasted
from qcode.views.file_state import FileState, file_state
from qcode.views.summary import NextActs, Summary, next_acts, project_summary


def test_a_project_in_a_few_words(tmp_path: Path) -> None:
    with create_project(tmp_path / "a.qcode", "Title", coder="Anna") as project:
        add_pasted(project, "one", "Words.", Belonging("Kyrgyzstan > Osh"))
        add_pasted(project, "two", "More words.")
        mark_readings(project, ["one"], ReadingStatus.FINISHED, "Anna")
        mark_readings(project, ["one"], ReadingStatus.FINISHED, "Berik")
        assert project_summary(project) == Summary("Title", 2, 1, 1)


def test_what_undo_and_redo_would_do(tmp_path: Path) -> None:
    with create_project(tmp_path / "a.qcode", "Title") as project:
        add_pasted(project, "one", "Words.")
        add_pasted(project, "two", "More words.")
        assert next_acts(project) == NextActs("Paste two", "")
        project.undo()
        assert next_acts(project) == NextActs("Paste one", "Paste two")
        project.redo()
        assert next_acts(project).redo == ""
    with open_project(tmp_path / "a.qcode") as project:
        assert next_acts(project).undo == "Paste two"
    with open_project(tmp_path / "a.qcode", read_only=True) as project:
        assert next_acts(project) == NextActs()


def test_a_file_that_is_open_says_who_has_it(tmp_path: Path) -> None:
    path = tmp_path / "a.qcode"
    assert file_state(path) == FileState(False)
    with create_project(path):
        state = file_state(path)
        assert state.exists
        assert state.host
        assert state.since
    assert file_state(path) == FileState(True)
