"""The team screen by mouse: plan, decisions, merge, what came in, and taking it back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from qcode.model.merging import Contribution, MergePlan
from qcode.operations.merging import merge_files
from qcode.progress import Progress
from qcode.views.coding_codes import CodeList
from qcode.views.conflicts import open_conflicts
from qcode.views.merges import passages_of, read_merges
from qcode.views.questions import open_questions
from tests.ui.screens.team.examples import MINE, THEIRS, TURNOVER
from ui.screens.team.contributions import ContributionModel
from ui.screens.team.report import report_request
from ui.screens.team.review import Item, Rule
from ui.screens.team.screen import TeamScreen
from ui.workspace import Place, Workspace

LEFT = Qt.MouseButton.LeftButton
Settle = Callable[[], None]


@pytest.fixture
def planned(screen: TeamScreen, files: list[Path], settle: Settle) -> TeamScreen:
    """The screen with a plan of all three files."""
    screen.take_files(files)
    settle()
    assert screen.plan is not None
    return screen


@pytest.fixture
def merged(planned: TeamScreen, settle: Settle, qtbot: QtBot) -> TeamScreen:
    """The screen after the merge."""
    planned.merge()
    settle()
    qtbot.waitUntil(lambda: planned.overview.passages.rowCount() > 0)
    return planned


def name_of(screen: TeamScreen, title: str) -> str:
    return next(one.id for item in screen.page.review.items for one in item.conflicts if title in (one.title, one.field))


def test_a_plan_writes_nothing_and_says_what_is_in_it(planned: TeamScreen, workspace: Workspace) -> None:
    assert read_merges(workspace.project) == []
    page = planned.page
    rows = page.contributions
    assert [rows.index(row, 0).data() for row in range(4)] == ["Baktygul T.", "Firuz R.", "Dilnoza S.", "Together with yours"]
    assert rows.index(3, 1).data() == f"+{sum(rows.number(row, 1) for row in range(3))}"
    assert rows.number(3, 6) == len(page.review.names) - 1 == 5
    assert "Nothing is lost." in page.footer.words.text()
    assert page.footer.button.text().strip() == "Merge 3 files"
    assert planned.title == "Merge review"


def test_the_sum_counts_a_coding_that_two_removed_once() -> None:
    both = [Contribution(name, f"{name}.qcode", (), "", "", 2, 0, 1, 0, 0, 0) for name in ("Bea", "Cem")]
    rows = ContributionModel()
    rows.show_contributions(both, conflicts=0, removed=1)
    assert [rows.number(row, 3) for row in range(3)] == [1, 1, 1]
    assert rows.number(2, 1) == 4


def test_the_models_keep_the_rules(planned: TeamScreen) -> None:
    overview, page = planned.overview, planned.page
    for model in (page.model, page.contributions, overview.merges, overview.members, overview.passages, overview.came_in):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_a_click_on_a_card_takes_its_value(planned: TeamScreen) -> None:
    page = planned.page
    name = name_of(planned, TURNOVER)
    page.go_to(name)
    mine, theirs = page.detail.blocks[name].cards
    assert (mine.is_chosen, theirs.is_chosen) == (False, True)
    QTest.mouseClick(mine, LEFT, pos=QPoint(20, mine.height() - 8))
    assert (mine.is_chosen, theirs.is_chosen) == (True, False)
    conflict = page.review.conflict(name)
    assert conflict is not None
    assert page.review.result(conflict) == MINE
    QTest.mouseClick(theirs.button, LEFT)
    assert page.review.result(conflict) == THEIRS
    assert page.review.open.count(name) == 0


def test_a_click_on_a_row_shows_it(planned: TeamScreen) -> None:
    page = planned.page
    target = next(item for item in page.review.items if item.group == "codings")
    QTest.mouseClick(page.list.viewport(), LEFT, pos=page.list.visualRect(page.model.index_of(target.key)).center())
    assert page.current in target.ids
    heading = page.model.index(0)
    assert isinstance(page.model.row(heading), str)
    QTest.mouseClick(page.list.viewport(), LEFT, pos=page.list.visualRect(heading).center())
    assert page.current in target.ids, "a heading is nothing to decide"


def test_words_written_in_the_result_count_and_escape_leaves_them(planned: TeamScreen) -> None:
    page = planned.page
    name = name_of(planned, TURNOVER)
    page.go_to(name)
    box = page.detail.blocks[name].result
    QTest.mouseClick(box.pencil, LEFT)
    box.field.setPlainText("No")
    QTest.keyClick(box.field, Qt.Key.Key_Escape)
    assert not page.review.is_decided(name)
    assert planned.plan is not None, "Escape leaves the field, not the review"
    QTest.mouseClick(box.pencil, LEFT)
    box.field.setPlainText("Own words")
    page.list.setFocus()
    assert page.review.decisions[name].text == "Own words"


@pytest.mark.parametrize("then", ["next", "merge"])
def test_words_count_when_something_else_is_gone_to_from_within_them(
    planned: TeamScreen, workspace: Workspace, settle: Settle, then: str
) -> None:
    page = planned.page
    name = name_of(planned, TURNOVER)
    page.go_to(name)
    page.write()
    field = page.detail.blocks[name].result.field
    field.clear()
    QTest.keyClicks(field, "Own words")
    if then == "next":
        page.step(1)
        assert page.current != name
        assert page.review.decisions[name].text == "Own words"
        return
    planned.merge()
    settle()
    names = {code.definition for code in CodeList(workspace.project).codes.values()} | {
        code.name for code in CodeList(workspace.project).codes.values()
    }
    assert "Own words" in names


def test_a_number_typed_in_the_result_is_a_letter(planned: TeamScreen) -> None:
    page = planned.page
    page.go_to(name_of(planned, TURNOVER))
    page.write()
    field = page.detail.blocks[page.current].result.field
    field.clear()
    QTest.keyClicks(field, "12")
    assert field.toPlainText() == "12"
    assert not page.review.is_decided(page.current)


def test_many_at_once_and_all_undecided_again(planned: TeamScreen) -> None:
    page = planned.page
    page.by_rule(Rule.MINE)
    assert len(page.review.open) == 1, "the question stays open"
    page.by_rule(Rule.NONE)
    assert len(page.review.open) == 6


def test_decisions_are_carried_out_right_after_the_merge_as_one_act(planned: TeamScreen, workspace: Workspace, settle: Settle) -> None:
    planned.page.by_rule(Rule.MINE)
    planned.merge()
    settle()
    assert open_conflicts(workspace.project) == []
    assert len(open_questions(workspace.project)) == 1
    undone = workspace.project.undo()
    assert undone is not None
    assert undone.label == "Undo: Settle 5 conflicts"
    assert len(open_conflicts(workspace.project)) == 5


def test_what_came_in_is_counted_and_leads_to_its_place(merged: TeamScreen, workspace: Workspace, qtbot: QtBot) -> None:
    overview = merged.overview
    table, model = overview.table, overview.came_in
    every = passages_of(workspace.project, overview.number)
    assert len(every) == model.passages(model.index(model.rowCount() - 1, model.columnCount() - 1)).__len__()
    heads = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in range(model.columnCount())]
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == "Firuz R.")
    cell = model.index(row, heads.index("Tajikistan"))
    QTest.mouseClick(table.viewport(), LEFT, pos=table.visualRect(cell).center())
    shown = [overview.passages.passage(overview.passages.index(at)) for at in range(overview.passages.rowCount())]
    assert shown == [one for one in every if (one.coder, one.country) == ("Firuz R.", "Tajikistan")]
    assert str(len(shown)) == cell.data()
    with qtbot.waitSignal(merged.go) as gone:
        QTest.mouseClick(overview.shown.viewport(), LEFT, pos=overview.shown.visualRect(overview.passages.index(0)).center())
    assert gone.args == [Place(shown[0].source, shown[0].start, shown[0].end, shown[0].coding)]


def test_what_is_open_is_settled_at_once(merged: TeamScreen, workspace: Workspace, settle: Settle, qtbot: QtBot) -> None:
    merged.review_open()
    page = merged.page
    page.go_to(name_of(merged, TURNOVER))
    page.choose(1)
    qtbot.waitUntil(lambda: len(open_conflicts(workspace.project)) == 4)
    settle()
    qtbot.waitUntil(lambda: len(page.review.open) == 5)
    item = page.review.item_of(page.current)
    assert isinstance(item, Item)
    workspace.project.undo()
    qtbot.waitUntil(lambda: len(page.review.open) == 6)


def test_taking_a_merge_back_takes_along_what_came_after(merged: TeamScreen, workspace: Workspace, settle: Settle, qtbot: QtBot) -> None:
    merged._decided(merged.page.review.by_rule(Rule.MINE), [])
    settle()
    merged.taking_back.take_back(merged.overview.number)
    settle()
    qtbot.waitUntil(lambda: read_merges(workspace.project)[0].taken_back)
    assert open_conflicts(workspace.project) == []


def test_files_that_bring_nothing_new_say_so(merged: TeamScreen, files: list[Path], settle: Settle, qtbot: QtBot) -> None:
    with qtbot.waitSignal(merged.said, check_params_cb=lambda words: "nothing" in words):
        merged.take_files(files)
    assert merged.plan is None


def test_a_change_meanwhile_makes_the_plan_again(
    planned: TeamScreen, workspace: Workspace, files: list[Path], settle: Settle, qtbot: QtBot
) -> None:
    merge_files(workspace.project, files[:1])
    before = planned.plan
    qtbot.waitUntil(lambda: planned.plan is not before)
    assert planned.plan is not None
    assert {one.coder for one in planned.plan.contributions} == {"Firuz R.", "Dilnoza S."}


def test_a_plan_still_being_made_does_not_come_back_after_the_merge(
    planned: TeamScreen, files: list[Path], settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, is_merged = planned.plan, Event()

    def slow(*_: object) -> MergePlan | None:
        assert is_merged.wait(10)
        return made

    monkeypatch.setattr("ui.screens.team.merging.plan_merge", slow)
    planned.take_files([Path(shutil.copy(files[0], files[0].with_name("once more.qcode")))])
    planned.merge()
    qtbot.waitUntil(lambda: planned.plan is None)
    is_merged.set()
    settle()
    assert planned.plan is None


def test_a_plan_that_loses_something_cannot_be_carried_out(planned: TeamScreen, workspace: Workspace) -> None:
    assert isinstance(planned.plan, MergePlan)
    object.__setattr__(planned.plan, "lost", ("KGZ01-2AB4CD",))
    planned._say_plan()
    assert not planned.page.footer.button.isEnabled()
    assert "KGZ01-2AB4CD" in planned.page.footer.words.text()
    planned.merge()
    assert read_merges(workspace.project) == []


def test_files_are_dropped_on_the_screen(screen: TeamScreen, files: list[Path], settle: Settle) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    buttons, none, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    entering = QDragEnterEvent(QPoint(50, 50), copy, data, buttons, none)
    screen.dragEnterEvent(entering)
    assert entering.isAccepted()
    screen.dropEvent(QDropEvent(QPointF(50, 50), copy, data, buttons, none))
    settle()
    assert screen.plan is not None
    assert len(screen.plan.files) == 3


def test_other_files_are_left_to_the_window(screen: TeamScreen, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "note.docx"))])
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    screen.dragEnterEvent(event)
    assert not event.isAccepted()


@pytest.mark.parametrize("kind", ["html", "docx", "xlsx", "md", "csv"])
def test_a_plan_is_written_as_a_report(planned: TeamScreen, workspace: Workspace, tmp_path: Path, kind: str) -> None:
    assert planned.plan is not None
    request = report_request(workspace.project, planned.plan, done=False)
    assert kind in request.formats
    target = tmp_path / f"plan.{kind}"
    assert request.write(target, kind, frozenset(), Progress()) == f"plan.{kind} was written."
    assert target.stat().st_size > 500
    if kind in ("html", "md", "csv"):
        assert "Baktygul T." in target.read_text(encoding="utf-8")
