"""Files come back, are looked at, settled and merged, taken back and merged again, without touching the mouse."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from qcode.views.coding_codes import CodeList
from qcode.views.conflicts import open_conflicts
from qcode.views.health import check_project
from qcode.views.lists import project_info
from qcode.views.merges import read_merges
from qcode.views.questions import open_questions
from tests.ui.screens.team.examples import LEADER, MINE, TURNOVER, make_team
from tests.ui.stories.person import CTRL, SHIFT, Person
from ui.screens.coding.screen import CodingScreen
from ui.screens.team.screen import TeamScreen

Key = Qt.Key
OWN = "People with knowledge leave, or are moved."


def team(person: Person) -> TeamScreen:
    shown = person.window.screen_now()
    assert isinstance(shown, TeamScreen)
    return shown


def definition(person: Person) -> str:
    return next(code.definition for code in CodeList(person.project).codes.values() if code.name == TURNOVER)


def codings(person: Person) -> object:
    return project_info(person.project)["codings"]


def choose_files(person: Person) -> None:
    person.key(Key.Key_M, CTRL)
    person.until(lambda: team(person).plan is not None)
    person.settle()
    assert team(person).page.list.hasFocus()
    assert read_merges(person.project) == [], "looking at a merge writes nothing"
    person.picture("plan")


def go_to(person: Person, title: str) -> None:
    """F8 until it is current; each of them is open."""
    page = team(person).page
    for _ in range(len(page.review.names)):
        item = page.review.item_of(page.current)
        assert item is not None
        if (item.question and title == "question") or (item.conflicts and title in (item.conflicts[0].title, item.conflicts[0].field)):
            return
        person.key(Key.Key_F8)
    raise AssertionError(f"F8 does not lead to {title}")


def settle_with_keys(person: Person) -> None:
    page = team(person).page
    review = page.review
    go_to(person, TURNOVER)
    person.key(Key.Key_1)
    assert review.result(review.conflict(page.current)) == MINE
    person.key(Key.Key_2)
    person.key(Key.Key_0)
    assert not review.is_decided(page.current)
    person.key(Key.Key_4)
    assert page.detail.blocks[page.current].result.field.hasFocus()
    person.key(Key.Key_A, CTRL)
    person.type(OWN)
    person.key(Key.Key_Return, CTRL)
    assert review.result(review.conflict(page.current)) == OWN
    person.picture("written")
    go_to(person, "memo")
    person.key(Key.Key_3)
    assert page.current in review.both
    go_to(person, "colour")
    person.key(Key.Key_2)
    person.key(Key.Key_F8)
    before = page.current
    person.key(Key.Key_F8, SHIFT)
    person.key(Key.Key_F8)
    assert page.current == before
    answer_with_keys(person)
    assert len(review.open) == 2
    person.picture("settled")


def answer_with_keys(person: Person) -> None:
    page = team(person).page
    go_to(person, "question")
    person.key(Key.Key_2)
    assert page.review.answers[page.current].answer == "different"


def merge_with_keys(person: Person, before: object) -> None:
    person.key(Key.Key_M, CTRL | SHIFT)
    person.until(lambda: team(person).plan is None)
    person.settle()
    person.until(lambda: team(person).overview.number)
    person.settle()
    assert definition(person) == OWN
    assert codings(person) != before
    assert len(open_conflicts(person.project)) == 2
    assert open_questions(person.project) == []
    assert team(person).overview.came_in.rowCount() == 4
    assert team(person).overview.list.hasFocus()
    person.picture("merged")


def undo_both(person: Person, before: object) -> None:
    person.key(Key.Key_Z, CTRL)
    person.settle()
    assert len(open_conflicts(person.project)) == 5
    assert codings(person) != before
    person.key(Key.Key_Z, CTRL)
    person.settle()
    assert codings(person) == before
    assert open_conflicts(person.project) == []
    person.until(lambda: read_merges(person.project)[0].taken_back)
    assert definition(person) == MINE


def settle_the_rest(person: Person) -> None:
    """What is open after the merge is settled at once, each an act."""
    person.key(Key.Key_D, CTRL)
    person.until(lambda: team(person).page.review.open)
    page = team(person).page
    count = len(open_conflicts(person.project))
    while open_conflicts(person.project):
        if page.review.is_decided(page.current) or page.review.item_of(page.current).question:
            person.key(Key.Key_F8)
            continue
        person.key(Key.Key_1)
        person.until(lambda count=count: len(open_conflicts(person.project)) < count)
        person.settle()
        count = len(open_conflicts(person.project))
    if open_questions(person.project):
        go_to(person, "question")
        # The menu of a button has a loop of its own; here only that it comes up with both names.
        card = page.detail.cards[page.current]
        assert [action.text() for action in card.same.menu().actions()] == [card.question.one.name, card.question.other.name]
        person.key(Key.Key_2)
        person.until(lambda: not open_questions(person.project))
    person.settle()
    person.picture("all-settled")
    person.key(Key.Key_Escape)
    assert not team(person).is_reviewing


def go_to_a_passage(person: Person) -> None:
    overview = team(person).overview
    person.until(lambda: overview.passages.rowCount())
    person.tab_to("Passages that came in")
    person.key(Key.Key_Down)
    one = overview.passages.passage(overview.shown.currentIndex())
    person.key(Key.Key_Return)
    person.until(lambda: isinstance(person.window.screen_now(), CodingScreen))
    person.until(lambda: person.selected() == one.quote)


def test_team_keys(person: Person, project_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QCODE_CODER", LEADER)
    leader = Path(shutil.copy(project_template, tmp_path / "leader.qcode"))
    files = make_team(leader, tmp_path / "came back")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path) for path in files], ""))
    with person.qtbot.waitSignal(person.window.desk.opened):
        person.window.desk.open(leader)
    person.settle()
    before = codings(person)
    person.key(Key.Key_3, CTRL)
    person.settle()
    choose_files(person)
    settle_with_keys(person)
    merge_with_keys(person, before)
    undo_both(person, before)
    choose_files_again(person)
    person.key(Key.Key_M, CTRL | SHIFT)
    person.until(lambda: team(person).plan is None)
    person.settle()
    settle_the_rest(person)
    go_to_a_passage(person)
    assert check_project(person.project) == []
    assert not isinstance(QApplication.activePopupWidget(), QMenu)


def choose_files_again(person: Person) -> None:
    person.key(Key.Key_M, CTRL)
    person.until(lambda: team(person).plan is not None)
    person.settle()
    assert len(team(person).page.review.open) == 6
