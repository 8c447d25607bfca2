"""Summaries as they are read, the codings they rest on, and who wrote what."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from qcode.merge.history import OperationId
from qcode.merge.lines import Change, History, Row
from qcode.model.summary import SummaryPlace
from qcode.store.conflicts import names_of, who_did
from qcode.store.rows import Rows
from qcode.store.schema import CONTENT
from qcode.store.settings import read_setting, write_setting
from qcode.store.settle import Around

#: The summaries that were withheld from this copy: a JSON list of UUIDs.
ELSEWHERE = "summaries elsewhere"
_PLACE = "coalesce(k.uuid, ''), coalesce(c.uuid, ''), coalesce(s.uuid, ''), coalesce(a.uuid, ''), m.value"
_FROM = (
    "FROM summaries m LEFT JOIN codes k ON k.id = m.code_id LEFT JOIN cases c ON c.id = m.case_id "
    "LEFT JOIN sources s ON s.id = m.source_id LEFT JOIN attributes a ON a.id = m.attribute_id"
)
_SUMMARIES = f"SELECT {_PLACE}, m.words, m.status, m.empty, m.evidence {_FROM}"
_CODINGS = (
    "SELECT c.uuid, c.code_id, c.source_id, t.sha256, c.span_start, c.span_end FROM codings c JOIN texts t ON t.id = c.text_id"
)
_BATCH = 500
_FEW = 100


class Written(NamedTuple):
    """A summary as it stands in the tables; `words` name codings by UUID."""

    place: SummaryPlace
    words: str
    status: str
    empty: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the journal that counts: who wrote it, when (ISO time), and what it says; None where it removes the row."""

    coder: str
    at: str
    values: Mapping[str, Any] | None
    inserts: bool


def read_summaries(db: sqlite3.Connection, places: Collection[SummaryPlace] | None = None) -> list[Written]:
    """The summaries at some places, as far as there are any; all of them when None."""
    if places is None:
        return [_written(row) for row in db.execute(f"{_SUMMARIES} ORDER BY m.id")]
    if len(places) <= _FEW:
        keys = [place.uuid for place in places]
    else:
        # To look where there are some takes less than to work out the UUIDs of all cells of a large matrix.
        there = {SummaryPlace(*place): key for key, *place in db.execute(f"SELECT m.uuid, {_PLACE} {_FROM}")}
        keys = [there[place] for place in places if place in there]
    return [_written(row) for part in _parts(keys) for row in db.execute(f"{_SUMMARIES} WHERE m.uuid IN ({_marks(part)})", part)]


def read_standing(
    db: sqlite3.Connection, codes: Sequence[int] | None, without: int | None = None
) -> Iterator[tuple[str, int, int, str, int, int]]:
    """UUID, code key, source key, SHA-256 of the text, start and end of every coding of the codes (keys; None for all), those of the
    coder `without` (a key) left out."""
    conditions = [] if codes is None else [f"c.code_id IN ({','.join(map(str, codes))})"]
    conditions += [] if without is None else [f"c.coder_id <> {without}"]
    return db.execute(f"{_CODINGS} {'WHERE' if conditions else ''} {' AND '.join(conditions)}")


def read_codings(db: sqlite3.Connection, keys: Collection[str]) -> Iterator[tuple[str, int, int, str, int, int]]:
    """The same of the codings of these UUIDs that are there."""
    for part in _parts(keys):
        yield from db.execute(f"{_CODINGS} WHERE c.uuid IN ({_marks(part)})", part)


def short_ids(db: sqlite3.Connection, keys: Collection[str]) -> dict[str, str]:
    """The short IDs of codings by UUID; of those that are gone the last one the journal knows. Absent where it knows none."""
    found: dict[str, str] = {}
    for part in _parts(keys):
        found.update(db.execute(f"SELECT uuid, short_id FROM codings WHERE uuid IN ({_marks(part)})", part))
    of_lines = (
        "SELECT row_uuid, coalesce(json_extract(after, '$.short_id'), json_extract(before, '$.short_id')) FROM row_changes "
        "WHERE table_name = 'codings' AND row_uuid IN ({marks}) ORDER BY id"
    )
    for part in _parts(set(keys) - found.keys()):
        found.update((key, name) for key, name in db.execute(of_lines.format(marks=_marks(part)), part) if name)
    return found


def codings_by_id(db: sqlite3.Connection, ids: Collection[str]) -> dict[str, str]:
    """The UUIDs of the codings with these short IDs."""
    found: dict[str, str] = {}
    for part in _parts(ids):
        found.update(db.execute(f"SELECT short_id, uuid FROM codings WHERE short_id IN ({_marks(part)})", part))
    return found


def told_of(db: sqlite3.Connection, rows: Iterable[Row]) -> dict[Row, list[Told]]:
    """What the journal says of rows: the lines that count, in order of rank, the last of which holds."""
    return {row: [told for told, _ in lines] for row, (lines, _) in _told(db, rows).items()}


def hands_of(db: sqlite3.Connection, keys: Collection[str], table: str = "summaries") -> dict[str, tuple[Told, Told]]:
    """Of each summary, or row of another table that has words and a status (by UUID), the line that wrote its words, and the last line
    that says anything of them, which may be a review."""
    found: dict[str, tuple[Told, Told]] = {}
    for (_, key), (lines, history) in _told(db, [(table, key) for key in keys]).items():
        if lines and lines[-1][0].values is not None:
            of_words = [line for line in lines if line[0].values is None or "words" in line[0].values]
            found[key] = _author(of_words, history), of_words[-1][0]
    return found


def _author(lines: Sequence[tuple[Told, OperationId]], history: History) -> Told:
    """The first of the lines the last one goes on from that all have its words."""
    last, of_last = lines[-1]
    author = last
    for told, operation in reversed(lines[:-1]):
        if history.saw(of_last, operation):
            if told.values is None or _said(told) != _said(last):
                break
            author = told
    return author


def _said(told: Told) -> tuple[object, object]:
    return (told.values or {}).get("words"), (told.values or {}).get("empty")


def _told(db: sqlite3.Connection, rows: Iterable[Row]) -> dict[Row, tuple[list[tuple[Told, OperationId]], History]]:
    around = Around(db, Rows(db))
    wanted = list(rows)
    lines = around.lines(wanted)
    who = who_did(db, names_of(lines, wanted))
    active = {row: around.history.active(of_row) for row, of_row in lines.items()}
    return {row: ([(_line(one, who), one.operation) for one in of_row], around.history) for row, of_row in active.items()}


def _line(change: Change, who: Mapping[OperationId, tuple[str, str]]) -> Told:
    return Told(*who.get(change.operation, ("", "")), change.values, change.inserts)


def withheld_summaries(db: sqlite3.Connection) -> set[str]:
    """The UUIDs of the summaries that were withheld from this copy and that no merge has brought."""
    keys = set(json.loads(read_setting(db, ELSEWHERE, "[]")))
    for part in _parts(keys):
        keys.difference_update(key for (key,) in db.execute(f"SELECT row_uuid FROM row_changes WHERE row_uuid IN ({_marks(part)})", part))
    return keys


def note_withheld(db: sqlite3.Connection, keys: Collection[str]) -> None:
    """Remember which summaries are withheld from this copy: a summary is named by its cell, so somebody might write it unseen."""
    before = set(json.loads(read_setting(db, ELSEWHERE, "[]")))
    if not before.issuperset(keys):
        write_setting(db, ELSEWHERE, json.dumps(sorted(before.union(keys))))


def summaries_resting_on(db: sqlite3.Connection, sources: Collection[str]) -> set[str]:
    """The UUIDs of the summaries that at any time rested on a coding of one of these sources."""
    found: set[str] = set()
    field = f"$.{CONTENT['summaries'].by_name['evidence'].name}"
    of_each = "SELECT row_uuid, json_extract(before, ?1), json_extract(after, ?1) FROM row_changes WHERE table_name = 'summaries'"
    for key, *written in db.execute(of_each, (field,)):
        if any(source in evidence for evidence in written if evidence for source in sources):
            found.add(key)
    return found


def all_summaries_ever(db: sqlite3.Connection) -> set[str]:
    """The UUIDs of the summaries in the journal, those that were cleared or undone included."""
    return {key for (key,) in db.execute("SELECT DISTINCT row_uuid FROM row_changes WHERE table_name = 'summaries'")}


def _written(row: Sequence[str]) -> Written:
    return Written(SummaryPlace(*row[:5]), *row[5:])


def _parts(keys: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(keys)
    return (ordered[start : start + _BATCH] for start in range(0, len(ordered), _BATCH))


def _marks(part: Sequence[str]) -> str:
    return ",".join("?" * len(part))
