"""Work beside the window of which only the newest is wanted: one piece at a time, asked again meanwhile the last one waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ui.tasks import Tasks

A = TypeVar("A")
R = TypeVar("R")
_SHOWN_AFTER_MS = 300


class _Signals(QObject):
    busy = Signal(bool)


class Latest(Generic[A, R]):
    """Does `work(argument)` on another thread and gives both to `done` here, or the exception to `failed`.

    An answer is given even when a newer one is under way, so that what is shown keeps up while a key is held down.
    `signals.busy(bool)` tells when work has been under way for 300 ms, and when it no longer is.
    """

    def __init__(
        self,
        tasks: Tasks,
        title: str,
        work: Callable[[A], R],
        done: Callable[[A, R], None],
        failed: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        self._tasks, self._title, self._work, self._done, self._failed = tasks, title, work, done, failed
        self.signals = _Signals(parent)
        self._running = False
        self._waiting: list[A] = []
        self._timer = QTimer(parent)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_AFTER_MS)
        self._timer.timeout.connect(lambda: self.signals.busy.emit(True))

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way or waits."""
        return self._running

    def ask(self, argument: A) -> None:
        """Have `argument` worked on, at once or after what is under way."""
        if self._running:
            self._waiting = [argument]
            return
        self._running = True
        if not self._timer.isActive():
            self._timer.start()
        self._tasks.run(
            self.signals,
            self._title,
            lambda _progress: self._work(argument),
            lambda result: self._end(lambda: self._done(argument, result)),
            lambda error: self._end(lambda: self._failed(error)),
            lambda: self._end(lambda: None),
            can_stop=False,
        )

    def _end(self, tell: Callable[[], None]) -> None:
        self._running = False
        waiting, self._waiting = self._waiting, []
        if waiting:
            self.ask(waiting[0])
        else:
            self._timer.stop()
            self.signals.busy.emit(False)
        tell()
