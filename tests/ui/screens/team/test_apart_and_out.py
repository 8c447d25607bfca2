"""A project that was begun apart is merged by what is ticked, and one person's work is taken out again; by keys and by mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QListView, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from qcode import Project, create_project, open_project
from qcode.operations.codes import create_code
from qcode.operations.handout import handout
from qcode.operations.purge import purge_source
from qcode.operations.sources import add_pasted
from qcode.views.coding_codes import CodeList
from qcode.views.lists import list_sources
from qcode.views.merges import read_merges
from ui.main_window import MainWindow
from ui.screens.team.begun_apart import MatchModel, MatchSheet
from ui.screens.team.screen import TeamScreen
from ui.screens.team.taking_out import TakeOutSheet

LEFT, Key = Qt.MouseButton.LeftButton, Qt.Key


def team(window: MainWindow) -> TeamScreen:
    window.show_screen("team")
    shown = window.screen_now()
    assert isinstance(shown, TeamScreen)
    return shown


def project_of(window: MainWindow) -> Project:
    assert window.desk.workspace is not None
    return window.desk.workspace.project


def code_names(project: Project) -> list[str]:
    return sorted(code.name for code in CodeList(project).codes.values())


@pytest.fixture
def sheet(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> MatchSheet:
    """The matches of a project that was begun apart: a code of one of ours, one of nearly its name, and one source of its own."""
    project = project_of(opened)
    create_code(project, "Exit interviews")
    create_code(project, "Return migration")
    with create_project(tmp_path / "apart.qcode", "Apart", coder="Firuz R.") as other:
        create_code(other, "Exit interviews")
        create_code(other, "Returned migration")
        add_pasted(other, "Only there.txt", "Nobody else has this.")
    team(opened).take_files([tmp_path / "apart.qcode"])
    qtbot.waitUntil(lambda: isinstance(opened.sheets.sheet, MatchSheet), timeout=10_000)
    shown = opened.sheets.sheet
    assert isinstance(shown, MatchSheet)
    return shown


def row_of(model: MatchModel, title: str) -> int:
    found = ((row, model.match_at(model.index(row))) for row in range(model.rowCount()))
    return next(row for row, match in found if match is not None and match.other_title == title)


def box_of(view: QListView, row: int) -> QPoint:
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    option.rect = view.visualRect(view.model().index(row, 0))
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
    return view.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, view).center()


def test_what_is_sure_is_ticked_and_the_near_is_asked(sheet: MatchSheet) -> None:
    model = sheet.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    sure, near = (model.match_at(model.index(row_of(model, name))) for name in ("Exit interviews", "Returned migration"))
    assert sure is not None
    assert near is not None
    assert (sure.id in model.same, near.id in model.same) == (True, False)
    assert str(model.index(0).data()).startswith("Codes (")
    assert model.index(0).data(Qt.ItemDataRole.CheckStateRole) is None
    assert (
        model.index(row_of(model, "Returned migration")).data() == f"Return migration  =  Returned migration  ·  near name, {near.alike} %"
    )


def test_a_box_is_ticked_by_key_and_mouse_and_merged(sheet: MatchSheet, opened: MainWindow, qtbot: QtBot) -> None:
    model, view, project = sheet.model, sheet.view, project_of(opened)
    before = set(model.same)
    near = model.index(row_of(model, "Returned migration"))
    view.setCurrentIndex(near)
    assert view.hasFocus()
    QTest.keyClick(view, Key.Key_Space)
    assert len(model.same) == len(before) + 1
    QTest.mouseClick(view.viewport(), LEFT, pos=box_of(view, near.row()))
    assert model.same == before
    QTest.mouseClick(sheet.every, LEFT)
    assert sheet.button.text() == f"Merge, {len(before) + 1} the same"
    sheet.button.setFocus()
    QTest.keyClick(sheet.button, Key.Key_Space)
    qtbot.waitUntil(lambda: any("apart.qcode is merged" in one.text for one in opened.strips.messages()), timeout=10_000)
    names = code_names(project)
    assert [name for name in names if "xit" in name or "igra" in name] == ["Exit interviews", "Return migration"], names
    assert (names.count("Exit interviews"), names.count("Return migration"), names.count("Returned migration")) == (1, 1, 0)
    assert "Only there.txt" in {line["name"] for line in list_sources(project)}


def test_what_was_withdrawn_stands_by_itself_and_says_that_it_leaves(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    project = project_of(opened)
    long, short = "Nobody took over when she left. " * 10, "No notes were taken."
    with create_project(tmp_path / "apart.qcode", "Apart", coder="Firuz R.") as other:
        for name, words in (("long.txt", long), ("short.txt", short)):
            add_pasted(other, name, words)
    for name, words in (("mine.txt", long), ("other.txt", short)):
        purge_source(project, add_pasted(project, name, words))
    team(opened).take_files([tmp_path / "apart.qcode"])
    qtbot.waitUntil(lambda: isinstance(opened.sheets.sheet, MatchSheet), timeout=10_000)
    sheet = opened.sheets.sheet
    assert isinstance(sheet, MatchSheet)
    assert sheet.model.index(0).data().startswith("Withdrawn (2)")
    assert [match.title for match in sheet.model.leaving()] == ["long.txt"], "a short text may be another's by chance"
    QTest.mouseClick(sheet.every, LEFT)
    assert [match.title for match in sheet.model.leaving()] == ["long.txt"]
    assert sheet.button.text() == "Merge, 0 the same, 1 for good out of it"
    QTest.mouseClick(sheet.button, LEFT)
    qtbot.waitUntil(lambda: "short.txt" in {line["name"] for line in list_sources(project)}, timeout=10_000)
    assert "long.txt" not in {line["name"] for line in list_sources(project)}
    qtbot.waitUntil(lambda: "gone for good: long.txt" in strip_words(opened), timeout=10_000)


def strip_words(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.strips.findChildren(QLabel))


def test_escape_merges_nothing(sheet: MatchSheet, opened: MainWindow) -> None:
    before = code_names(project_of(opened))
    QTest.keyClick(sheet.view, Key.Key_Escape)
    assert opened.sheets.sheet is None
    assert (code_names(project_of(opened)), read_merges(project_of(opened))) == (before, [])


@pytest.fixture
def merged(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> TeamScreen:
    """The screen with a merge that brought a code by Firuz."""
    handout(project_of(opened), "Firuz R.", tmp_path / "copy.qcode")
    with open_project(tmp_path / "copy.qcode") as copy:
        create_code(copy, "Exit interviews")
    screen = team(opened)
    screen.take_files([tmp_path / "copy.qcode"])
    qtbot.waitUntil(lambda: screen.plan is not None, timeout=10_000)
    screen.merge()
    qtbot.waitUntil(lambda: screen.overview.number > 0 and not opened.desk.tasks.running, timeout=10_000)
    return screen


@pytest.mark.parametrize("by_key", [True, False])
def test_what_one_person_did_is_taken_out_and_comes_back_with_undo(
    merged: TeamScreen, opened: MainWindow, qtbot: QtBot, by_key: bool
) -> None:
    project, button = project_of(opened), merged.overview.out
    assert "Exit interviews" in code_names(project)
    if by_key:
        button.setFocus()
        QTest.keyClick(button, Key.Key_Space)
    else:
        QTest.mouseClick(button, LEFT)
    sheet = opened.sheets.sheet
    assert isinstance(sheet, TakeOutSheet)
    assert sheet.who.currentText() == "Firuz R."
    assert sheet.what.text().startswith("0 codings and 1 code that Firuz R. brought in this merge go.")
    if by_key:
        sheet.button.setFocus()
        QTest.keyClick(sheet.button, Key.Key_Space)
    else:
        QTest.mouseClick(sheet.button, LEFT)
    qtbot.waitUntil(lambda: "Exit interviews" not in code_names(project), timeout=10_000)
    qtbot.waitUntil(lambda: any("taken out: 1 row" in one.text for one in opened.strips.messages()), timeout=10_000)
    project.undo()
    assert "Exit interviews" in code_names(project)


def test_escape_takes_nothing_out(merged: TeamScreen, opened: MainWindow) -> None:
    merged.ask_to_take_out()
    sheet = opened.sheets.sheet
    assert isinstance(sheet, TakeOutSheet)
    QTest.keyClick(sheet.who, Key.Key_Escape)
    assert opened.sheets.sheet is None
    assert "Exit interviews" in code_names(project_of(opened))
