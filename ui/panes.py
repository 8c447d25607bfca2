"""Going from pane to pane by key, and putting side panes away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QSplitter, QWidget
from shiboken6 import isValid

from ui.screen import Screen
from ui.settings import PUT_AWAY, Settings

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Panes(QObject):
    """The panes of the window in the order of reading: rail, toolbar, messages, the screen's panes from left to right, status bar."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._last: dict[QWidget, QWidget] = {}
        self._at = -1

    def jump(self, step: int) -> None:
        """Go to the next pane (1) or the one before (-1), to where the keyboard was in it last."""
        panes = [pane for pane in self._panes() if self._entry(pane) is not None]
        if not panes:
            return
        now = self._window.focusWidget()
        inside = (at for at, pane in enumerate(panes) if now is not None and (pane is now or pane.isAncestorOf(now)))
        # A pane may hand the keyboard on to a place outside itself; then the round goes on from that pane all the same.
        here = next(inside, self._at)
        self._last = {pane: kept for pane, kept in self._last.items() if pane in panes}
        if now is not None and 0 <= here < len(panes) and panes[here].isAncestorOf(now):
            self._last[panes[here]] = now
        self._at = (here + step) % len(panes)
        target = self._entry(panes[self._at])
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle(self, side: int) -> None:
        """Put the left (0) or right (-1) pane of the screen away, or bring it back."""
        screen, splitter = self._window.screen_now(), self._splitter()
        if screen is None or splitter is None or splitter.count() < 2:
            return
        pane = splitter.widget(0 if side == 0 else splitter.count() - 1)
        if pane is not None:
            pane.setVisible(pane.isHidden())
            _keep(self._window.settings, screen.id, 0 if side == 0 else 1, pane.isHidden())

    def follow(self, screen: Screen) -> None:
        """Put away in a screen that was just made what was put away in it last."""
        splitter = next(iter(screen.findChildren(QSplitter)), None)
        if splitter is None or splitter.count() < 2:
            return
        kept = self._window.settings.get_of(PUT_AWAY, screen.id, [])
        for side, pane in enumerate((splitter.widget(0), splitter.widget(splitter.count() - 1))):
            if pane is not None:
                pane.setHidden(kept[side : side + 1] == [True])
                _Return(pane, self._window.settings, screen.id, side)

    def put_away(self) -> list[bool]:
        """Of each pane of the screen, from left to right, whether it is put away."""
        splitter = self._splitter()
        return [pane.isHidden() for at in range(splitter.count()) if (pane := splitter.widget(at))] if splitter else []

    def why_not(self) -> str:
        """What is missing for putting a pane away."""
        return "" if self._splitter() is not None else self.tr("There are no side panes here.")

    def _splitter(self) -> QSplitter | None:
        screen = self._window.screen_now()
        return next(iter(screen.findChildren(QSplitter)), None) if screen else None

    def _panes(self) -> list[QWidget]:
        window = self._window
        splitter, screen = self._splitter(), window.screen_now()
        own: list[QWidget | None] = list(screen.panes_of()) if screen else []
        middle = own or (_leaves(splitter) if splitter else [window.stack.currentWidget()])
        return [pane for pane in (window.rail, window.bar, window.strips, *middle, window.status) if pane is not None and pane.isVisible()]

    def _entry(self, pane: QWidget) -> QWidget | None:
        last = self._last.get(pane)
        if last is not None and isValid(last) and last.isVisible() and last.isEnabled():
            return last
        inside = [pane, *pane.findChildren(QWidget)]
        return next((each for each in inside if _takes_keyboard(each)), None)


class _Return(QObject):
    """Notes when a pane comes back by itself, for something to be shown in it: then it is put away no more."""

    def __init__(self, pane: QWidget, settings: Settings, screen: str, side: int) -> None:
        super().__init__(pane)
        self._settings, self._screen, self._side = settings, screen, side
        pane.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks on, and changes nothing."""
        if event.type() is QEvent.Type.ShowToParent:
            _keep(self._settings, self._screen, self._side, away=False)
        return False


def _keep(settings: Settings, screen: str, side: int, away: bool) -> None:
    kept = [*settings.get_of(PUT_AWAY, screen, []), False, False][:2]
    kept[side] = away
    settings.put_of(PUT_AWAY, screen, kept)


def _takes_keyboard(widget: QWidget) -> bool:
    # A tab widget hands the keyboard to its tabs, which may be hidden.
    target = widget.focusProxy() or widget
    return target.isVisible() and target.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _leaves(splitter: QSplitter) -> list[QWidget]:
    found: list[QWidget] = []
    for at in range(splitter.count()):
        each = splitter.widget(at)
        if each is not None:
            found.extend(_leaves(each) if isinstance(each, QSplitter) else [each])
    return found
