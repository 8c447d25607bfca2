"""Acts that could not be written: nothing of them is lost while the window is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from qcode.errors import BugError, NotSaved, UserError
from qcode.model.change import Changes, Unsaved
from qcode.project import Project
from ui.desk import Desk
from ui.errors import NOT_SAVED
from ui.widgets.strips import Message, Strips
from ui.workspace import Workspace

_AGAIN_MS = 5_000


class UnsavedActs(QObject):
    """Keeps what the disk did not take, in the order it was done, says so in a strip, and tries again: by itself every five seconds,
    and when the strip's button is pressed.

    Emits `changed()` when something is kept, or nothing any more.
    """

    changed = Signal()
    _came = Signal(object, object)

    def __init__(self, desk: Desk, strips: Strips) -> None:
        super().__init__()
        self._desk, self._strips = desk, strips
        self._acts: list[Unsaved] = []
        self._is_trying = False
        self._timer = QTimer(self)
        self._timer.setInterval(_AGAIN_MS)
        self._timer.timeout.connect(self.try_again)
        # From whatever thread asked for the act to the window's.
        self._came.connect(self._keep)
        desk.opened.connect(self._follow)
        desk.closed.connect(self.forget)

    def acts(self) -> list[Unsaved]:
        """What is kept, in the order it was done."""
        return list(self._acts)

    def try_again(self) -> None:
        """Do all of it again, beside the window, until the disk refuses."""
        if self._desk.workspace is None or self._is_trying or not self._acts:
            return
        self._is_trying = True
        acts = tuple(self._acts)
        self._desk.tasks.run(self, self.tr("Save again"), lambda progress: _do_again(acts), self._tried, self._failed)

    def forget(self) -> None:
        """Keep none of it any more."""
        self._acts.clear()
        self._end()

    def _follow(self, workspace: Workspace) -> None:
        project = workspace.project
        workspace.changes.changed.connect(self._saved)
        project.on_unsaved(lambda unsaved: self._came.emit(project, unsaved))

    def _saved(self, changes: Changes) -> None:
        """The disk takes acts again: that one was refused says nothing any more, unless it is kept here still."""
        if changes.operation and not self._acts:
            self._strips.drop(NOT_SAVED)

    def _keep(self, project: Project, unsaved: Unsaved) -> None:
        # What comes from another thread may come after its project was closed.
        if self._desk.workspace is None or self._desk.workspace.project is not project:
            return
        self._acts.append(unsaved)
        self._timer.start()
        text = self.tr("{0} What you did is kept here, and tried again by itself.").format(unsaved.reason)
        message = Message("bad", self.tr("Not saved"), text, self.tr("Try again"), self.try_again, "unsaved", stays=True, lasting=True)
        if text not in [shown.text for shown in self._strips.messages()]:
            self._strips.show_message(message)
        self.changed.emit()

    def _tried(self, result: tuple[int, Sequence[str]]) -> None:
        done, refused = result
        del self._acts[:done]
        self._end()
        if refused:
            text = self.tr("What was kept no longer fits the project: {0}").format(" ".join(refused))
            self._strips.show_message(Message("warn", "", text, key="refused", icon="triangle-alert"))

    def _failed(self, error: Exception) -> None:
        self._is_trying = False
        self._timer.stop()
        self._desk.failed.emit(self.tr("Save again"), error)

    def _end(self) -> None:
        self._is_trying = False
        if not self._acts:
            self._timer.stop()
            self._strips.drop("unsaved")
            self._strips.drop(NOT_SAVED)
            self.changed.emit()


def _do_again(acts: Sequence[Unsaved]) -> tuple[int, list[str]]:
    """How many of the acts are through, and why some of these were refused."""
    refused: list[str] = []
    for number, act in enumerate(acts):
        try:
            act.again()
        except NotSaved:
            return number, refused
        except (UserError, BugError) as error:
            refused.append(f"{act.label}: {error}")
    return len(acts), refused
