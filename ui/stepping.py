"""Undo and redo in the order in which the keys were pressed, one at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject

from qcode import Project
from qcode.model.change import Changes
from ui.tasks import Tasks

#: A key that is held down while taking back an import lasts must not go on working for minutes after it was let go.
_MOST_WAITING = 20


class Direction(StrEnum):
    """Back or forth."""

    UNDO = "undo"
    REDO = "redo"


class Stepping(QObject):
    """Carries out what was pressed on the open project; what waits when that is closed is dropped."""

    def __init__(self, tasks: Tasks, project: Callable[[], Project | None]) -> None:
        super().__init__()
        self._tasks, self._project = tasks, project
        self._waiting: deque[Direction] = deque()
        self._current: Direction | None = None

    def take(self, direction: Direction) -> None:
        """Take a step, after those that were asked for before."""
        if len(self._waiting) < _MOST_WAITING:
            self._waiting.append(direction)
        self._go_on()

    def is_coming(self, direction: Direction) -> bool:
        """Whether a step in that direction is under way or waits: then one the other way round will be possible."""
        return direction in (self._current, *self._waiting)

    def drop(self) -> None:
        """Forget what waits."""
        self._waiting.clear()
        self._current = None

    def _go_on(self) -> None:
        project = self._project()
        if project is None or self._current is not None or not self._waiting:
            return
        self._current = self._waiting.popleft()
        title, work = (self.tr("Undo"), project.undo) if self._current is Direction.UNDO else (self.tr("Redo"), project.redo)
        self._tasks.run(self, title, work, self._done, lambda error: self._failed(title, error), self._stopped)

    def _done(self, changes: Changes | None) -> None:
        if changes is None:
            # There was nothing: nor will there be for the same key until another one is pressed.
            while self._waiting and self._waiting[0] is self._current:
                self._waiting.popleft()
        self._current = None
        self._go_on()

    def _failed(self, title: str, error: Exception) -> None:
        self.drop()
        self._tasks.failed.emit(title, error)

    def _stopped(self) -> None:
        self.drop()
