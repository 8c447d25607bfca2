"""Statements and what they rest on as they are read, and which of them a copy must not have."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from qcode.merge.content import Reason
from qcode.merge.lines import Row
from qcode.model.statement import FIELDS, Ground, Sort
from qcode.model.summary import SummaryPlace
from qcode.store.mends import read_mends
from qcode.store.rows import select_fields
from qcode.store.schema import CONTENT, Values

_LINKED = (
    "SELECT g.uuid, s.uuid, coalesce(o.uuid, ''), g.coding, g.cell, g.evidence, g.said FROM grounds g "
    "JOIN statements s ON s.id = g.statement_id LEFT JOIN statements o ON o.id = g.other_id"
)
_BATCH = 500
_LINES = "SELECT row_uuid, before, after FROM row_changes WHERE table_name = 'grounds'"


class Stated(NamedTuple):
    """A statement as it stands in the tables; `fields` are those of `FIELDS`."""

    uuid: str
    sort: Sort
    position: float
    criterion: str
    question: str
    words: str
    status: str
    fields: Mapping[str, str]


class Linked(NamedTuple):
    """What a statement (a UUID) rests on as it stands in the tables, under the UUID of its row: `evidence` are its codings as somebody saw
    them, `said` the fingerprint of its words, '' where it has none."""

    uuid: str
    statement: str
    ground: Ground
    evidence: str
    said: str


def read_statements(db: sqlite3.Connection) -> list[Stated]:
    """All statements, by their position and then in the order in which they were made."""
    table = CONTENT["statements"]
    names = [field.name for field in table.fields]
    rows = db.execute(f"{select_fields(table)} ORDER BY t.position, t.uuid")
    return [stated(row[0], dict(zip(names, row[1:], strict=True))) for row in rows]


def stated(uuid: str, values: Values) -> Stated:
    """A statement that has these values."""
    sort, criterion, question, words, status = (str(values[name]) for name in ("sort", "criterion", "question", "words", "status"))
    fields = {name: str(values[name]) for name in FIELDS}
    # What was salvaged from a damaged file may say anything.
    known = Sort(sort) if sort in list(Sort) else Sort.FINDING
    return Stated(uuid, known, float(values["position"] or 0), criterion, question, words, status, fields)


def read_grounds(db: sqlite3.Connection, statement: str = "") -> list[Linked]:
    """What statements rest on, or one statement (a UUID), in the order in which it was linked. A row that names nothing is left out."""
    where, values = (" WHERE s.uuid = ?", (statement,)) if statement else ("", ())
    rows = db.execute(f"{_LINKED}{where} ORDER BY g.id", values).fetchall()
    found = [Linked(key, of, _ground(*ends), *said) for key, of, *ends, said in ((*row[:5], row[5:]) for row in rows)]
    return [one for one in found if one.ground != Ground()]


def _ground(other: str, coding: str, cell: str) -> Ground:
    try:
        return Ground(other, coding, SummaryPlace.read(cell))
    except ValueError:
        return Ground(other, coding)


def grounds_naming(db: sqlite3.Connection, key: str) -> list[str]:
    """The UUIDs of the rows that say that something rests on a coding, or on a cell of a code or case (by UUID)."""
    return [row for (row,) in db.execute("SELECT uuid FROM grounds WHERE coding = ?1 OR instr(cell, ?1) ORDER BY id", (key,))]


def folded_codings(db: sqlite3.Connection) -> dict[str, str]:
    """The codings that stand in the tables as part of another one of the same passage, each with that one."""
    return {mend.row: mend.partner for mend in read_mends(db) if mend.reason is Reason.FOLDED and mend.table == "codings"}


def contradicting(db: sqlite3.Connection) -> set[str]:
    """The UUIDs of the codings that are marked as contradicting."""
    return {key for (key,) in db.execute("SELECT uuid FROM codings WHERE contradicts = 1")}


def statements_resting_on(db: sqlite3.Connection, sources: Collection[str]) -> set[Row]:
    """The statements that at any time rested on one of these sources (UUIDs), however many steps down, and all rows that say on what they
    rest."""
    said: dict[str, list[str]] = defaultdict(list)
    ends: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for key, *payloads in db.execute(_LINES):
        for payload in filter(None, payloads):
            said[key].append(payload)
            values = json.loads(payload)
            if "statement" in values:
                ends[key].add((values["statement"], values.get("other") or ""))
    gone = {of for key, found in ends.items() for of, _ in found if any(source in payload for payload in said[key] for source in sources)}
    links = {pair for found in ends.values() for pair in found}
    while above := {of for of, other in links if other in gone} - gone:
        gone |= above
    return {("statements", key) for key in gone} | {("grounds", key) for key, found in ends.items() if any(of in gone for of, _ in found)}


def all_statements_ever(db: sqlite3.Connection) -> Iterator[Row]:
    """Every row about statements in the journal, those that were removed or undone included."""
    yield from db.execute("SELECT DISTINCT table_name, row_uuid FROM row_changes WHERE table_name IN ('statements', 'grounds')").fetchall()


def code_keys_of(db: sqlite3.Connection, codings: Collection[str]) -> list[int]:
    """The keys of the codes of some codings (UUIDs)."""
    found: set[int] = set()
    ordered = sorted(codings)
    for start in range(0, len(ordered), _BATCH):
        part = ordered[start : start + _BATCH]
        marks = ",".join("?" * len(part))
        found.update(key for (key,) in db.execute(f"SELECT DISTINCT code_id FROM codings WHERE uuid IN ({marks})", part))
    return sorted(found)
