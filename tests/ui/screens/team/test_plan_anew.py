"""A plan made anew, for a file was added or is another one: what was decided stays, and nothing of it goes without a word."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from qcode import open_project
from qcode.errors import UserError
from qcode.model.merging import Decision
from qcode.operations.codes import change_code
from qcode.views.coding_codes import CodeList
from qcode.views.conflicts import open_conflicts
from qcode.views.merges import read_merges
from tests.ui.screens.team.examples import BASE, LEADER, MINE, TURNOVER, code_of
from tests.ui.screens.team.test_team_screen import name_of
from ui.main_window import MainWindow
from ui.screens.team.result_box import ResultBox
from ui.screens.team.screen import TeamScreen

CTRL, ENTER = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return
WORDS = "Words I wrote for an hour"
FIRUZ = "Firuz' own definition"
Change = Callable[..., None]


@pytest.fixture(autouse=True)
def _leader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window works for the leader."""
    monkeypatch.setenv("QCODE_CODER", LEADER)


@pytest.fixture
def change(files: list[Path]) -> Change:
    """Has a colleague (by the number of the file) go on with the definition, or another field."""

    def go_on(number: int, **fields: str) -> None:
        with open_project(files[number], coder=("Baktygul T.", "Dilnoza S.", "Firuz R.")[number]) as project:
            change_code(project, code_of(project, TURNOVER), **fields)

    return go_on


@pytest.fixture
def screen(opened: MainWindow, files: list[Path], qtbot: QtBot) -> Iterator[TeamScreen]:
    """A review of Baktygul's file in the window, the definition that two wrote being the current one; given up in the end, for a window
    with something decided asks before it closes."""
    opened.show_screen("team")
    made = opened.screen_now()
    assert isinstance(made, TeamScreen)
    made.take_files(files[:1])
    qtbot.waitUntil(lambda: made.plan is not None)
    made.page.go_to(name_of(made, TURNOVER))
    yield made
    made.give_up()


@pytest.fixture
def settled(opened: MainWindow, qtbot: QtBot) -> Callable[[], None]:
    """Waits until nothing is under way."""
    workspace = opened.desk.workspace
    assert workspace is not None
    return lambda: qtbot.waitUntil(lambda: not workspace.tasks.running)


def box(screen: TeamScreen) -> ResultBox:
    return screen.page.detail.blocks[name_of(screen, TURNOVER)].result


def write(screen: TeamScreen, words: str) -> None:
    """Write words of one's own with keys, and leave them standing in the field."""
    QTest.keyClick(screen.page.list, Qt.Key.Key_4)
    field = box(screen).field
    QTest.keyClick(field, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(field, words)


def messages(window: MainWindow) -> list[str]:
    return [one.text for one in window.strips.messages()]


def strip_button(window: MainWindow, verb: str) -> None:
    button = next(one for one in window.strips.findChildren(QPushButton) if one.text() == verb)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def definition(window: MainWindow) -> str:
    assert window.desk.workspace is not None
    return next(code.definition for code in CodeList(window.desk.workspace.project).codes.values() if code.name == TURNOVER)


def merges(window: MainWindow) -> int:
    assert window.desk.workspace is not None
    return len(read_merges(window.desk.workspace.project))


def assert_counts_agree(screen: TeamScreen) -> None:
    """Chips, the head of the list, its rows, the sum of the files, the footer and the status bar say the same."""
    page, review, plan = screen.page, screen.page.review, screen.plan
    assert plan is not None
    tally = review.tally
    again = f", {tally.again} to look at again" if tally.again else ""
    noun = "conflict" if tally.conflicts == 1 else "conflicts"
    assert screen._conflicts_chip.text() == f"{tally.conflicts} {noun}, {tally.open_conflicts} open{again}"
    assert (tally.conflicts, tally.questions) == (len(plan.conflicts), len(plan.questions))
    assert f"{tally.open} of {tally.all} open" in [label.text() for label in page.findChildren(QLabel)]
    rows = [page.model.row(page.model.index(at)) for at in range(page.model.rowCount())]
    assert sum(len(row.ids) for row in rows if not isinstance(row, str)) == tally.all
    assert page.contributions.number(page.contributions.rowCount() - 1, 6) == tally.conflicts
    assert (f"{tally.open} open" in page.footer.note.text()) is (tally.open > 0)
    assert (f"{tally.again} to look at again" in page.footer.note.text()) is (tally.again > 0)


def test_own_words_stay_when_a_file_brings_another_value(
    opened: MainWindow, screen: TeamScreen, files: list[Path], change: Change, settled: Callable[[], None]
) -> None:
    write(screen, WORDS)
    QTest.keyClick(box(screen).field, ENTER, CTRL)
    assert screen.page.list.hasFocus(), "the next key is for the list"
    change(2, definition=FIRUZ)
    screen.take_files(files[2:])
    settled()
    assert messages(opened) == [
        f"The definition of Staff turnover changed in {files[2].name}: look at it again. Your words are kept in the field."
    ]
    name = name_of(screen, TURNOVER)
    assert (screen.page.current, screen.page.review.again) == (name, {name})
    assert WORDS in [label.text() for label in box(screen).findChildren(QLabel) if label.isVisible()]
    assert len(screen.page.detail.blocks[name].cards) == 3
    assert_counts_agree(screen)
    QTest.keyClick(screen.page.list, Qt.Key.Key_M, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settled()
    assert (merges(opened), definition(opened)) == (1, WORDS)
    assert messages(opened)[0].startswith("2 files merged. 1 decision carried out")


def test_what_is_being_written_goes_on_being_written(
    opened: MainWindow, screen: TeamScreen, files: list[Path], change: Change, settled: Callable[[], None]
) -> None:
    change(2, definition=FIRUZ)
    screen.take_files(files[2:])
    write(screen, "Half a sen")
    settled()
    field = box(screen).field
    assert field.isVisible()
    QTest.keyClicks(field, "tence")
    QTest.keyClick(field, ENTER, CTRL)
    assert screen.page.review.decisions[name_of(screen, TURNOVER)].text == "Half a sentence"
    assert screen.page.review.again == set(), "who goes on writing has looked"


def test_a_button_says_that_it_still_holds(
    opened: MainWindow, screen: TeamScreen, files: list[Path], change: Change, settled: Callable[[], None]
) -> None:
    QTest.keyClick(screen.page.list, Qt.Key.Key_1)
    assert not box(screen).holds.isVisible()
    change(2, definition=FIRUZ)
    screen.take_files(files[2:])
    settled()
    screen.page.step(1)
    name = name_of(screen, TURNOVER)
    assert screen.page.current != name
    strip_button(opened, "Go to it")
    assert screen.page.current == name
    assert screen.page.review.result(screen.page.detail.blocks[name].conflict) == MINE
    QTest.mouseClick(box(screen).holds, Qt.MouseButton.LeftButton)
    assert screen.page.list.hasFocus()
    assert (screen.page.review.again, box(screen).holds.isVisible()) == (set(), False)
    assert_counts_agree(screen)


def test_the_keyboard_goes_to_the_list_when_what_it_was_in_is_shown_anew(
    screen: TeamScreen, files: list[Path], change: Change, settled: Callable[[], None]
) -> None:
    screen.page.detail.blocks[name_of(screen, TURNOVER)].cards[0].button.setFocus()
    change(2, definition=FIRUZ)
    screen.take_files(files[2:])
    settled()
    assert screen.page.list.hasFocus()


def test_a_merge_stops_when_the_value_chosen_is_not_in_the_file_any_more(
    opened: MainWindow, screen: TeamScreen, files: list[Path], change: Change, settled: Callable[[], None]
) -> None:
    QTest.keyClick(screen.page.list, Qt.Key.Key_2)
    change(0, definition="A third version")
    QTest.keyClick(screen.page.list, Qt.Key.Key_M, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settled()
    assert merges(opened) == 0
    assert messages(opened) == [
        "The files or the project changed after the plan was made. "
        f"The definition of Staff turnover changed in {files[0].name}: decide it again. What you chose is not among the values any more."
    ]
    assert opened.strips.messages()[0].lead == "Not merged yet"
    assert not screen.page.review.is_decided(name_of(screen, TURNOVER))
    assert_counts_agree(screen)
    QTest.keyClick(screen.page.list, Qt.Key.Key_1)
    QTest.keyClick(screen.page.list, Qt.Key.Key_M, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settled()
    assert (merges(opened), definition(opened)) == (1, MINE)


def test_a_merge_stops_for_a_file_that_is_another_one_also_where_all_that_was_decided_holds(
    opened: MainWindow, screen: TeamScreen, change: Change, settled: Callable[[], None]
) -> None:
    QTest.keyClick(screen.page.list, Qt.Key.Key_1)
    change(0, include="Whoever goes")
    screen.merge()
    settled()
    assert merges(opened) == 0
    assert messages(opened)[0].endswith("All you decided still holds: merge again.")
    screen.merge()
    settled()
    assert (merges(opened), definition(opened)) == (1, MINE)


def test_an_act_just_before_the_merge_stops_it(
    opened: MainWindow, screen: TeamScreen, settled: Callable[[], None]
) -> None:
    write(screen, WORDS)
    QTest.keyClick(box(screen).field, ENTER, CTRL)
    workspace = opened.desk.workspace
    assert workspace is not None
    change_code(workspace.project, code_of(workspace.project, TURNOVER), definition="What the leader says now")
    screen.merge()
    settled()
    assert merges(opened) == 0
    assert screen.page.review.decisions[name_of(screen, TURNOVER)].text == WORDS
    assert "The definition of Staff turnover changed in this project: look at it again." in " ".join(messages(opened))


def test_words_can_be_copied_when_the_files_bring_nothing_any_more(
    opened: MainWindow, screen: TeamScreen, files: list[Path], settled: Callable[[], None]
) -> None:
    write(screen, WORDS)
    workspace = opened.desk.workspace
    assert workspace is not None
    shutil.copyfile(workspace.project.path, files[0])
    screen.merge()
    settled()
    assert (screen.plan, merges(opened)) == (None, 0)
    assert len(messages(opened)) == 2
    strip_button(opened, "Copy your words")
    assert QGuiApplication.clipboard().text() == WORDS


def test_words_that_could_not_be_written_can_be_copied(
    opened: MainWindow, screen: TeamScreen, settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise ValueError(BASE)

    monkeypatch.setattr("ui.screens.team.merging.settle_review", refuse)
    write(screen, WORDS)
    screen.merge()
    settled()
    assert merges(opened) == 1
    strip_button(opened, "Copy your words")
    assert QGuiApplication.clipboard().text() == WORDS


def test_own_words_for_a_value_are_written_and_what_is_no_value_is_said_and_stays_open(
    opened: MainWindow, screen: TeamScreen, settled: Callable[[], None]
) -> None:
    (conflict,) = (one for item in screen.page.review.items for one in item.conflicts if one.field == "value")
    screen.page.go_to(conflict.id)
    block = screen.page.detail.blocks[conflict.id]
    assert block.choices() == ["mine", "theirs", "write"]
    QTest.keyClick(screen.page.list, Qt.Key.Key_3)
    QTest.keyClick(block.result.field, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(block.result.field, "Government and ministries")
    QTest.keyClick(block.result.field, ENTER, CTRL)
    screen.merge()
    settled()
    workspace = opened.desk.workspace
    assert workspace is not None
    with workspace.project.reading() as db:
        assert "Government and ministries" in {value for (value,) in db.execute("SELECT value FROM case_values")}


def test_a_decision_that_cannot_be_carried_out_is_named_and_its_words_can_be_copied(
    opened: MainWindow, screen: TeamScreen, settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    (value,) = (one for item in screen.page.review.items for one in item.conflicts if one.field == "value")
    monkeypatch.setattr("qcode.operations.conflicts.fitting", refuse)
    screen._decided([Decision(name_of(screen, TURNOVER), text=WORDS), Decision(value.id, text="Ministries, or so")], [])
    screen.merge()
    settled()
    said = next(one for one in opened.strips.messages() if one.lead == "Still open")
    assert said.text == "The value of sector: 'Ministries, or so' is no year."
    strip_button(opened, "Copy your words")
    assert QGuiApplication.clipboard().text() == "Ministries, or so"
    workspace = opened.desk.workspace
    assert workspace is not None
    assert next(code.definition for code in CodeList(workspace.project).codes.values() if code.name == TURNOVER) == WORDS
    assert value.id in {conflict.id for conflict in open_conflicts(workspace.project)}


def refuse(_: object, text: str) -> str:
    raise UserError(f"'{text}' is no year.")
