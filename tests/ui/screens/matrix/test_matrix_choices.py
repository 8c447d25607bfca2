from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.model.matrix import Measure
from qcode.operations.cases import set_value
from qcode.operations.codes import delete_codes
from qcode.views.lists import list_cases
from qcode.views.matrix import MatrixQuestion
from ui.screens.matrix.level_sheet import LevelSheet
from ui.screens.matrix.screen import MatrixScreen
from ui.widgets.choice_button import ChoiceButton
from ui.widgets.sheet import SheetHost
from ui.workspace import Workspace

Settle = Callable[[], None]


@pytest.fixture
def project(project: Project) -> Project:
    """The small project whose cases have a stakeholder group."""
    with project.reading() as db:
        cases = dict(db.execute("SELECT name, uuid FROM cases"))
    for name, group in (("Kyrgyzstan", "Government"), ("Tajikistan", "Unions & others"), ("Uzbekistan", "Government")):
        set_value(project, cases[name], "stakeholder group", group)
    assert list_cases(project)
    return project


def button(window: QWidget, title: str) -> ChoiceButton:
    return next(one for one in window.findChildren(ChoiceButton) if one.property("title") == title)


def entries(menu: QMenu) -> list[str]:
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def choose(window: QWidget, title: str, *path: str) -> None:
    """Choose an entry as a click on it does, down through the menus below."""
    menu = button(window, title).menu()
    for step in path:
        menu.aboutToShow.emit()
        action = next(action for action in menu.actions() if action.text() == step)
        below = action.menu()
        if isinstance(below, QMenu):
            menu = below
        else:
            action.trigger()


def test_rows_are_all_codes_or_those_below_some(screen: MatrixScreen, window: QWidget, settle: Settle) -> None:
    assert entries(button(window, "Rows").menu()) == ["All codes", "Success factors", "Constraints"]
    choose(window, "Rows", "Constraints")
    settle()
    assert [screen.model.index(row, 0).data() for row in range(screen.model.rowCount())] == ["Constraints", "Staff turnover", "Late money"]
    choose(window, "Rows", "Success factors")
    assert (screen.choosing.question.rows, button(window, "Rows").text()) == (("Success factors", "Constraints"), "2 code groups")
    choose(window, "Rows", "All codes")
    settle()
    assert (screen.choosing.question.rows, screen.model.rowCount()) == ((), 6)


def test_ticking_by_mouse_leaves_the_menu_open(window: QWidget, screen: MatrixScreen) -> None:
    menu = button(window, "Rows").menu()
    # Shown as any widget: this platform cannot hold the mouse and keyboard for a popup, and says so.
    menu.aboutToShow.emit()
    menu.setWindowFlags(Qt.WindowType.Widget)
    menu.show()
    for name in ("Success factors", "Constraints"):
        action = next(action for action in menu.actions() if action.text() == name)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
        assert menu.isVisible()
        assert action.isChecked()
    menu.close()
    assert screen.choosing.question.rows == ("Success factors", "Constraints")


def test_columns(screen: MatrixScreen, window: QWidget, settle: Settle) -> None:
    assert entries(button(window, "Columns").menu()) == [
        *("Top cases", "All cases", "stakeholder group", "Source", "Coder"),
        "Name the top cases …",
    ]
    choose(window, "Columns", "stakeholder group")
    settle()
    heads = [screen.model.headerData(column, Qt.Orientation.Horizontal) for column in range(1, 4)]
    assert heads == ["Government", "Unions & others", "All"]
    assert screen.model.shown(1, 3).beneath == "2 of 2 columns"
    assert "Name the top cases …" not in entries(button(window, "Columns").menu())


def test_the_cases_of_a_level_get_a_name(screen: MatrixScreen, window: QWidget, workspace: Workspace, settle: Settle, qtbot: QtBot) -> None:
    assert screen.model.shown(1, screen.model.totals).beneath.endswith("of 3 cases")
    window.sheets = SheetHost(window, workspace.theme)  # type: ignore[attr-defined]
    choose(window, "Columns", "Name the top cases …")
    field = window.findChild(LevelSheet).findChild(QLineEdit)
    assert field is QApplication.focusWidget()
    QTest.keyClicks(field, "Country")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: button(window, "Columns").text() == "Country")
    settle()
    assert screen.model.shown(1, screen.model.totals).beneath.endswith("of 3 countries")
    assert button(window, "Columns").accessibleName() == "Columns: Country"
    assert entries(button(window, "Columns").menu())[0] == "Country"


def test_a_name_that_cannot_be_one_is_said(screen: MatrixScreen, window: QWidget, workspace: Workspace, qtbot: QtBot) -> None:
    window.sheets = SheetHost(window, workspace.theme)  # type: ignore[attr-defined]
    choose(window, "Columns", "Name the top cases …")
    with qtbot.waitSignal(screen.said, check_params_cb=lambda words: words.startswith("There is an attribute 'stakeholder group'")):
        window.findChild(LevelSheet).wanted.emit("stakeholder group")


def test_levels_get_no_name_in_a_file_that_is_only_read(screen: MatrixScreen, window: QWidget) -> None:
    screen.choosing.may_name = lambda: False
    assert entries(button(window, "Columns").menu())[-1] == "Coder"


def test_the_layer_of_one_coder(screen: MatrixScreen, window: QWidget, settle: Settle) -> None:
    choose(window, "Layer", "Berik")
    settle()
    assert (button(window, "Layer").text(), screen.model.index(0, 4).data()) == ("Berik", "0")
    choose(window, "Layer", "Any coder")
    settle()
    assert screen.model.index(0, 4).data() == "4"


def test_a_filter_is_a_chip_and_a_click_takes_it_away(screen: MatrixScreen, window: QWidget, settle: Settle) -> None:
    choose(window, "Filter", "stakeholder group", "Unions && others")
    settle()
    assert screen.model.index(0, screen.model.totals).data() == "1"
    chip = next(one for one in window.findChildren(QToolButton) if one.text() == "stakeholder group: Unions & others")
    assert chip.accessibleName() == "Remove the filter stakeholder group = Unions & others"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    settle()
    assert (screen.choosing.question.conditions, screen.model.index(0, 4).data()) == ((), "4")


def test_what_is_gone_is_asked_for_no_longer(screen: MatrixScreen, window: QWidget, project: Project, settle: Settle, qtbot: QtBot) -> None:
    choose(window, "Rows", "Constraints")
    settle()
    with project.reading() as db:
        codes = [row[0] for row in db.execute("SELECT uuid FROM codes WHERE name IN ('Constraints', 'Staff turnover', 'Late money')")]
    delete_codes(project, codes)
    qtbot.waitUntil(lambda: screen.choosing.question.rows == ())
    settle()
    assert screen.model.rowCount() == 3


def test_a_choice_made_before_the_first_count_holds(workspace: Workspace, qtbot: QtBot) -> None:
    screen = MatrixScreen(workspace)
    qtbot.addWidget(screen)
    screen.show()
    screen.ask(MatrixQuestion(("Constraints",), "coder", Measure.SOURCES))
    qtbot.waitUntil(lambda: screen.model.rowCount() == 3 and not screen.is_busy)
    assert (screen.model.heads[0].label, screen.model.measure) == ("Anna", Measure.SOURCES)


@pytest.mark.parametrize(("width", "shown"), [(1300, {"labels", "segments"}), (800, {"segments"}), (640, {"Cells"}), (260, {"more"})])
def test_in_little_room_the_choices_fold_into_one_menu(window: QWidget, width: int, shown: set[str], screen: MatrixScreen) -> None:
    (bar,) = screen.toolbar_widgets()
    bar.setFixedWidth(width)
    window.adjustSize()
    bar.resize(width, bar.height())
    found = {
        "labels": any(one.isVisibleTo(bar) for one in bar.findChildren(QLabel)),
        "segments": any(one.isVisibleTo(bar) for one in bar.findChildren(QToolButton) if one.text() == "Presence"),
        "Cells": button(bar, "Cells").isVisibleTo(bar),
        "more": any(one.isVisibleTo(bar) for one in bar.findChildren(ChoiceButton) if one.text() == "Show"),
    }
    assert {name for name, is_shown in found.items() if is_shown} == shown


def test_the_one_menu_holds_all_choices(window: QWidget, screen: MatrixScreen) -> None:
    more = next(one for one in window.findChildren(ChoiceButton) if one.text() == "Show")
    assert entries(more.menu()) == ["Rows", "Columns", "Cells", "Layer", "Filter"]
    choose(window, "Cells", "Presence")
    assert screen.model.measure is Measure.PRESENCE


@pytest.fixture
def narrow(window: QWidget, screen: MatrixScreen) -> MatrixScreen:
    screen.setParent(None)
    screen.resize(700, 500)
    screen.show()
    screen.activateWindow()
    return screen


def test_in_little_room_quotes_stand_in_the_tables_place(narrow: MatrixScreen) -> None:
    assert narrow.grid.isVisible()
    assert narrow.drill_down.isHidden()
    narrow.show_quotes()
    assert not narrow.grid.isVisible()
    assert narrow.drill_down.list.hasFocus()
    QTest.keyClick(narrow.drill_down.list, Qt.Key.Key_Escape)
    assert narrow.grid.isVisible()
    assert narrow.drill_down.isHidden()
