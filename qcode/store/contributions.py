"""What each coder did in operations that a merge brought, counted from their lines."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from qcode.merge.history import OperationId
from qcode.store.bundle import Line, Sent

_BATCH = 500
# Half the time of `json.loads`, which looks for blanks around each line.
_decode = json.JSONDecoder().raw_decode


@dataclass
class Done:
    """The rows one coder made, changed and removed (UUIDs), the codings with a new memo, the sources of the codings, and when last."""

    made: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    memos: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    operations: set[OperationId] = field(default_factory=set)
    last: str = ""


def done_by_coder(sent: Sequence[Sent], lines: Iterable[Line]) -> dict[str, Done]:
    """What each coder, by name, did in some operations; what was taken back in them counts as not done."""
    taken_back: set[OperationId] = set()
    for one in sorted(sent, key=lambda one: -one.clock):
        if one.undoes and one.id not in taken_back:
            taken_back.add(one.undoes)
    coders = {one.id: one.coder for one in sent if one.id not in taken_back and not one.undoes}
    found: dict[str, Done] = defaultdict(Done)
    for one in sent:
        done = found[one.coder]
        done.operations.add(one.id)
        done.last = max(done.last, one.at)
    for line in lines:
        coder = coders.get((line.session, line.seq))
        if coder is not None:
            _count(found[coder], line)
    for done in found.values():
        come_and_gone = done.made & done.removed
        done.made -= come_and_gone
        done.removed -= come_and_gone
        done.changed -= done.made | done.removed | come_and_gone
        done.memos -= done.removed | come_and_gone
    return dict(found)


def unmade_codings(db: sqlite3.Connection, sent: Iterable[Sent]) -> dict[str, set[str]]:
    """The codings (UUIDs) that were made by acts which some operations take back, by the coder who took them back."""
    sql = (
        "SELECT c.row_uuid FROM row_changes c JOIN operations o ON o.id = c.operation_id JOIN sessions s ON s.id = o.session_id "
        "WHERE s.uuid = ? AND o.seq = ? AND c.table_name = 'codings' AND c.before IS NULL"
    )
    found: dict[str, set[str]] = defaultdict(set)
    for one in sent:
        if one.undoes:
            found[one.coder].update(key for (key,) in db.execute(sql, one.undoes))
    return found


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


def totals(db: sqlite3.Connection) -> tuple[int, int, int]:
    """How many codings, memos and definitions there are."""
    codings, memos = db.execute("SELECT count(*), coalesce(sum(memo <> ''), 0) FROM codings").fetchone()
    return codings, memos, db.execute("SELECT count(*) FROM codes WHERE definition <> ''").fetchone()[0]


def handed_out(db: sqlite3.Connection) -> dict[str, str]:
    """When each coder, by name, was last handed a copy (ISO time)."""
    rows = db.execute("SELECT c.name, max(h.handed_out) FROM handouts h JOIN coders c ON c.id = h.coder_id GROUP BY c.name")
    return dict(rows.fetchall())


def _count(done: Done, line: Line) -> None:
    if line.table == "codes" and line.before is None:
        done.codes.add(line.row)
    if line.table != "codings":
        return
    if line.before is None:
        done.made.add(line.row)
    elif line.after is None:
        done.removed.add(line.row)
    else:
        done.changed.add(line.row)
    values = _decode(line.after)[0] if line.after else {}
    if values.get("memo"):
        done.memos.add(line.row)
    if values.get("source"):
        done.sources.add(values["source"])
