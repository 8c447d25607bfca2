from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from qcode import create_project
from qcode.operations.sources import add_pasted
from qcode.views.lists import list_cases, list_codes, list_sources
from ui.main_window import MainWindow
from ui.screens.coding import CodingScreen
from ui.sheets.import_sheet import CaseChoice, ImportSheet, IntakeModel
from ui.sheets.list_sheet import ListSheet
from ui.sheets.paste_sheet import PasteSheet


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    (folder / "Kazakhstan").mkdir(parents=True)
    (folder / "Kazakhstan" / "KAZ01.txt").write_text("Words of one.", encoding="utf-8")
    (folder / "KAZ02.txt").write_text("Words of another.", encoding="utf-8")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "empty.txt").touch()
    return folder


def sheet_with(window: MainWindow, qtbot: QtBot, *paths: Path) -> ImportSheet:
    window.bring_in.show_sheet(list(paths))
    sheet = window.sheets.sheet
    assert isinstance(sheet, ImportSheet)
    qtbot.waitUntil(lambda: sheet.model.rowCount() > 0)
    return sheet


def button(sheet: object, begins: str) -> QPushButton:
    assert isinstance(sheet, (ImportSheet, ListSheet))
    return next(each for each in sheet.findChildren(QPushButton) if each.text().startswith(begins))


def cells(model: IntakeModel) -> dict[str, list[str]]:
    rows = [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]
    return {row[0]: row[1:] for row in rows}


def names(window: MainWindow) -> list[str]:
    assert window.desk.workspace is not None
    return [line["name"] for line in list_sources(window.desk.workspace.project)]


def test_the_sheet_says_what_each_file_becomes_and_writes_nothing(opened: MainWindow, notes: Path, qtbot: QtBot) -> None:
    before = names(opened)
    sheet = sheet_with(opened, qtbot, notes)
    QAbstractItemModelTester(sheet.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    said = cells(sheet.model)
    assert said["Kazakhstan/KAZ01.txt"] == ["Text", "13", "Kazakhstan", "A new source"]
    assert said["KAZ02.txt"][2] == "notes"
    assert "which qcode does not read" in said["old.doc"][3]
    assert "2 of 4 files become sources." in sheet.explanation.text()
    assert button(sheet, "Import").text() == "Import 2 files"
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert opened.sheets.sheet is None
    assert names(opened) == before


def test_the_choice_of_the_case_is_shown_and_used(opened: MainWindow, notes: Path, qtbot: QtBot) -> None:
    sheet = sheet_with(opened, qtbot, notes)
    cases, which = sheet.findChildren(QComboBox)[:2]
    cases.setCurrentIndex(cases.findData(CaseChoice.ONE.value))
    which.setEditText("Regional")
    assert cells(sheet.model)["KAZ02.txt"][2] == "Regional"
    assert sheet.belonging().case == "Regional"
    QTest.mouseClick(button(sheet, "Import"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "KAZ02.txt" in names(opened))
    assert opened.desk.workspace is not None
    project = opened.desk.workspace.project
    assert {line["name"]: line["cases"] for line in list_sources(project)}["KAZ02.txt"] == ["Regional"]


def test_import_is_one_act_and_the_strip_shows_the_others(opened: MainWindow, notes: Path, qtbot: QtBot) -> None:
    before = names(opened)
    sheet = sheet_with(opened, qtbot, notes)
    QTest.mouseClick(button(sheet, "Import"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(opened.strips.messages()))
    (message,) = opened.strips.messages()
    assert message.text == "2 of 4 files imported. 2 files were left out."
    assert message.button == "Show the others"
    assert message.act is not None
    message.act()
    shown = opened.sheets.sheet
    assert isinstance(shown, ListSheet)
    assert len(shown.lines) == 2
    QTest.mouseClick(button(shown, "Copy"), Qt.MouseButton.LeftButton)
    assert "old.doc" in QGuiApplication.clipboard().text()
    opened.sheets.close_sheet()
    opened.actions_made.run("edit.undo")
    qtbot.waitUntil(lambda: names(opened) == before)
    qtbot.waitUntil(lambda: opened.strips.messages() == [], timeout=5000)


def test_pasted_text_is_kept_as_the_clipboard_has_it(opened: MainWindow, qtbot: QtBot) -> None:
    text = "First line\u2028still first,\u00a0with e\u0301 and 😀\n\nЕщё одна строка"
    QGuiApplication.clipboard().setText(text)
    opened.actions_made.run("project.paste")
    sheet = opened.sheets.sheet
    assert sheet is not None
    name = sheet.findChildren(QLineEdit)[0]
    name.setText("Pasted")
    QTest.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Pasted" in names(opened))
    assert opened.desk.workspace is not None
    lines = {line["name"]: line["characters"] for line in list_sources(opened.desk.workspace.project)}
    assert lines["Pasted"] == len(text)


def test_a_name_that_is_taken_is_said_on_the_sheet_with_the_text_still_there(opened: MainWindow, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("Nobody had asked us.")
    opened.actions_made.run("project.paste")
    sheet = opened.sheets.sheet
    assert isinstance(sheet, PasteSheet)
    name = sheet.findChildren(QLineEdit)[0]
    taken = sorted(names(opened))[0]
    name.setText(taken)
    QTest.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(sheet.problem.isVisible)
    assert sheet.problem.text() == f"There is a source '{taken}' already: choose another name."
    assert opened.sheets.sheet is sheet
    QTest.keyClicks(name, " too")
    assert name.text() == " too", "the name is selected, so that typing replaces it"
    name.setText("Said")
    QTest.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Said" in names(opened) and opened.sheets.sheet is None)


def test_what_comes_into_an_empty_project_is_opened(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    create_project(tmp_path / "empty.qcode", "Empty").close()
    with qtbot.waitSignal(window.desk.opened):
        window.desk.open(tmp_path / "empty.qcode")
    assert window.desk.workspace is not None
    add_pasted(window.desk.workspace.project, "First", "Nobody had asked us.")
    screen = window.screen_now()
    assert isinstance(screen, CodingScreen)
    qtbot.waitUntil(lambda: screen.text.text == "Nobody had asked us.")


def test_an_empty_clipboard_is_said(opened: MainWindow) -> None:
    QGuiApplication.clipboard().setText("  ")
    opened.actions_made.run("project.paste")
    assert opened.sheets.sheet is None
    assert "no text on the clipboard" in opened.strips.messages()[0].text


def test_codebook_and_cases_from_tables(opened: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "codes.csv").write_text("code,definition\nNew one,What it is.\nBad > name,\n", encoding="utf-8")
    (tmp_path / "cases.csv").write_text("case,population\nKyrgyzstan,7\nMongolia,3\n", encoding="utf-8")
    assert opened.desk.workspace is not None
    project = opened.desk.workspace.project
    monkeypatch.setattr(opened.files, "open_one", lambda *_: tmp_path / "codes.csv")
    opened.actions_made.run("project.codebook")
    qtbot.waitUntil(lambda: bool(opened.strips.messages()))
    assert opened.strips.messages()[0].text.startswith("codes.csv: ")
    assert "New one" in [line["code"] for line in list_codes(project)]
    monkeypatch.setattr(opened.files, "open_one", lambda *_: tmp_path / "cases.csv")
    opened.actions_made.run("project.cases")
    qtbot.waitUntil(lambda: opened.strips.messages()[0].text.startswith("cases.csv: "))
    assert "Mongolia" in [line["case"] for line in list_cases(project)]


def test_a_table_without_the_column_is_refused_in_a_sentence(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "codes.csv").write_text("name\nNew one\n", encoding="utf-8")
    monkeypatch.setattr(opened.files, "open_one", lambda *_: tmp_path / "codes.csv")
    with qtbot.waitSignal(opened.desk.failed):
        opened.actions_made.run("project.codebook")
    assert "has no column code" in opened.strips.messages()[0].text
