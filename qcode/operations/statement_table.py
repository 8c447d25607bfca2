"""Findings, conclusions and recommendations from a table: what a line says anew is written; links are added, none is taken away."""

from __future__ import annotations

from collections.abc import Callable

from qcode.errors import UserError
from qcode.model.outcome import Outcome, Refusal
from qcode.model.statement import FIELDS, RESTS_ON, STATEMENT_COLUMNS, Ground, Sort
from qcode.model.summary import Status
from qcode.model.table import Table
from qcode.operations.columns import name_unused
from qcode.operations.statements import StatementAct
from qcode.project import Project
from qcode.store.journal import Act
from qcode.store.statements import Stated, read_statements
from qcode.text.decoding import unify_line_ends
from qcode.views.statement_names import StatementNames

_PLAIN = ("criterion", "question", *FIELDS)


def import_statements(project: Project, table: Table, *, strict: bool = False) -> Outcome:
    """Write statements from `table` (columns sort and text, and any of `STATEMENT_COLUMNS`), as one act.

    A line with an `id`, or of a sort and text that are there already, changes that statement in the columns given; an empty cell changes
    nothing. `rests on` names statements by the numbers of this table, else by those of the project, or by IDs; `quotes` are short IDs;
    `cells` stand one a line. Refused lines are in the outcome; with `strict` they stop everything.
    """
    table.require(("sort", "text"), "findings")
    return project.transact("import findings", f"Import findings {table.name}", lambda act: _Import(act, table).run(strict))


class _Import:
    """One import on its way: first what the lines say, then what it rests on."""

    def __init__(self, act: Act, table: Table) -> None:
        self._table = table
        self._act = act
        self._names = StatementNames(act.db)
        self._writing = StatementAct(act)
        self._there = {one.uuid: one for one in read_statements(act.db)}
        self._same = {(one.sort, one.words.strip()): one.uuid for one in self._there.values()}
        self._by_number: dict[str, str] = {}
        self._of_line: dict[int, str] = {}
        self._new: set[int] = set()
        self._outcome = Outcome()

    def run(self, strict: bool) -> Outcome:
        """Read every line and write what is new."""
        name_unused(self._outcome, self._table, STATEMENT_COLUMNS)
        written = {number: self._tried(number, self._take) for number in range(len(self._table))}
        self._names = StatementNames(self._act.db)
        linked = {number: self._tried(number, self._link) for number in self._of_line}
        for number, key in self._of_line.items():
            self._tell(number, key, changed=bool(written[number] or linked[number]))
        self._outcome.insist(strict)
        return self._outcome

    def _tried(self, number: int, work: Callable[[int], bool]) -> bool:
        try:
            return work(number)
        except UserError as error:
            self._outcome.refuse(self._table.place(number), str(error))
            return False

    def _cell(self, number: int, name: str) -> str:
        return unify_line_ends(self._table.column(name)[number])

    def _take(self, number: int) -> bool:
        """Write what a line says; whether any of it was new."""
        sort, words, status = _sort(self._cell(number, "sort")), self._cell(number, "text"), _status(self._cell(number, "status"))
        more = {name: self._cell(number, name) for name in _PLAIN if self._cell(number, name).strip()}
        key = self._known(number, sort, words)
        if key in self._of_line.values():
            raise UserError("This finding stands in another line as well: keep one of the two.")
        if key:
            there = self._there[key]
            more |= {"words": words} if words.strip() and words.strip() != there.words.strip() else {}
            is_new = self._change(there, more, status)
        else:
            key, is_new = self._writing.write(sort, words, status or Status.DRAFT, more), True
            self._new.add(number)
        self._of_line[number] = key
        if self._cell(number, "number").strip():
            self._by_number[self._cell(number, "number").strip().casefold()] = key
        return is_new

    def _known(self, number: int, sort: Sort, words: str) -> str:
        """The statement a line is of, '' for a new one."""
        named = self._cell(number, "id").strip()
        if not named:
            return self._same.get((sort, words.strip()), "")
        key = self._names.statement(named)
        if self._there[key].sort is not sort:
            raise UserError(f"'{named}' is a {self._there[key].sort}, not a {sort}: write it as a new one, without the id.")
        return key

    def _change(self, there: Stated, given: dict[str, str], status: Status | None) -> bool:
        changed = self._writing.change(there.uuid, given) if given else False
        now = self._writing.there(there.uuid).status
        return (self._writing.review(there.uuid, status) if status and status != now else False) or changed

    def _link(self, number: int) -> bool:
        """Link what a line rests on; whether any of it was new."""
        grounds = [Ground(statement=self._statement(name)) for name in _listed(self._cell(number, "rests on"))]
        grounds += [self._names.quote(name) for name in _listed(self._cell(number, "quotes"))]
        grounds += [self._names.written_cell(line) for line in self._cell(number, "cells").split("\n") if line.strip()]
        return self._writing.link(self._of_line[number], grounds) > 0

    def _statement(self, name: str) -> str:
        return self._by_number.get(name.casefold()) or self._names.statement(name)

    def _tell(self, number: int, key: str, *, changed: bool) -> None:
        title = next(number for number, one in self._names.numbers.items() if one.uuid == key)
        if number in self._new:
            self._outcome.imported.append(title)
        elif changed:
            self._outcome.changed.append(title)
        else:
            self._outcome.skipped.append(Refusal(self._table.place(number), "It is in the project already."))


def _listed(cell: str) -> list[str]:
    return [name.strip() for line in cell.split("\n") for name in line.split(";") if name.strip()]


def _sort(written: str) -> Sort:
    said = written.strip().casefold()
    found = next((sort for sort in RESTS_ON if said in (sort.value, sort.value.split()[0])), None)
    if found is None or not said:
        raise UserError(f"'{written.strip()[:40]}' is no sort: write {', '.join(sort.value for sort in Sort)}.")
    return found


def _status(written: str) -> Status | None:
    """The status a cell names; None for an empty one."""
    said = written.strip().casefold()
    if said and said not in list(Status):
        raise UserError(f"'{written.strip()[:40]}' is not a status: write draft or reviewed.")
    return Status(said) if said else None
