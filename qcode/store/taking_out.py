"""Taking out what one person did: the journal without those operations, and everything settled anew by the rules of every merge.

Each of the operations is taken back by an undo of its own, in a session that knows of nothing but them. So what others did in the
knowledge of them was not known to whoever takes them out, and stays, listed. See docs/decisions/0053.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from qcode.merge.history import Operation, OperationId, undone
from qcode.merge.lines import Row
from qcode.store.bundle import Sent, read_operations
from qcode.store.joined import read_oneness
from qcode.store.journal import Act
from qcode.store.merging import rows_written
from qcode.store.restrictions import GUARDED, Restrictions
from qcode.store.schema import CONTENT
from qcode.store.settle import content_of_rows, settle_rows

_BATCH = 500
#: The tables whose rows have a UUID that nobody else can give: what two make apart are two rows.
_MADE_ONCE = frozenset(("cases", "codes", "codings", "sources"))


def take_out(act: Act, operations: Collection[OperationId]) -> int:
    """Take back some operations as the act, and give how many rows are otherwise than before or have a value less to choose from.

    What was taken out before is passed over; where nothing is left nothing is written. Raises UserError where this copy was handed out
    so that such rows are not written in it.
    """
    going = _going(act.db, operations)
    if not going:
        return 0
    rows = rows_written(act.db, {sent.id for sent in going})
    _insist(act, rows)
    before = content_of_rows(act, rows).listed
    act.take_back([sent.number for sent in going], _last(operations))
    after = set(settle_rows(act, rows).listed)
    settled = {(listed.table, listed.row) for listed in before if listed not in after}
    return len(settled.union(_changed(act)))


def _last(operations: Iterable[OperationId]) -> list[OperationId]:
    """The last operation of each session."""
    last: dict[str, int] = {}
    for session, seq in operations:
        last[session] = max(seq, last.get(session, 0))
    return sorted(last.items())


def _changed(act: Act) -> Iterator[Row]:
    for table, rows in act.changes.rows.items():
        yield from ((table, key) for key in (*rows.inserted, *rows.updated, *rows.deleted))


def _insist(act: Act, rows: Iterable[Row]) -> None:
    keys: dict[str, list[str]] = defaultdict(list)
    for table, key in rows:
        keys[table].append(key)
    for table in sorted(keys.keys() & GUARDED):
        values = (values for _, values in act.rows.read_many(CONTENT[table], keys[table]))
        Restrictions.of(act.db).insist(table, values)


def _going(db: sqlite3.Connection, operations: Collection[OperationId]) -> list[Sent]:
    """Which of some operations must be taken back so that they all are as if never done.

    Those are not that are taken back already by somebody else; nor undos of one of them; nor those that do nothing but change rows which
    the operations made: a row goes when its making is taken back and, where others use it and it stays, it stays as they know it.
    """
    sent = list(read_operations(db))
    inactive = undone(Operation(one.session, one.seq, one.clock, one.undoes) for one in sent)
    passed_over = {one.undoes for one in sent if one.undoes and one.id not in operations and one.id not in inactive}
    passed_over |= _changing_their_own(db, [one for one in sent if one.id in operations])
    undoes = {one.id: one.undoes for one in sent}
    return [
        one for one in sent
        if one.id in operations and one.id not in passed_over and not (one.undoes and _first(undoes, one.undoes) in operations)
    ]


def _first(undoes: dict[OperationId, OperationId | None], operation: OperationId) -> OperationId:
    """What an undo, or the undo of an undo, is about in the end."""
    while (named := undoes[operation]) is not None:
        operation = named
    return operation


def _changing_their_own(db: sqlite3.Connection, sent: Sequence[Sent]) -> set[OperationId]:
    """The operations that do nothing but change rows which they, and nobody else, made. Several made a row that is one with others."""
    numbers = {one.number: one.id for one in sent}
    made: set[str] = set()
    changed: dict[OperationId, set[Row]] = defaultdict(set)
    others: set[OperationId] = set()
    for number, table, key, makes, removes in _lines(db, list(numbers)):
        if makes or removes:
            others.add(numbers[number])
            made.update([key] if makes else ())
        else:
            changed[numbers[number]].add((table, key))
    own = made - _made_by_others(db, sorted(made), numbers.keys()) - read_oneness(db).uuids()
    return {one for one, rows in changed.items() if one not in others and all(key in own and table in _MADE_ONCE for table, key in rows)}


def _lines(db: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[tuple[int, str, str, bool, bool]]:
    for start in range(0, len(numbers), _BATCH):
        part = numbers[start : start + _BATCH]
        yield from db.execute(
            "SELECT operation_id, table_name, row_uuid, before IS NULL, after IS NULL FROM row_changes "
            f"WHERE operation_id IN ({','.join('?' * len(part))})",
            part,
        )


def _made_by_others(db: sqlite3.Connection, rows: Sequence[str], numbers: Collection[int]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(rows), _BATCH):
        part = rows[start : start + _BATCH]
        sql = f"SELECT operation_id, row_uuid FROM row_changes WHERE before IS NULL AND row_uuid IN ({','.join('?' * len(part))})"
        found.update(key for number, key in db.execute(sql, part) if number not in numbers)
    return found
