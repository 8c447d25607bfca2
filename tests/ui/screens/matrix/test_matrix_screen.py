from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.model.matrix import Measure
from qcode.model.span import Span
from qcode.operations.codes import create_code
from qcode.operations.codings import apply_code, change_coding
from qcode.views.lists import find_source
from qcode.views.matrix import MatrixQuestion
from ui.screens.matrix.screen import MatrixScreen
from ui.sheets.export_sheet import Exporting, ExportSheet
from ui.theme import Mode
from ui.widgets.sheet import SheetHost
from ui.widgets.strips import Strips
from ui.workspace import Place, Workspace

Settle = Callable[[], None]
Key = Qt.Key


def press(screen: MatrixScreen, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(screen.grid.middle, key, modifier)


def at(screen: MatrixScreen) -> tuple[str, str]:
    """The current code and column."""
    index = screen.grid.current
    head = screen.model.headerData(index.column(), Qt.Orientation.Horizontal)
    return str(screen.model.index(index.row(), 0).data()), str(head)


def quoted(screen: MatrixScreen) -> list[str]:
    return [one.quote.quote for one in screen.drill_down.model.quotes]


@pytest.fixture(autouse=True)
def focused(screen: MatrixScreen) -> None:
    screen.grid.setFocus()


def test_it_begins_at_the_first_code_and_shows_its_quotes(screen: MatrixScreen) -> None:
    assert at(screen) == ("Technical expertise", "Kyrgyzstan")
    assert quoted(screen) == ["The specialist answered the same evening."]


def test_arrows_lead_through_names_columns_and_totals(screen: MatrixScreen, settle: Settle) -> None:
    press(screen, Key.Key_Down, Key.Key_Down, Key.Key_Down)
    assert at(screen) == ("Staff turnover", "Kyrgyzstan")
    press(screen, Key.Key_End)
    assert at(screen) == ("Staff turnover", "All")
    assert screen.grid.totals.selectionModel().selectedIndexes() == [screen.grid.current], "the current cell is framed"
    press(screen, Key.Key_Right, Key.Key_Left)
    assert at(screen) == ("Staff turnover", "Uzbekistan")
    press(screen, Key.Key_Home, Key.Key_Left, Key.Key_Up)
    assert at(screen) == ("Constraints", "Kyrgyzstan")
    settle()
    assert len(quoted(screen)) == 2
    press(screen, Key.Key_PageUp, Key.Key_Up)
    assert at(screen)[0] == "Success factors"
    press(screen, Key.Key_PageDown, Key.Key_Down)
    assert at(screen)[0] == "Late money"


def test_enter_leads_to_the_quotes_and_on_to_the_place(screen: MatrixScreen, settle: Settle, project: Project, qtbot: QtBot) -> None:
    press(screen, Key.Key_Down, Key.Key_Down, Key.Key_Down)
    settle()
    press(screen, Key.Key_Return)
    assert screen.drill_down.list.hasFocus()
    with qtbot.waitSignal(screen.go) as gone:
        QTest.keyClick(screen.drill_down.list, Key.Key_Return)
    (place,) = gone.args
    source = find_source(project, "KGZ01")
    start = "What helped?\n\nThe borders closed within days and we had no instructions. The specialist answered the same evening. "
    assert isinstance(place, Place)
    assert place.source == source.uuid
    assert place.end - place.start == len("In three years I have worked with four heads of department.")
    assert place.start > len(start)
    assert place.coding == screen.drill_down.model.quotes[0].coding != ""
    QTest.keyClick(screen.drill_down.list, Key.Key_Escape)
    assert screen.grid.middle.hasFocus()


def test_a_click_chooses_and_a_double_click_opens(screen: MatrixScreen, settle: Settle) -> None:
    for part, column, head in ((screen.grid.middle, 2, "Tajikistan"), (screen.grid.totals, 4, "All")):
        middle = part.visualRect(screen.model.index(1, column)).center()
        QTest.mouseClick(part.viewport(), Qt.MouseButton.LeftButton, pos=middle)
        assert at(screen) == ("Technical expertise", head)
    QTest.mouseDClick(screen.grid.totals.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    settle()
    assert screen.drill_down.list.hasFocus()
    assert len(quoted(screen)) == 2


def test_a_double_click_on_a_quote_leads_to_its_place(screen: MatrixScreen, qtbot: QtBot) -> None:
    listed = screen.drill_down.list
    with qtbot.waitSignal(screen.go):
        place = listed.visualRect(screen.drill_down.model.index(0, 0)).center()
        QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_a_heading_folds_it(screen: MatrixScreen) -> None:
    names = screen.grid.names
    QTest.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, pos=names.visualRect(screen.model.index(0, 0)).center())
    assert screen.model.rowCount() == 4
    QTest.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, pos=names.visualRect(screen.model.index(0, 0)).center())
    assert screen.model.rowCount() == 6


def test_keys_fold_unfold_and_sort(screen: MatrixScreen) -> None:
    press(screen, Key.Key_Minus)
    assert (screen.model.rowCount(), at(screen)) == (4, ("Success factors", "Kyrgyzstan"))
    press(screen, Key.Key_Plus)
    assert screen.model.rowCount() == 6
    press(screen, Key.Key_S)
    assert screen.model.sorted_by == 1
    assert screen.model.index(1, 0).data() == "Participation"
    press(screen, Key.Key_S)
    assert screen.model.sorted_by is None


def test_a_click_on_a_head_sorts(screen: MatrixScreen) -> None:
    head = screen.grid.middle.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(1) + 20, 10)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert screen.model.sorted_by == 1


def test_copy_takes_the_ids_along(screen: MatrixScreen, settle: Settle) -> None:
    press(screen, Key.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)
    first, second = QGuiApplication.clipboard().text().split("\n")
    assert first.startswith("Technical expertise, Kyrgyzstan: 1 quote from 1 of 1 source")
    assert second.startswith("“The specialist answered the same evening.” [KGZ01-")
    press(screen, Key.Key_Right)
    press(screen, Key.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)
    settle()
    assert QGuiApplication.clipboard().text().startswith("Technical expertise, Tajikistan")
    press(screen, Key.Key_Return)
    QTest.keyClick(screen.drill_down.list, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("“Специалист ответил")


def test_copy_among_quotes_of_which_none_is_current_takes_the_cell(screen: MatrixScreen) -> None:
    press(screen, Key.Key_Return)
    screen.drill_down.list.setCurrentIndex(QModelIndex())
    QTest.keyClick(screen.drill_down.list, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("Technical expertise, Kyrgyzstan: 1 quote from 1 of 1 source")


def test_a_quote_is_dragged_out_as_text_with_its_id(screen: MatrixScreen) -> None:
    model = screen.drill_down.model
    text = model.mimeData([model.index(0, 0)]).text()
    assert text == model.quotes[0].text
    assert model.quotes[0].quote.id in text
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsDragEnabled


def test_measures_by_mouse(screen: MatrixScreen, window: QWidget, settle: Settle) -> None:
    buttons = {button.text(): button for button in window.findChildren(QToolButton)}
    for title, measure, first in (
        ("Presence", Measure.PRESENCE, "+"),
        ("Sources", Measure.SOURCES, "1"),
        ("Coverage", Measure.COVERAGE, " %"),
    ):
        QTest.mouseClick(buttons[title], Qt.MouseButton.LeftButton)
        settle()
        assert screen.model.measure is measure
        assert str(screen.model.index(1, 1).data()).endswith(first)


def test_what_is_empty_says_which_empty(screen: MatrixScreen, settle: Settle) -> None:
    press(screen, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Right)
    settle()
    assert quoted(screen) == []
    assert screen.drill_down.list.isHidden()
    assert "Nothing found in 1 source, all read." in [label.text() for label in screen.drill_down.findChildren(QLabel)]


def test_a_new_coding_shows_at_once_and_the_place_stays(screen: MatrixScreen, project: Project, settle: Settle, qtbot: QtBot) -> None:
    press(screen, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Right, Key.Key_Right)
    settle()
    turnover = screen.model.code(4)
    assert turnover is not None
    apply_code(project, find_source(project, "UZB01").uuid, Span(0, 12), turnover.key)
    qtbot.waitUntil(lambda: screen.model.index(4, 3).data() == "1")
    settle()
    assert (at(screen), quoted(screen)) == (("Staff turnover", "Uzbekistan"), ["The monitors"])
    project.undo()
    qtbot.waitUntil(lambda: screen.model.index(4, 3).data() == "0")


def test_a_new_code_is_a_new_line_and_the_current_cell_stays(screen: MatrixScreen, project: Project, settle: Settle, qtbot: QtBot) -> None:
    press(screen, Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_End)
    create_code(project, "Added")
    qtbot.waitUntil(lambda: screen.model.rowCount() == 7)
    settle()
    assert at(screen) == ("Staff turnover", "All")


def test_changes_wait_while_the_screen_is_hidden(screen: MatrixScreen, project: Project, settle: Settle, qtbot: QtBot) -> None:
    screen.hide()
    create_code(project, "Added")
    QApplication.sendPostedEvents()
    assert screen.model.rowCount() == 6
    screen.show()
    qtbot.waitUntil(lambda: screen.model.rowCount() == 7)


def test_other_questions(screen: MatrixScreen, settle: Settle) -> None:
    screen.ask(MatrixQuestion(("Constraints",), "coder", conditions=(("coder", "Anna"),)))
    settle()
    heads = [screen.model.headerData(column, Qt.Orientation.Horizontal) for column in range(1, screen.model.columnCount())]
    assert heads == ["Anna", "Berik", "All"]
    assert [screen.model.index(row, 0).data() for row in range(3)] == ["Constraints", "Staff turnover", "Late money"]
    assert [screen.model.index(2, column).data() for column in (1, 2, 3)] == ["–", "–", "–"]


def test_the_question_comes_back_next_time(screen: MatrixScreen, workspace: Workspace, settle: Settle, qtbot: QtBot) -> None:
    screen.ask(MatrixQuestion(("Constraints",), "source", Measure.SOURCES))
    settle()
    again = MatrixScreen(workspace)
    qtbot.addWidget(again)
    assert again.choosing.question == MatrixQuestion(("Constraints",), "source", Measure.SOURCES)


def test_export_by_key_puts_the_sheet_up(screen: MatrixScreen, window: QWidget, workspace: Workspace, tmp_path: Path, qtbot: QtBot) -> None:
    sheets = SheetHost(window, workspace.theme)
    strips = Strips(workspace.theme)
    qtbot.addWidget(strips)
    lent = Exporting(workspace.theme, workspace.settings, workspace.tasks, sheets, strips, lambda *_: None, lambda _: None)
    window.exporting = lent  # type: ignore[attr-defined]
    press(screen, Key.Key_E, modifier=Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(sheets.sheet, ExportSheet))
    sheet = sheets.sheet
    assert isinstance(sheet, ExportSheet)
    export = next(button for button in sheet.findChildren(QPushButton) if button.text() == "Export")
    with qtbot.waitSignal(workspace.tasks.changed):
        QTest.mouseClick(export, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not workspace.tasks.running)
    assert (workspace.project.path.parent / "small matrix.xlsx").stat().st_size > 4000


def test_every_control_has_a_name(window: QWidget) -> None:
    unnamed = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
    ]
    assert not unnamed


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_it_is_painted_in_both_themes_and_sizes(window: QWidget, workspace: Workspace, mode: Mode, scale: float) -> None:
    workspace.theme.set_mode(mode)
    workspace.theme.set_scale(scale)
    image = window.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert {workspace.theme.heat("pos", 1).name(), workspace.theme.heat("neg", 1).name(), workspace.theme.colour("panel").name()} <= colours


def test_a_quote_that_contradicts_is_marked(screen: MatrixScreen, project: Project, settle: Settle, qtbot: QtBot) -> None:
    press(screen, Key.Key_Down, Key.Key_Down, Key.Key_Down)
    settle()
    row, shown = screen.drill_down.model.index(0, 0), screen.drill_down.list
    before = shown.grab(shown.visualRect(row)).toImage()
    (coding,) = [key for key, short in all_uuids(project).items() if short == screen.drill_down.model.quotes[0].quote.id]
    change_coding(project, coding, contradicts=True)
    qtbot.waitUntil(lambda: screen.drill_down.model.quotes[0].contradicts)
    settle()
    facts = [label.accessibleName() for label in screen.drill_down.findChildren(QLabel) if "quote" in label.accessibleName()]
    assert any(words.endswith(", 1 contradicts") for words in facts)
    assert ". contradicts. " in str(row.data(Qt.ItemDataRole.AccessibleTextRole))
    after = shown.grab(shown.visualRect(row)).toImage()
    assert after.copy(after.width() - 90, 0, 90, 28) != before.copy(before.width() - 90, 0, 90, 28)
    assert after.copy(0, 28, after.width(), after.height()) == before.copy(0, 28, before.width(), before.height())


def all_uuids(project: Project) -> dict[str, str]:
    with project.reading() as db:
        return dict(db.execute("SELECT uuid, short_id FROM codings"))
