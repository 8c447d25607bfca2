"""Changes of the project, on the window's own thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from qcode import Project
from qcode.model.change import Changes


class ChangeSignal(QObject):
    """Emits `changed(Changes)` for every committed act, in order, on the thread this object lives on; nothing after `stop`."""

    changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, project: Project) -> None:
        super().__init__()
        self._is_stopped = False
        self._arrived.connect(self._tell)
        # Called on the writer's thread: Qt queues the signal to the thread this object lives on.
        self._stop: Callable[[], None] = project.on_change(self._arrived.emit)

    def stop(self) -> None:
        """Emit no more; before the project is closed."""
        self._is_stopped = True
        self._stop()

    def _tell(self, changes: Changes) -> None:
        # What is queued already would come all the same, to screens whose project is closed.
        if not self._is_stopped:
            self.changed.emit(changes)
