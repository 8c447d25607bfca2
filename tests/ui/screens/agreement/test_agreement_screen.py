from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.agreement.units import Unit
from qcode.model.decision import AGREED, Outcome
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.readings import mark_readings
from qcode.views.quotes import build_quotes
from tests.ui.screens.agreement.conftest import FIRST, code
from ui.screens.agreement.margins import Margin
from ui.screens.agreement.screen import AgreementScreen
from ui.screens.agreement.settle_card import Choice
from ui.sheets.export_sheet import Exporting, ExportSheet
from ui.theme import Mode
from ui.widgets.sheet import SheetHost
from ui.widgets.strips import Strips
from ui.workspace import Place, Workspace

Settle = Callable[[], None]
Key = Qt.Key


def rows(screen: AgreementScreen) -> list[str]:
    """What is listed, a line each."""
    model = screen.list.rows
    return [f"{point.disagreement.code.name} | {model.below(point)}" for point in model.points]


def current(screen: AgreementScreen) -> str:
    point = screen.list.point
    return point.disagreement.code.name if point else ""


def layer(project: Project) -> list[tuple[str, str]]:
    with project.reading() as db:
        if not db.execute("SELECT 1 FROM coders WHERE name = ?", (AGREED,)).fetchone():
            return []
    return [(one.code.rpartition(" > ")[2], one.quote) for one in build_quotes(project, coder=AGREED).quotes]


def choice(screen: AgreementScreen, key: str) -> Choice:
    found = [one for one in screen.card.findChildren(Choice) if one._key == key]
    return found[0]


def field(screen: AgreementScreen) -> QPlainTextEdit:
    return screen.card.findChildren(QPlainTextEdit)[0]


def test_it_lists_where_two_coders_differ_and_shows_the_text_between_them(screen: AgreementScreen) -> None:
    assert screen.sides == ("Anna", "Berik")
    assert rows(screen) == [
        "Participation | KGZ01, 2 · Ends differ",
        "Staff turnover | KGZ01, 4 · Berik: Late money",
        "Participation | KGZ02, 1 · Only Anna",
        "Staff turnover | KGZ02, 1 · Only Anna",
        "Late money | KGZ02, 2 · Only Berik",
    ]
    assert screen.text.text is not None
    assert screen.text.text.source.label == "KGZ01"
    assert {lane.code.name for lane in screen.text.text.second} == {"Technical expertise", "Participation", "Late money"}


def test_keys_lead_from_one_to_the_next_and_into_the_next_text(screen: AgreementScreen, settle: Settle) -> None:
    QTest.keyClick(screen.list, Key.Key_F8)
    assert current(screen) == "Staff turnover"
    QTest.keyClick(screen.list, Key.Key_F8)
    settle()
    assert screen.text.text is not None
    assert screen.text.text.source.label == "KGZ02"
    QTest.keyClick(screen.list, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(screen.list, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(screen.list, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    settle()
    assert screen.list.currentIndex().row() == screen.list.rows.rowCount() - 1, "round the end"


@pytest.mark.parametrize(
    ("key", "agreed"),
    [
        (Key.Key_1, ["The specialist answered the same evening. In two weeks we had a draft."]),
        (Key.Key_2, ["The specialist answered the same evening."]),
        (Key.Key_3, ["The specialist answered the same evening. In two weeks we had a draft."]),
        (Key.Key_4, []),
    ],
)
def test_a_digit_settles_and_goes_on(screen: AgreementScreen, project: Project, settle: Settle, key: Qt.Key, agreed: list[str]) -> None:
    before = build_quotes(project).quotes
    QTest.keyClick(screen.list, key)
    settle()
    assert [quote for _, quote in layer(project)] == agreed
    assert build_quotes(project).quotes == before
    assert screen.list.rows.points[0].decision is not None
    assert screen.list.currentIndex().row() == 1


def test_mouse_alone_settles_with_a_reason_and_takes_it_back(screen: AgreementScreen, project: Project, settle: Settle) -> None:
    QTest.keyClicks(field(screen), "See the codebook, 1.")
    QTest.mouseClick(choice(screen, "2"), Qt.MouseButton.LeftButton)
    settle()
    decision = screen.list.rows.points[0].decision
    assert decision is not None
    assert (decision.outcome, decision.reason) == (Outcome.SECOND, "See the codebook, 1.")
    rect = screen.list.visualRect(screen.list.rows.index(0, 0))
    QTest.mouseClick(screen.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    settle()
    assert choice(screen, "2").isChecked()
    assert field(screen).toPlainText() == "See the codebook, 1."
    back = next(one for one in screen.card.findChildren(QPushButton) if one.isVisible())
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    settle()
    assert screen.list.rows.points[0].decision is None
    assert layer(project) == []


def test_a_digit_in_the_reason_is_a_letter(screen: AgreementScreen, settle: Settle) -> None:
    QTest.keyClick(screen.list, Key.Key_Return)
    assert field(screen).hasFocus()
    QTest.keyClicks(field(screen), "10")
    settle()
    assert field(screen).toPlainText() == "10"
    assert screen.list.rows.points[0].decision is None


def test_a_reason_written_later_is_kept_when_the_field_is_left(screen: AgreementScreen, settle: Settle) -> None:
    QTest.keyClick(screen.list, Key.Key_1)
    settle()
    screen.list.go_to(0)
    settle()
    field(screen).setFocus()
    QTest.keyClicks(field(screen), "Why not.")
    screen.list.setFocus()
    settle()
    decision = screen.list.rows.points[0].decision
    assert decision is not None
    assert decision.reason == "Why not."
    assert screen.list.currentIndex().row() == 0


@pytest.mark.parametrize("decided", [True, False], ids=["decided", "open"])
def test_a_reason_is_kept_when_the_next_difference_is_gone_to_from_within_it(
    screen: AgreementScreen, settle: Settle, decided: bool
) -> None:
    if decided:
        QTest.keyClick(screen.list, Key.Key_1)
        settle()
        screen.list.go_to(0)
        settle()
    QTest.keyClick(screen.list, Key.Key_Return)
    QTest.keyClicks(field(screen), "Both heard it.")
    screen.list.go_to(1)
    settle()
    assert field(screen).toPlainText() == ""
    screen.list.go_to(0)
    settle()
    assert field(screen).toPlainText() == "Both heard it."
    decision = screen.list.rows.points[0].decision
    assert (decision.reason if decision else "") == ("Both heard it." if decided else "")


def test_a_passage_selected_in_the_text_counts(screen: AgreementScreen, project: Project, settle: Settle) -> None:
    assert not choice(screen, "5").isEnabled()
    start = FIRST.index("In two weeks")
    screen.text.select(Span(start, start + 12))
    assert choice(screen, "5").isEnabled()
    screen.text.editor.setFocus()
    QTest.keyClick(screen.text.editor, Key.Key_5)
    settle()
    assert layer(project) == [("Participation", "In two weeks")]
    assert screen.text.selection() is None


def test_escape_lets_go_of_the_selection(screen: AgreementScreen) -> None:
    screen.text.select(Span(0, 4))
    QTest.keyClick(screen.text.editor, Key.Key_Escape)
    assert screen.text.selection() is None


def test_undo_opens_it_again(screen: AgreementScreen, project: Project, settle: Settle) -> None:
    QTest.keyClick(screen.list, Key.Key_1)
    settle()
    project.undo()
    settle()
    assert screen.list.rows.points[0].decision is None
    project.redo()
    settle()
    assert screen.list.rows.points[0].decision is not None


def test_zero_takes_a_decision_back(screen: AgreementScreen, settle: Settle, qtbot: QtBot) -> None:
    QTest.keyClick(screen.list, Key.Key_1)
    settle()
    screen.list.go_to(0)
    QTest.keyClick(screen.list, Key.Key_0)
    settle()
    assert screen.list.rows.points[0].decision is None
    with qtbot.waitSignal(screen.said) as said:
        QTest.keyClick(screen.list, Key.Key_0)
    assert said.args == ["Nothing is decided here yet."]


def test_what_only_one_has_cannot_be_both(screen: AgreementScreen, project: Project, settle: Settle, qtbot: QtBot) -> None:
    screen.list.go_to(2)
    settle()
    assert not choice(screen, "3").isEnabled()
    with qtbot.waitSignal(screen.said) as said:
        QTest.keyClick(screen.list, Key.Key_3)
    assert said.args == ["Only one of the two has a passage here."]
    assert layer(project) == []


def test_the_list_can_be_filtered_by_code_and_by_state(screen: AgreementScreen, settle: Settle) -> None:
    screen.list.go_to(1)
    screen.points.show_only(screen.list.rows.points[0].disagreement.code.uuid, "Participation")
    assert {row.split(" | ")[0] for row in rows(screen)} == {"Participation"}
    QTest.keyClick(screen.list, Key.Key_1)
    settle()
    menu = next(one for one in screen.points.findChildren(QToolButton) if one.menu()).menu()
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    assert len(rows(screen)) == 1
    chip = next(one for one in screen.points.findChildren(QToolButton) if not one.menu() and one.isVisible())
    assert chip.text() == "Participation, open"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(rows(screen)) == len(screen.list.rows.every)


def test_enter_on_a_code_lists_its_disagreements(screen: AgreementScreen) -> None:
    codes = screen.figures_pane.codes
    codes.setFocus()
    row = next(row for row, one in enumerate(codes.lines.lines) if one.code.name == "Late money")
    codes.setCurrentIndex(codes.lines.index(row, 0))
    QTest.keyClick(codes, Key.Key_Return)
    assert screen.points.only[1] == "Late money"
    assert all("Late money" in row for row in rows(screen))
    assert screen.list.hasFocus()


def test_a_click_in_the_text_goes_to_the_disagreement_there(screen: AgreementScreen, qtbot: QtBot) -> None:
    editor = screen.text.editor
    cursor = editor.textCursor()
    cursor.setPosition(FIRST.index("four heads"))
    qtbot.waitUntil(lambda: editor.cursorRect(cursor).top() < editor.viewport().height())
    QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=editor.cursorRect(cursor).center())
    assert current(screen) == "Staff turnover"


def test_what_both_agree_on_is_taken_over_once(screen: AgreementScreen, project: Project, settle: Settle) -> None:
    take = next(one for one in screen.points.findChildren(QPushButton) if one.text() == "Take over")
    assert take.isVisible()
    QTest.mouseClick(take, Qt.MouseButton.LeftButton)
    settle()
    assert layer(project) == [("Technical expertise", "The specialist answered the same evening.")]
    assert not take.isVisible()


def test_another_unit_is_measured_beside_the_window(screen: AgreementScreen, settle: Settle) -> None:
    buttons = screen.choosing.findChildren(QToolButton)
    QTest.mouseClick(next(one for one in buttons if one.text() == "Paragraph"), Qt.MouseButton.LeftButton)
    settle()
    assert screen.figures.measured is not None
    assert screen.figures.measured.agreement.unit is Unit.PARAGRAPH


def test_a_pair_in_the_triangle_is_chosen(screen: AgreementScreen, project: Project, settle: Settle) -> None:
    mark_readings(project, ["KGZ01"], ReadingStatus.FINISHED, "Chinara")
    settle()
    pairs = screen.figures_pane.pairs
    index = pairs.pairs.index_of(("Anna", "Chinara"))
    QTest.mouseClick(pairs.viewport(), Qt.MouseButton.LeftButton, pos=pairs.visualRect(index).center())
    settle()
    assert screen.sides == ("Anna", "Chinara")
    assert all("Only Anna" in row for row in rows(screen))


def test_with_three_coders_each_side_can_be_another_one(screen: AgreementScreen, project: Project, settle: Settle) -> None:
    mark_readings(project, ["KGZ01"], ReadingStatus.FINISHED, "Chinara")
    settle()
    screen.choosing._toggle("Chinara")
    settle()
    assert screen.figures.asked.coders == ("Anna", "Berik", "Chinara")
    assert screen.sides == ("Anna", "Berik")
    screen.text.people[1].chosen.emit("Chinara")
    settle()
    assert screen.sides == ("Anna", "Chinara")
    assert [lane.code.name for lane in screen.text.text.second] == []  # type: ignore[union-attr]


def test_new_codings_are_shown_and_what_was_current_stays(screen: AgreementScreen, project: Project, settle: Settle) -> None:
    screen.list.go_to(1)
    settle()
    code(project, "KGZ01", "The borders closed", "Late money", "Berik")
    settle()
    assert "Late money | KGZ01, 2 · Only Berik" in rows(screen)
    assert current(screen) == "Staff turnover"
    assert any(lane.code.name == "Late money" and not lane.same for lane in screen.text.text.second)  # type: ignore[union-attr]


def test_nothing_to_compare_says_why(workspace: Workspace, project: Project, screen: AgreementScreen, settle: Settle) -> None:
    mark_readings(project, ["KGZ01", "KGZ02"], ReadingStatus.READING, "Berik")
    settle()
    assert screen.nothing.isVisible()
    assert not screen.panes.isVisible()


def test_its_place_opens_on_the_coding_screen(screen: AgreementScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.go) as gone:
        screen.show_in_coding()
    assert isinstance(gone.args[0], Place)
    assert gone.args[0].start == FIRST.index("The specialist")


def test_the_figures_are_written_to_a_file(
    window: QWidget, screen: AgreementScreen, workspace: Workspace, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    strips, sheets = Strips(workspace.theme), SheetHost(window, workspace.theme)
    window.sheets = sheets  # type: ignore[attr-defined]
    window.exporting = Exporting(  # type: ignore[attr-defined]
        workspace.theme, workspace.settings, workspace.tasks, sheets, strips, lambda *_: None, lambda _: None
    )
    screen.export()
    sheet = sheets.sheet
    assert isinstance(sheet, ExportSheet)
    target = tmp_path / "agreement.csv"
    sheet.wanted.emit(target, "csv", frozenset())
    qtbot.waitUntil(lambda: target.exists() and not workspace.tasks.running)
    assert "Krippendorff alpha" in target.read_text(encoding="utf-8-sig")
    sheets.close_sheet()
    strips.deleteLater()


def test_every_row_and_cell_is_a_sentence(screen: AgreementScreen) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    model = screen.figures_pane.pairs.pairs
    assert model.index_of(("Anna", "Chinara")).data(role) == "Anna and Chinara: no source that both finished"
    assert str(model.index_of(("Anna", "Berik")).data(role)).startswith("Anna and Berik: too few to say, n ")
    lines = screen.figures_pane.codes.lines
    assert "too few to say" in str(lines.index(0, 0).data(role))
    assert screen.list.rows.index(0, 0).data(role) == "Participation, KGZ01, 2 · Ends differ. Open"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_is_painted_in_both_themes_and_sizes(
    window: QWidget, screen: AgreementScreen, workspace: Workspace, settle: Settle, scale: float
) -> None:
    before = window.grab().toImage()
    workspace.theme.set_mode(Mode.DARK)
    workspace.theme.set_scale(scale)
    settle()
    assert window.grab().toImage() != before
    for button in screen.card.findChildren(QAbstractButton):
        assert button.accessibleName()
    window.resize(900, 600)
    settle()
    assert screen.points.isVisible(), "where three panes have no room it is the tab in front"


def test_what_is_settled_otherwise_between_others_is_said_and_listed_as_open(
    screen: AgreementScreen, project: Project, settle: Settle, qtbot: QtBot
) -> None:
    mark_readings(project, ["KGZ01", "KGZ02"], ReadingStatus.FINISHED, "Chinara")
    settle()
    only_anna = next(row for row, words in enumerate(rows(screen)) if words == "Participation | KGZ02, 1 · Only Anna")
    screen.list.go_to(only_anna)
    settle()
    QTest.keyClick(screen.list, Key.Key_1)
    settle()
    agreed = layer(project)
    assert agreed
    screen.ask(replace(screen.figures.asked, coders=("Anna", "Chinara"), sides=("Anna", "Chinara")))
    settle()
    screen.list.go_to(next(row for row, words in enumerate(rows(screen)) if words == "Participation | KGZ02, 1 · Only Anna"))
    settle()
    assert said_of(screen) == "Between Anna and Berik here: Anna’s passage, by Anna."
    with qtbot.waitSignal(screen.said) as said:
        QTest.keyClick(screen.list, Key.Key_2)
    assert said.args == ["Settled otherwise between Anna and Berik: it is open again there."]
    settle()
    assert layer(project) == []
    screen.ask(replace(screen.figures.asked, coders=("Anna", "Berik"), sides=("Anna", "Berik")))
    settle()
    screen.list.go_to(only_anna)
    settle()
    assert screen.list.point is not None
    assert screen.list.rows.state_words(screen.list.point) == "Open again: Anna’s passage by Anna, but “agreed” says otherwise now"
    assert said_of(screen).startswith("Anna decided: Anna’s passage, but the layer “agreed” says otherwise now: decide it again.")
    assert not choice(screen, "1").isChecked()
    QTest.keyClick(screen.list, Key.Key_1)
    settle()
    assert layer(project) == agreed


def said_of(screen: AgreementScreen) -> str:
    """What the card says was decided."""
    return next(label.text() for label in screen.card.findChildren(QLabel) if "Anna" in label.text() and label.isVisible())


def test_passages_in_one_line_have_a_stripe_each(screen: AgreementScreen, project: Project, settle: Settle) -> None:
    code(project, "KGZ01", "The specialist", "Late money", "Anna")
    code(project, "KGZ01", "same evening", "Staff turnover", "Anna")
    settle()
    screen.list.go_to(0)
    settle()
    screen.text.grab()
    for margin in screen.text.findChildren(Margin):
        rects = [stripe.rect for stripe in margin._stripes]
        assert rects
        assert not [1 for at, one in enumerate(rects) for other in rects[:at] if one.intersects(other)]
