"""What the matrix screen knows: the count and the quotes of a cell, worked out beside the window and kept up with changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from qcode.model.change import Changes
from qcode.views.matrix import MatrixQuestion
from qcode.views.matrix_cell import CellQuotes, read_cell
from qcode.views.matrix_screen import MatrixChoices, MatrixTable, fitting, read_choices, read_table
from qcode.views.written_cell import WrittenCell, read_summary_marks, read_written
from ui.latest import Latest
from ui.screens.matrix.asked_cell import AskedCell
from ui.workspace import Workspace

#: Acts on these change numbers only; on anything else rows, columns and what can be chosen may be other ones, too.
_ONLY_NUMBERS = {"codings", "readings"}
_NOT_COUNTED = {"project"}
_SUMMARIES = {"summaries"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A count to be made; `choices` None where they must be read first, as they are at the change called `version`."""

    question: MatrixQuestion
    choices: MatrixChoices | None
    version: int


class Counts(QObject):
    """Counts whatever `question` gives, while `is_shown` says that somebody looks; what changes meanwhile is counted then.

    Emits `chosen(MatrixChoices)` when a count has read again what can be chosen, then `counted(MatrixTable)`; `quoted(AskedCell,
    CellQuotes, WrittenCell)`; `marked(MatrixQuestion, dict)` with `read_summary_marks`; and `busy(bool)` as `Latest` does.
    """

    chosen = Signal(object)
    counted = Signal(object)
    quoted = Signal(object, object, object)
    marked = Signal(object, object)
    busy = Signal(bool)

    def __init__(self, workspace: Workspace, question: Callable[[], MatrixQuestion], is_shown: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._question, self._is_shown = workspace, question, is_shown
        tasks = workspace.tasks
        self._counting = Latest(tasks, self.tr("Count the matrix"), self._count, self._take, self._failed, self)
        self._quoting = Latest(tasks, self.tr("Read the quotes of a cell"), self._read, self._tell, self._quotes_failed, self)
        self._marking = Latest(tasks, self.tr("Look for summaries"), self._find_marks, self.marked.emit, self._quotes_failed, self)
        self._marked: MatrixQuestion | None = None
        self._is_stale = True
        self._cell: AskedCell | None = None
        # Choices are read again when they are older than the last change that could have made others of them.
        self._choices: MatrixChoices | None = None
        self._version = 0
        self._counting.signals.busy.connect(self.busy)
        workspace.changes.changed.connect(self._note_changes)

    @property
    def is_counting(self) -> bool:
        """Whether a count is still on its way."""
        return self._counting.is_busy

    @property
    def is_quoting(self) -> bool:
        """Whether quotes are still on their way."""
        return self._quoting.is_busy

    @property
    def is_marking(self) -> bool:
        """Whether it is still being looked which cells have a summary."""
        return self._marking.is_busy

    def ask(self) -> None:
        """Count anew: something else has been chosen."""
        self._is_stale = True
        self.renew()

    def renew(self) -> None:
        """Count what has changed since the last count."""
        if self._is_stale and self._is_shown():
            self._is_stale = False
            self._counting.ask(_Asked(self._question(), self._choices, self._version))

    def ask_for_quotes(self, cell: AskedCell) -> None:
        """Read the quotes of a cell; of several asked for meanwhile only those of the last."""
        self._cell = cell
        self._quoting.ask(cell)

    def _note_changes(self, changes: Changes) -> None:
        touched = set(changes.rows) - _NOT_COUNTED
        if touched == _SUMMARIES and self._cell and not self._is_stale:
            self._quoting.ask(self._cell)
            if self._marked:
                self._marking.ask(self._marked)
            return
        if touched - _ONLY_NUMBERS - _SUMMARIES:
            self._choices = None
            self._version += 1
        if touched:
            self.ask()

    def _count(self, asked: _Asked) -> tuple[MatrixChoices, MatrixTable]:
        """On another thread."""
        project = self._workspace.project
        choices = asked.choices or read_choices(project)
        return choices, read_table(project, fitting(asked.question, choices))

    def _take(self, asked: _Asked, result: tuple[MatrixChoices, MatrixTable]) -> None:
        choices, table = result
        if asked.choices is None:
            self._choices = choices if asked.version == self._version else None
            self.chosen.emit(choices)
        if not self._counting.is_busy or table.question == self._question():  # else something else has been chosen meanwhile
            self.counted.emit(table)
            self._marked = table.question
            self._marking.ask(table.question)

    def _read(self, cell: AskedCell) -> tuple[CellQuotes, WrittenCell]:
        """On another thread."""
        project = self._workspace.project
        with project.reading():
            quotes = read_cell(project, cell.question, cell.codes, cell.column)
            return quotes, read_written(project, cell.question, cell.row, cell.column)

    def _find_marks(self, question: MatrixQuestion) -> dict[tuple[str, str | None], bool]:
        """On another thread."""
        return read_summary_marks(self._workspace.project, question)

    def _tell(self, cell: AskedCell, result: tuple[CellQuotes, WrittenCell]) -> None:
        self.quoted.emit(cell, *result)

    def _failed(self, error: Exception) -> None:
        self._workspace.tasks.failed.emit(self.tr("Count the matrix"), error)

    def _quotes_failed(self, error: Exception) -> None:
        # What was asked for may have gone while it was being read; the count that follows asks anew.
        if not (self._is_stale or self._counting.is_busy):
            self._failed(error)
