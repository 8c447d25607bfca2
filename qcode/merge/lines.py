"""The lines of the journal, and what is known of the operations they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from qcode.merge.apart import said_apart
from qcode.merge.history import Operation, OperationId, Rank, Sessions, undone
from qcode.merge.rows import RowState, Saw, Scalar, Write, net_write, rank_of, row_state

#: A table and the UUID of one of its rows.
Row = tuple[str, str]
Values = dict[str, Scalar]
#: For each table, the groups of fields that only one write can give a value.
Together = Mapping[str, Sequence[Sequence[str]]]


class Change(NamedTuple):
    """One line of the journal: fields set (all of them where `inserts`), or None for a delete. `row` is the row's UUID, `origin` the one
    that the line has in the journal where several rows are one."""

    operation: OperationId
    table: str
    row: str
    values: Mapping[str, Scalar] | None
    inserts: bool = False
    origin: str = ""


class History:
    """Which operations count, who took which back, and who knew of which. More of them may be learned as they are needed; an
    operation must be learned together with the undos that name it, and those that name those."""

    def __init__(self, sessions: Sessions, together: Together) -> None:
        self.saw: Saw = sessions.saw
        self._sessions = sessions
        self._together = together
        self._operations: dict[OperationId, Operation] = {}
        self._inactive: set[OperationId] = set()
        self._takers: dict[OperationId, set[OperationId]] = defaultdict(set)
        self._relied_on: dict[OperationId, bool] = {}

    def learn(self, operations: Iterable[Operation]) -> None:
        """Take in operations with every undo that names one of them."""
        new = {operation.id: operation for operation in operations if operation.id not in self._operations}
        if not new:
            return
        self._operations.update(new)
        self._inactive |= undone(new.values())
        for operation in new.values():
            if operation.undoes is not None and operation.id not in self._inactive:
                self._takers[operation.undoes].add(operation.id)

    def active(self, lines: Iterable[Change]) -> list[Change]:
        """The lines that count, in order of rank."""
        found = [line for line in lines if line.operation not in self._inactive]
        return sorted(found, key=lambda line: self._operations[line.operation].rank)

    def state(self, lines: Sequence[Change]) -> RowState:
        """What the lines of one row, in the order of each operation, make of it by itself."""
        if len(lines) == 1:
            (line,) = lines
            if line.inserts and line.operation not in self._inactive and line.values is not None:
                return RowState(dict(line.values))
        return self._state(lines, self._writes(lines))

    def revived(self, lines: Sequence[Change]) -> tuple[RowState, tuple[OperationId, ...]]:
        """The row without its deletes, and the operations that ended it; the state has no values when nothing ever made it."""
        writes = self._net_writes(lines)
        touches = [write for write in writes if write.values is not None and write.operation.id not in self._inactive]
        enders = {write.operation.id for write in writes if write.values is None and write.operation.id not in self._inactive}
        if not any(write.inserts for write in touches):
            made = self._made_for_others(writes)
            touches += made
            enders.update(undo for write in made for undo in self._takers[write.operation.id])
        return self._state(lines, touches), tuple(sorted(enders))

    def rank(self, lines: Sequence[Change], fields: Collection[str]) -> Rank:
        """The greatest rank among the writes that give a row the values of `fields`."""
        writes = self._writes(lines)
        if not any(write.inserts for write in writes):
            writes = self._made_for_others(self._net_writes(lines))
        return rank_of(self._said(lines, writes), fields, self.saw)

    def _state(self, lines: Sequence[Change], writes: Sequence[Write]) -> RowState:
        return row_state(self._said(lines, writes), self.saw, self._together.get(lines[0].table, ()) if lines else ())

    def _said(self, lines: Sequence[Change], writes: Sequence[Write]) -> Sequence[Write]:
        if not lines or not lines[0].origin:
            return writes
        return said_apart(writes, self.saw, self._together.get(lines[0].table, ()))

    def _writes(self, lines: Sequence[Change]) -> list[Write]:
        """The writes to one row that count. Where no active one makes the row, an undone one does, deleted by who took it back."""
        writes = self._net_writes(lines)
        active = [write for write in writes if write.operation.id not in self._inactive]
        if any(write.inserts for write in active):
            return active
        for write in self._made_for_others(writes):
            active.append(write)
            active.extend(Write(self._operations[undo], None) for undo in sorted(self._takers[write.operation.id]))
        return active

    def _made_for_others(self, writes: Iterable[Write]) -> list[Write]:
        """Of the writes that made a row and were all taken back, those that somebody went on from who did not know that: what was made
        and taken back before anybody saw it is as if never made. Where there is none, the first."""
        made = sorted((write for write in writes if write.inserts), key=lambda write: write.operation.rank)
        if len(made) > 1:
            return [write for write in made if self._went_on_from(write.operation.id)] or made[:1]
        return made

    def _went_on_from(self, operation: OperationId) -> bool:
        if operation not in self._relied_on:
            self._relied_on[operation] = self._sessions.anybody_went_on_from(operation, self._takers[operation])
        return self._relied_on[operation]

    def _net_writes(self, lines: Iterable[Change]) -> list[Write]:
        """One write of each operation that wrote to the row, undone or not; of several rows that are one, one to each of them."""
        steps: dict[tuple[OperationId, str], list[tuple[Mapping[str, Scalar] | None, bool]]] = defaultdict(list)
        for line in lines:
            steps[line.operation, line.origin].append((line.values, line.inserts))
        writes = (net_write(self._operations[operation], done, origin) for (operation, origin), done in steps.items())
        return [write for write in writes if write]
