"""What the status bar says of acts: that they are saved, and for eight seconds how to take them back."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, QObject

from qcode.model.change import Changes
from qcode.views.summary import NextActs, plain_label
from ui.action_set import ActionSet
from ui.desk import Desk
from ui.unsaved import UnsavedActs
from ui.widgets.status_bar import StatusBar
from ui.workspace import Workspace


class Feedback(QObject):
    """Follows the acts of the open project."""

    def __init__(self, desk: Desk, status: StatusBar, actions: ActionSet, unsaved: UnsavedActs) -> None:
        super().__init__()
        self._desk, self._status, self._actions, self._unsaved = desk, status, actions, unsaved
        self._saved = ""
        desk.opened.connect(self._begin)
        desk.acted.connect(self._name)
        desk.closed.connect(self._end)
        unsaved.changed.connect(self._show_saved)

    def _begin(self, workspace: Workspace) -> None:
        workspace.changes.changed.connect(self._acted)
        self._saved = self._when(self._desk.saved_at) if self._desk.saved_at and not workspace.project.read_only else ""
        self._show_saved()

    def _end(self) -> None:
        self._saved = ""
        self._show_saved()
        self._status.say("")

    def _name(self, acts: NextActs) -> None:
        undo, redo = self._actions.qt("edit.undo"), self._actions.qt("edit.redo")
        undo.setText(self.tr("Undo: {0}").format(acts.undo) if acts.undo else self.tr("Undo"))
        redo.setText(self.tr("Redo: {0}").format(acts.redo) if acts.redo else self.tr("Redo"))

    def _acted(self, changes: Changes) -> None:
        if not changes.operation:
            return
        self._saved = self._when(datetime.now())  # noqa: DTZ005 - the clock on the user's wall
        self._show_saved()
        if changes.kind in ("undo", "redo"):
            self._status.say(changes.label)
        elif not self._status.tells_of_act:
            self._status.say(plain_label(changes.label))
        self._status.tells_of_act = False
        self._status.offer(self._actions.qt("edit.redo" if changes.kind == "undo" else "edit.undo"))

    def _show_saved(self) -> None:
        self._status.show_fact("saved", "" if self._unsaved.acts() else self._saved)

    def _when(self, moment: datetime) -> str:
        if moment.date() == date.today():  # noqa: DTZ011 - the calendar on the user's wall
            return self.tr("Saved {0}").format(moment.strftime("%H:%M"))
        return self.tr("Saved {0}").format(QLocale().toString(QDate(moment.year, moment.month, moment.day), "d MMM yyyy"))
