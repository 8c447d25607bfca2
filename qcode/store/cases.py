"""Cases, attributes, their values, and what is assigned to which case, as they are read."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from qcode.model.case import LEVEL_TYPES, Attribute, AttributeType, Case
from qcode.model.paths import MARK, paths_of


def read_cases(db: sqlite3.Connection) -> list[Case]:
    """All cases by path, without regard to capitals."""
    rows = db.execute("SELECT c.id, c.uuid, c.name, p.uuid FROM cases c LEFT JOIN cases p ON p.id = c.parent_id").fetchall()
    paths = paths_of({row[1]: row[3] for row in rows}, {row[1]: row[2] for row in rows})
    cases = [
        Case(key, row_uuid, name, paths[row_uuid], paths[row_uuid].count(MARK) + 1, parent if MARK in paths[row_uuid] else None)
        for key, row_uuid, name, parent in rows
    ]
    return sorted(cases, key=lambda case: [part.casefold() for part in case.path.split(MARK)])


def read_attributes(db: sqlite3.Connection) -> list[Attribute]:
    """All attributes in the order in which they were made."""
    rows = db.execute("SELECT id, uuid, name, type FROM attributes ORDER BY id")
    return [Attribute(key, row_uuid, name, AttributeType(kind)) for key, row_uuid, name, kind in rows if kind not in LEVEL_TYPES]


def read_level_names(db: sqlite3.Connection) -> dict[int, str]:
    """What the levels of the cases are called, as far as somebody named them: depth (1 at the top) → name, such as 'Country'."""
    named = {kind: name for name, kind in db.execute("SELECT name, type FROM attributes")}
    return {depth: named[kind] for depth, kind in enumerate(LEVEL_TYPES, start=1) if kind in named}


def read_case_values(db: sqlite3.Connection) -> dict[int, dict[int, str]]:
    """The cases' own values: attribute key → case key → value."""
    return _values(db.execute("SELECT attribute_id, case_id, value FROM case_values"))


def read_source_values(db: sqlite3.Connection) -> dict[int, dict[int, str]]:
    """The sources' own values: attribute key → source key → value."""
    return _values(db.execute("SELECT attribute_id, source_id, value FROM source_values"))


def read_whole_assignments(db: sqlite3.Connection) -> dict[int, list[int]]:
    """The cases each source belongs to as a whole: source key → case keys."""
    found: dict[int, list[int]] = defaultdict(list)
    for source, case in db.execute("SELECT source_id, case_id FROM assignments WHERE span_start IS NULL ORDER BY source_id, case_id"):
        found[source].append(case)
    return found


def read_passages(db: sqlite3.Connection) -> list[tuple[int, int, int, int]]:
    """Source key, start, end and case key of each passage that is assigned to a case of its own, in the source's present text."""
    return db.execute(
        "SELECT a.source_id, a.span_start, a.span_end, a.case_id FROM assignments a JOIN sources s ON s.id = a.source_id "
        "WHERE a.span_start IS NOT NULL AND a.text_id = s.text_id ORDER BY a.source_id, a.span_start, a.span_end, a.case_id"
    ).fetchall()


def _values(rows: sqlite3.Cursor) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for attribute, owner, value in rows:
        found[attribute][owner] = value
    return found


def values_handed_to(db: sqlite3.Connection, source: str) -> list[tuple[str, AttributeType, str]]:
    """Name, type and value of each attribute of a source (a UUID) in the order of the attributes: its own value, else that of the
    nearest case it belongs to as a whole; counts are not handed down."""
    rows = db.execute(
        "WITH RECURSIVE up(case_id, depth) AS ("
        "SELECT a.case_id, 1 FROM assignments a JOIN sources s ON s.id = a.source_id WHERE s.uuid = ?1 AND a.span_start IS NULL "
        "UNION SELECT c.parent_id, up.depth + 1 FROM up JOIN cases c ON c.id = up.case_id WHERE c.parent_id IS NOT NULL AND up.depth < 99) "
        "SELECT v.attribute_id, 0, v.value FROM source_values v JOIN sources s ON s.id = v.source_id WHERE s.uuid = ?1 "
        "UNION ALL SELECT v.attribute_id, up.depth, v.value FROM up JOIN case_values v ON v.case_id = up.case_id ORDER BY 2",
        (source,),
    )
    nearest: dict[int, str] = {}
    for attribute, _, value in rows:
        if value:
            nearest.setdefault(attribute, value)
    return [
        (one.name, one.type, nearest[one.id])
        for one in read_attributes(db)
        if one.id in nearest and one.type is not AttributeType.COUNT
    ]
