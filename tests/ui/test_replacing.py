"""Nothing that is there is replaced unless somebody was asked about that very name."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from qcode import create_project, open_project
from qcode.errors import UserError
from qcode.operations.sources import add_pasted
from qcode.views.lists import list_sources
from ui.files import with_ending
from ui.main_window import MainWindow
from ui.open_file import copy_to, make_file


def choose(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    """What is chosen in the system's dialog, one time after the other; then it is left."""
    answers = [*(str(path) for path in paths), ""]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (answers.pop(0), ""))


def answer(words: str, said: list[str]) -> None:
    """Press a button of the question that will come."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(box.text())
        next(button for button in box.buttons() if button.text() == words).click()

    QTimer.singleShot(0, press)


@pytest.mark.parametrize("name", ["small", "Evaluation 2.0"])
def test_a_new_project_asks_before_the_name_with_its_ending_is_taken(
    window: MainWindow, project_file: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = project_file.rename(project_file.with_name(f"{name}.qcode"))
    before, said = there.read_bytes(), []
    choose(monkeypatch, there.with_name(name))
    answer("Choose another name", said)
    window.verbs.new_project()
    assert said == [f"{name}.qcode exists already. Replacing it deletes what is in it."]
    assert not window.desk.tasks.running
    assert there.read_bytes() == before


def test_what_was_asked_about_is_replaced(
    window: MainWindow, project_file: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    choose(monkeypatch, project_file.with_name("small"))
    answer("Replace", [])
    with qtbot.waitSignal(window.desk.opened):
        window.verbs.new_project()
    workspace = window.desk.workspace
    assert workspace is not None
    assert workspace.project.path == project_file
    assert list_sources(workspace.project) == []
    assert [path.name for path in project_file.parent.glob("*.begun*")] == []


def test_what_is_there_stays_until_the_new_one_is_whole(project_file: Path) -> None:
    before = project_file.read_bytes()
    with pytest.raises(UserError, match="no template"):
        make_file(project_file, "unknown")
    assert project_file.read_bytes() == before
    assert [path.name for path in project_file.parent.glob("*.begun*")] == []


def test_a_copy_takes_the_place_of_no_project_that_is_open(project_file: Path, tmp_path: Path) -> None:
    with open_project(project_file) as project:
        other = copy_to(project, tmp_path / "other.qcode")
        before = other.stat().st_ino
        with open_project(other), pytest.raises(UserError, match=r"other\.qcode is open here"):
            copy_to(project, other)
        assert other.stat().st_ino == before
        (tmp_path / "other.qcode-wal").write_bytes(b"work")
        with pytest.raises(UserError, match="was not closed properly"):
            copy_to(project, other)
        for itself in (project_file, project_file.parent / "." / project_file.name):
            with pytest.raises(UserError, match="is the project itself"):
                copy_to(project, itself)
    with open_project(project_file, read_only=True) as project, pytest.raises(UserError, match="is the project itself"):
        copy_to(project, project_file)


@pytest.mark.parametrize(
    ("name", "ended"), [("v2.1", "v2.1.xlsx"), ("v2.xlsx", "v2.xlsx"), ("V2.XLSX", "V2.XLSX"), ("mine", "mine.xlsx")]
)
def test_an_ending_is_added_and_nothing_cut(name: str, ended: str) -> None:
    assert with_ending(Path(name), ".xlsx") == Path(ended)


def test_another_file_in_the_place_of_the_open_one_is_said_and_the_work_kept(
    opened: MainWindow, project_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    create_project(tmp_path / "theirs.qcode", "Theirs").close()
    workspace = opened.desk.workspace
    assert workspace is not None
    with qtbot.waitSignal(opened.desk.replaced):
        (tmp_path / "theirs.qcode").replace(project_file)
    assert [message.lead for message in opened.strips.messages()] == ["File replaced"]
    add_pasted(workspace.project, "Just now", "Words.")
    opened.verbs.close_project()
    kept = tmp_path / "small (kept).qcode"
    assert any("small (kept).qcode" in message.text for message in opened.strips.messages())
    with open_project(kept, read_only=True) as project:
        assert "Just now" in [line["name"] for line in list_sources(project)]
    with open_project(project_file, read_only=True) as project:
        assert list_sources(project) == []


def test_a_file_that_is_gone_before_anything_was_done_loses_nothing(opened: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    workspace = opened.desk.workspace
    assert workspace is not None
    with qtbot.waitSignal(opened.desk.vanished):
        project_file.unlink()
    add_pasted(workspace.project, "Just now", "Words.")
    opened.verbs.close_project()
    assert any("All that was in it is kept" in message.text for message in opened.strips.messages())
