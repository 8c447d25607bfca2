"""Bringing the tables to what the journal says: after an undo, a merge, and whatever else changes which operations count.

The rules are `merge/settling.py`'s. Here are the rows around those that were touched, and the writing.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import TypeVar

from qcode.merge.content import Content, Mend, Reason
from qcode.merge.history import Operation
from qcode.merge.lines import Change, History, Row, Values
from qcode.merge.oneness import oneness_of, pair_of
from qcode.merge.settling import lines_by_row, settle
from qcode.model.change import Changes
from qcode.model.identity import Identities
from qcode.progress import Progress
from qcode.store.joined import Joined, read_answers, read_oneness, rows_naming
from qcode.store.journal import Act, Session, read_sessions
from qcode.store.mends import PAIRED, read_mends, replace_mends
from qcode.store.replay import REFERENCES, TOGETHER, Journal, changes_of, text_of
from qcode.store.rows import Rows, rows_referring, select_fields
from qcode.store.schema import CONTENT, Value

T = TypeVar("T")
_BATCH = 500
_CHUNK = 2_000
#: The operations that wrote to some rows, and the undos that name them, and the undos that name those.
_REACHING = """
WITH RECURSIVE reached(id) AS (
    SELECT operation_id FROM row_changes WHERE row_uuid IN ({marks})
    UNION SELECT o.id FROM operations o JOIN reached r ON o.undoes_id = r.id)
SELECT o.id, s.uuid, o.seq, o.clock, us.uuid, uo.seq
FROM reached JOIN operations o ON o.id = reached.id JOIN sessions s ON s.id = o.session_id
LEFT JOIN operations uo ON uo.id = o.undoes_id LEFT JOIN sessions us ON us.id = uo.session_id
"""
_SAME = (
    "WITH asked(source_id, code_id, coder_id, span_start, span_end, short_id) AS (VALUES {rows}) "
    "SELECT c.uuid FROM asked a JOIN codings c ON c.source_id = a.source_id AND c.code_id = a.code_id AND c.coder_id = a.coder_id "
    "AND c.span_start = a.span_start AND c.span_end = a.span_end UNION "
    "SELECT c.uuid FROM asked a JOIN codings c ON c.short_id = a.short_id"
)
_ENDS = (("source", "sources"), ("code", "codes"), ("coder", "coders"))


class Around:
    """The rows of a project that are not in hand, as `merge.settling.Around` asks for them."""

    def __init__(self, db: sqlite3.Connection, rows: Rows) -> None:
        self._db = db
        self._rows = rows
        self.history = History(read_sessions(db), TOGETHER)
        self.joined = Joined(db, read_oneness(db))

    def values(self, rows: Iterable[Row]) -> dict[Row, Values]:
        """Those of `rows` that are in the tables."""
        found: dict[Row, Values] = {}
        for table, keys in _by_table(rows).items():
            found.update(((table, key), values) for key, values in self._rows.read_many(CONTENT[table], keys))
        return found

    def lines(self, rows: Iterable[Row]) -> dict[Row, list[Change]]:
        """The lines of the journal of each row that has any, by the rows they are read as."""
        if not self.joined.one:
            return self._lines(rows)
        return self.joined.one.read(self._lines(sorted(self.joined.together(rows))))

    def reach(self, rows: Iterable[Row]) -> dict[Row, None]:
        """Rows, and all that must be looked at with them, for they are one or were; takes in what answers among them say."""
        wanted = dict.fromkeys(rows)
        answers = [row for row in wanted if row[0] == "answers"]
        before = self.joined
        named: set[str] = set()
        if answers:
            lines = self._lines(answers)
            there = read_answers(self._db)
            live = [values for of_row in lines.values() if (values := self.history.state(of_row).values)]
            rest = [values for key, values in there.items() if ("answers", key) not in answers]
            self.joined = Joined(self._db, oneness_of([*rest, *live], REFERENCES))
            made = [line.values for of_row in lines.values() for line in of_row if line.inserts and line.values]
            named = self._named([*made, *(values for key, values in there.items() if ("answers", key) in answers)], before)
        reached = {*wanted, *(rows_naming(self._db, named) if named else ())}
        return {**wanted, **dict.fromkeys(sorted(before.together(reached) | self.joined.together(reached)))}

    def _named(self, answers: Iterable[Mapping[str, object]], before: Joined) -> set[str]:
        """The rows that answers make one or made one, with all that are one with these."""
        pairs = [pair for answer in answers if (pair := pair_of(answer))]
        ends = {(table, end) for table, *both in pairs for end in both}
        return {key for each in (before, self.joined) for table, end in ends for key in each.one.members(table, end)}

    def _lines(self, rows: Iterable[Row]) -> dict[Row, list[Change]]:
        found: dict[Row, list[Change]] = {}
        for table, keys in _by_table(rows).items():
            for part in _parts(keys):
                journal = self._learn(part)
                marks = ",".join("?" * len(part))
                sql = f"SELECT operation_id, table_name, row_uuid, before, after FROM row_changes WHERE row_uuid IN ({marks}) ORDER BY id"
                lines = lines_by_row(changes_of(self._db.execute(sql, part), journal))
                found.update((row, of_row) for row, of_row in lines.items() if row[0] == table)
        return found

    def users(self, rows: Iterable[Row]) -> dict[Row, Values]:
        """The rows in the tables that refer to one of `rows`."""
        wanted = _by_table(rows)
        users: list[Row] = []
        for table in CONTENT.values():
            for field in table.references:
                if keys := wanted.get(field.ref):
                    users.extend((table.name, key) for key in rows_referring(self._db, table.name, field.name, keys))
        return self.values(users)

    def table(self, name: str) -> dict[str, Values]:
        """All rows of a small table."""
        table = CONTENT[name]
        names = [field.name for field in table.fields]
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in self._db.execute(select_fields(table))}

    def same_codings(self, codings: Mapping[str, Values]) -> dict[str, Values]:
        """Codings of the same code by the same coder on the same passage as one of `codings`, or with the same short ID."""
        found: set[str] = set()
        # Field by field, for few sources, codes and coders stand in many codings.
        sources, codes, coders = (self._keys({values[name] for values in codings.values()}, table) for name, table in _ENDS)
        places = [
            (sources[one["source"]], codes[one["code"]], coders[one["coder"]], one["span_start"], one["span_end"], one["short_id"] or None)
            for one in codings.values()
        ]
        for part in _parts(places):
            rows = ", ".join(["(?, ?, ?, ?, ?, ?)"] * len(part))
            found.update(key for (key,) in self._db.execute(_SAME.format(rows=rows), list(chain.from_iterable(part))))
        return dict(self._rows.read_many(CONTENT["codings"], sorted(found - codings.keys())))

    def _keys(self, rows: Iterable[Value], table: str) -> dict[Value, int | None]:
        """The integer keys of rows, None of those that are not in the table yet."""
        return {row: self._rows.id_of(table, str(row)) if self._rows.has(table, str(row)) else None for row in rows}

    def text(self, sha256: str) -> str:
        """The text of that name, '' when it is not there."""
        return text_of(self._db, sha256)

    def _learn(self, keys: Sequence[str]) -> Journal:
        rows = self._db.execute(_REACHING.format(marks=",".join("?" * len(keys))), keys)
        operations = {
            number: Operation(session, seq, clock, (of_session, of_seq) if of_session else None)
            for number, session, seq, clock, of_session, of_seq in rows
        }
        self.history.learn(operations.values())
        return Journal(operations, {})


def settle_rows(act: Act, touched: Iterable[Row]) -> Content:
    """Bring rows, and what was mended on their account, to what the journal says; notes what changed in the act's changes and gives what
    was settled."""
    mends, lines, content = _settled(act, touched)
    _write_rows(act, lines, content)
    replace_mends(act.db, mends, content.mends)
    return content


def content_of_rows(act: Act, rows: Iterable[Row]) -> Content:
    """What the journal makes of rows, and of what was mended on their account; nothing is written."""
    return _settled(act, rows)[2]


def _settled(act: Act, touched: Iterable[Row]) -> tuple[list[Mend], dict[Row, list[Change]], Content]:
    around = Around(act.db, act.rows)
    hand = around.reach(touched)
    mends = [mend for mend in read_mends(act.db) if _concerns(mend, hand)]
    hand.update(dict.fromkeys((mend.table, mend.row) for mend in mends))
    hand.update(dict.fromkeys((mend.table, mend.partner) for mend in mends if mend.reason in PAIRED))
    found = around.lines(hand)
    # A row of which the journal has nothing any more was brought by a merge that is taken back, or is part of another.
    lines: dict[Row, list[Change]] = {row: found.get(row, []) for row in (*hand, *found)}
    return mends, lines, settle(around.history, lines, REFERENCES, around)


def _concerns(mend: Mend, hand: Mapping[Row, None]) -> bool:
    """Whether a mend is to be looked at again. Places that moved with their text, which may be thousands, only with row or source."""
    return mend.reason is not Reason.MOVED or (mend.table, mend.row) in hand or ("sources", mend.partner) in hand


def settle_act(act: Act) -> None:
    """After an act: carry places over to texts it edited, see to what a decision wrote, and look again at all that was mended if it
    changed or removed rows."""
    if act.edited or act.written or (act.touched and read_mends(act.db)):
        settle_rows(act, [*(("sources", key) for key in act.edited), *act.written])


def settle_beside(db: sqlite3.Connection, kind: str, label: str) -> None:
    """Look again at all that was mended, in a transaction that is no act."""
    if read_mends(db):
        act = Act(db, Rows(db), Identities.of_machine(), Session(""), "", Changes(kind, label), Progress())
        settle_rows(act, [])


def _write_rows(act: Act, lines: Iterable[Row], content: Content) -> None:
    set_aside = ((mend.table, mend.row) for mend in content.mends if mend.reason in (Reason.WAITING, Reason.FOLDED))
    hand = _by_table([*lines, *set_aside])
    done, total = 0, sum(len(keys) for keys in hand.values())
    for table in CONTENT.values():
        rows = content.tables[table.name]
        keys = list(dict.fromkeys([*hand.get(table.name, ()), *rows]))
        noted = act.changes.note(table.name) if keys else None
        for part in _parts(keys, _CHUNK):
            current = dict(act.rows.read_many(table, part))
            new = [(key, rows[key]) for key in part if key in rows and key not in current]
            gone = [key for key in part if key not in rows and key in current]
            act.rows.insert(table, new)
            act.rows.delete(table, gone)
            changed = list(_differing(rows, current))
            for key, values in changed:
                act.rows.update(table, key, values)
            if noted:
                noted.inserted.extend(key for key, _ in new)
                noted.deleted.extend(gone)
                noted.updated.extend(key for key, _ in changed)
            done += len(part)
            act.progress.step(act.changes.label, min(done, total), total)


def _differing(rows: Mapping[str, Values], current: Mapping[str, Values]) -> Iterator[tuple[str, Values]]:
    for key, values in current.items():
        if key in rows and rows[key] != values:
            yield key, {name: value for name, value in rows[key].items() if values[name] != value}


def _by_table(rows: Iterable[Row]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for table, key in rows:
        found[table][key] = None
    return {table: list(keys) for table, keys in found.items()}


def _parts(keys: Sequence[T], size: int = _BATCH) -> Iterator[list[T]]:
    iterator = iter(keys)
    while part := list(islice(iterator, size)):
        yield part
