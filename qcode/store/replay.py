"""The journal of a project file, read whole, and what it says the content is: what checking and recovery compare the tables with."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qcode.merge.content import Content, References
from qcode.merge.history import Operation, OperationId
from qcode.merge.lines import Change, Together
from qcode.merge.state import content_of
from qcode.store.rows import select_fields
from qcode.store.schema import CONTENT, Table, Value, Values

REFERENCES: References = {
    table.name: {field.name: field.ref for field in table.references} for table in CONTENT.values()
}
TOGETHER: Together = {table.name: table.together for table in CONTENT.values() if table.together}
# Half the time of `json.loads`, which looks for blanks around each line.
_decode = json.JSONDecoder().raw_decode


@dataclass(frozen=True)
class Journal:
    """Operations by their number in the file, and what each session continues."""

    operations: dict[int, Operation]
    heads: dict[str, list[OperationId]]


def read_journal(db: sqlite3.Connection) -> Journal:
    """The operations and sessions of the project that `db` has open."""
    heads = {key: [(s, q) for s, q in json.loads(heads)] for key, heads in db.execute("SELECT uuid, heads FROM sessions")}
    rows = db.execute(
        "SELECT o.id, s.uuid, o.seq, o.clock, us.uuid, uo.seq FROM operations o JOIN sessions s ON s.id = o.session_id "
        "LEFT JOIN operations uo ON uo.id = o.undoes_id LEFT JOIN sessions us ON us.id = uo.session_id"
    )
    operations = {
        number: Operation(session, seq, clock, (of_session, of_seq) if of_session else None)
        for number, session, seq, clock, of_session, of_seq in rows
    }
    return Journal(operations, heads)


def read_changes(db: sqlite3.Connection, journal: Journal) -> Iterator[Change]:
    """Every change of a row, in the order of the file."""
    rows = db.execute("SELECT operation_id, table_name, row_uuid, before, after FROM row_changes ORDER BY id")
    return changes_of(rows, journal)


def changes_of(rows: Iterable[tuple[int, str, str, str | None, str | None]], journal: Journal) -> Iterator[Change]:
    """Changes of rows as merging sees them, from operation number, table, UUID, before and after."""
    names = {number: operation.id for number, operation in journal.operations.items()}
    defaults = {table.name: table.defaults for table in CONTENT.values()}
    for number, table, row, before, after in rows:
        if after is None:
            yield Change(names[number], table, row, None)
        elif before is None:
            yield Change(names[number], table, row, {**defaults[table], **_decode(after)[0]}, True)
        else:
            yield Change(names[number], table, row, _decode(after)[0])


def replay(db: sqlite3.Connection) -> Content:
    """The content that the journal of the project says it has."""
    journal = read_journal(db)
    changes = read_changes(db, journal)
    return content_of(journal.operations.values(), journal.heads, changes, REFERENCES, TOGETHER, text=lambda sha256: text_of(db, sha256))


def text_of(db: sqlite3.Connection, sha256: str) -> str:
    """The text of that name, '' when the file does not have it."""
    row = db.execute("SELECT content FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
    return "" if row is None else str(row[0])


def read_rows(db: sqlite3.Connection, table: Table) -> Iterator[tuple[str, Values]]:
    """UUID and values of every row of a table, references as the keys that travel."""
    names = [field.name for field in table.fields]
    row: tuple[Value, ...]
    for row in db.execute(select_fields(table)):
        yield str(row[0]), dict(zip(names, row[1:], strict=True))
