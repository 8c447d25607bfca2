from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qcode.progress import Progress
from ui.action_set import ActionSet
from ui.actions import Action
from ui.main_window import MainWindow
from ui.tasks import Tasks
from ui.theme import Theme
from ui.widgets.focus_ring import FocusRing
from ui.widgets.key_hint import key_hint
from ui.widgets.sheet import Question, SheetHost
from ui.widgets.status_bar import StatusBar
from ui.widgets.strips import Message, Strips


@pytest.fixture
def box(qtbot: QtBot) -> QWidget:
    """A window with two fields."""
    made = QWidget()
    column = QVBoxLayout(made)
    for name in ("first", "second"):
        field = QLineEdit()
        field.setObjectName(name)
        column.addWidget(field)
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def counted(done: list[str], name: str) -> Callable[[], None]:
    return lambda: done.append(name)


def test_a_key_does_its_action_only_where_it_belongs(box: QWidget, theme: Theme, qtbot: QtBot) -> None:
    done: list[str] = []
    made = ActionSet(box, theme)
    everywhere = Action("a.all", "Everywhere", counted(done, "all"), ("Ctrl+E",))
    made.add([everywhere, Action("a.one", "Here", counted(done, "one"), ("Ctrl+D",), pane="first")])
    first, second = box.findChildren(QLineEdit)
    with qtbot.waitActive(box):
        box.activateWindow()
    second.setFocus()
    qtbot.waitUntil(second.hasFocus)
    QTest.keyClick(second, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(second, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert done == ["all"]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert done == ["all", "one"]


def test_what_cannot_be_done_is_grey_in_the_menu_and_says_why_by_key(box: QWidget, theme: Theme, qtbot: QtBot) -> None:
    made = ActionSet(box, theme)
    made.add([Action("a.no", "Apply a code", lambda: None, ("Ctrl+E",), why_not=lambda: "Select a passage first.")])
    menu = QMenu(box)
    made.tend_menu(menu)
    menu.addAction(made.qt("a.no"))
    menu.aboutToShow.emit()
    assert not made.qt("a.no").isEnabled()
    assert made.qt("a.no").toolTip() == "Select a passage first."
    menu.aboutToHide.emit()
    with qtbot.waitSignal(made.refused) as signal:
        made.qt("a.no").trigger()
    assert signal.args == ["Select a passage first."]


def test_an_action_that_raises_is_told_and_the_rest_goes_on(box: QWidget, theme: Theme, qtbot: QtBot) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    made = ActionSet(box, theme)
    made.add([Action("a.bad", "Bad", fail)])
    with qtbot.waitSignal(made.failed) as signal:
        made.run("a.bad")
    assert signal.args is not None
    assert isinstance(signal.args[0], ZeroDivisionError)


def test_strips_replace_their_like_and_go_when_dismissed(theme: Theme, qtbot: QtBot) -> None:
    strips = Strips(theme)
    qtbot.addWidget(strips)
    done: list[str] = []
    strips.show_message(Message("ok", "", "One.", key="import"))
    strips.show_message(Message("warn", "Read only", "Two & <three>.", "Open a copy", counted(done, "copy"), lasting=True))
    strips.show_message(Message("bad", "", "Four.", key="import"))
    assert [message.text for message in strips.messages()] == ["Four.", "Two & <three>."]
    button = next(each for each in strips.findChildren(QPushButton) if each.text() == "Open a copy")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["copy"]
    strips.drop("import")
    assert strips.messages() == []
    assert strips.isHidden()


def test_the_keyboard_stays_in_the_sheet_and_goes_back(box: QWidget, theme: Theme, qtbot: QtBot) -> None:
    box.activateWindow()
    first = box.findChildren(QLineEdit)[0]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    host = SheetHost(box, theme)
    chosen: list[str] = []
    question = Question(theme, "Stop it?", "What will happen.", ["Stop", "Keep on"])
    question.chosen.connect(chosen.append)
    host.show_sheet(question)
    for _ in range(5):
        focus = box.focusWidget()
        assert focus is not None
        assert question.isAncestorOf(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    stop = next(each for each in question.findChildren(QPushButton) if each.text() == "Stop")
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert chosen == ["Stop"]
    assert host.isHidden()
    assert box.focusWidget() is first


def test_the_ring_follows_the_keyboard(box: QWidget, theme: Theme, qtbot: QtBot) -> None:
    ring = FocusRing(box, theme)
    box.activateWindow()
    first, second = box.findChildren(QLineEdit)
    second.setFocus()
    qtbot.waitUntil(second.hasFocus)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(ring.isVisible)
    before = ring.geometry()
    assert before.contains(first.geometry())
    second.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.geometry().contains(second.geometry())
    second.hide()
    assert not ring.geometry().contains(second.geometry()) or ring.isHidden()


def test_work_that_lasts_is_shown_with_stop(theme: Theme, qtbot: QtBot) -> None:
    tasks = Tasks()
    bar = StatusBar(theme, tasks)
    qtbot.addWidget(bar)
    bar.show()

    def work(progress: Progress) -> None:
        while True:
            progress.step("Read", 3, 26)

    task = tasks.run(bar, "Import 26 files", work, lambda _: None)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in bar.findChildren(QPushButton)))
    assert task.total == 26
    stop = next(each for each in bar.findChildren(QPushButton) if each.isVisible())
    assert stop.accessibleName() == "Stop: Import 26 files"
    QTest.mouseClick(stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not tasks.running)


def test_what_is_said_in_passing_gives_way_to_the_place(theme: Theme, qtbot: QtBot) -> None:
    bar = StatusBar(theme, Tasks())
    qtbot.addWidget(bar)
    bar.show_place("Paragraph 1")
    bar.say("Applied. Undo")
    bar.show_place("Paragraph 2")
    assert bar.text() == "Applied. Undo"
    bar.show_fact("saved", "Saved 11:42")
    assert bar.fact("saved") == "Saved 11:42"


def test_a_hidden_screen_does_not_speak(opened: MainWindow) -> None:
    if len(opened.screens()) < 2:
        pytest.skip("there is one screen only")
    opened.show_nth_screen(0)
    first = opened.screen_now()
    opened.show_nth_screen(1)
    before = opened.status.text()
    assert first is not None
    first.status.emit("Paragraph 5 of 31")
    assert opened.status.text() == before
    opened.show_nth_screen(0)
    assert opened.status.text() != before


def test_keys_are_drawn_one_by_one(qtbot: QtBot) -> None:
    hint = key_hint("Ctrl+O")
    qtbot.addWidget(hint)
    assert [label.text() for label in hint.children() if hasattr(label, "text")] == ["Ctrl", "O"]


def test_enter_presses_the_button_that_has_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    card = next(each for each in window.start.findChildren(QPushButton) if each.accessibleName() == "Open the sample")
    pressed: list[bool] = []
    card.clicked.disconnect()
    card.clicked.connect(lambda: pressed.append(True))
    window.activateWindow()
    card.setFocus()
    qtbot.waitUntil(card.hasFocus)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(card, key)
    assert len(pressed) == 3
    card.setEnabled(False)
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert len(pressed) == 3
