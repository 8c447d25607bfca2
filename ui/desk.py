"""The one project that is open: opening, making and closing it, and an eye on its file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal
from PySide6.QtWidgets import QApplication

from qcode.found import look_at, resolved
from qcode.views.summary import NextActs, next_acts, plain_label, project_summary
from ui.changes import ChangeSignal
from ui.open_file import SUFFIX, Opened, copy_to, make_file, make_sample, open_file
from ui.settings import Settings, settings_file
from ui.stepping import Direction, Stepping
from ui.tasks import Tasks
from ui.theme import Theme
from ui.workspace import Workspace


class Desk(QObject):
    """Holds the open project and the services every screen is given.

    Emits `opened(workspace, why_read_only)`, `closing()` before a project is closed, `closed()` after, `failed(title, exception)`,
    `acted(NextActs)` when Undo and Redo are other ones, `vanished()`, `replaced()` and `returned()` of the file, `said(list of sentences)`.
    """

    opened = Signal(object, str)
    closing = Signal()
    closed = Signal()
    failed = Signal(str, object)
    acted = Signal(object)
    vanished = Signal()
    replaced = Signal()
    returned = Signal()
    said = Signal(object)

    def __init__(self, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self.settings, self.theme = settings, theme
        self.tasks = Tasks()
        self.workspace: Workspace | None = None
        self.stepping = Stepping(self.tasks, lambda: self.workspace.project if self.workspace else None)
        self.why_read_only = ""
        #: When the open project was written last, as far as was known when it was opened.
        self.saved_at: datetime | None = None
        self.next = NextActs()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self.look)
        self._is_gone = self._is_replaced = False
        #: Why it cannot be told whether the file of the open project is there, '' when it can.
        self.why_out_of_reach = ""
        self._opening = False
        self._arriving: list[Opened] = []
        self._unfolded = ""

    @property
    def path(self) -> Path | None:
        """The file that is open."""
        return self.workspace.project.path if self.workspace else None

    @property
    def is_gone(self) -> bool:
        """Whether the file of the open project is no longer where it was."""
        return self._is_gone

    def open(self, path: Path) -> None:
        """Open a project in place of the one that is open, which stays if that fails."""
        if self.path is not None and resolved(path) == self.path:
            self.said.emit([self.tr("{0} is open here already.").format(path.name)])
            return
        self._begin(self.tr("Open {0}").format(path.name), lambda: open_file(path))

    def make(self, path: Path, template: str, then: Callable[[], None] | None = None) -> None:
        """Make a project with the codebooks of a template and open it."""
        self._begin(self.tr("Make {0}").format(path.name), lambda: make_file(path, template), then)

    def open_sample(self) -> None:
        """Build the worked example anew and open it."""
        folder = settings_file().parent / "sample"
        if self.path is not None and self.path.parent == resolved(folder):
            self.close()
        self._begin(self.tr("Build the sample"), lambda: make_sample(folder))

    def recover(self, damaged: Path, target: Path) -> None:
        """Save what can be read of a damaged project into a new one and open that."""

        def work() -> tuple[list[str], Opened]:
            # It brings the library that makes files with it: a tenth of a second that starting should not pay.
            from qcode.operations.recover import recover_project

            sentences = recover_project(damaged, target)
            return list(sentences), open_file(target)

        def done(result: tuple[list[str], Opened]) -> None:
            self._opened(result[1])
            self.said.emit(result[0])

        self._run(self.tr("Recover {0}").format(damaged.name), work, done)

    def copy(self, target: Path, then: Callable[[Path], None]) -> None:
        """Write a complete copy of the open project to `target`, then call `then` with it."""
        if self.workspace is None:
            return
        project = self.workspace.project
        if self._is_gone and project.read_only:
            # Another thread could not open the file any more; this one has it open still.
            then(copy_to(project, target))
            return
        title = self.tr("Copy to {0}").format(target.name)
        failed = self.failed.emit
        self.tasks.run(self, title, lambda _: copy_to(project, target), then, lambda error: failed(title, error), can_stop=False)

    def finish_typing(self) -> None:
        """Have what is being typed saved: fields save what was written in them when the keyboard leaves them."""
        field = QApplication.focusWidget()
        if field is not None and self.workspace is not None:
            field.clearFocus()

    def _save_typing(self) -> None:
        """Have what is being typed saved, the keyboard staying where it is."""
        field = QApplication.focusWidget()
        self.finish_typing()
        if field is not None:
            field.setFocus()

    def stop(self) -> None:
        """Stop everything that is under way; a project that was being opened is let go of."""
        self.tasks.stop_all()
        arriving, self._arriving, self._opening = self._arriving, [], False
        for opened in arriving:
            opened.project.close()

    def close(self) -> None:
        """Stop what is under way, fold everything into the file and let go of it."""
        if self.workspace is None:
            return
        self.closing.emit()
        self.stepping.drop()
        self.tasks.stop_all()
        workspace, self.workspace = self.workspace, None
        self._unfolded = ""
        self._note(workspace)
        workspace.changes.stop()
        kept = self._keep_elsewhere(workspace) if self._is_gone else None
        self._let_go(workspace)
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())
        self.why_read_only = self.why_out_of_reach = ""
        self._is_gone, self._is_replaced, self.next = False, False, NextActs()
        self.closed.emit()
        if self._unfolded:
            self.said.emit([self._unfolded])
        if workspace.project.kept:
            words = self.tr("Another file lay in the place of {0} when it was closed. All that was in it is kept as {1}.")
            self.said.emit([words.format(workspace.project.path.name, workspace.project.kept)])
        if kept:
            name = workspace.project.path.name
            self.said.emit([self.tr("{0} was no longer there when it was closed. All that was in it is kept as {1}.").format(name, kept)])

    def undo(self) -> None:
        """Take back the last act, beside the window: taking back an import can last."""
        if self.workspace:
            self._save_typing()
            self.stepping.take(Direction.UNDO)

    def redo(self) -> None:
        """Do it again."""
        if self.workspace:
            self._save_typing()
            self.stepping.take(Direction.REDO)

    def settle(self) -> None:
        """Fold everything into the one file, so that a copy made meanwhile is complete."""
        if self.workspace and not self.workspace.project.read_only and not self._is_gone:
            project = self.workspace.project
            self.tasks.run(self, self.tr("Make the file complete"), lambda progress: project.settle(), _nothing)

    def look(self) -> None:
        """See whether the file is still there, and still the one that was opened."""
        if self.workspace is None:
            return
        path = self.workspace.project.path
        found = look_at(path)
        gone = not found.exists
        if not gone and str(path) not in self._watcher.files():
            self._watcher.addPath(str(path))
        replaced = self.workspace.project.is_replaced
        if (gone, replaced, found.why_unknown) != (self._is_gone, self._is_replaced, self.why_out_of_reach):
            self._is_gone, self._is_replaced, self.why_out_of_reach = gone, replaced, found.why_unknown
            (self.vanished if gone else self.replaced if replaced else self.returned).emit()

    def _begin(self, title: str, work: Callable[[], Opened], then: Callable[[], None] | None = None) -> None:
        def arrive() -> Opened:
            opened = work()
            # Should the window be closed before the answer is taken, somebody must still let go of the file.
            self._arriving.append(opened)
            return opened

        def done(opened: Opened) -> None:
            self._arriving.remove(opened)
            self._opened(opened)
            if then:
                then()

        self._run(title, arrive, done)

    def _run(self, title: str, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        if self._opening:
            return
        self._opening = True

        def through(result: Any) -> None:
            self._opening = False
            done(result)

        def failed(error: Exception) -> None:
            self._opening = False
            self.failed.emit(title, error)

        self.tasks.run(self, title, lambda progress: work(), through, failed)

    def _opened(self, opened: Opened) -> None:
        self.close()
        project = opened.project
        project.ask_before_acts(self._why_no_act)
        changes = ChangeSignal(project)
        changes.changed.connect(self._follow)
        self.why_read_only, self.saved_at = opened.why_read_only, opened.saved_at
        self.workspace = Workspace(project, self.theme, self.settings, self.tasks, changes)
        self._note(self.workspace, opened)
        self._watcher.addPath(str(project.path))
        self.opened.emit(self.workspace, opened.why_read_only)
        self.next = opened.acts
        self.acted.emit(self.next)

    def writing(self) -> str:
        """Why nothing else can be written while an import or the like is under way; '' when none is."""
        title = next((task.title for task in self.tasks.running if task.writes), "")
        return self.tr("{0} is under way: wait for it, or stop it.").format(title) if title else ""

    def _why_no_act(self) -> str:
        # An act of the window would be waited for behind the long one, and the window stand still till then, its Stop button too.
        return self.writing() if threading.current_thread() is threading.main_thread() else ""

    def _note(self, workspace: Workspace, opened: Opened | None = None) -> None:
        """Keep what the list of recent projects says of this one."""
        if self._is_gone or self._is_replaced:
            return
        summary = opened.summary if opened else project_summary(workspace.project)
        about = {"title": summary.title, "sources": summary.sources, "cases": summary.cases, "read": summary.read}
        now = datetime.now().isoformat(timespec="seconds")  # noqa: DTZ005 - shown to this user only
        self.settings.note_recent({"path": str(workspace.project.path), "opened": now, **about})

    def _keep_elsewhere(self, workspace: Workspace) -> Path | None:
        try:
            return workspace.project.back_up("its file was gone")
        except Exception as error:  # noqa: BLE001 - a disk that went away fails in many ways; the window lets go of it and says it
            words = self.tr("{0} could not be reached when it was closed, and no copy could be made of it ({1}). What was saved is in it.")
            self._unfolded = words.format(workspace.project.path, error)
            return None

    def _let_go(self, workspace: Workspace) -> None:
        try:
            workspace.project.close()
        except Exception as error:  # noqa: BLE001 - whatever it is, the window lets go and says it; the log beside the file holds all
            # Nothing can be folded into a file that is gone; what was in it has been kept elsewhere by now.
            if not self._is_gone:
                name = workspace.project.path.name
                words = self.tr("{0} could not be folded into one file ({1}). Nothing is lost: leave the files beside it where they are.")
                self._unfolded = words.format(name, error)

    def _follow(self, changes: Any) -> None:
        if self.workspace is None:
            return
        if changes.kind in ("undo", "redo"):
            self.next = next_acts(self.workspace.project)
        elif changes.operation:
            self.next = NextActs(plain_label(changes.label), "")
            self.look()
        self.acted.emit(self.next)


def _nothing(result: object) -> None:
    """What came of it is told by the project itself."""


def named_project(path: Path) -> Path:
    """`path` with the ending of project files."""
    return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)
