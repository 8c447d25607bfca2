"""Taking an act back, and what Ctrl+Z takes back next.

An undo is an operation without writes: it names the act it takes back, and the tables are brought to the state the journal has
without that act. Of what kind it was matters in one place only: taking out what somebody did is many undos, which are taken back
together (see `store/taking_out.py`).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from qcode.merge.history import OperationId
from qcode.merge.lines import Row
from qcode.store.journal import Act
from qcode.store.settle import settle_rows


@dataclass
class Stack:
    """What can be undone and redone in this copy, oldest first: numbers of operations and merges in this file."""

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


#: The kind of an act that takes back what somebody did: undos in a session of their own.
TAKE_OUT = "take out"
# `together` are acts that take out, what takes these back, and so on: of each such session the first operation stands for all.
_EVENTS = f"""
WITH RECURSIVE together(id) AS (
    SELECT id FROM operations WHERE undoes_id IS NOT NULL AND kind = '{TAKE_OUT}'
    UNION SELECT o.id FROM operations o JOIN together t ON o.undoes_id = t.id)
SELECT o.id, CASE o.kind WHEN '{TAKE_OUT}' THEN NULL ELSE o.undoes_id END
FROM operations o JOIN sessions s ON s.id = o.session_id WHERE o.id > ?1
AND (o.undoes_id IS NOT NULL OR EXISTS (SELECT 1 FROM row_changes c WHERE c.operation_id = o.id))
AND NOT EXISTS (SELECT 1 FROM merged_operations m WHERE m.session = s.uuid AND m.seq = o.seq)
AND (o.seq = 1 OR o.id NOT IN together)
UNION ALL SELECT id, undoes_id FROM merges WHERE id > ?1 ORDER BY 1
"""


def read_stack(db: sqlite3.Connection, first: int) -> Stack:
    """The stack from the acts and merges of this copy, which begin after number `first`. Acts a purge has emptied are not offered, nor
    is what a merge brought."""
    stack = Stack()
    for number, undoes in db.execute(_EVENTS, (first,)):
        stack.note(number, undoes)
    return stack


def take_back(act: Act) -> None:
    """Bring the tables to the state without the act that `act.undoes` names, and note every row in the act's changes."""
    named = act.undoes or 0
    if _takes_out(act.db, named):
        numbers, head = _session_of(act.db, named)
        # As those undos know of nothing but what they take back, so do the undos of them: what was done since stays as it is.
        act.take_back(numbers, [head])
    else:
        numbers = [named]
        act.operation()
    settle_rows(act, dict.fromkeys(row for number in numbers for row in rows_reached(act.db, number)))


def _takes_out(db: sqlite3.Connection, operation: int) -> bool:
    """Whether an operation takes out what somebody did, or takes back, or does again, one that does."""
    chain = (
        "WITH RECURSIVE named(id, kind, undoes_id) AS (SELECT id, kind, undoes_id FROM operations WHERE id = ? "
        "UNION SELECT o.id, o.kind, o.undoes_id FROM operations o JOIN named n ON o.id = n.undoes_id) "
        "SELECT 1 FROM named WHERE kind = ? AND undoes_id IS NOT NULL"
    )
    return db.execute(chain, (operation, TAKE_OUT)).fetchone() is not None


def _session_of(db: sqlite3.Connection, operation: int) -> tuple[list[int], OperationId]:
    """The operations, by number, of the session an operation is of, and the name of the last one."""
    of_session = (
        "SELECT o.id, s.uuid, o.seq FROM operations o JOIN sessions s ON s.id = o.session_id "
        "WHERE s.id = (SELECT session_id FROM operations WHERE id = ?) ORDER BY o.seq"
    )
    found = db.execute(of_session, (operation,)).fetchall()
    return [number for number, _, _ in found], found[-1][1:]


def rows_reached(db: sqlite3.Connection, operation: int) -> list[Row]:
    """The rows that the operation at the end of a chain of undos wrote."""
    target = operation
    while (named := db.execute("SELECT undoes_id FROM operations WHERE id = ?", (target,)).fetchone()) and named[0]:
        target = named[0]
    return list(db.execute("SELECT DISTINCT table_name, row_uuid FROM row_changes WHERE operation_id = ?", (target,)))
