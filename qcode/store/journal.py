"""The journal: every act a person did, in a form that undo, the audit trail and a merge can all work from.

An `Act` is one transaction's writing side. It writes its `operations` row with the first change, so that an act that changes nothing
leaves no trace; the session begins in the same moment. It must be used inside a transaction of the writing connection only.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from qcode.errors import BugError
from qcode.merge.content import Reason
from qcode.merge.history import OperationId, Sessions, heads_of
from qcode.model.act import ActRecord
from qcode.model.change import Changes
from qcode.model.identity import Identities
from qcode.progress import Progress
from qcode.store.mends import concerning, forget, read_mends
from qcode.store.restrictions import GUARDED, Restrictions
from qcode.store.rows import Rows
from qcode.store.schema import CONTENT, Table, Value, Values, complete, with_group, without_defaults

_CHUNK = 2_000
_CHANGE = "INSERT INTO row_changes (operation_id, table_name, row_uuid, before, after) VALUES (?, ?, ?, ?, ?)"
#: Values as the journal writes them down.
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
#: Between two rows, and between two fields, of many that are encoded at once: inside a JSON string it would stand as an escape.
_MARK = "\x1e"
_encode_marked = json.JSONEncoder(ensure_ascii=False, separators=(_MARK, ":")).encode


@dataclass
class Session:
    """What was written since a file was opened (or merged into): begins with the first act, and not before."""

    program: str
    id: int = 0
    seq: int = 0
    clock: int = 0


@dataclass
class Act:
    """The writing side of one transaction: content goes in through `insert`, `update` and `delete`, and nowhere else."""

    db: sqlite3.Connection
    rows: Rows
    identities: Identities
    session: Session
    coder: str
    changes: Changes
    progress: Progress
    undoes: int | None = None
    ends_session: bool = False
    touched: bool = False
    edited: list[str] = field(default_factory=list)
    written: list[tuple[str, str]] = field(default_factory=list)
    _operation: int = field(default=0, init=False)
    _restrictions: Restrictions | None = field(default=None, init=False)

    def insert(self, table_name: str, values: Values, row_uuid: str = "") -> str:
        """Write a new row with `values` (what is left out gets its default) and give its UUID."""
        key = row_uuid or self.identities.new_uuid()
        self.insert_many(table_name, [(key, values)])
        return key

    def insert_many(self, table_name: str, rows: Iterable[tuple[str, Values]]) -> None:
        """Write many new rows of one table, with progress; the fastest way in."""
        table = CONTENT[table_name]
        iterator = iter(rows)
        noted = self.changes.note(table_name).inserted
        while chunk := [(key, complete(table, values)) for key, values in islice(iterator, _CHUNK)]:
            self._insist(table_name, (values for _, values in chunk))
            operation = self.operation()
            self.rows.insert(table, chunk)
            payloads = _encode_all([without_defaults(table, values) for _, values in chunk])
            self.db.executemany(
                _CHANGE, ((operation, table_name, key, None, after) for (key, _), after in zip(chunk, payloads, strict=True))
            )
            noted.extend(key for key, _ in chunk)
            if len(chunk) == _CHUNK:
                self.progress.step(self.changes.label, len(noted), 0)

    def update(self, table_name: str, row_uuid: str, values: Values) -> bool:
        """Set fields of one row. False, and nothing written, when the row already has these values."""
        table = CONTENT[table_name]
        current = self.rows.read(table, row_uuid)
        if current is None:
            raise BugError(f"{table_name} has no row {row_uuid}")
        after = {name: value for name, value in values.items() if current[name] != value}
        if not after:
            return False
        self._insist(table_name, (after,))
        self._decide(table_name, (row_uuid,))
        if table_name == "sources" and "text" in after:
            self.edited.append(row_uuid)
        operation = self.operation()
        self.rows.update(table, row_uuid, after)
        noted = sorted(with_group(table, after))
        sides = ({name: current[name] for name in noted}, {name: after.get(name, current[name]) for name in noted})
        self.db.execute(_CHANGE, (operation, table_name, row_uuid, *map(encode, sides)))
        self.changes.note(table_name).updated.append(row_uuid)
        return True

    def write_down(self, table_name: str, row_uuid: str, values: Values) -> None:
        """Set fields of one row even where they have these values already: a later write answers all those it knows of. What they refer
        to may be gone: then it comes back. A name that another has meanwhile is mended, as after a merge."""
        table = CONTENT[table_name]
        current = self.standing(table_name, row_uuid)
        if current is None:
            raise BugError(f"{table_name} has no row {row_uuid}")
        self._insist(table_name, (values,))
        in_table = self.rows.has(table_name, row_uuid)
        if in_table:
            self._decide(table_name, (row_uuid,))
        names = sorted(with_group(table, values))
        sides = ({name: current[name] for name in names}, {name: values.get(name, current[name]) for name in names})
        if table_name == "sources" and "text" in values:
            self.edited.append(row_uuid)
        self.db.execute(_CHANGE, (self.operation(), table_name, row_uuid, *map(encode, sides)))
        if in_table and all(self.rows.has(one.ref, str(values[one.name])) for one in table.references if values.get(one.name) is not None):
            self.rows.update(table, row_uuid, values)
        self.written.append((table_name, row_uuid))
        self.changes.note(table_name).updated.append(row_uuid)

    def standing(self, table_name: str, row_uuid: str) -> Values | None:
        """The values of a row that is in the tables or part of another one there; None when there is none."""
        folded = (mend.raw for mend in read_mends(self.db) if mend.reason is Reason.FOLDED and mend.row == row_uuid)
        return self.rows.read(CONTENT[table_name], row_uuid) or next(folded, None)

    def confirm(self, table_name: str, row_uuid: str) -> None:
        """Say that a row is to be there as it is: what was deleted or mended on one side is decided."""
        table = CONTENT[table_name]
        name = table.fields[-1].name
        current = self.rows.read(table, row_uuid)
        if current is None:
            self._decide(table_name, (row_uuid,))
        else:
            self.write_down(table_name, row_uuid, {name: current[name]})

    def touch(self, table_name: str, row_uuid: str) -> None:
        """Note that the act goes by a row as it is, as when another is joined with it: whoever deletes that row elsewhere, not knowing
        this, does not take it away. A line without fields, so that it is in nobody's way who sets one."""
        self._insist(table_name)
        self.touched = True
        nothing = encode({})
        self.db.execute(_CHANGE, (self.operation(), table_name, row_uuid, nothing, nothing))
        self.changes.note(table_name).updated.append(row_uuid)

    def delete(self, table_name: str, uuids: Iterable[str]) -> None:
        """Remove rows. Whoever deletes a row deletes what refers to it in the same act; the file's foreign keys see to that."""
        table = CONTENT[table_name]
        gone = dict(self.rows.read_many(table, list(uuids)))
        if not gone:
            return
        self._insist(table_name)
        self._decide(table_name, gone, removing=True)
        operation = self.operation()
        self.db.executemany(
            _CHANGE, ((operation, table_name, key, encode(without_defaults(table, values)), None) for key, values in gone.items())
        )
        self.rows.delete(table, gone)
        self.changes.note(table_name).deleted.extend(gone)

    def _insist(self, table_name: str, rows: Iterable[Values] = ()) -> None:
        """Raise UserError when this copy was handed out so that such rows are not written in it."""
        if table_name in GUARDED:
            self._restrictions = self._restrictions or Restrictions.of(self.db)
            self._restrictions.insist(table_name, rows)

    def _decide(self, table_name: str, rows: Collection[str], *, removing: bool = False) -> None:
        """Write down as the act's own what was mended of rows it touches: it is what the person saw. With `removing` the rows go: one
        that was kept is not made first, for made and removed by one act it would never have been there."""
        self.touched = True
        table = CONTENT[table_name]
        for mend in concerning(read_mends(self.db), table_name, rows):
            current = self.rows.read(table, mend.row)
            lines: tuple[str | None, str | None]
            if mend.reason is Reason.FOLDED and current is None:
                lines = (encode(without_defaults(table, mend.raw)), None)
            elif mend.reason is Reason.USED and removing:
                forget(self.db, mend)
                continue
            elif mend.reason is Reason.USED and current is not None:
                lines = (None, encode(without_defaults(table, current)))
            elif current is not None:
                lines = (encode(mend.raw), encode({name: current[name] for name in mend.raw}))
            else:
                continue
            self.db.execute(_CHANGE, (self.operation(), table_name, mend.row, *lines))
            forget(self.db, mend)

    def take_back(self, numbers: Sequence[int], heads: Sequence[OperationId]) -> None:
        """Write an undo of each of some operations (their numbers in this file), all as this act, whose own is the first.

        They make a session that continues `heads` and knows of nothing else: what anybody did who is not in these was not known to
        whoever takes the operations back, and stays.
        """
        if self._operation:
            raise BugError("an act that has written something cannot take back several others")
        self.session = Session(self.session.program)
        self.ends_session = True
        begin_session(self.db, self.session, self.identities, heads)
        written = [self._begin_operation(number) for number in numbers]
        self._operation = self.changes.operation = written[0]

    def call(self, label: str) -> None:
        """Give the act the name it has in the history, where that is only known once its work is done."""
        self.changes.label = label
        self.db.execute("UPDATE operations SET label = ? WHERE id = ?", (label, self._operation))

    def operation(self) -> int:
        """The number of this act's row in the journal, written when it is first asked for."""
        if not self._operation:
            self._operation = self.changes.operation = self._begin_operation(self.undoes)
        return self._operation

    def _begin_operation(self, undoes: int | None) -> int:
        if not self.session.id:
            begin_session(self.db, self.session, self.identities)
        self.session.seq += 1
        self.session.clock += 1
        number = next_number(self.db)
        self.db.execute(
            "INSERT INTO operations (id, session_id, seq, clock, coder, at, kind, label, undoes_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                self.session.id,
                self.session.seq,
                self.session.clock,
                self.coder,
                self.identities.now().isoformat(timespec="seconds"),
                self.changes.kind,
                self.changes.label,
                undoes,
            ),
        )
        return number


def begin_session(
    db: sqlite3.Connection, session: Session, identities: Identities, heads: Sequence[OperationId] | None = None
) -> None:
    """Write a session that continues `heads`, else all that stands in the journal, and start its logical clock after the greatest there."""
    session_uuid = identities.new_uuid()
    continued = heads_of(last_operations(db), read_sessions(db)) if heads is None else heads
    cursor = db.execute(
        "INSERT INTO sessions (uuid, program, heads) VALUES (?, ?, ?)", (session_uuid, session.program, json.dumps(continued))
    )
    session.id = int(cursor.lastrowid or 0)
    session.seq = 0
    session.clock = int(db.execute("SELECT coalesce(max(clock), 0) FROM operations").fetchone()[0])


def read_sessions(db: sqlite3.Connection) -> Sessions:
    """What every session in the journal knew when it began."""
    return Sessions({key: [(s, q) for s, q in json.loads(heads)] for key, heads in db.execute("SELECT uuid, heads FROM sessions")})


def last_operations(db: sqlite3.Connection) -> dict[str, int]:
    """Each session's greatest seq."""
    return dict(
        db.execute("SELECT s.uuid, max(o.seq) FROM sessions s JOIN operations o ON o.session_id = s.id GROUP BY s.id").fetchall()
    )


def _encode_all(rows: list[Values]) -> list[str]:
    """Each row as JSON, its fields in the order they have. One call for all takes half the time of a call for each."""
    return ["{" + row.replace(_MARK, ",") + "}" for row in _encode_marked(rows)[2:-2].split("}" + _MARK + "{")]


def decode(payload: str | None) -> dict[str, Value] | None:
    """The values a row change wrote down; None stands for no row."""
    return None if payload is None else json.loads(payload)


def inserted_values(table: Table, payload: str) -> Values:
    """All values of a row that was inserted, what the journal leaves out included."""
    return complete(table, json.loads(payload))


def label_of(db: sqlite3.Connection, number: int) -> str:
    """What the journal calls an operation, or a merge, that has a number in this file."""
    of_either = "SELECT label FROM operations WHERE id = ?1 UNION ALL SELECT label FROM merges WHERE id = ?1"
    return str(db.execute(of_either, (number,)).fetchone()[0])


def last_number(db: sqlite3.Connection) -> int:
    """The number of the newest operation or merge in this file, 0 before the first. Merges are numbered with the operations, in one
    sequence; no number is given twice."""
    of_each = "SELECT coalesce(max(id), 0) FROM"
    return int(db.execute(f"SELECT max(({of_each} operations), ({of_each} merges))").fetchone()[0])


def next_number(db: sqlite3.Connection) -> int:
    """The number that the next operation or merge in this file has."""
    return last_number(db) + 1


_ACTS = """
SELECT o.clock, o.id, o.at, o.coder, o.kind, o.label, o.undoes_id, (SELECT count(*) FROM row_changes r WHERE r.operation_id = o.id)
FROM operations o
UNION ALL SELECT (SELECT max(clock) FROM operations o WHERE o.id < m.id), m.id, m.at, m.coder,
CASE WHEN m.undoes_id IS NULL THEN 'merge' ELSE 'undo' END, m.label, m.undoes_id, 0 FROM merges m
ORDER BY 1, 2
"""


def read_acts(db: sqlite3.Connection) -> list[ActRecord]:
    """Every act in the journal of this file, and every merge of this copy, oldest first."""
    return [ActRecord(*row) for _, *row in db.execute(_ACTS)]


def last_act_at(db: sqlite3.Connection) -> str:
    """When the last act was done, as ISO date and time; '' before the first."""
    row = db.execute("SELECT at FROM operations ORDER BY clock DESC, id DESC LIMIT 1").fetchone()
    return "" if row is None else str(row[0])
