"""Which rows of a project file are one, and which lines are read together on that account. See docs/decisions/0051."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from qcode.merge.history import Operation, undone
from qcode.merge.lines import Row, Values
from qcode.merge.oneness import JOINED, LINKS, NAMING, QUESTIONS, SAME, Oneness, oneness_of
from qcode.store.bundle import Bundle, tombstones_of
from qcode.store.replay import REFERENCES, read_rows
from qcode.store.schema import CONTENT

_UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ANSWERS = f"SELECT uuid, question, one, other, answer FROM answers WHERE answer = ? AND question IN ({', '.join('?' * len(QUESTIONS))})"
_REFERRING = tuple(
    table
    for table, fields in REFERENCES.items()
    if table in {*QUESTIONS, *(name for name, _ in NAMING)} or QUESTIONS.keys() & set(fields.values())
)


def read_oneness(db: sqlite3.Connection) -> Oneness:
    """What was said to be one, as the tables have it."""
    return oneness_of(read_answers(db).values(), REFERENCES)


def read_answers(db: sqlite3.Connection) -> dict[str, Values]:
    """The answers that make rows one, by UUID."""
    return {
        key: {"question": question, "one": one, "other": other, "answer": answer}
        for key, question, one, other, answer in db.execute(_ANSWERS, (SAME, *QUESTIONS.values()))
    }


def read_for(db: sqlite3.Connection) -> dict[str, frozenset[str]]:
    """The codes for which a source was read that was read for a code (UUIDs): those it was joined into, where it is gone, else the one
    that stands for it. Of codes that are only themselves nothing is said."""
    one = read_oneness(db)
    there = {key for (key,) in db.execute("SELECT uuid FROM codes")}
    into: dict[str, set[str]] = defaultdict(set)
    for gone, kept in db.execute("SELECT one, other FROM answers WHERE question = ? AND answer = ?", (JOINED, SAME)):
        into[one.first(gone)].add(one.first(kept))
    return {code: _followed(one.first(code), into, there) for code in (*one.uuids(), *into)}


def _followed(code: str, into: Mapping[str, Collection[str]], there: Collection[str]) -> frozenset[str]:
    """Where the ways from a code that is gone end; two may have been joined both ways."""
    ends: set[str] = set()
    met: set[str] = set()
    todo = [code]
    while todo:
        at = todo.pop()
        if at in there or at not in into:
            ends.add(at)
        elif at not in met:
            met.add(at)
            todo.extend(into[at])
    return frozenset(ends)


def oneness_with(db: sqlite3.Connection, bundles: Iterable[Bundle]) -> Oneness:
    """What is one in the project that `db` has open, or by what comes with `bundles`."""
    answers = [*read_answers(db).values()]
    for bundle in bundles:
        undone_there = undone(Operation(sent.session, sent.seq, sent.clock, sent.undoes) for sent in bundle.operations)
        made = (line for line in bundle.lines if line.table == "answers" and line.before is None and line.operation not in undone_there)
        answers += [{**CONTENT["answers"].defaults, **json.loads(line.after or "{}")} for line in made]
    return oneness_of(answers, REFERENCES)


def linked_with(db: sqlite3.Connection, bundles: Iterable[Bundle], gone: Collection[str]) -> set[str]:
    """The UUIDs that link rows are read under in the project that `db` has open, or will be with `bundles`, though nobody may have made
    them under that name; without those about the sources `gone`."""
    brought = list(bundles)
    one = oneness_with(db, brought)
    if not one:
        return set()
    told = [*Joined(db, one).linking()]
    for bundle in brought:
        made = (line for line in bundle.lines if line.table in LINKS and line.before is None)
        told += [(line.table, line.row, {**CONTENT[line.table].defaults, **json.loads(line.after or "{}")}) for line in made]
    return {one.link(*row) for row in told if row[2].get("source") not in gone}


def bury_with_the_same(db: sqlite3.Connection, bundles: Sequence[Bundle]) -> None:
    """Let what is one with a source that was withdrawn, by what is here or comes, be withdrawn as that was; the earliest, where several
    were. The tombstones are put into the first of the bundles."""
    one = oneness_with(db, bundles)
    told = [*(bundle.tombstones for bundle in bundles), tombstones_of(db)]
    known = set().union(*told)
    found: dict[str, tuple[str, str, str]] = {}
    for tombstones in told:
        for source, tombstone in tombstones.items():
            for key in {*one.members("sources", source)} - known:
                found[key] = min(found.get(key, tombstone), tombstone, key=lambda said: said[::-1])
    bundles[0].tombstones.update(found)


def rows_naming(db: sqlite3.Connection, keys: Collection[str]) -> set[Row]:
    """Rows with one of the UUIDs `keys`, and those that ever referred to one."""
    marks = ", ".join("?" * len(_REFERRING))
    sql = f"SELECT table_name, row_uuid, before, after FROM row_changes WHERE table_name IN ({marks})"
    found: set[Row] = set()
    for table, row, *payloads in db.execute(sql, _REFERRING):
        if row in keys or any(key in keys for payload in payloads if payload for key in _UUID.findall(payload)):
            found.add((table, row))
    return found


class Joined:
    """The rows of a project that are one. What it says holds while tables and journal stay as they are."""

    def __init__(self, db: sqlite3.Connection, one: Oneness) -> None:
        self._db = db
        self.one = one

    def together(self, rows: Iterable[Row]) -> set[Row]:
        """Rows, and those that are read with them."""
        wanted = set(rows)
        if not self.one:
            return wanted
        links = self._links if any(table in LINKS for table, _ in wanted) else {}
        found = set(wanted)
        for table, key in wanted:
            found.update((table, other) for other in (links.get((table, key), ()) if table in LINKS else self.one.members(table, key)))
        return found

    def shared(self) -> set[Row]:
        """The rows that stand for several."""
        first = {(table, self.one.first(key)) for table, key in self.one.rows()}
        return first | {(table, key) for (table, key), keys in self._links.items() if len(keys) > 1}

    @cached_property
    def _links(self) -> dict[Row, set[str]]:
        """For each row that links one of those which are one, the rows it is read with."""
        groups: dict[Row, set[str]] = defaultdict(set)
        joined = self.one.uuids()
        for table, key, values in self.linking():
            if LINKS[table](values) == key and not joined.isdisjoint(map(str, values.values())):
                first = self.one.link(table, key, values)
                groups[table, first] |= {key, first, *self.one.links(table, values)}
        return {(table, key): keys for (table, _), keys in groups.items() for key in keys}

    def linking(self) -> Iterator[tuple[str, str, Values]]:
        """Table, UUID and values of rows that are what they link, as they are and as they were ever made."""
        for table in LINKS:
            yield from ((table, key, values) for key, values in read_rows(self._db, CONTENT[table]))
            made = "SELECT row_uuid, after FROM row_changes WHERE table_name = ? AND before IS NULL"
            defaults = CONTENT[table].defaults
            yield from ((table, key, {**defaults, **json.loads(after)}) for key, after in self._db.execute(made, (table,)))
