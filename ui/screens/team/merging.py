"""The files under review: what merging them would do, and doing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from qcode.errors import BegunApart, PlanOutdated
from qcode.model.merging import Decision, MergePlan
from qcode.operations.merging import merge_files, plan_merge
from qcode.operations.settling import Answer, Settled, settle_review
from qcode.progress import Progress
from ui.screens.team.begun_apart import BegunApartMerge
from ui.screens.team.wording import files_words, tr
from ui.workspace import Workspace


class Occasion(StrEnum):
    """Why there is a plan: it is the first one, one more file or act came, or a merge was stopped for the files were other ones."""

    FIRST = "first"
    AGAIN = "again"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge: its plan (None when nothing was new), what came of the decisions, how many these were, and what went wrong
    with all of them, if anything did."""

    plan: MergePlan | None
    settled: Settled = field(default_factory=Settled)
    decided: int = 0
    failure: Exception | None = None


class Merging(QObject):
    """Makes the plan of some files, beside the window, and carries it out.

    Emits `planned(MergePlan, Occasion)`; `nothing_new(paths)` when there is nothing to merge in them; `merged(Merged)`; `stopped()` when
    a merge was not done.
    """

    planned = Signal(object, object)
    nothing_new = Signal(object)
    merged = Signal(object)
    stopped = Signal()

    def __init__(self, workspace: Workspace, apart: BegunApartMerge, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._apart = workspace, apart
        self.plan: MergePlan | None = None
        self.paths: list[Path] = []
        self.is_merging = self._was_stopped = False
        #: The files of the plan that is being made; a plan of other ones comes too late.
        self._asked: list[Path] = []

    def add(self, paths: Sequence[Path]) -> None:
        """Plan the files under review with these."""
        new = [path for path in paths if path not in self.paths]
        if new and not self.is_merging:
            self._look_at([*self.paths, *new])

    def look_again(self) -> None:
        """Make the plan anew, for it may be another one by now."""
        if self.plan is not None and not self.is_merging:
            self._look_at(list(self._asked or self.paths))

    def leave(self) -> None:
        """Nothing is under review any more."""
        self.plan, self.paths, self._asked, self._was_stopped = None, [], [], False

    def carry_out(self, decisions: Sequence[Decision], answers: Sequence[Answer]) -> None:
        """Merge the files under review, then carry out what was decided. Where the files, or the project, are not those of the plan any
        more nothing is written, and the plan is made anew."""
        project, paths, mark = self._workspace.project, list(self.paths), self.plan.mark if self.plan else ""
        decided = len(decisions) + len(answers)

        def work(progress: Progress) -> Merged:
            plan = merge_files(project, paths, progress, planned=mark)
            try:
                return Merged(plan, settle_review(project, decisions, answers) if plan else Settled(), decided)
            except Exception as error:  # noqa: BLE001 - the merge is done: whatever this is, it must be said beside that
                return Merged(plan, Settled(), decided, error)

        self.is_merging = True
        self._asked = []
        title = tr("Merge {0}").format(files_words(len(paths)))
        task = self._workspace.tasks.run(self, title, work, self._merged, lambda error: self._stopped(title, error), self._stopped)
        task.writes = True

    def _look_at(self, paths: list[Path]) -> None:
        project, title = self._workspace.project, tr("Look at {0}").format(files_words(len(paths)))
        self._asked = paths

        def planned(plan: MergePlan | None) -> None:
            if self._asked is paths:
                self._planned(paths, plan)

        def failed(error: Exception) -> None:
            if self._asked is paths:
                self._asked = []
            apart = next((path for path in paths if isinstance(error, BegunApart) and path.name == error.name), None)
            if apart is None:
                self._workspace.tasks.failed.emit(title, error)
            else:
                rest = [path for path in paths if path != apart]
                self._apart.offer(apart, lambda: self._look_at(rest) if rest else None)

        self._workspace.tasks.run(self, title, lambda progress: plan_merge(project, paths, progress), planned, failed)

    def _planned(self, paths: list[Path], plan: MergePlan | None) -> None:
        self._asked = []
        if plan is None:
            self.nothing_new.emit(paths)
            return
        occasion = Occasion.FIRST if self.plan is None else Occasion.STOPPED if self._was_stopped else Occasion.AGAIN
        self.plan, self.paths, self._was_stopped = plan, paths, False
        self.planned.emit(plan, occasion)

    def _merged(self, merged: Merged) -> None:
        self.is_merging = False
        self.merged.emit(merged)

    def _stopped(self, title: str = "", error: Exception | None = None) -> None:
        self.is_merging = False
        self.stopped.emit()
        if isinstance(error, PlanOutdated):
            self._was_stopped = True
            self.look_again()
        elif error is not None:
            self._workspace.tasks.failed.emit(title, error)
