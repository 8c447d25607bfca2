"""Everything the agreement screen shows, worked out beside the window and kept up with changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from qcode.errors import UserError
from qcode.model.change import Changes
from qcode.model.source import Source
from qcode.views.adjudication import AdjudicationView, Point, SideBySide, read_agreement_choices, read_side_by_side
from qcode.views.agreement import AgreementQuestion, AgreementView, Pair
from ui.screens.agreement.asked import Asked, Figures, fitting
from ui.screens.matrix.latest import Latest
from ui.workspace import Workspace

#: Acts that change nothing but decisions and the layer: figures and coders' codings stay as they are.
_ONLY_DECISIONS = {"Settle a difference", "Take a decision back", "Take over what both agree on"}
_TAKEN_BACK = ("Undo: ", "Redo: ")
_NOT_SHOWN = {"project", "answers", "handouts", "allocations"}


class Computing(QObject):
    """Works out what `asked` gives while `is_shown` says that somebody looks; what changes meanwhile is worked out then.

    Emits `figured(Figures)`; `paired(tuple of Pair)` for all coders; `pointed(tuple of Point, int)` when only decisions changed, with
    how many passages still wait to be taken over; `opened(SideBySide)`; `busy(bool)` as `Latest` does.
    """

    figured = Signal(object)
    paired = Signal(object)
    pointed = Signal(object, int)
    opened = Signal(object)
    busy = Signal(bool)

    def __init__(self, workspace: Workspace, asked: Callable[[], Asked], is_shown: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._asked, self._is_shown = workspace, asked, is_shown
        self._agreement = AgreementView(workspace.project)
        self._view = AdjudicationView(workspace.project, self._agreement)
        tasks = workspace.tasks
        self._figuring = Latest(tasks, self.tr("Measure agreement"), self._figure, self._take, self._failed, self)
        self._pairing = Latest(tasks, self.tr("Measure the pairs"), self._pair, lambda _, it: self.paired.emit(it), self._failed, self)
        self._pointing = Latest(tasks, self.tr("List what differs"), self._point, self._take_points, self._failed, self)
        self._opening = Latest(tasks, self.tr("Open a text"), self._open, self._take_text, self._failed, self)
        self._is_stale = True
        self._figuring.signals.busy.connect(self.busy)
        workspace.changes.changed.connect(self._note_changes)

    @property
    def is_busy(self) -> bool:
        """Whether anything is still on its way."""
        return any(one.is_busy for one in (self._figuring, self._pairing, self._pointing, self._opening))

    def ask(self) -> None:
        """Work everything out anew: something else has been chosen."""
        self._is_stale = True
        self.renew()

    def renew(self) -> None:
        """Work out what has changed since the last time."""
        if self._is_stale and self._is_shown():
            self._is_stale = False
            self._figuring.ask(self._asked())

    def open(self, source: Source, sides: tuple[str, str]) -> None:
        """Read a text with the codings beside it; of several asked for meanwhile only the last."""
        self._opening.ask((source, sides))

    def _note_changes(self, changes: Changes) -> None:
        label = changes.label
        for word in _TAKEN_BACK:
            label = label.removeprefix(word)
        if not set(changes.rows) - _NOT_SHOWN:
            return
        if label not in _ONLY_DECISIONS or self._is_stale or self._figuring.is_busy:
            self.ask()
        elif self._asked().coders:
            self._pointing.ask(self._asked())

    def _figure(self, asked: Asked) -> Figures:
        """On another thread."""
        choices = read_agreement_choices(self._workspace.project)
        asked = fitting(asked, choices)
        if not asked.coders:
            return Figures(asked, choices)
        try:
            measured = self._agreement.measure(asked.question)
        except UserError as error:
            return Figures(asked, choices, silence=str(error))
        try:
            points, waiting = self._point(asked)
        except UserError:
            # Of three coders two may have no source in common.
            points, waiting = (), 0
        return Figures(asked, choices, measured, points, waiting)

    def _pair(self, question: AgreementQuestion) -> tuple[Pair, ...]:
        """On another thread."""
        try:
            return self._agreement.pairs(question)
        except UserError:
            return ()

    def _point(self, asked: Asked) -> tuple[tuple[Point, ...], int]:
        """On another thread."""
        question = asked.between_sides
        return self._view.points(question), self._view.count_waiting(question)

    def _open(self, wanted: tuple[Source, tuple[str, str]]) -> SideBySide:
        """On another thread."""
        return read_side_by_side(self._workspace.project, *wanted)

    def _take(self, asked: Asked, figures: Figures) -> None:
        if self._figuring.is_busy and asked != self._asked():
            return
        self.figured.emit(figures)
        if len(figures.choices.coders) > 1:
            self._pairing.ask(AgreementQuestion(figures.choices.coders, figures.asked.unit, figures.asked.code))

    def _take_points(self, asked: Asked, result: tuple[tuple[Point, ...], int]) -> None:
        if asked == self._asked():
            self.pointed.emit(*result)

    def _take_text(self, wanted: tuple[Source, tuple[str, str]], text: SideBySide) -> None:
        if not self._opening.is_busy:
            self.opened.emit(text)

    def _failed(self, error: Exception) -> None:
        # What was asked for may have gone meanwhile; what follows the change asks anew.
        if not (self._is_stale or self._figuring.is_busy):
            self._workspace.tasks.failed.emit(self.tr("Measure agreement"), error)
