"""Taking an act back, and what Ctrl+Z takes back next.

An undo is an operation without writes: it names the act it takes back, and the tables are brought to the state the journal has
without that act. Nothing here knows what kind of act it was.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

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


_EVENTS = """
SELECT o.id, o.undoes_id FROM operations o JOIN sessions s ON s.id = o.session_id WHERE o.id > ?1
AND (o.undoes_id IS NOT NULL OR EXISTS (SELECT 1 FROM row_changes c WHERE c.operation_id = o.id))
AND NOT EXISTS (SELECT 1 FROM merged_operations m WHERE m.session = s.uuid AND m.seq = o.seq)
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
    act.operation()
    settle_rows(act, rows_reached(act.db, act.undoes or 0))


def rows_reached(db: sqlite3.Connection, operation: int) -> list[Row]:
    """The rows that the operation at the end of a chain of undos wrote."""
    target = operation
    while (named := db.execute("SELECT undoes_id FROM operations WHERE id = ?", (target,)).fetchone()) and named[0]:
        target = named[0]
    return list(db.execute("SELECT DISTINCT table_name, row_uuid FROM row_changes WHERE operation_id = ?", (target,)))
