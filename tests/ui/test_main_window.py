from __future__ import annotations

import os
import re
import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QCloseEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qcode import Project, open_project
from qcode.errors import UserError
from qcode.operations.codes import create_code
from qcode.operations.sources import add_pasted
from qcode.progress import Progress
from qcode.views.health import check_project
from qcode.views.lists import list_sources
from ui.main_window import MainWindow
from ui.screens.coding.screen import CodingScreen
from ui.settings import PUT_AWAY, SCALE, THEME
from ui.theme import Mode
from ui.widgets.sheet import Question
from ui.widgets.strips import Message

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)


def nameless(window: QWidget) -> list[str]:
    """Controls that a screen reader would call nothing."""
    controls = [each for each in window.findChildren(QWidget) if isinstance(each, CONTROLS)]
    reached = [each for each in controls if each.focusPolicy() != Qt.FocusPolicy.NoFocus]
    own = [each for each in reached if not isinstance(each.parentWidget(), (QComboBox, QAbstractItemView)) and each.isVisible()]
    return [f"{type(each).__name__} in {type(each.parentWidget()).__name__}" for each in own if not spoken(each)]


def spoken(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def steps(window: MainWindow) -> list[QToolButton]:
    """The buttons of Undo and Redo."""
    return [button for button, _ in window.bar._steps]


def press(window: MainWindow, verb: str) -> None:
    """Press the button of the sheet that is up."""
    sheet = window.sheets.sheet
    assert sheet is not None
    button = next(each for each in sheet.findChildren(QPushButton) if each.text() == verb)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def leads(window: MainWindow) -> list[str]:
    return [message.lead for message in window.strips.messages()]


def test_on_start_there_is_no_rail_and_every_control_has_a_name(window: MainWindow) -> None:
    assert not window.rail.isVisible()
    assert window.start.isVisible()
    assert nameless(window) == []


def test_an_open_project_shows_its_screens_and_who_works(opened: MainWindow, qtbot: QtBot) -> None:
    assert opened.rail.isVisible()
    assert "Small project" in opened.windowTitle()
    assert opened.status.fact("coder")
    for at in range(len(opened.screens())):
        opened.show_nth_screen(at)
        qtbot.waitUntil(lambda: not opened.desk.tasks.running)
        assert nameless(opened) == []


def test_a_project_is_reopened_on_the_screen_it_was_left_on(opened: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    if len(opened.screens()) < 2:
        pytest.skip("there is one screen only")
    opened.show_nth_screen(1)
    opened.verbs.close_project()
    assert opened.start.isVisible()
    with qtbot.waitSignal(opened.desk.opened):
        opened.verbs.open_path(project_file)
    shown = opened.screen_now()
    assert shown is not None
    assert shown.id == opened.screens()[1][0].id


def test_undo_says_what_it_undoes_and_does_it(opened: MainWindow, qtbot: QtBot) -> None:
    workspace = opened.desk.workspace
    assert workspace is not None
    undo = opened.actions_made.qt("edit.undo")
    assert undo.text() == "Undo: Import codings codings.csv"
    add_pasted(workspace.project, "New", "Words.")
    qtbot.waitUntil(lambda: undo.text() == "Undo: Paste New")
    assert opened.status.fact("saved").startswith("Saved ")
    undo.trigger()
    qtbot.waitUntil(lambda: opened.actions_made.qt("edit.redo").text() == "Redo: Paste New")
    assert len(list_sources(workspace.project)) == 4
    opened.actions_made.qt("edit.redo").trigger()
    qtbot.waitUntil(lambda: undo.text() == "Undo: Paste New")
    assert len(list_sources(workspace.project)) == 5


def test_when_it_was_saved_stands_there_from_the_start(window: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.desk.opened):
        window.verbs.open_path(project_file)
    assert re.fullmatch(r"Saved \d\d:\d\d", window.status.fact("saved"))
    window.verbs.close_project()
    assert window.status.fact("saved") == ""
    os.utime(project_file, (0, 86_400 * 365))
    with qtbot.waitSignal(window.desk.opened):
        window.verbs.open_path(project_file)
    assert window.status.fact("saved") == "Saved 1 Jan 1971"


def test_what_was_done_can_be_taken_back_from_the_status_bar(opened: MainWindow, qtbot: QtBot) -> None:
    workspace = opened.desk.workspace
    assert workspace is not None
    assert opened.status.offered() == ""
    add_pasted(workspace.project, "New", "Words.")
    qtbot.waitUntil(lambda: opened.status.offered() == "Undo: Paste New")
    link = next(each for each in opened.status.findChildren(QPushButton) if each.text() == "Undo: Paste New")
    assert "Ctrl+Z" in link.toolTip()
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened.status.offered() == "Redo: Paste New")
    assert len(list_sources(workspace.project)) == 4
    opened.status._offering.timeout.emit()
    assert opened.status.offered() == ""
    assert opened.status._offering.interval() == 8000


def test_losing_the_keyboard_makes_the_file_complete(opened: MainWindow, project_file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    workspace = opened.desk.workspace
    assert workspace is not None
    add_pasted(workspace.project, "New", "Words.")
    opened.desk.settle()
    qtbot.waitUntil(lambda: not opened.desk.tasks.running)
    copy = Path(shutil.copy(project_file, tmp_path / "copy.qcode"))
    with open_project(copy, read_only=True) as project:
        assert "New" in [line["name"] for line in list_sources(project)]


def test_an_action_that_cannot_be_done_says_why(window: MainWindow) -> None:
    window.actions_made.run("edit.undo")
    assert window.status.text() == "Open a project first."


def test_a_file_that_is_open_elsewhere_opens_read_only_and_says_who_has_it(
    window: MainWindow, project_file: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_project(project_file):
        with qtbot.waitSignal(window.desk.opened):
            window.verbs.open_path(project_file)
        (message,) = window.strips.messages()
        assert message.lead == "Read only"
        assert message.text.startswith("This project is open on ")
        window.actions_made.run("project.import")
        assert "open for reading only" in window.status.text()
        assert [(step.isEnabled(), "open for reading only" in step.toolTip()) for step in steps(window)] == [(False, True)] * 2
        monkeypatch.setattr(window.files, "save", lambda *_: tmp_path / "copy.qcode")
        with qtbot.waitSignal(window.desk.opened):
            window.verbs.open_copy()
    assert window.desk.path == tmp_path / "copy.qcode"
    assert window.strips.messages() == []
    workspace = window.desk.workspace
    assert workspace is not None
    assert [(step.isEnabled(), "Ctrl" in step.toolTip()) for step in steps(window)] == [(True, True)] * 2
    add_pasted(workspace.project, "New", "Words.")


def test_a_folder_that_cannot_be_written_opens_read_only(window: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    project_file.with_name(project_file.name + ".lock").mkdir()
    with qtbot.waitSignal(window.desk.opened):
        window.verbs.open_path(project_file)
    assert leads(window) == ["Read only"]


@pytest.mark.parametrize("content", [b"", b"not a project at all", b"SQLite format 3\x00" + bytes(200)])
def test_a_file_that_is_no_project_is_refused_in_a_sentence(window: MainWindow, content: bytes, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "wrong.qcode"
    path.write_bytes(content)
    with qtbot.waitSignal(window.desk.failed):
        window.verbs.open_path(path)
    (message,) = window.strips.messages()
    assert "wrong.qcode" in message.text
    assert not message.button
    assert window.start.isVisible()
    assert path.read_bytes() == content


def test_a_wrong_file_leaves_the_open_project_open(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    before = opened.desk.path
    (tmp_path / "wrong.qcode").write_bytes(b"x")
    with qtbot.waitSignal(opened.desk.failed):
        opened.verbs.open_path(tmp_path / "wrong.qcode")
    assert opened.desk.path == before


def test_a_file_that_vanishes_is_said_and_nothing_is_lost(
    opened: MainWindow, project_file: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = opened.desk.workspace
    assert workspace is not None
    add_pasted(workspace.project, "Just now", "Words.")
    with qtbot.waitSignal(opened.desk.vanished):
        project_file.unlink()
        opened.desk.look()
    assert leads(opened) == ["File gone"]
    monkeypatch.setattr(opened.files, "save", lambda *_: tmp_path / "saved.qcode")
    opened.verbs.save_copy()
    qtbot.waitUntil(lambda: "Copied" in leads(opened))
    with open_project(tmp_path / "saved.qcode", read_only=True) as saved:
        assert "Just now" in [line["name"] for line in list_sources(saved)]
        assert check_project(saved) == []


def test_a_file_that_comes_back_takes_the_message_away(opened: MainWindow, project_file: Path) -> None:
    away = project_file.with_name("away.qcode")
    project_file.rename(away)
    opened.desk.look()
    assert leads(opened) == ["File gone"]
    away.rename(project_file)
    opened.desk.look()
    assert leads(opened) == []


def begin_import(window: MainWindow, begun: threading.Event) -> None:
    """An import that lasts until it is stopped."""
    workspace = window.desk.workspace
    assert workspace is not None
    project = workspace.project

    def work(progress: Progress) -> None:
        def act(act: object) -> None:
            create_code(project, "Half done")
            begun.set()
            while True:
                progress.step("Import", 1, 2)

        project.transact("import sources", "Import 2 files", act, progress)

    workspace.tasks.run(window, "Import 2 files", work, lambda _: None).writes = True
    assert begun.wait(5)


def test_closing_while_an_import_runs_asks_and_keeping_on_keeps_on(opened: MainWindow) -> None:
    begun = threading.Event()
    begin_import(opened, begun)
    event = QCloseEvent()
    opened.closeEvent(event)
    assert not event.isAccepted()
    assert isinstance(opened.sheets.sheet, Question)
    press(opened, "Keep on")
    assert opened.desk.tasks.running
    assert opened.isVisible()


def test_an_act_during_an_import_is_refused_at_once_and_stop_works(opened: MainWindow, qtbot: QtBot) -> None:
    workspace = opened.desk.workspace
    assert workspace is not None
    begin_import(opened, threading.Event())
    with pytest.raises(UserError, match="Import 2 files is under way: wait for it, or stop it"):
        create_code(workspace.project, "Meanwhile")
    next(task for task in opened.desk.tasks.running if task.writes).cancel()
    qtbot.waitUntil(lambda: not opened.desk.tasks.running)
    create_code(workspace.project, "Afterwards")


def test_a_sheet_holds_the_keyboard(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_keys()
    sheet = opened.sheets.sheet
    assert sheet is not None
    names = [action.id for action in opened.shown_actions()]
    done: list[str] = []
    beside = {"project.quit", "view.larger", "view.smaller", "view.normal", "view.light", "view.dark", "view.system"}
    for name in sorted(set(names) - beside):
        opened.actions_made.run(name)
        if opened.status.text() != "Close the sheet first." or opened.sheets.sheet is not sheet:
            done.append(name)
        opened.status.say("")
    assert done == []
    shown = opened.screen_now()
    QTest.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert opened.screen_now() is shown
    assert shown is not None
    next(each for each in shown.findChildren(QLineEdit) if each.isVisible()).setFocus()
    now = opened.focusWidget()
    assert now is not None
    assert sheet.isAncestorOf(now)
    QTest.keyClick(now, Qt.Key.Key_Escape)
    assert opened.sheets.sheet is None


def test_stop_and_close_takes_the_half_import_back(opened: MainWindow, project_file: Path) -> None:
    begin_import(opened, threading.Event())
    opened.close()
    press(opened, "Stop and close")
    assert not opened.isVisible()
    with open_project(project_file, read_only=True) as project:
        assert check_project(project) == []
        assert len(list_sources(project)) == 4


def drop(window: MainWindow, *paths: Path) -> None:
    """Drop files on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    point = QPointF(QPoint(400, 400))
    event = QDropEvent(point, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(event)


def test_a_project_that_is_dropped_opens(window: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.desk.opened):
        drop(window, project_file)
    assert window.desk.path == project_file


def test_notes_dropped_on_start_begin_a_project(window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "note.txt").write_text("Words.", encoding="utf-8")
    monkeypatch.setattr(window.files, "save", lambda *_: tmp_path / "new")
    with qtbot.waitSignal(window.desk.opened):
        drop(window, tmp_path / "note.txt")
    assert window.desk.path == tmp_path / "new.qcode"
    qtbot.waitUntil(lambda: window.sheets.sheet is not None)


def test_sizes_and_themes_are_set_by_key_and_kept(window: MainWindow) -> None:
    window.actions_made.run("view.larger")
    assert window.settings.get(SCALE) == 1.1
    assert window.status.fact("scale") == "110 %"
    window.actions_made.run("view.dark")
    assert window.theme.name == "dark"
    assert window.settings.get(THEME) == Mode.DARK
    for _ in range(20):
        window.actions_made.run("view.larger")
    assert window.scale() == 2.0
    window.actions_made.run("view.normal")
    assert window.theme.px(100) == 100


def test_f6_goes_round_the_panes(opened: MainWindow) -> None:
    seen = []
    for _ in range(6):
        opened.panes.jump(1)
        seen.append(opened.focusWidget())
    assert len(set(seen)) >= 3
    opened.panes.jump(1)
    opened.panes.jump(-1)
    assert opened.focusWidget() is seen[-1]


def test_side_panes_are_put_away_and_come_back(opened: MainWindow) -> None:
    for side in (0, -1):
        before = opened.panes.put_away()
        opened.panes.toggle(side)
        assert opened.panes.put_away()[side] is not before[side]
        opened.panes.toggle(side)
        assert opened.panes.put_away() == before


def test_a_side_pane_that_was_put_away_is_so_the_next_time(opened: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    for at in range(len(opened.screens())):
        opened.show_nth_screen(at)
        opened.panes.toggle(-1)
    opened.settings.save()
    opened.verbs.close_project()
    with qtbot.waitSignal(opened.desk.opened):
        opened.verbs.open_path(project_file)
    for at in range(len(opened.screens())):
        opened.show_nth_screen(at)
        assert opened.panes.put_away()[-1]
        assert not opened.panes.put_away()[0]
        opened.panes.toggle(-1)
    assert opened.settings.get(PUT_AWAY) == {made.id: [False, False] for made, _ in opened.screens()}


def test_a_pane_that_comes_back_by_itself_is_put_away_no_more(opened: MainWindow) -> None:
    opened.show_nth_screen(0)
    screen = opened.screen_now()
    assert isinstance(screen, CodingScreen)
    opened.panes.toggle(-1)
    assert opened.settings.get_of(PUT_AWAY, "coding", []) == [False, True]
    screen.show_right_pane()
    assert opened.settings.get_of(PUT_AWAY, "coding", []) == [False, False]


def test_f6_leads_to_messages_and_to_the_status_bar(opened: MainWindow) -> None:
    opened.strips.show_message(Message("info", "", "Something.", key="said"))
    opened.status.offer(opened.actions_made.qt("edit.undo"))
    seen = set()
    for _ in range(10):
        opened.panes.jump(1)
        focus = opened.focusWidget()
        seen |= {pane for pane in (opened.strips, opened.status) if focus is not None and pane.isAncestorOf(focus)}
    assert seen == {opened.strips, opened.status}


def test_a_project_that_was_still_being_opened_is_let_go_of(window: MainWindow, project_file: Path) -> None:
    window.verbs.open_path(project_file)
    window.close()
    assert window.desk.workspace is None
    assert not project_file.with_name(project_file.name + ".lock").exists()
    with open_project(project_file) as project:
        assert not project.read_only


def test_after_stopping_what_was_opened_something_else_can_be(window: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    window.verbs.open_path(project_file)
    window.desk.stop()
    with qtbot.waitSignal(window.desk.opened):
        window.verbs.open_path(project_file)


def test_closing_a_project_whose_file_is_gone_keeps_all_of_it(opened: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    project_file.unlink()
    opened.desk.look()
    with qtbot.waitSignal(opened.desk.said) as said:
        opened.verbs.close_project()
    assert said.args is not None
    kept = Path(said.args[0][0].rpartition(" kept as ")[2].removesuffix("."))
    with open_project(kept, read_only=True) as project:
        assert len(list_sources(project)) == 4


def test_a_fault_of_the_program_is_said_with_details_to_copy(opened: MainWindow) -> None:
    try:
        raise ZeroDivisionError("for the test")
    except ZeroDivisionError as error:
        opened.reports.hook(type(error), error, None)
    (message,) = opened.strips.messages()
    assert message.button == "Copy details"
    assert message.act is not None
    message.act()
    copied = QGuiApplication.clipboard().text()
    assert "ZeroDivisionError: for the test" in copied
    assert "Python" in copied


def test_what_a_user_can_mend_is_said_in_its_own_words(opened: MainWindow) -> None:
    opened.reports.show_failure("Anything", UserError("There is no folder x: make it first."))
    (message,) = opened.strips.messages()
    assert (message.text, message.button) == ("There is no folder x: make it first.", "")


def test_a_recent_project_that_is_gone_can_be_located_or_forgotten(
    opened: MainWindow, project_file: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.verbs.close_project()
    moved = Path(shutil.move(project_file, tmp_path / "moved.qcode"))
    recent = opened.start.recents()[0]
    opened.verbs.open_recent(recent)
    monkeypatch.setattr(opened.files, "open_one", lambda *_: moved)
    with qtbot.waitSignal(opened.desk.opened):
        press(opened, "Locate…")
    assert opened.desk.path == moved
    opened.verbs.close_project()
    moved.unlink()
    opened.verbs.open_recent(opened.start.recents()[0])
    press(opened, "Forget it")
    assert opened.start.recents() == []


def test_the_keys_are_listed(window: MainWindow) -> None:
    window.actions_made.run("help.keys")
    assert window.sheets.sheet is not None
    QTest.keyClick(window.sheets.sheet, Qt.Key.Key_Escape)
    assert window.sheets.sheet is None


def test_no_key_is_given_twice(opened: MainWindow) -> None:
    for at in range(max(1, len(opened.screens()))):
        opened.show_nth_screen(at)
        whole = [key for action in opened.shown_actions() if not action.pane for key in action.keys]
        assert sorted(whole) == sorted(set(whole))


def test_after_closing_a_project_enter_opens_it_again(opened: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    opened.verbs.close_project()
    now = opened.focusWidget()
    assert now is not None
    assert now.accessibleName() == "Recent projects"
    with qtbot.waitSignal(opened.desk.opened):
        QTest.keyClick(now, Qt.Key.Key_Return)
    assert opened.desk.path == project_file


def test_in_the_filter_of_start_down_goes_to_the_list_and_esc_clears(opened: MainWindow) -> None:
    opened.verbs.close_project()
    field = next(each for each in opened.start.findChildren(QLineEdit) if each.accessibleName() == "Filter recent projects")
    assert field.width() == opened.theme.px(222)
    field.setFocus()
    QTest.keyClicks(field, "nowhere")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert opened.focusWidget() is field
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    QTest.keyClick(field, Qt.Key.Key_Down)
    now = opened.focusWidget()
    assert now is not None
    assert now.accessibleName() == "Recent projects"


def test_every_menu_has_a_letter_of_its_own_and_f10_goes_there(opened: MainWindow, qtbot: QtBot) -> None:
    for at in range(len(opened.screens())):
        opened.show_nth_screen(at)
        marked = re.findall("&(.)", "".join(action.text() for action in opened.menuBar().actions()))
        assert len(marked) == len(opened.menuBar().actions()) == len({letter.lower() for letter in marked})
    opened.actions_made.run("help.menus")
    assert opened.menuBar().activeAction() is opened.menuBar().actions()[0]
    opened.menuBar().setActiveAction(None)


def test_what_is_said_is_of_the_act_that_can_be_taken_back(opened: MainWindow, qtbot: QtBot) -> None:
    opened.screen_now().did.emit("Applied a code")
    add_pasted(project_in(opened), "First", "Words.")
    qtbot.waitUntil(lambda: opened.status.offered() == "Undo: Paste First")
    assert opened.status.text() == "Applied a code"
    add_pasted(project_in(opened), "Second", "Words.")
    qtbot.waitUntil(lambda: opened.status.offered() == "Undo: Paste Second")
    assert opened.status.text() == "Paste Second"


def test_a_refusal_is_seen_at_once_and_offers_no_undo_of_something_else(opened: MainWindow, qtbot: QtBot) -> None:
    add_pasted(project_in(opened), "First", "Words.")
    qtbot.waitUntil(lambda: opened.status.offered() == "Undo: Paste First")
    opened.screen_now().said.emit("Put the caret into a coded passage first.")
    assert (opened.status.text(), opened.status.offered()) == ("Put the caret into a coded passage first.", "")
    opened.screen_now().status.emit("Paragraph 2 of 9")
    assert opened.status.text() == "Put the caret into a coded passage first."
    opened.screen_now().said.emit("")
    assert opened.status.text() == "Paragraph 2 of 9"
    add_pasted(project_in(opened), "Second", "Words.")
    qtbot.waitUntil(lambda: opened.status.text() == "Paste Second")


def test_what_was_said_of_one_project_is_not_said_in_the_next(opened: MainWindow, qtbot: QtBot) -> None:
    add_pasted(project_in(opened), "First", "Words.")
    qtbot.waitUntil(lambda: opened.status.text() == "Paste First")
    opened.verbs.close_project()
    qtbot.waitUntil(lambda: opened.desk.workspace is None)
    assert (opened.status.text(), opened.status.offered()) == ("Ready", "")


def project_in(window: MainWindow) -> Project:
    assert window.desk.workspace is not None
    return window.desk.workspace.project
