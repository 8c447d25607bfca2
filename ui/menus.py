"""The menu bar: what can be done now, by menus."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QMenuBar

from ui.action_set import ActionSet
from ui.actions import Action

#: The menus in the order of the menu bar, with the letter that opens each marked; others stand before Help.
MARKED = ("&Project", "&Edit", "&View", "&Source", "&Code", "S&ynthesis", "&Team", "&Help")
MENUS = tuple(title.replace("&", "") for title in MARKED)


class Menus(QObject):
    """Fills a menu bar. Each menu is made once; only one whose acts are other ones is filled anew, for every switch of screens asks."""

    def __init__(self, bar: QMenuBar, made: ActionSet) -> None:
        super().__init__(bar)
        self._bar, self._made = bar, made
        self._menus: dict[str, QMenu] = {}

    def show_actions(self, actions: Iterable[Action]) -> None:
        """Show these actions, each in the menu it names; those that name none are left out."""
        wanted: dict[str, list[str]] = {}
        for action in actions:
            if action.menu:
                wanted.setdefault(action.menu, []).append(action.id)
        for title, names in wanted.items():
            self._fill(title, names)
        titles = sorted(wanted, key=lambda title: MENUS.index(title) if title in MENUS else len(MENUS) - 2)
        if [shown.menu() for shown in self._bar.actions()] != [self._menus[title] for title in titles]:
            self._bar.clear()
            for title in titles:
                self._bar.addMenu(self._menus[title])

    def enter(self) -> None:
        """Open the first menu, for the keyboard to go on from there."""
        first = next(iter(self._bar.actions()), None)
        if first is not None:
            self._bar.setFocus()
            self._bar.setActiveAction(first)

    def _fill(self, title: str, names: list[str]) -> None:
        if title not in self._menus:
            self._menus[title] = QMenu(MARKED[MENUS.index(title)] if title in MENUS else title, self._bar)
            self._made.tend_menu(self._menus[title])
        menu, actions = self._menus[title], [self._made.qt(name) for name in names]
        if menu.actions() != actions:
            menu.clear()
            menu.addActions(actions)
