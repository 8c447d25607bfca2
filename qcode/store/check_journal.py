"""Whether the journal of a project file is sound, and whether the tables say what it says."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from qcode.merge.content import Reason
from qcode.merge.history import OperationId
from qcode.store.problem import Problem
from qcode.store.replay import read_rows, replay
from qcode.store.schema import CONTENT, Table, Values

_MISMATCHES_NAMED = 20


def journal_problems(db: sqlite3.Connection) -> list[Problem]:
    """What is wrong with the journal itself."""
    problems = list(_session_problems(db))
    return [*problems, *_operation_problems(db), *_undo_problems(db), *_change_problems(db)]


def row_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """Every row of content that the journal does not have so, of a journal that is sound in itself."""
    content = replay(db)
    # Where lines are withheld, whoever holds them knows who made the row; those that use it wait for it.
    whole = db.execute("SELECT 1 FROM withheld").fetchone() is None
    for listed in content.listed:
        if listed.reason is Reason.MISSING and whole:
            yield Problem(f"{listed.table} {listed.row}", "it is used, but the journal does not say who made it.")
    for table in CONTENT.values():
        mismatches = list(_mismatches(table, dict(read_rows(db, table)), content.tables[table.name]))
        yield from mismatches[:_MISMATCHES_NAMED]
        if len(mismatches) > _MISMATCHES_NAMED:
            yield Problem(table.name, f"{len(mismatches) - _MISMATCHES_NAMED} more rows are not as the journal has them.")


def _mismatches(table: Table, actual: dict[str, Values], expected: dict[str, Values]) -> Iterator[Problem]:
    if actual == expected:
        return
    for key in actual.keys() - expected.keys():
        yield Problem(f"{table.name} {key}", "it is there, but not according to the journal.")
    for key in expected.keys() - actual.keys():
        yield Problem(f"{table.name} {key}", "it is in the journal, but not there.")
    for key in actual.keys() & expected.keys():
        for name, value in actual[key].items():
            if value != expected[key][name]:
                yield Problem(f"{table.name} {key}", f"its {name} is not what the journal says.")


def _session_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """A session continues operations that are there, and never itself."""
    last = dict(db.execute("SELECT s.uuid, max(o.seq) FROM sessions s LEFT JOIN operations o ON o.session_id = s.id GROUP BY s.id"))
    below: dict[str, list[str]] = {}
    for key, text in db.execute("SELECT uuid, heads FROM sessions"):
        heads = _read_heads(text)
        below[key] = [session for session, _ in heads or ()]
        if heads is None:
            yield Problem(f"Session {key}", "what it continues cannot be read.")
            continue
        for session, seq in heads:
            if not 1 <= seq <= (last.get(session) or 0):
                yield Problem(f"Session {key}", f"it continues operation {seq} of session {session}, which is not there.")
    for key in _continuing_themselves(below):
        yield Problem(f"Session {key}", "it continues itself.")


def _read_heads(text: str) -> list[OperationId] | None:
    try:
        heads = [(session, seq) for session, seq in json.loads(text)]
    except (ValueError, TypeError):
        return None
    return heads if all(isinstance(session, str) and isinstance(seq, int) for session, seq in heads) else None


def _continuing_themselves(below: dict[str, list[str]]) -> list[str]:
    """The sessions that cannot be put in an order in which each follows those it continues."""
    waiting = dict(below)
    while ready := [key for key, heads in waiting.items() if not any(head in waiting for head in heads)]:
        for key in ready:
            del waiting[key]
    return sorted(waiting)


def _operation_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """The operations of a session are numbered from 1 without a gap, and each is later than all it knew."""
    clocks = {
        (session, seq): clock
        for session, seq, clock in db.execute("SELECT s.uuid, o.seq, o.clock FROM operations o JOIN sessions s ON s.id = o.session_id")
    }
    heads = {key: _read_heads(text) or [] for key, text in db.execute("SELECT uuid, heads FROM sessions")}
    for session, names in groupby(sorted(clocks), key=itemgetter(0)):
        before = max((clocks.get(head, 0) for head in heads[session]), default=0)
        for expected, name in enumerate(names, start=1):
            if name[1] != expected:
                yield Problem(f"Session {session}", f"operation {expected} is missing from it.")
                break
            if clocks[name] <= before:
                yield Problem(f"Operation {name[1]} of session {session}", "its logical clock does not advance.")
            before = clocks[name]


def _undo_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    rows = db.execute(
        "SELECT o.id, o.clock, t.id, t.clock FROM operations o LEFT JOIN operations t ON t.id = o.undoes_id WHERE o.undoes_id IS NOT NULL"
    )
    for number, clock, target, target_clock in rows:
        if target is None:
            yield Problem(f"Operation {number}", "the operation it takes back is not there.")
        elif target_clock >= clock:
            yield Problem(f"Operation {number}", "it takes back an operation that is not earlier.")
    written = "SELECT DISTINCT o.id FROM operations o JOIN row_changes c ON c.operation_id = o.id WHERE o.undoes_id IS NOT NULL"
    for (number,) in db.execute(written):
        yield Problem(f"Operation {number}", "it is an undo and writes rows all the same.")


def _change_problems(db: sqlite3.Connection) -> Iterator[Problem]:
    """Every change names a table and fields that there are."""
    marks = ",".join("?" * len(CONTENT))
    unknown = f"SELECT id, table_name FROM row_changes WHERE table_name NOT IN ({marks}) OR (before IS NULL AND after IS NULL)"
    for number, table in db.execute(unknown, tuple(CONTENT)):
        yield Problem(f"Change {number}", f"it says nothing of a row of {table} that can be understood.")
    for table in CONTENT.values():
        fields = set(table.by_name)
        for number, before, after in db.execute("SELECT id, before, after FROM row_changes WHERE table_name = ?", (table.name,)):
            if not (_understood(before, fields) and _understood(after, fields)):
                yield Problem(f"Change {number}", f"the values it gives a row of {table.name} cannot be understood.")


def _understood(payload: str | None, fields: set[str]) -> bool:
    if payload is None:
        return True
    try:
        values = json.loads(payload)
    except ValueError:
        return False
    return isinstance(values, dict) and values.keys() <= fields
