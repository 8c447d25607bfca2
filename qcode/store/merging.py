"""A merge as this copy knows it: which operations it brought, how it is taken back, and how it comes again.

Nothing of this travels. See docs/decisions/0050.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

from qcode.merge.history import OperationId
from qcode.merge.lines import Row
from qcode.store.bundle import Bundle, Line, Sent, add_bundle, operation_ids, read_operations, take_out
from qcode.store.change_file import from_bytes, to_bytes
from qcode.store.journal import Act, next_number, read_sessions
from qcode.store.parked import forget_labels
from qcode.store.settle import settle_rows

_BATCH = 500
_PARKED = "what a merge had brought"


def bring_in(act: Act, bundles: Iterable[Bundle]) -> list[Bundle]:
    """Bring the operations of `bundles` that are not there into the journal, and the tables to what they mean, as one merge.

    Gives what each of them brought that neither the project nor one before it had: operations, and lines that had been withheld from
    this copy. Where nothing is new, nothing is written at all.
    """
    brought = [add_bundle(act, bundle) for bundle in bundles]
    forget_labels(act.db)
    new = [sent for bundle in brought for sent in bundle.operations]
    lines = [line for bundle in brought for line in bundle.lines]
    if not lines and not new:
        return brought
    _note(act, None)
    number = act.changes.operation
    rows = ((number, sent.session, sent.seq) for sent in new)
    act.db.executemany("INSERT INTO merged_operations (merge_id, session, seq) VALUES (?, ?, ?)", rows)
    names = {sent.id for sent in new}
    completed = {(*line.operation, line.row): None for line in lines if line.operation not in names}
    of_row = "INSERT INTO merged_lines (merge_id, session, seq, row_uuid) VALUES (?, ?, ?, ?)"
    act.db.executemany(of_row, ((number, *key) for key in completed))
    settle_rows(act, _reached(act.db, lines, new))
    return brought


def take_back_merge(act: Act, number: int) -> None:
    """Take merge `number` back, or, where it took one back itself, bring in again what it parked."""
    _note(act, number)
    parked = act.db.execute("SELECT parked FROM merges WHERE id = ?", (number,)).fetchone()[0]
    if parked is None:
        _park(act, number)
    else:
        bundle = from_bytes(parked, _PARKED)
        add_bundle(act, bundle, keep_numbers=True)
        act.db.execute("UPDATE merges SET parked = NULL WHERE id = ?", (number,))
        settle_rows(act, _reached(act.db, bundle.lines, bundle.operations))


def is_merge(db: sqlite3.Connection, number: int) -> bool:
    """Whether a number of an act in this file is that of a merge."""
    return db.execute("SELECT 1 FROM merges WHERE id = ?", (number,)).fetchone() is not None


def source_name(db: sqlite3.Connection, source: str) -> str:
    """What people call a source (a UUID), '' when it is not in the tables."""
    row = db.execute("SELECT name FROM sources WHERE uuid = ?", (source,)).fetchone()
    return "" if row is None else str(row[0])


def later_than(db: sqlite3.Connection, number: int) -> list[Sent]:
    """The operations done in the knowledge of what merge `number` brought, and so taken back with it."""
    brought = _brought(db, number)
    return [sent for sent in _sent(db, _going(db, number)) if sent.id not in brought]


def _note(act: Act, undoes: int | None) -> None:
    """Write the record of a merge, the number of which is the act's."""
    act.changes.operation = next_number(act.db)
    values = (
        act.changes.operation,
        act.identities.new_uuid(),
        act.coder,
        act.identities.now().isoformat(timespec="seconds"),
        act.changes.label,
        undoes,
    )
    act.db.execute("INSERT INTO merges (id, uuid, coder, at, label, undoes_id, report) VALUES (?, ?, ?, ?, ?, ?, '')", values)
    act.ends_session = True


def _park(act: Act, number: int) -> None:
    """Take out what a merge brought, with all that was done knowing of it, and keep it in the record of this act."""
    gone = _going(act.db, number)
    rows = dict.fromkeys(rows_written(act.db, gone))
    bundle = take_out(act.db, gone, _completed(act.db, number))
    rows.update(dict.fromkeys((line.table, line.row) for line in bundle.lines))
    act.db.execute("UPDATE merges SET parked = ? WHERE id = ?", (to_bytes(bundle), act.changes.operation))
    settle_rows(act, rows)


def rows_written(db: sqlite3.Connection, operations: Collection[OperationId]) -> list[Row]:
    """The rows that some operations, or those they take back, wrote to."""
    numbers = [sent.number for sent in _sent(db, operations)]
    found: dict[Row, None] = {}
    for start in range(0, len(numbers), _BATCH):
        part = numbers[start : start + _BATCH]
        sql = (
            f"WITH RECURSIVE named(id) AS (SELECT id FROM operations WHERE id IN ({','.join('?' * len(part))}) "
            "UNION SELECT o.undoes_id FROM operations o JOIN named n ON o.id = n.id WHERE o.undoes_id IS NOT NULL) "
            "SELECT DISTINCT table_name, row_uuid FROM row_changes WHERE operation_id IN named"
        )
        found.update(dict.fromkeys(db.execute(sql, part).fetchall()))
    return list(found)


def brought_by(db: sqlite3.Connection, number: int, coder: str) -> set[OperationId]:
    """The operations of one coder, by name, that a merge brought, as far as they are there."""
    return {sent.id for sent in _sent(db, _brought(db, number)) if sent.coder == coder}


def _brought(db: sqlite3.Connection, number: int) -> set[OperationId]:
    """The operations that the merge at the end of a chain of undos brought, as far as they are there."""
    brought = set(db.execute("SELECT session, seq FROM merged_operations WHERE merge_id = ?", (_target(db, number),)).fetchall())
    return brought & operation_ids(db)


def _completed(db: sqlite3.Connection, number: int) -> set[tuple[str, int, str]]:
    """Session, seq and row of the lines which that merge brought of operations that were there without them."""
    return set(db.execute("SELECT session, seq, row_uuid FROM merged_lines WHERE merge_id = ?", (_target(db, number),)).fetchall())


def _target(db: sqlite3.Connection, number: int) -> int:
    target = number
    while (named := db.execute("SELECT undoes_id FROM merges WHERE id = ?", (target,)).fetchone()) and named[0]:
        target = int(named[0])
    return target


def _going(db: sqlite3.Connection, number: int) -> set[OperationId]:
    """The operations that go when a merge is taken back: those it brought, and those whose makers knew of what it brought."""
    brought = _brought(db, number)
    if _completed(db, number):
        # No operation tells who has seen a line that was withheld: whatever was done here since has.
        brought.update(
            db.execute(
                "SELECT s.uuid, o.seq FROM operations o JOIN sessions s ON s.id = o.session_id WHERE o.id > ? AND NOT EXISTS "
                "(SELECT 1 FROM merged_operations m WHERE m.session = s.uuid AND m.seq = o.seq)",
                (_target(db, number),),
            ).fetchall()
        )
    return _with_later(db, brought)


def _with_later(db: sqlite3.Connection, operations: Collection[OperationId]) -> set[OperationId]:
    """Operations, and those whose makers knew of one of them."""
    sessions = read_sessions(db)
    first: dict[str, int] = {}
    for session, seq in operations:
        first[session] = min(seq, first.get(session, seq))
    every = operation_ids(db)
    knowing = {
        session
        for session in {session for session, _ in every}
        if any(sessions.known_to(session).get(other, 0) >= seq for other, seq in first.items())
    }
    return {(session, seq) for session, seq in every if session in knowing or seq >= first.get(session, seq + 1)}


def _sent(db: sqlite3.Connection, operations: Collection[OperationId]) -> list[Sent]:
    return [sent for sent in read_operations(db) if sent.id in operations]


def _reached(db: sqlite3.Connection, lines: Iterable[Line], operations: Iterable[Sent]) -> list[Row]:
    """The rows that operations which have come wrote to, and those that what they take back wrote to."""
    found = dict.fromkeys((line.table, line.row) for line in lines)
    found.update(dict.fromkeys(rows_written(db, {sent.id for sent in operations if sent.undoes})))
    return list(found)
