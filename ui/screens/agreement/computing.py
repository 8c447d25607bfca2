"""Everything the agreement screen shows, worked out beside the window and kept up with changes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from qcode.errors import UserError
from qcode.model.change import Changes
from qcode.model.source import Source
from qcode.views.adjudication import AdjudicationView, SideBySide, read_agreement_choices, read_side_by_side
from qcode.views.agreement import AgreementQuestion, AgreementView, Pair
from ui.latest import Latest
from ui.screens.agreement.asked import Asked, Figures, Relisted, fitting
from ui.workspace import Workspace

#: Acts that change nothing but decisions and the layer: figures and coders' codings stay as they are.
_ONLY_DECISIONS = {"Settle a difference", "Take a decision back"}
_ONLY_LAYER = {"Take over what both agree on"}
_TAKEN_BACK = ("Undo: ", "Redo: ")
_NOT_SHOWN = {"project", "answers", "handouts", "allocations"}


class Computing(QObject):
    """Works out what `asked` gives while `is_shown` says that somebody looks; what changes meanwhile is worked out then.

    Emits `figured(Figures)`; `paired(tuple of Pair)` for all coders; `relisted(Relisted)` when only decisions changed;
    `opened(SideBySide)`; `busy(bool)` as `Latest` does. `source_of` gives the source (UUID) of the difference a decision (UUID) is
    about, '' where it is not listed.
    """

    figured = Signal(object)
    paired = Signal(object)
    relisted = Signal(object)
    opened = Signal(object)
    busy = Signal(bool)

    def __init__(
        self,
        workspace: Workspace,
        asked: Callable[[], Asked],
        source_of: Callable[[str], str],
        is_shown: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._asked, self._source_of, self._is_shown = workspace, asked, source_of, is_shown
        self._agreement = AgreementView(workspace.project)
        self._view = AdjudicationView(workspace.project, self._agreement)
        tasks = workspace.tasks
        self._figuring = Latest(tasks, self.tr("Measure agreement"), self._figure, self._take, self._failed, self)
        self._pairing = Latest(tasks, self.tr("Measure the pairs"), self._pair, lambda _, it: self.paired.emit(it), self._failed, self)
        self._listing = Latest(tasks, self.tr("List what differs"), self._list, self._take_list, self._failed, self)
        self._opening = Latest(tasks, self.tr("Open a text"), self._open, self._take_text, self._failed, self)
        self._is_stale = True
        # Of what is asked for while a list is made only the last is done, so what it does not name is remembered here.
        self._decided: set[str] = set()
        self._figuring.signals.busy.connect(self.busy)
        workspace.changes.changed.connect(self._note_changes)

    @property
    def is_busy(self) -> bool:
        """Whether anything is still on its way."""
        return any(one.is_busy for one in (self._figuring, self._pairing, self._listing, self._opening))

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
        sources = {self._source_of(key) for key in _all_of(changes, "decisions")} if label in _ONLY_DECISIONS else set()
        if label not in _ONLY_DECISIONS | _ONLY_LAYER or self._is_stale or self._figuring.is_busy:
            self.ask()
        elif self._asked().coders:
            self._decided |= sources
            some = frozenset() if label in _ONLY_LAYER or "" in sources else frozenset(self._decided)
            self._listing.ask((self._asked(), some))

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
            listed = self._list((asked, frozenset()))
        except UserError:
            # Of three coders two may have no source in common.
            listed = Relisted(())
        return Figures(asked, choices, measured, listed.points, listed.waiting)

    def _pair(self, question: AgreementQuestion) -> tuple[Pair, ...]:
        """On another thread."""
        try:
            return self._agreement.pairs(question)
        except UserError:
            return ()

    def _list(self, wanted: tuple[Asked, frozenset[str]]) -> Relisted:
        """On another thread."""
        asked, sources = wanted
        question = asked.between_sides
        if not sources:
            return Relisted(self._view.points(question), sources, self._view.count_waiting(question))
        return Relisted(tuple(point for source in sources for point in self._view.points(question, only=source)), sources)

    def _open(self, wanted: tuple[Source, tuple[str, str]]) -> SideBySide:
        """On another thread."""
        return read_side_by_side(self._workspace.project, *wanted)

    def _take(self, asked: Asked, figures: Figures) -> None:
        if self._figuring.is_busy and asked != self._asked():
            return
        self.figured.emit(figures)
        if len(figures.choices.coders) > 1:
            self._pairing.ask(AgreementQuestion(figures.choices.coders, figures.asked.unit, figures.asked.code))

    def _take_list(self, wanted: tuple[Asked, frozenset[str]], found: Relisted) -> None:
        if wanted[0] == self._asked():
            self._decided -= found.sources or self._decided
            self.relisted.emit(found)

    def _take_text(self, wanted: tuple[Source, tuple[str, str]], text: SideBySide) -> None:
        if not self._opening.is_busy:
            self.opened.emit(text)

    def _failed(self, error: Exception) -> None:
        # What was asked for may have gone meanwhile; what follows the change asks anew.
        if not (self._is_stale or self._figuring.is_busy):
            self._workspace.tasks.failed.emit(self.tr("Measure agreement"), error)


def _all_of(changes: Changes, table: str) -> list[str]:
    rows = changes.of(table)
    return [*rows.inserted, *rows.updated, *rows.deleted]
