"""Qt's actions made from actions as data: menus, keys, tooltips and names of a window come from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from ui.actions import Action
from ui.icons import keep_icon
from ui.theme import Theme


class ActionSet(QObject):
    """The actions of one window. An action that cannot be done now says why when its key is pressed, and is grey in the menu.

    Emits `refused(sentence)` when an action was asked for that cannot be done, and `failed(exception)` when doing it raised something.
    """

    refused = Signal(str)
    failed = Signal(object)

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._theme = window, theme
        self._made: dict[str, tuple[Action, QAction]] = {}
        #: Why no action of this id can be done now, whatever it says itself; '' when it can.
        self.held: Callable[[str], str] = lambda name: ""

    def add(self, actions: Iterable[Action], owner: QWidget | None = None) -> list[str]:
        """Make the actions known; their keys work in `owner` (the whole window if None), or in its part called `action.pane`."""
        return [self._add(action, owner or self._window) for action in actions]

    def remove(self, ids: Iterable[str]) -> None:
        """Forget actions."""
        for name in ids:
            _, made = self._made.pop(name)
            made.deleteLater()

    def qt(self, name: str) -> QAction:
        """Qt's action of the action called `name`."""
        return self._made[name][1]

    def all(self) -> list[Action]:
        """Every action that is known, in the order it was added."""
        return [action for action, _ in self._made.values()]

    def shortcuts(self) -> list[tuple[str, str]]:
        """The title of each action that has keys, and its keys in the words of this system."""
        native = QKeySequence.SequenceFormat.NativeText
        return [
            (action.title, " · ".join(QKeySequence(key).toString(native) for key in action.keys))
            for action, _ in self._made.values()
            if action.keys and action.menu
        ]

    def run(self, name: str) -> None:
        """Do an action, or say why it cannot be done."""
        action, _ = self._made[name]
        reason = self.held(name) or action.why_not()
        if reason:
            self.refused.emit(reason)
            return
        try:
            action.run()
        except Exception as error:  # noqa: BLE001 - whatever it is, the window says it and goes on
            self.failed.emit(error)

    def tend_menu(self, menu: QMenu) -> None:
        """Have what cannot be done stand grey in a menu, and say why; once for each menu, whatever comes into it later."""
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(lambda: self._look(menu))
        # A disabled QAction swallows its key without a word, so they are only grey while the menu is open.
        menu.aboutToHide.connect(lambda: self._wake(menu))

    def _look(self, menu: QMenu) -> None:
        for action, made in self._made.values():
            if made in menu.actions():
                reason = self.held(action.id) or action.why_not()
                made.setEnabled(not reason)
                made.setToolTip(reason or action.tip or action.title)

    def _wake(self, menu: QMenu) -> None:
        for action in menu.actions():
            action.setEnabled(True)

    def _add(self, action: Action, owner: QWidget) -> str:
        pane = owner.findChild(QWidget, action.pane) if action.pane else None
        made = QAction(action.title, self)
        made.setToolTip(_with_key(action))
        made.setStatusTip("")
        if action.icon:
            keep_icon(self._theme, made, action.icon)
            made.setIconVisibleInMenu(False)
        if action.pane and pane is None:
            made.setText(f"{action.title}\t{action.keys[0]}" if action.keys else action.title)
        else:
            made.setShortcuts([QKeySequence(key) for key in action.keys])
        # An action of a screen is added to that screen: Qt lets the keys of a hidden one rest.
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut if pane else Qt.ShortcutContext.WindowShortcut)
        (pane or owner).addAction(made)
        made.triggered.connect(lambda _=False, name=action.id: self.run(name))
        self._made[action.id] = (action, made)
        return action.id


def run_from(widget: QWidget, name: str) -> None:
    """Do an action of the window that `widget` stands in; nothing in a window that has none (a test of its own, say)."""
    actions = getattr(widget.window(), "actions_made", None)
    if isinstance(actions, ActionSet):
        actions.run(name)


def _with_key(action: Action) -> str:
    words = action.tip or action.title
    if not action.keys:
        return words
    return f"{words} ({QKeySequence(action.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)})"
