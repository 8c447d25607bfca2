"""A stick that was pulled, a share that no longer answers, a folder that was closed: each has its sentence, and nothing is lost."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QListView, QPushButton
from pytestqt.qtbot import QtBot

from qcode import open_project
from qcode.operations.sources import add_pasted
from qcode.views.lists import list_sources
from tests.test_found import LONG, shut
from ui.main_window import MainWindow
from ui.sheets.export_sheet import ExportRequest, ExportSheet, export_from

UNREACHABLE = [errno.EACCES, errno.EIO, errno.ESTALE, errno.ENOTCONN]


def said(window: MainWindow) -> list[str]:
    """The strips that are shown."""
    return [f"{message.lead}: {message.text}" for message in window.strips.messages()]


@pytest.mark.parametrize("number", UNREACHABLE)
def test_the_open_project_out_of_reach(
    opened: MainWindow, project_file: Path, tmp_path: Path, number: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = opened.desk.workspace
    assert workspace is not None
    with monkeypatch.context() as patch:
        shut(patch, project_file.parent, number)
        with qtbot.waitSignal(opened.desk.vanished):
            add_pasted(workspace.project, "Just now", "Words.")
        (sentence,) = said(opened)
        assert sentence.startswith(f"File out of reach: {project_file} cannot be reached")
        assert sentence.endswith("save a copy of it.")
        # What is not there any more is not looked for again and again.
        opened.desk.look()
        assert len(said(opened)) == 1
    with qtbot.waitSignal(opened.desk.returned):
        opened.desk.look()
    assert said(opened) == []
    opened.verbs.close_project()
    with open_project(project_file, read_only=True) as project:
        assert "Just now" in [line["name"] for line in list_sources(project)]


def test_closing_what_is_out_of_reach_keeps_it(opened: MainWindow, project_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = opened.desk.workspace
    assert workspace is not None
    with monkeypatch.context() as patch:
        shut(patch, project_file.parent, errno.EACCES)
        add_pasted(workspace.project, "Just now", "Words.")
        opened.desk.look()
        opened.verbs.close_project()
    assert opened.desk.workspace is None
    assert opened.stack.currentWidget() is opened.start
    assert any("All that was in it is kept" in sentence for sentence in said(opened))


def test_closing_lets_go_even_where_no_copy_can_be_kept(
    opened: MainWindow, project_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no folder").write_text("x")
    with monkeypatch.context() as patch:
        shut(patch, project_file.parent, errno.EIO)
        patch.setenv("QCODE_DATA", str(tmp_path / "no folder"))
        opened.desk.look()
        opened.verbs.close_project()
    assert opened.desk.workspace is None
    assert any("no copy could be made of it" in sentence for sentence in said(opened))


@pytest.mark.parametrize("number", UNREACHABLE)
def test_a_recent_project_out_of_reach(window: MainWindow, project_file: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    window.settings.note_recent({"path": str(project_file), "title": "Small project"})
    with monkeypatch.context() as patch:
        shut(patch, project_file.parent, number)
        window.start.refresh()
        recent = window.start.findChild(QListView)
        assert recent is not None
        recent.setFocus()
        recent.setCurrentIndex(recent.model().index(0, 0))
        QTest.keyClick(recent, Qt.Key.Key_Return)
    sheet = window.sheets.sheet
    assert sheet is not None
    words = " ".join(label.text() for label in sheet.findChildren(QLabel))
    assert "Small project cannot be reached" in words
    assert f"{project_file} cannot be reached" in words
    assert {"Forget it", "Locate…"} <= {button.text() for button in sheet.findChildren(QPushButton)}


def test_a_name_that_is_too_long_is_said_by_every_verb(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / LONG), ""))
    monkeypatch.setattr(opened.files, "open_one", lambda *_: tmp_path / f"{LONG}.qcode")
    verbs = opened.verbs
    for act in (verbs.save_copy, verbs.new_project, verbs.choose_project, verbs.recover):
        opened.strips.clear()
        act()
        qtbot.waitUntil(lambda: bool(said(opened)))
        assert all(f"{LONG[:60]}" in sentence and "fault of qcode" not in sentence for sentence in said(opened)), act
        qtbot.waitUntil(lambda: not opened.desk.tasks.running)


@pytest.mark.parametrize(("name", "words"), [(LONG, "is too long"), ("none/a", "There is no folder"), ("small.qcode/a", "is not a folder")])
def test_an_export_says_before_it_closes_that_the_place_does_not_do(
    opened: MainWindow, tmp_path: Path, name: str, words: str, qtbot: QtBot
) -> None:
    written: list[Path] = []

    def write(path: Path, *_: object) -> str:
        written.append(path)
        return "Done."

    assert export_from(opened.stack, ExportRequest("Export", "matrix", write, ("csv",)), tmp_path)
    sheet = opened.sheets.sheet
    assert isinstance(sheet, ExportSheet)
    field = sheet.findChild(QLineEdit)
    export = next(button for button in sheet.findChildren(QPushButton) if button.text() == "Export")
    assert field is not None
    field.setText(str(tmp_path / name))
    QTest.mouseClick(export, Qt.MouseButton.LeftButton)
    assert opened.sheets.sheet is sheet
    assert any(words in label.text() for label in sheet.findChildren(QLabel) if label.isVisible())
    field.clear()
    QTest.keyClicks(field, str(tmp_path / "good"))
    QTest.mouseClick(export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: said(opened) == [": Done."])
    assert written == [tmp_path / "good.csv"]
