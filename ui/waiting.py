"""How much waits to be decided: counted beside the window, shown at the rail."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from qcode.model.change import Changes
from qcode.views.conflicts import count_conflicts
from qcode.views.questions import open_questions
from ui.desk import Desk
from ui.workspace import Workspace

_PAUSE = 250
#: Acts of the reading day that leave nothing to decide and settle nothing that was.
_QUIET = frozenset(("apply code", "mark reading", "import files"))


class Waiting(QObject):
    """Follows the open project. Emits `counted(number)` of conflicts and questions when it may be another one."""

    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._count)
        desk.opened.connect(self._begin)
        desk.closing.connect(self._pause.stop)

    def _begin(self, workspace: Workspace) -> None:
        workspace.changes.changed.connect(self._changed)
        self._pause.start()

    def _changed(self, changes: Changes) -> None:
        if changes.operation and changes.kind not in _QUIET:
            self._pause.start()

    def _count(self) -> None:
        workspace = self._desk.workspace
        if workspace is None:
            return
        project = workspace.project
        title = self.tr("Count what is open")
        workspace.tasks.run(
            *(self, title, lambda _: count_conflicts(project) + len(open_questions(project))), self.counted.emit, can_stop=False
        )
