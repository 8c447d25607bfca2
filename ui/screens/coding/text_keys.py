"""What a key pressed in the text does, and the menu of the same acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu

from ui.screens.coding.actions import TEXT
from ui.screens.coding.keys import sequence_of

if TYPE_CHECKING:
    from ui.screens.coding.screen import CodingScreen


#: Where a group of the menu begins.
_GROUPS = {
    "coding.apply": "mark",
    "coding.sentence": "select",
    "coding.recode": "change",
    "coding.remove": "remove",
    "coding.inspect": "go",
}


class TextKeys(QObject):
    """The actions of the text pane by their keys."""

    def __init__(self, screen: CodingScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._actions = [action for action in screen.actions_of() if action.pane == TEXT]
        self._by_key = {QKeySequence(key).toString(): action for action in self._actions for key in action.keys}
        screen.text.keys = self.take
        screen.text.menu_wanted.connect(self.show_menu)

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key means; False when it means nothing here."""
        screen = self._screen
        if screen.ends.is_taken:
            screen.safely(screen.ends.take_key, event)
            return True
        if event.key() == Qt.Key.Key_Escape:
            return self._step_out()
        sequence = "Return" if event.key() == Qt.Key.Key_Enter else sequence_of(event)
        action = self._by_key.get(sequence)
        if action is None:
            return False
        screen.do(action)
        return True

    def show_menu(self, point: QPoint) -> None:
        """The same actions with their keys, at a global point."""
        menu = QMenu(self._screen)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        before = ""
        for action in self._actions:
            if action.menu and not action.why_not():
                group = _GROUPS.get(action.id, before)
                if before and group != before:
                    menu.addSeparator()
                before = group
                made = QAction(f"{action.title}\t{action.keys[0]}", menu)
                made.triggered.connect(lambda _=False, one=action: self._screen.do(one))
                menu.addAction(made)
        menu.popup(point)

    def _step_out(self) -> bool:
        screen = self._screen
        if screen.find_bar.isVisible():
            screen.find_bar.close_bar()
        elif screen.text.marks.only:
            screen.text.marks.set_only("")
            screen.say_place()
        elif screen.text.selection():
            screen.text.select(None)
        else:
            return False
        return True
