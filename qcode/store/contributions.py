"""What each coder did in operations that a merge brought, counted from their lines."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from qcode.merge.history import OperationId
from qcode.store.bundle import Line, Sent

_BATCH = 500
# Half the time of `json.loads`, which looks for blanks around each line.
_decode = json.JSONDecoder().raw_decode


#: Rows that say how a team works together, not what anybody found.
_NOT_WORK = frozenset(("coders", "handouts"))
_LINES_OF = (
    "SELECT s.uuid, o.seq, c.table_name, c.row_uuid, c.before, c.after FROM row_changes c JOIN operations o ON o.id = c.operation_id "
    "JOIN sessions s ON s.id = o.session_id WHERE s.uuid = ? AND o.seq = ?"
)
_UNDOES = (
    "SELECT s.uuid, o.seq, us.uuid, uo.seq FROM operations o JOIN sessions s ON s.id = o.session_id "
    "JOIN operations uo ON uo.id = o.undoes_id JOIN sessions us ON us.id = uo.session_id"
)


class Doing(NamedTuple):
    """Whose doing it is that the lines of an operation count, or, `turned`, that they count no more; `is_old` where the operation was
    there before."""

    coder: str
    turned: bool = False
    is_old: bool = False


@dataclass
class Done:
    """The codings one coder made, brought back, changed and removed (UUIDs), those of which a change was taken back, those with a new
    memo, their sources, the codes that are new, the other rows by table, and when last."""

    made: set[str] = field(default_factory=set)
    back: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    let_go: set[str] = field(default_factory=set)
    memos: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    others: dict[str, set[str]] = field(default_factory=dict)
    last: str = ""
    _new: set[str] = field(default_factory=set)
    _gone: set[str] = field(default_factory=set)

    def count(self, line: Line, *, is_old: bool) -> None:
        """Take in a change; `is_old` where it was made before, and counts again by this coder's doing."""
        if line.before is None:
            (self.back if is_old and line.table == "codings" else self._new).add(line.row)
        if line.after is None:
            self._gone.add(line.row)
        if line.table != "codings":
            if line.table == "codes" and line.before is None:
                self.codes.add(line.row)
            elif line.table not in _NOT_WORK:
                self.others.setdefault(line.table, set()).add(line.row)
            return
        if line.before is None and not is_old:
            self.made.add(line.row)
        elif line.after is None:
            self.removed.add(line.row)
        elif line.before is not None:
            self.changed.add(line.row)
            if is_old:
                self.let_go.add(line.row)
        values = _decode(line.after)[0] if line.after else {}
        if values.get("memo"):
            self.memos.add(line.row)
        if values.get("source"):
            self.sources.add(values["source"])

    def leave_out_come_and_gone(self) -> None:
        """What was made and removed again was never there for others."""
        come_and_gone = self._new & self._gone
        self.made -= come_and_gone
        self.removed -= come_and_gone
        self.changed -= self.made | self.back | self.removed | come_and_gone
        self.memos -= self.removed | come_and_gone
        self.codes -= come_and_gone
        self.others = {table: left for table, rows in self.others.items() if (left := rows - come_and_gone - self.codes)}


def doings(db: sqlite3.Connection, sent: Iterable[Sent]) -> dict[OperationId, Doing]:
    """What some operations that came into the project of `db` come to: each operation whose lines count, or count no more, by them.

    One that is taken back by another of them counts for nothing. One that takes back what was there before turns the lines of that.
    """
    acts = {one.id: one for one in sent}
    taken_back: set[OperationId] = set()
    for one in sorted(acts.values(), key=lambda one: -one.clock):
        if one.undoes and one.id not in taken_back:
            taken_back.add(one.undoes)
    undoes = {(session, seq): (of, of_seq) for session, seq, of, of_seq in db.execute(_UNDOES)} if taken_back else {}
    found: dict[OperationId, Doing] = {}
    for one in acts.values():
        if one.id in taken_back or one.undoes in acts:
            continue
        target, turned = one.id, False
        while target in undoes:
            target, turned = undoes[target], not turned
        found[target] = Doing(one.coder, turned, target != one.id)
    return found


def done_by_coder(db: sqlite3.Connection, sent: Sequence[Sent], lines: Iterable[Line]) -> dict[str, Done]:
    """What each coder, by name, did by some operations that came into the project of `db` with `lines`; what they took back of what
    was there before is counted the other way round."""
    found: dict[str, Done] = defaultdict(Done)
    for one in sent:
        found[one.coder].last = max(found[one.coder].last, one.at)
    come_to = doings(db, sent)
    for line in chain(lines, _old_lines(db, come_to)):
        doing = come_to.get(line.operation)
        if doing is not None:
            found[doing.coder].count(turned(line) if doing.turned else line, is_old=doing.is_old)
    for done in found.values():
        done.leave_out_come_and_gone()
    return dict(found)


def turned(line: Line) -> Line:
    """What taking a change back does."""
    return line._replace(before=line.after, after=line.before)


def _old_lines(db: sqlite3.Connection, come_to: Mapping[OperationId, Doing]) -> Iterator[Line]:
    for operation, doing in come_to.items():
        if doing.is_old:
            yield from (Line(*row) for row in db.execute(_LINES_OF, operation))


def sources_of(db: sqlite3.Connection, done: Done) -> set[str]:
    """The UUIDs of the sources a coder coded in."""
    found = set(done.sources)
    keys = list(done.changed)
    for start in range(0, len(keys), _BATCH):
        part = keys[start : start + _BATCH]
        sql = f"SELECT DISTINCT s.uuid FROM codings c JOIN sources s ON s.id = c.source_id WHERE c.uuid IN ({','.join('?' * len(part))})"
        found.update(key for (key,) in db.execute(sql, part))
    return found


def codings_that_should_be(db: sqlite3.Connection) -> set[str]:
    """The codings that somebody made and nobody removed, as a plain count of the journal says: the check on what settling made of it."""
    undoes = dict(db.execute("SELECT id, undoes_id FROM operations WHERE undoes_id IS NOT NULL").fetchall())
    clocks = dict(db.execute("SELECT id, clock FROM operations WHERE undoes_id IS NOT NULL").fetchall())
    inactive: set[int] = set()
    for number in sorted(undoes, key=lambda number: -clocks[number]):
        if number not in inactive:
            inactive.add(undoes[number])
    made: set[str] = set()
    removed: set[str] = set()
    rows = db.execute(
        "SELECT operation_id, row_uuid, before IS NULL, after IS NULL FROM row_changes "
        "WHERE table_name = 'codings' AND (before IS NULL OR after IS NULL)"
    )
    for number, key, makes, removes in rows:
        if number not in inactive:
            if makes:
                made.add(key)
            if removes:
                removed.add(key)
    return made - removed


def codings_there(db: sqlite3.Connection) -> set[str]:
    """The codings that are in the tables, folded into another, or waiting for what they refer to."""
    there = {key for (key,) in db.execute("SELECT uuid FROM codings")}
    return there.union(key for (key,) in db.execute("SELECT row_uuid FROM mends WHERE table_name = 'codings'"))


def memos_there(db: sqlite3.Connection) -> dict[str, str]:
    """The memos of the codings that have one, by UUID."""
    return dict(db.execute("SELECT uuid, memo FROM codings WHERE memo <> ''").fetchall())


def totals(db: sqlite3.Connection) -> tuple[int, int, int]:
    """How many codings, memos and definitions there are."""
    codings, memos = db.execute("SELECT count(*), coalesce(sum(memo <> ''), 0) FROM codings").fetchone()
    return codings, memos, db.execute("SELECT count(*) FROM codes WHERE definition <> ''").fetchone()[0]


def handed_out(db: sqlite3.Connection) -> dict[str, str]:
    """When each coder, by name, was last handed a copy (ISO time)."""
    rows = db.execute("SELECT c.name, max(h.handed_out) FROM handouts h JOIN coders c ON c.id = h.coder_id GROUP BY c.name")
    return dict(rows.fetchall())
