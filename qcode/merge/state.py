"""What a whole set of operations makes of a project: every row of its content, and what is left for somebody to decide.

Values and existence of one row are `rows.py`'s. Here the rows meet: one that lives keeps alive those it points to, and an insert that
was undone counts as a delete where somebody who did not know of the undo went on using the row. Rules between rows (a path used
twice, a circle of parents) are not mended here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from qcode.merge.history import Operation, OperationId, Sessions, undone
from qcode.merge.rows import RowState, Saw, Scalar, Write, net_write, row_state

Row = tuple[str, str]
Values = dict[str, Scalar]
#: For each table, its fields that refer to another row, with the table of that row.
References = Mapping[str, Mapping[str, str]]


class Change(NamedTuple):
    """One line of the journal: fields set (all of them where `inserts`), or None for a delete. `row` is the row's UUID."""

    operation: OperationId
    table: str
    row: str
    values: Mapping[str, Scalar] | None
    inserts: bool = False


class Reason(StrEnum):
    """Why a row is listed."""

    CONFLICT = "two values"
    EDITED = "deleted here, edited there"
    USED = "deleted here, used there"
    MISSING = "used, but never made"


class Listed(NamedTuple):
    """Something a person should look at: a row, for a conflict one field of it, and the operations it comes from."""

    reason: Reason
    table: str
    row: str
    field: str = ""
    operations: tuple[OperationId, ...] = ()


@dataclass(frozen=True)
class Content:
    """The content of a project by table and UUID, and what is listed, in an order that depends on the set alone."""

    tables: dict[str, dict[str, Values]]
    listed: list[Listed] = field(default_factory=list)


def content_of(
    operations: Iterable[Operation],
    heads: Mapping[str, Sequence[OperationId]],
    changes: Iterable[Change],
    references: References,
) -> Content:
    """The content that a set of operations has, whatever the order of `operations`, and of `changes` of different operations.

    `heads` are what each session continues. Changes of one row by one operation must come in the order in which they were made.
    """
    known = {operation.id: operation for operation in operations}
    history = _History(known, heads)
    lines: dict[Row, list[Change]] = defaultdict(list)
    for change in changes:
        lines[change.table, change.row].append(change)
    content = Content({table: {} for table in references})
    for (table, row), of_row in lines.items():
        first = of_row[0]
        if len(of_row) == 1 and first.inserts and first.operation not in history.inactive and first.values is not None:
            content.tables[table][row] = dict(first.values)
        else:
            _settle(content, (table, row), row_state(history.writes_of(of_row), history.saw))
    _keep_what_is_used(content, lines, history, references)
    content.listed.sort()
    return content


class _History:
    """Which operations count, who took which back, and who knew of which."""

    def __init__(self, operations: Mapping[OperationId, Operation], heads: Mapping[str, Sequence[OperationId]]) -> None:
        self.operations = operations
        self.inactive = undone(operations.values())
        self.saw: Saw = Sessions(heads).saw
        self.takers: dict[OperationId, list[Operation]] = defaultdict(list)
        for operation in operations.values():
            if operation.undoes is not None and operation.id not in self.inactive:
                self.takers[operation.undoes].append(operation)

    def writes_of(self, lines: Iterable[Change]) -> list[Write]:
        """The writes to one row that count. Where no active one makes the row, an undone one does, deleted by who took it back."""
        writes = self.all_writes(lines)
        active = [write for write in writes if write.operation.id not in self.inactive]
        if any(write.inserts for write in active):
            return active
        for write in writes:
            if write.inserts:
                active.append(write)
                active.extend(Write(undo, None) for undo in self.takers[write.operation.id])
        return active

    def all_writes(self, lines: Iterable[Change]) -> list[Write]:
        """One write of each operation that wrote to the row, undone or not."""
        steps: dict[OperationId, list[tuple[Mapping[str, Scalar] | None, bool]]] = defaultdict(list)
        for line in lines:
            steps[line.operation].append((line.values, line.inserts))
        writes = (net_write(self.operations[operation], of_operation) for operation, of_operation in steps.items())
        return [write for write in writes if write]


def _settle(content: Content, row: Row, state: RowState) -> None:
    """Put a row into the content if it lives, and list what is to be decided of it."""
    if state.values is None:
        return
    table, key = row
    content.tables[table][key] = state.values
    for name, writes in state.conflicts.items():
        content.listed.append(Listed(Reason.CONFLICT, table, key, name, tuple(write.operation.id for write in writes)))
    if state.kept:
        content.listed.append(Listed(Reason.EDITED, table, key, "", tuple(sorted(delete.id for delete in state.kept))))


def _keep_what_is_used(content: Content, lines: Mapping[Row, list[Change]], history: _History, references: References) -> None:
    """Bring back every row that a living row points to, and the rows that one points to in turn."""
    missing: set[Row] = set()
    waiting = [(table, values) for table, rows in content.tables.items() if references[table] for values in rows.values()]
    while waiting:
        table, values = waiting.pop()
        for name, target in references[table].items():
            key = values.get(name)
            if key is None or key in content.tables[target] or (target, key) in missing:
                continue
            row = (target, str(key))
            if _bring_back(content, row, history.all_writes(lines.get(row, ())), history):
                waiting.append((target, content.tables[target][row[1]]))
            else:
                missing.add(row)
                content.listed.append(Listed(Reason.MISSING, *row))


def _bring_back(content: Content, row: Row, writes: Sequence[Write], history: _History) -> bool:
    """Give a row that is used the values it would have had without its deletes. False when nothing ever made it."""
    touches = [write for write in writes if write.values is not None and write.operation.id not in history.inactive]
    made = touches if any(write.inserts for write in touches) else [*touches, *(write for write in writes if write.inserts)]
    state = row_state(made, history.saw)
    if state.values is None:
        return False
    _settle(content, row, state)
    enders = [write.operation.id for write in writes if write.values is None and write.operation.id not in history.inactive]
    enders += [undo.id for write in writes if write.inserts for undo in history.takers[write.operation.id]]
    content.listed.append(Listed(Reason.USED, *row, "", tuple(sorted(enders))))
    return True
