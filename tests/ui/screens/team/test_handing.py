"""Copies go out, work is handed in as a change file, and dropped on the window it is shown for merging."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from qcode import open_project
from qcode.operations.codes import create_code
from qcode.operations.handout import hand_in, handout
from qcode.views.lists import list_sources
from qcode.views.merges import countries_of
from qcode.views.team import handed_out_copies
from ui.main_window import MainWindow
from ui.screens.team.handout_sheet import HandOutSheet
from ui.screens.team.screen import TeamScreen


def team(window: MainWindow) -> TeamScreen:
    window.show_screen("team")
    shown = window.screen_now()
    assert isinstance(shown, TeamScreen)
    return shown


def test_a_copy_is_handed_out(opened: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "for Baktygul.qcode"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    assert opened.desk.workspace is not None
    project = opened.desk.workspace.project
    team(opened).handing.ask()
    qtbot.waitUntil(lambda: isinstance(opened.sheets.sheet, HandOutSheet))
    sheet = opened.sheets.sheet
    assert isinstance(sheet, HandOutSheet)
    assert not sheet.button.isEnabled(), "nobody is named yet"
    sheet.who.setEditText("Baktygul T.")
    sheet.where.setCurrentIndex(1)
    sheet.blind.setChecked(True)
    sheet.button.click()
    qtbot.waitUntil(lambda: bool(opened.strips.messages()), timeout=10_000)
    assert opened.strips.messages()[0].text == "for Baktygul.qcode is a copy for Baktygul T."
    (given,) = handed_out_copies(project)
    assert (given.coder, given.blind, given.partial, given.locked) == ("Baktygul T.", True, True, False)
    with open_project(target, read_only=True) as copy:
        assert {str(line["name"]).split("/")[0] for line in list_sources(copy)} == {countries_of(project)[0].name}
        assert copy.coder == "Baktygul T."


def test_change_files_dropped_anywhere_are_shown_for_merging(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    assert opened.desk.workspace is not None
    handout(opened.desk.workspace.project, "Firuz R.", tmp_path / "copy.qcode")
    with open_project(tmp_path / "copy.qcode") as copy:
        create_code(copy, "Exit interviews")
        hand_in(copy, tmp_path / "back.qchange")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "back.qchange"))])
    opened.show_screen("coding")
    assert "merging" in opened.verbs.what_a_drop_does([tmp_path / "back.qchange"])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    opened.dropEvent(QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, buttons, none))
    qtbot.waitUntil(lambda: team(opened).plan is not None, timeout=10_000)
    plan = team(opened).plan
    assert plan is not None
    assert [(one.coder, one.new_codes) for one in plan.contributions] == [("Firuz R.", 1)]


def test_work_is_handed_in(window: MainWindow, project_file: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_project(project_file) as project:
        handout(project, "Firuz R.", tmp_path / "copy.qcode")
    with open_project(tmp_path / "copy.qcode") as copy:
        create_code(copy, "Exit interviews")
    with qtbot.waitSignal(window.desk.opened):
        window.verbs.open_path(tmp_path / "copy.qcode")
    target = tmp_path / "back.qchange"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    team(window).handing.hand_in()
    qtbot.waitUntil(lambda: any("back.qchange" in message.text for message in window.strips.messages()), timeout=10_000)
    assert target.stat().st_size > 100
