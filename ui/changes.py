"""Changes of the project, on the window's own thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from qcode import Project
from qcode.model.change import Changes


class ChangeSignal(QObject):
    """Emits `changed(Changes)` for every committed act, in order, on the thread this object lives on."""

    changed = Signal(object)

    def __init__(self, project: Project) -> None:
        super().__init__()
        self._stop: Callable[[], None] = project.on_change(self._emit)

    def stop(self) -> None:
        """Emit no more; before the project is closed."""
        self._stop()

    def _emit(self, changes: Changes) -> None:
        # Called on the writer's thread: Qt queues the signal to the thread the receiver lives on.
        self.changed.emit(changes)
