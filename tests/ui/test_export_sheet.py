from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from qcode.progress import Progress
from ui.main_window import MainWindow
from ui.sheets.export_sheet import ExportRequest, ExportSheet, Option, export_from


@pytest.fixture
def written() -> list[tuple[Path, str, frozenset[str]]]:
    return []


@pytest.fixture
def request_of(written: list[tuple[Path, str, frozenset[str]]]) -> ExportRequest:
    def write(path: Path, kind: str, options: frozenset[str], progress: Progress) -> str:
        written.append((path, kind, options))
        return f"{path.name} was written."

    options = (Option("quotes", "The quotes"), Option("links", "Links", formats=("xlsx",)))

    def left_out(kind: str, options: frozenset[str]) -> list[str]:
        return [] if "quotes" in options else ["the quotes."]

    return ExportRequest("Export the matrix", "matrix", write, ("xlsx", "csv"), options, left_out)


def test_it_asks_says_what_is_left_out_and_writes(
    opened: MainWindow, request_of: ExportRequest, written: list[tuple[Path, str, frozenset[str]]], tmp_path: Path, qtbot: QtBot
) -> None:
    assert export_from(opened.stack, request_of, tmp_path)
    sheet = opened.sheets.sheet
    assert isinstance(sheet, ExportSheet)
    box = sheet.findChild(QComboBox)
    assert box is not None
    box.setCurrentIndex(1)
    field = sheet.findChild(QLineEdit)
    assert field is not None
    assert field.text() == str(tmp_path / "matrix.csv")
    quotes, links = sheet.findChildren(QCheckBox)
    assert not links.isEnabled()
    assert "cannot hold" in links.toolTip()
    quotes.setChecked(False)
    assert any("the quotes." in label.text() for label in sheet.findChildren(QLabel))
    export = next(each for each in sheet.findChildren(QPushButton) if each.text() == "Export")
    QTest.mouseClick(export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(opened.strips.messages()))
    assert written == [(tmp_path / "matrix.csv", "csv", frozenset())]
    assert opened.strips.messages()[0].text == "matrix.csv was written."


def test_outside_the_window_it_is_not_asked(request_of: ExportRequest, tmp_path: Path, qtbot: QtBot) -> None:
    label = QLabel("alone")
    qtbot.addWidget(label)
    assert not export_from(label, request_of, tmp_path)


def answer(window: MainWindow, name: str) -> QLineEdit:
    """Type a file's name into the sheet and press its main button."""
    sheet = window.sheets.sheet
    assert sheet is not None
    field = sheet.findChild(QLineEdit)
    assert field is not None
    field.setText(name)
    press_main(window)
    return field


def press_main(window: MainWindow) -> None:
    sheet = window.sheets.sheet
    assert sheet is not None
    QTest.mouseClick(sheet.findChildren(QPushButton)[-1], Qt.MouseButton.LeftButton)


def test_a_dot_in_the_name_is_part_of_the_name(
    opened: MainWindow, request_of: ExportRequest, written: list[tuple[Path, str, frozenset[str]]], tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "v2.xlsx").write_text("another", encoding="utf-8")
    export_from(opened.stack, request_of, tmp_path)
    answer(opened, str(tmp_path / "v2.1"))
    qtbot.waitUntil(lambda: bool(written))
    assert written[0][0] == tmp_path / "v2.1.xlsx"


def test_a_file_that_is_there_is_replaced_only_when_that_is_said(
    opened: MainWindow, request_of: ExportRequest, written: list[tuple[Path, str, frozenset[str]]], tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "mine.xlsx").write_text("before", encoding="utf-8")
    export_from(opened.stack, request_of, tmp_path)
    field = answer(opened, str(tmp_path / "mine"))
    sheet = opened.sheets.sheet
    assert isinstance(sheet, ExportSheet)
    assert sheet.findChildren(QPushButton)[-1].text() == "Replace"
    assert any("mine.xlsx exists already" in label.text() for label in sheet.findChildren(QLabel))
    field.setText(str(tmp_path / "other"))
    assert sheet.findChildren(QPushButton)[-1].text() == "Export"
    field.setText(str(tmp_path / "mine.xlsx"))
    press_main(opened)
    qtbot.waitUntil(lambda: bool(written))
    assert [path for path, _, _ in written] == [tmp_path / "mine.xlsx"]


def test_another_format_leaves_an_empty_name_empty(opened: MainWindow, request_of: ExportRequest, tmp_path: Path) -> None:
    export_from(opened.stack, request_of, tmp_path)
    sheet = opened.sheets.sheet
    assert isinstance(sheet, ExportSheet)
    field, box = sheet.findChild(QLineEdit), sheet.findChild(QComboBox)
    assert field is not None
    assert box is not None
    field.clear()
    box.setCurrentIndex(1)
    assert field.text() == ""
    field.setText("v2.1")
    box.setCurrentIndex(0)
    assert field.text() == "v2.1.xlsx"


@pytest.mark.parametrize("before", [True, False])
def test_a_stopped_export_says_what_became_of_the_file(opened: MainWindow, tmp_path: Path, qtbot: QtBot, before: bool) -> None:
    target, begun, go_on = tmp_path / "matrix.csv", Event(), Event()
    if before:
        target.write_text("old", encoding="utf-8")

    def write(path: Path, kind: str, options: frozenset[str], progress: Progress) -> str:
        begun.set()
        assert go_on.wait(10)
        progress.step("Write", 0, 1)
        return "written"

    opened.exporting.ask(ExportRequest("Export the matrix", "matrix", write, ("csv",), can_stop=True), tmp_path)
    answer(opened, str(target))
    if before:
        press_main(opened)
    assert begun.wait(10)
    next(task for task in opened.desk.tasks.running if task.title == "Export the matrix").cancel()
    go_on.set()
    qtbot.waitUntil(lambda: opened.status.text().startswith("The export was stopped"))
    words = "matrix.csv is as it was before." if before else "no file was written."
    assert opened.status.text() == f"The export was stopped: {words}"
    assert opened.strips.messages() == []
