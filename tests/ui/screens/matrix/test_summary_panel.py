"""The summary of a cell on the matrix screen, by real keys and clicks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.model.summary import Status
from qcode.operations.codings import change_coding
from qcode.operations.summaries import write_summary
from qcode.views.summaries import CellSummary, summaries_of
from ui.screens.matrix.drill_down import DrillDown
from ui.screens.matrix.screen import MatrixScreen
from ui.screens.matrix.summary_panel import SummaryPanel
from ui.workspace import Place

Settle = Callable[[], None]
Key = Qt.Key
Modifier = Qt.KeyboardModifier


@pytest.fixture
def panel(screen: MatrixScreen, settle: Settle) -> SummaryPanel:
    """The summary of 'Participation × Kyrgyzstan', which has two quotes; the keyboard is in the table."""
    screen.grid.setFocus()
    QTest.keyClick(screen.grid.middle, Key.Key_Down)
    settle()
    return screen.drill_down.summary


def only(project: Project) -> CellSummary:
    (found,) = summaries_of(project).values()
    return found


def words_of(project: Project) -> list[str]:
    return [one.text for one in summaries_of(project).values()]


def ids(screen: MatrixScreen) -> list[str]:
    return [one.quote.id for one in screen.drill_down.model.quotes]


def state_of(panel: SummaryPanel) -> str:
    return panel._state.accessibleName()


def begin(screen: MatrixScreen, panel: SummaryPanel) -> None:
    QTest.keyClick(screen.grid.middle, Key.Key_E)
    assert panel.is_editing
    assert panel.edit.hasFocus()


def write(screen: MatrixScreen, panel: SummaryPanel, words: str, settle: Settle) -> None:
    begin(screen, panel)
    QTest.keyClicks(panel.edit, words)
    QTest.keyClick(panel.edit, Key.Key_Return, Modifier.ControlModifier)
    settle()


def test_a_summary_is_written_by_keys_goes_out_of_date_holds_and_is_undone(
    screen: MatrixScreen, panel: SummaryPanel, project: Project, settle: Settle, qtbot: QtBot
) -> None:
    first, second = ids(screen)
    begin(screen, panel)
    QTest.keyClicks(panel.edit, "Asked early #")
    assert panel.edit.offered.isVisible()
    QTest.keyClick(panel.edit, Key.Key_Return)
    QTest.keyClicks(panel.edit, " and late #")
    QTest.keyClick(panel.edit, Key.Key_Down)
    QTest.keyClick(panel.edit, Key.Key_Tab)
    assert not panel.edit.offered.isVisible()
    QTest.keyClick(panel.edit, Key.Key_Return, Modifier.ControlModifier)
    settle()
    assert words_of(project) == [f"Asked early [#{first}] and late [#{second}]"]
    assert (screen.grid.middle.hasFocus(), state_of(panel), panel.reasons.lines) == (True, "draft", [])
    assert panel.text.toPlainText().startswith("Asked early")
    code = next(row.key for row in screen.model.table.matrix.rows if row.path.endswith("Staff turnover"))  # type: ignore[union-attr]
    change_coding(project, screen.drill_down.model.quotes[0].coding, code=code)
    qtbot.waitUntil(lambda: state_of(panel) == "out of date")
    assert [line.startswith(f"#{first} is no longer coded here: recoded") for line in panel.reasons.lines] == [True]
    assert panel.holds_button.text() == "It still holds"
    screen.grid.setFocus()
    QTest.keyClick(screen.grid.middle, Key.Key_H)
    qtbot.waitUntil(lambda: state_of(panel) == "reviewed")
    assert (only(project).status, panel.holds_button.isHidden()) == (Status.REVIEWED, True)
    project.undo()
    qtbot.waitUntil(lambda: state_of(panel) == "out of date")
    project.undo()
    qtbot.waitUntil(lambda: state_of(panel) == "draft")


@pytest.mark.parametrize("leave", ["escape", "other cell", "hidden", "button"])
def test_what_is_typed_is_kept_however_the_field_is_left(
    leave: str, screen: MatrixScreen, panel: SummaryPanel, project: Project, settle: Settle
) -> None:
    begin(screen, panel)
    QTest.keyClicks(panel.edit, "Typed")
    if leave == "escape":
        QTest.keyClick(panel.edit, Key.Key_Escape)
    elif leave == "other cell":
        screen.grid.set_current(1, 2)
    elif leave == "hidden":
        screen.hide()
    else:
        QTest.mouseClick(panel.keep_button, Qt.MouseButton.LeftButton)
    settle()
    assert words_of(project) == ["Typed"]
    assert not panel.is_editing


def test_nothing_typed_is_no_act(screen: MatrixScreen, panel: SummaryPanel, project: Project, settle: Settle) -> None:
    write(screen, panel, "", settle)
    assert words_of(project) == []
    write(screen, panel, "Words", settle)
    at = only(project).at
    write(screen, panel, "", settle)
    assert (words_of(project), only(project).at) == (["Words"], at)


def test_without_words_a_summary_is_taken_away(screen: MatrixScreen, panel: SummaryPanel, project: Project, settle: Settle) -> None:
    write(screen, panel, "Words", settle)
    begin(screen, panel)
    panel.edit.selectAll()
    QTest.keyClick(panel.edit, Key.Key_Delete)
    QTest.keyClick(panel.edit, Key.Key_Escape)
    settle()
    assert (words_of(project), state_of(panel), panel.write_button.text()) == ([], "", "Write summary")


def test_what_is_refused_waits_in_its_cell(
    screen: MatrixScreen, panel: SummaryPanel, project: Project, settle: Settle, qtbot: QtBot
) -> None:
    begin(screen, panel)
    with qtbot.waitSignal(screen.said) as said:
        panel.edit.setPlainText("See [#KGZ99-XXXXXX]")
        QTest.keyClick(panel.edit, Key.Key_Return, Modifier.ControlModifier)
    assert "There is no quote '[#KGZ99-XXXXXX]'" in said.args[0]
    assert panel.is_editing
    screen.grid.set_current(2, 2)
    settle()
    assert not panel.is_editing
    screen.grid.set_current(2, 1)
    settle()
    assert (panel.is_editing, panel.edit.toPlainText(), words_of(project)) == (True, "See [#KGZ99-XXXXXX]", [])
    panel.edit.setPlainText("Mended")
    panel.edit.setFocus()
    QTest.keyClick(panel.edit, Key.Key_Escape)
    settle()
    assert words_of(project) == ["Mended"]


def test_a_dragged_quote_becomes_a_chip_at_the_caret(screen: MatrixScreen, panel: SummaryPanel) -> None:
    begin(screen, panel)
    QTest.keyClicks(panel.edit, "Before after")
    panel.edit.moveCursor(QTextCursor.MoveOperation.PreviousWord)
    model = screen.drill_down.model
    data = model.mimeData([model.index(1, 0)])
    screen.drill_down.list.setFocus()
    assert panel.is_editing, "whoever takes a quote from the list is still writing"
    assert panel.edit.canInsertFromMimeData(data)
    panel.edit.insertFromMimeData(data)
    assert panel.edit.toPlainText() == f"Before [#{ids(screen)[1]}]after"
    assert panel.edit.hasFocus()


def test_the_offer_is_filtered_and_put_away_by_escape_alone(screen: MatrixScreen, panel: SummaryPanel) -> None:
    begin(screen, panel)
    QTest.keyClicks(panel.edit, "#before")
    assert panel.edit.offered.quotes.rowCount() == 1
    QTest.keyClick(panel.edit, Key.Key_Escape)
    assert (panel.edit.offered.isVisible(), panel.is_editing) == (False, True)
    QTest.keyClicks(panel.edit, "zzz")
    assert not panel.edit.offered.isVisible()


def test_a_chip_leads_to_its_quote_and_to_its_place(
    screen: MatrixScreen, panel: SummaryPanel, project: Project, settle: Settle, qtbot: QtBot
) -> None:
    write(screen, panel, "", settle)
    second = screen.drill_down.model.quotes[1]
    write_summary(project, panel._written.place, f"[#{second.quote.id}] says so")  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: panel.text.isVisible())
    cursor = panel.text.textCursor()
    cursor.setPosition(4)
    QTest.mouseClick(panel.text.viewport(), Qt.MouseButton.LeftButton, pos=panel.text.cursorRect(cursor).center() + QPoint(2, 0))
    assert screen.drill_down.list.currentIndex().row() == 1
    panel.text.setFocus()
    QTest.keyClick(panel.text, Key.Key_Tab)
    with qtbot.waitSignal(screen.go) as gone:
        QTest.keyClick(panel.text, Key.Key_Return)
    assert gone.args == [Place(second.source, second.quote.start, second.quote.end, second.coding)]


def test_an_empty_cell_is_given_its_reason(screen: MatrixScreen, panel: SummaryPanel, project: Project, settle: Settle) -> None:
    assert panel.why_button.isHidden()
    screen.grid.set_current(2, 3)
    settle()
    assert panel.why_button.isVisible()
    panel.why_menu.actions()[0].trigger()
    settle()
    assert (only(project).empty, panel.text.toPlainText()) == ("not asked", "Empty: not asked")
    panel.why_menu.actions()[-1].trigger()
    panel.edit.setPlainText("they were away")
    QTest.keyClick(panel.edit, Key.Key_Escape)
    settle()
    assert only(project).empty == "they were away"


def test_rows_have_summaries_and_headings_have_none(screen: MatrixScreen, panel: SummaryPanel, project: Project, settle: Settle) -> None:
    screen.grid.set_current(2, 4)
    settle()
    write(screen, panel, "Everywhere alike", settle)
    assert only(project).place.case == ""
    assert "Row summary" in [label.text() for label in panel.findChildren(QLabel)]
    screen.grid.set_current(0, 1)
    settle()
    assert panel.isHidden()
    assert panel.why_not_write().startswith("Choose the cell of a code")


def test_a_reading_project_shows_and_says_why_it_writes_nothing(
    screen: MatrixScreen, panel: SummaryPanel, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(screen, panel, "Words", settle)
    monkeypatch.setattr(type(panel._acts), "may_write", property(lambda self: False))
    screen.grid.set_current(2, 2)
    settle()
    screen.grid.set_current(2, 1)
    settle()
    assert (panel.write_button.isEnabled(), panel.holds_button.isEnabled(), panel.text.isVisible()) == (False, False, True)
    assert panel.write_button.toolTip() == "This project is open for reading only."
    screen.grid.setFocus()
    with qtbot.waitSignal(screen.said) as said:
        QTest.keyClick(screen.grid.middle, Key.Key_E)
    assert said.args == ["This project is open for reading only."]
    assert not panel.is_editing


def test_the_pane_hides_no_summary_it_was_never_given(theme: object, qtbot: QtBot) -> None:
    pane = DrillDown(theme)  # type: ignore[arg-type]
    qtbot.addWidget(pane)
    assert pane.summary.isHidden()
