"""Long work beside the window: on a thread of its own, with progress and Stop; the result comes back on the window's thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal
from shiboken6 import isValid

from qcode.errors import Cancelled
from qcode.progress import Progress
from ui.collector import keep_collector_here

T = TypeVar("T")
_BETWEEN_REPORTS = 0.05


class Task(QObject):
    """One piece of work under way. Made by `Tasks.run` only. `writes` is set by whoever began work that the user would miss if it
    were stopped, such as an import: closing asks first. Where `can_stop` is False the work does not look whether it should stop, and no
    Stop is offered.

    Emits `progressed()` when `what`, `done` and `total` are other ones, and `finished()` once, whatever came of it.
    """

    progressed = Signal()
    finished = Signal()
    _reported = Signal(str, int, int)
    _ended = Signal(object, object)

    def __init__(self, owner: QObject, title: str, *, can_stop: bool) -> None:
        super().__init__()
        self.title = title
        self.can_stop = can_stop
        self.what = ""
        self.done = 0
        self.total = 0
        self.is_stopping = False
        self.writes = False
        self.is_dropped = False
        self._last_report = 0.0
        self.progress = Progress(self._report)
        self._reported.connect(self._note)
        self._tie = owner.destroyed.connect(self.cancel)

    def _let_go(self) -> None:
        # The owner may outlive this and must not tell work long done, of which Python has taken half apart, to stop.
        QObject.disconnect(self._tie)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self.is_stopping = True
        self.progress.cancel()
        self.progressed.emit()

    def _report(self, what: str, done: int, total: int) -> None:
        # On the worker's thread: a signal for each of 100,000 steps would keep the window busy with nothing else.
        now = time.monotonic()
        if done == total or now - self._last_report >= _BETWEEN_REPORTS:
            self._last_report = now
            self._reported.emit(what, done, total)

    def _note(self, what: str, done: int, total: int) -> None:
        self.what, self.done, self.total = what, done, total
        self.progressed.emit()


class Tasks(QObject):
    """Everything under way, in the order it was begun.

    Emits `changed()` when a task begins or ends, and `failed(title, exception)` for work that failed and whose beginner did not ask
    to be told.
    """

    changed = Signal()
    failed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.running: list[Task] = []
        keep_collector_here(self)
        self._pool = QThreadPool()
        # Each thread has its own reading connection to the project: threads that come and go would open it again and again.
        self._pool.setExpiryTimeout(-1)

    def run(
        self,
        owner: QObject,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        stopped: Callable[[], None] | None = None,
        *,
        can_stop: bool = True,
    ) -> Task:
        """Begin `work` on another thread; then `done` is called with its result, or `failed` with what it raised, on this thread.

        `title` says what it is ('Import 26 files'). `owner` is who waits for the answer: a sheet or a screen that may be gone before it
        comes. Then the work is asked to stop and nothing is called. When somebody stopped it (it raised Cancelled) only `stopped` is.
        """
        task = Task(owner, title, can_stop=can_stop)
        self.running.append(task)
        task._ended.connect(_Ending(self, task, owner, done, failed, stopped).take)
        # Not a runnable of our own: the pool's Python side keeps some of them for ever, with all that their work holds.
        self._pool.start(lambda: _carry_out(task, work))
        self.changed.emit()
        return task

    def stop_all(self) -> None:
        """Ask everything to stop and wait until it has; nothing more is reported by it. Before the project is closed."""
        for task in list(self.running):
            task.cancel()
            # A result may be on its way already, and disconnecting would not stop it.
            task.is_dropped = True
        self._pool.waitForDone()
        for task in self.running:
            task._let_go()
            task.finished.emit()
        self.running.clear()
        self.changed.emit()

    def _end(self, task: Task) -> None:
        if task in self.running:
            self.running.remove(task)
        task._let_go()
        task.finished.emit()
        self.changed.emit()


class _Ending(QObject):
    """What happens on the window's thread when a task has ended; a QObject, so that Qt brings the signal to that thread."""

    def __init__(
        self,
        tasks: Tasks,
        task: Task,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None,
        stopped: Callable[[], None] | None,
    ) -> None:
        super().__init__(task)
        self._tasks, self._task, self._owner = tasks, task, owner
        self._done, self._failed, self._stopped = done, failed, stopped

    def take(self, result: object, error: Exception | None) -> None:
        """End the task and tell whoever began it."""
        if self._task.is_dropped:
            return
        self._tasks._end(self._task)
        if not isValid(self._owner):
            return
        if isinstance(error, Cancelled):
            if self._stopped:
                self._stopped()
        elif error is None:
            self._done(result)
        elif self._failed:
            self._failed(error)
        else:
            self._tasks.failed.emit(self._task.title, error)


def _carry_out(task: Task, work: Callable[[Progress], Any]) -> None:
    """Do the work, on its thread, and send what came of it."""
    try:
        result, error = work(task.progress), None
    except Exception as raised:  # noqa: BLE001 - whatever it is, the window's thread must hear of it
        result, error = None, raised
    task._ended.emit(result, error)
