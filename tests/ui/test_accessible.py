"""Every control, wherever it is, has a name, can be reached by Tab, and says its key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.everywhere import PLACES, go_everywhere
from ui.main_window import MainWindow
from ui.screens.matrix.screen import MatrixScreen

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit)


def spoken(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return (interface.text(QAccessible.Text.Name) if interface else "") or widget.accessibleName()


def controls(place: QWidget) -> list[QWidget]:
    """What can be used there now; the parts Qt makes inside of others left out."""
    found = [each for each in place.findChildren(QWidget) if isinstance(each, CONTROLS) and each.isVisible()]
    inner = (QComboBox, QAbstractItemView, QHeaderView)
    return [each for each in found if not isinstance(each, QHeaderView) and not isinstance(each.parentWidget(), inner)]


def called(widget: QWidget) -> str:
    parent = type(widget.parentWidget()).__name__
    return f"{type(widget).__name__} {spoken(widget)!r} in {parent}"


def test_every_control_of_every_place_has_a_name(window: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    seen, nameless = [], []
    for name, place in go_everywhere(window, project_file, qtbot):
        seen.append(name)
        assert controls(place), name
        nameless += [f"{name}: {called(each)}" for each in controls(place) if not spoken(each).strip()]
    assert tuple(seen) == PLACES
    assert nameless == []


def test_a_button_with_an_icon_alone_says_its_verb_and_has_a_tooltip(window: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    silent = []
    for name, place in go_everywhere(window, project_file, qtbot):
        for each in controls(place):
            icon_only = isinstance(each, QToolButton) and (
                not each.text() or each.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
            )
            # Qt's own buttons inside a field have no tooltip; the field's placeholder says it.
            if icon_only and not each.icon().isNull() and not isinstance(each.parentWidget(), QLineEdit):
                silent += [f"{name}: {called(each)}"] if not (spoken(each) and each.toolTip()) else []
    assert silent == []


def test_a_tooltip_of_an_action_names_its_key(opened: MainWindow) -> None:
    for at in range(len(opened.screens())):
        opened.show_nth_screen(at)
    for action in opened.actions_made.all():
        made = opened.actions_made.qt(action.id)
        if action.keys:
            native = QKeySequence(action.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
            assert f"({native})" in made.toolTip(), action.id
    for button in controls(opened.bar):
        hinted = [hint for hint in button.findChildren(QWidget) if hint.objectName() == "key"]
        assert "(" in button.toolTip() or not hinted, called(button)


def test_f6_and_tab_reach_every_control(window: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    missed = []
    for name, place in go_everywhere(window, project_file, qtbot):
        # In these two Tab has a meaning of its own.
        if name in ("find", "picker"):
            continue
        reached: set[QWidget] = set()
        # F6 goes from pane to pane, Tab on inside.
        home = QApplication.focusWidget() or window
        for pane in range(1, 8):
            home.setFocus()
            for _ in range(pane):
                QTest.keyClick(window.windowHandle(), Qt.Key.Key_F6)
            for _ in range(30):
                reached.add(QApplication.focusWidget() or window)
                QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        for each in controls(place):
            takes = each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
            # Of buttons that exclude each other Tab reaches one, arrows the others.
            group = each.group() if isinstance(each, QAbstractButton) else None
            alike = set(group.buttons()) if group and group.exclusive() else {each}
            if takes and not alike & reached:
                missed.append(f"{name}: {called(each)}")
    assert not missed, "\n".join(missed)


def test_every_control_can_be_used_with_keys(window: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    """What takes no focus has an action, a key or a neighbour that does the same."""
    unreachable = []
    for name, place in go_everywhere(window, project_file, qtbot):
        for each in controls(place):
            alone = not each.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(each.parentWidget(), QLineEdit)
            if alone and not isinstance(each, QAbstractScrollArea):
                unreachable.append(f"{name}: {called(each)} {each.toolTip()}")
    assert [each for each in unreachable if "(" not in each] == []


def test_a_cell_of_the_matrix_is_a_sentence(opened: MainWindow, qtbot: QtBot) -> None:
    opened.show_nth_screen(1)
    screen = opened.screen_now()
    assert isinstance(screen, MatrixScreen)
    qtbot.waitUntil(lambda: bool(screen.model.rowCount()) and not screen.is_busy)
    for row in range(screen.model.rowCount()):
        for column in range(1, screen.model.columnCount()):
            index = screen.model.index(row, column)
            sentence = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
            assert str(screen.model.index(row, 0).data()) in sentence
            assert len(sentence.split()) > 4
            assert index.data(Qt.ItemDataRole.ToolTipRole)
