"""Taking an act back, and what Ctrl+Z takes back next.

An undo is an operation without writes: it names the act it takes back, and the tables are brought to the state the journal has
without that act. Nothing here knows what kind of act it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from qcode.merge.history import Operation, Sessions, undone
from qcode.merge.rows import RowState, Scalar, Write, net_write, row_state
from qcode.store.journal import Act, decode, inserted_values, read_sessions
from qcode.store.schema import CONTENT, Table, Values

_BATCH = 500
#: The operations that wrote to some rows, and the undos that name them, and the undos that name those.
_REACHING = """
WITH RECURSIVE reached(id) AS (
    SELECT operation_id FROM row_changes WHERE row_uuid IN ({marks})
    UNION SELECT o.id FROM operations o JOIN reached r ON o.undoes_id = r.id)
SELECT o.id, s.uuid, o.seq, o.clock, us.uuid, uo.seq
FROM reached JOIN operations o ON o.id = reached.id JOIN sessions s ON s.id = o.session_id
LEFT JOIN operations uo ON uo.id = o.undoes_id LEFT JOIN sessions us ON us.id = uo.session_id
"""


@dataclass
class Stack:
    """What can be undone and redone in this copy, oldest first: numbers of operations in this file."""

    undo: list[int] = field(default_factory=list)
    redo: list[int] = field(default_factory=list)

    def note(self, operation: int, undoes: int | None) -> None:
        """Follow one more operation. An act clears redo; an undo of an act moves it there; an undo of that undo brings it back."""
        if undoes is None:
            self.undo.append(operation)
            self.redo.clear()
        elif undoes in self.undo:
            self.undo.remove(undoes)
            self.redo.append(operation)
        elif undoes in self.redo:
            self.redo.remove(undoes)
            self.undo.append(operation)


def read_stack(db: sqlite3.Connection, first: int) -> Stack:
    """The stack from the operations of this copy, which begin after number `first`. Acts a purge has emptied are not offered."""
    stack = Stack()
    rows = db.execute(
        "SELECT id, undoes_id FROM operations o WHERE id > ? AND (undoes_id IS NOT NULL OR EXISTS "
        "(SELECT 1 FROM row_changes c WHERE c.operation_id = o.id)) ORDER BY id",
        (first,),
    )
    for operation, undoes in rows:
        stack.note(operation, undoes)
    return stack


def take_back(act: Act) -> None:
    """Bring the tables to the state without the act that `act.undoes` names, and note every row in the act's changes."""
    act.operation()
    sessions = read_sessions(act.db)
    for table_name, uuids in _rows_reached(act.db, act.undoes or 0).items():
        table = CONTENT[table_name]
        # Rows that refer to rows of their own table come back together; such tables are small.
        size = len(uuids) if any(field.ref == table_name for field in table.fields) else _BATCH
        for start in range(0, len(uuids), size):
            part = uuids[start : start + size]
            _bring_to(act, table, states_of(act.db, sessions, table, part))
            act.progress.step(act.changes.label, min(start + size, len(uuids)), len(uuids))


def states_of(db: sqlite3.Connection, sessions: Sessions, table: Table, uuids: list[str]) -> dict[str, RowState]:
    """What the journal makes of each row; `uuids` are some hundreds at most."""
    history = _read_reaching(db, uuids)
    inactive = undone(history.values())
    return {
        key: row_state((write for write in writes if write.operation.id not in inactive), sessions.saw)
        for key, writes in _read_writes(db, table, uuids, history).items()
    }


def _read_reaching(db: sqlite3.Connection, uuids: list[str]) -> dict[int, Operation]:
    """The operations that matter for the rows, by their number in this file."""
    rows = db.execute(_REACHING.format(marks=",".join("?" * len(uuids))), uuids)
    return {
        number: Operation(session, seq, clock, (of_session, of_seq) if of_session else None)
        for number, session, seq, clock, of_session, of_seq in rows
    }


def _read_writes(db: sqlite3.Connection, table: Table, uuids: list[str], history: dict[int, Operation]) -> dict[str, list[Write]]:
    """Every write that the journal has for each row."""
    found: dict[str, dict[int, list[tuple[Mapping[str, Scalar] | None, bool]]]] = {key: {} for key in uuids}
    marks = ",".join("?" * len(uuids))
    sql = f"SELECT operation_id, row_uuid, before, after FROM row_changes WHERE row_uuid IN ({marks}) ORDER BY id"
    for number, key, before, after in db.execute(sql, uuids):
        write = (inserted_values(table, after), True) if before is None else (decode(after), False)
        found[key].setdefault(number, []).append(write)
    return {key: list(_net_writes(history, writes)) for key, writes in found.items()}


def _net_writes(
    history: Mapping[int, Operation], writes: Mapping[int, list[tuple[Mapping[str, Scalar] | None, bool]]]
) -> Iterator[Write]:
    for number, steps in writes.items():
        net = net_write(history[number], steps)
        if net:
            yield net


def _rows_reached(db: sqlite3.Connection, operation: int) -> dict[str, list[str]]:
    """The rows that the operation at the end of a chain of undos wrote, by table."""
    target = operation
    while (named := db.execute("SELECT undoes_id FROM operations WHERE id = ?", (target,)).fetchone()) and named[0]:
        target = named[0]
    reached: dict[str, dict[str, None]] = {}
    for table, key in db.execute("SELECT table_name, row_uuid FROM row_changes WHERE operation_id = ? ORDER BY id", (target,)):
        reached.setdefault(table, {})[key] = None
    order = list(CONTENT)
    return {table: list(reached[table]) for table in sorted(reached, key=order.index)}


def _bring_to(act: Act, table: Table, states: dict[str, RowState]) -> None:
    current = dict(act.rows.read_many(table, list(states)))
    noted = act.changes.note(table.name)
    new = [(key, state.values) for key, state in states.items() if state.values is not None and key not in current]
    gone = [key for key, state in states.items() if state.values is None and key in current]
    act.rows.insert(table, list(_complete(new)))
    act.rows.delete(table, gone)
    for key, values in _differing(states, current):
        act.rows.update(table, key, values)
        noted.updated.append(key)
    noted.inserted.extend(key for key, _ in new)
    noted.deleted.extend(gone)


def _complete(rows: Iterable[tuple[str, Values | None]]) -> Iterator[tuple[str, Values]]:
    return ((key, values) for key, values in rows if values is not None)


def _differing(states: dict[str, RowState], current: dict[str, Values]) -> Iterator[tuple[str, Values]]:
    for key, state in states.items():
        if state.values is not None and key in current:
            changed = {name: value for name, value in state.values.items() if current[key][name] != value}
            if changed:
                yield key, changed
