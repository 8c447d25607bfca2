"""Summaries from a table: what a line says anew is written, what is there already is left as it is, stale or not."""

from __future__ import annotations

from qcode.errors import UserError
from qcode.model.outcome import Outcome, Refusal
from qcode.model.summary import SUMMARY_COLUMNS, Status, SummaryPlace
from qcode.model.table import Table
from qcode.operations.columns import name_unused
from qcode.operations.summaries import SummaryAct
from qcode.project import Project
from qcode.store.journal import Act
from qcode.store.summaries import read_summaries
from qcode.views.summary_places import PlaceNames

_READ = ("row", "column", "columns", "text", "status", "empty")


def import_summaries(project: Project, table: Table, columns: str = "case", *, strict: bool = False) -> Outcome:
    """Write summaries from `table` (columns row, column, text, status, empty), as one act.

    `row` is a code, empty for the synthesis of a column; `column` a case, a source or a value, as the cell of `columns` says, else
    `columns`; empty for the synthesis of a row. An empty cell changes nothing. A summary that is there in the same words and status stays
    untouched, for whoever brings it back has not looked at its quotes. Refused lines are in the outcome; with `strict` they stop
    everything.
    """
    table.require(("row", "column", "text"), "summaries")
    return project.transact("import summaries", f"Import summaries {table.name}", lambda act: _Import(act, table, columns).run(strict))


class _Import:
    """One import on its way."""

    def __init__(self, act: Act, table: Table, columns: str) -> None:
        self._table = table
        self._columns = columns
        self._names = PlaceNames(act.db)
        self._summaries = SummaryAct(act)
        self._there = {one.place: one for one in read_summaries(act.db)}
        self._lines: dict[SummaryPlace, int] = {}
        self._outcome = Outcome()

    def run(self, strict: bool) -> Outcome:
        """Read every line and write what is new."""
        name_unused(self._outcome, self._table, SUMMARY_COLUMNS)
        cells = [self._table.column(name) for name in _READ]
        for number, line in enumerate(zip(*cells, strict=True)):
            try:
                self._take(number, *line)
            except UserError as error:
                self._outcome.refuse(self._table.place(number), str(error))
        self._outcome.insist(strict)
        return self._outcome

    def _take(self, number: int, row: str, column: str, columns: str, text: str, status: str, empty: str) -> None:
        place = self._names.place(row, column, columns.strip() or self._columns)
        if place in self._lines:
            raise UserError(f"The cell stands in line {self._table.line(self._lines[place])} as well: keep one of the two.")
        if text.strip() and empty.strip():
            raise UserError("The line has a text and a reason why the cell is empty: keep one of the two.")
        is_new = self._is_written(place, text, _status(status), empty.strip())
        self._lines[place] = number
        if is_new:
            done = self._outcome.changed if place in self._there else self._outcome.imported
            done.append(self._names.title_of(place))
            return
        reason = "It is in the project already." if place in self._there else "It says nothing of the cell."
        self._outcome.skipped.append(Refusal(self._table.place(number), reason))

    def _is_written(self, place: SummaryPlace, text: str, wanted: Status | None, empty: str) -> bool:
        """Whether a line says something new of a cell, which is written then."""
        there = self._there.get(place)
        status = wanted or (Status.REVIEWED if there and there.status == Status.REVIEWED else Status.DRAFT)
        if text.strip():
            if there and there.words == self._summaries.stored_words(place, text) and there.status == status:
                return False
            return self._summaries.write(place, text, wanted or Status.DRAFT)
        if empty:
            return not (there and (there.empty, there.status) == (empty, status)) and self._summaries.explain(place, empty, status)
        return wanted is not None and (there is None or there.status != wanted) and self._summaries.review(place, wanted)


def _status(written: str) -> Status | None:
    """The status a cell names; None for an empty one."""
    said = written.strip().casefold()
    if said and said not in list(Status):
        raise UserError(f"'{written.strip()[:40]}' is not a status: write draft or reviewed.")
    return Status(said) if said else None
