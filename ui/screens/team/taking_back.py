"""Taking a whole merge back, and what was done since with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qcode.exchange.exporters.wording import ended
from qcode.operations.settling import take_back_merge
from qcode.views.merges import acts_since
from ui.screens.team.wording import tr
from ui.widgets.sheet import Question, SheetHost
from ui.workspace import Workspace


class TakingBack(QObject):
    """Says what goes with a merge, and takes it back if that is wanted. `said` is told a sentence where it cannot be, `done` when it is."""

    def __init__(self, workspace: Workspace, screen: QWidget, said: Callable[[str], object], done: Callable[[], None]) -> None:
        super().__init__(screen)
        self._workspace, self._screen, self._said, self._done = workspace, screen, said, done

    def ask(self, merge: int) -> None:
        """Show what would go with the merge of this number."""
        project = self._workspace.project
        self._workspace.tasks.run(
            *(self, tr("Look at what came after"), lambda _: acts_since(project, merge)),
            lambda since: self._ask(merge, since),
            can_stop=False,
        )

    def take_back(self, merge: int) -> None:
        """Take it back."""
        project, title = self._workspace.project, tr("Take the merge back")
        task = self._workspace.tasks.run(self, title, lambda progress: take_back_merge(project, merge, progress), lambda _: self._done())
        task.writes = True

    def _ask(self, merge: int, since: list[str] | None) -> None:
        sheets = getattr(self._screen.window(), "sheets", None)
        if since is None or not isinstance(sheets, SheetHost):
            self._said(tr("Undo does not reach this merge: it is taken back already, or came with the file."))
            return
        text = tr("Everything it brought goes; the report stays, and Redo brings all of it back.")
        if since:
            text += " " + ended(tr("What was done since goes with it: {0}").format(", ".join(dict.fromkeys(since))))
        back, leave = tr("Take it back"), tr("Leave it")
        sheet = Question(self._workspace.theme, tr("Take this merge back"), text, [back, leave])
        sheet.chosen.connect(lambda verb: self.take_back(merge) if verb == back else None)
        sheets.show_sheet(sheet)
