"""Withdrawn consent: a source leaves the file for good, with every trace of its words. The one exception to the rule that nothing a
person wrote is gone unless somebody deleted it, knowing of it; it cannot be undone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from qcode.errors import UserError
from qcode.store.backups import backups_of, project_uuid, remove_unfinished
from qcode.store.bundle import tombstones_of
from qcode.store.connection import checkpoint
from qcode.store.format import APPLICATION_ID, FORMAT
from qcode.store.parked import LABEL, forget_parked, is_parked, named_in_parked
from qcode.store.schema import CONTENT
from qcode.store.settle import settle_beside
from qcode.store.texts import remove_from_index
from qcode.store.writer import in_transaction

_BATCH = 500
_BEARERS = tuple(table.name for table in CONTENT.values() if "source" in table.by_name)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stays of a source: which one it was, who removed it, when (ISO time), and the SHA-256 of its text; '' stands for that of the
    text it has."""

    source: str
    coder: str
    at: str
    sha256: str = ""


def holds_source(db: sqlite3.Connection, source: str) -> bool:
    """Whether a source (a UUID) is in the tables, the journal or a record of a merge of the project that `db` has open."""
    found = "SELECT 1 FROM sources WHERE uuid = ?1 UNION SELECT 1 FROM row_changes WHERE row_uuid = ?1 AND table_name = 'sources'"
    return db.execute(found, (source,)).fetchone() is not None or is_parked(db, "sources", source)


def buried(db: sqlite3.Connection) -> set[str]:
    """The UUIDs of the sources that were withdrawn."""
    return {key for (key,) in db.execute("SELECT uuid FROM tombstones")}


def telling(db: sqlite3.Connection, tombstones: Mapping[str, tuple[str, str, str]]) -> dict[str, tuple[str, str, str]]:
    """Those of `tombstones` (SHA-256, coder and time by source) that are not there, or earlier than those that are."""
    ours = tombstones_of(db)
    return {key: found for key, found in tombstones.items() if key not in ours or found[::-1] < ours[key][::-1]}


def has_history(db: sqlite3.Connection, row: str) -> bool:
    """Whether the journal has a line of a row."""
    return db.execute("SELECT 1 FROM row_changes WHERE row_uuid = ?", (row,)).fetchone() is not None


def purge_source(db: sqlite3.Connection, tombstone: Tombstone) -> dict[str, list[str]]:
    """Remove a source from tables, journal, texts, originals, search and free pages; gives the rows that were in the tables.

    Must be called on the writing connection outside a transaction. Raises UserError when there is no such source, or when somebody
    who reads keeps the freed pages from being overwritten; then the source is gone already, and purging it again finishes the work.
    """
    again = tombstone.source in buried(db)
    if not again and not holds_source(db, tombstone.source):
        raise UserError(f"There is no source {tombstone.source} to remove: list the sources and try again.")
    removed = {} if again else in_transaction(db, lambda _: _remove(db, tombstone))
    db.execute("VACUUM")
    if not checkpoint(db):
        raise UserError("The source is removed, but another program is reading the file and keeps its old pages: close it and purge again.")
    return removed


def purge_backups(db: sqlite3.Connection, tombstone: Tombstone) -> int:
    """Remove the source from every backup of the project, or the whole backup where that fails; gives how many were touched."""
    touched = 0
    remove_unfinished(project_uuid(db))
    for backup in backups_of(project_uuid(db)):
        try:
            touched += _purge_backup(backup, tombstone)
        except (sqlite3.Error, UserError, ValueError):
            # A backup that cannot be read, or is of another format, may hold the source: it must not stay.
            backup.unlink()
            touched += 1
    return touched


def _purge_backup(path: Path, tombstone: Tombstone) -> bool:
    db = sqlite3.connect(path, isolation_level=None)
    try:
        marks = db.execute("PRAGMA application_id").fetchone()[0], db.execute("PRAGMA user_version").fetchone()[0]
        if marks != (APPLICATION_ID, FORMAT):
            raise ValueError(f"{path.name} is of another format")
        if not holds_source(db, tombstone.source):
            return False
        db.execute("PRAGMA secure_delete = ON")
        db.execute("PRAGMA foreign_keys = ON")
        purge_source(db, tombstone)
        return True
    finally:
        db.close()


def _remove(db: sqlite3.Connection, tombstone: Tombstone) -> dict[str, list[str]]:
    rows = rows_about(db, tombstone.source)
    texts, originals = _named_by(db, rows)
    names = _names_of(db, tombstone.source)
    sha256 = tombstone.sha256 or _text_of(db, tombstone.source)
    removed = _delete_content(db, tombstone.source)
    _forget_acts(db, rows, names)
    for part in _parts(sorted(rows)):
        db.execute(f"DELETE FROM row_changes WHERE row_uuid IN ({_marks(part)})", part)
    parked = forget_parked(db, tombstone.source, rows)
    kept_texts, kept_originals = _still_named(db)
    for name in sorted((texts | parked) - kept_texts):
        _delete_text(db, name)
    for name in sorted((originals | parked) - kept_originals):
        db.execute("DELETE FROM originals WHERE sha256 = ?", (name,))
    db.execute("INSERT INTO paragraph_words (paragraph_words) VALUES ('optimize')")
    db.execute(
        "INSERT INTO tombstones (uuid, sha256, coder, at) VALUES (?, ?, ?, ?)", (tombstone.source, sha256, tombstone.coder, tombstone.at)
    )
    settle_beside(db, "purge", LABEL)
    return removed


def rows_about(db: sqlite3.Connection, source: str) -> set[str]:
    """The source and every row that was ever about it, those deleted or undone included."""
    about = f'%"source":{json.dumps(source)}%'
    found = {key for (key,) in db.execute("SELECT row_uuid FROM row_changes WHERE before LIKE ?1 OR after LIKE ?1", (about,))}
    for table in _BEARERS:
        sql = f"SELECT t.uuid FROM {table} t JOIN sources s ON s.id = t.source_id WHERE s.uuid = ?"
        found.update(key for (key,) in db.execute(sql, (source,)))
    return found | {source}


def _payloads(db: sqlite3.Connection, rows: Iterable[str]) -> Iterator[dict[str, object]]:
    for part in _parts(sorted(rows)):
        for payloads in db.execute(f"SELECT before, after FROM row_changes WHERE row_uuid IN ({_marks(part)})", part):
            yield from (json.loads(payload) for payload in payloads if payload)


def _named_by(db: sqlite3.Connection, rows: set[str]) -> tuple[set[str], set[str]]:
    """The texts and originals that rows name or ever named, by SHA-256."""
    texts, originals = set(), set()
    for values in _payloads(db, rows):
        texts.add(str(values.get("text") or ""))
        originals.add(str(values.get("original") or ""))
    for part in _parts(sorted(rows)):
        sql = f"SELECT t.sha256, s.original FROM sources s JOIN texts t ON t.id = s.text_id WHERE s.uuid IN ({_marks(part)})"
        for text, original in db.execute(sql, part):
            texts.add(text)
            originals.add(original)
    return texts - {""}, originals - {""}


def _still_named(db: sqlite3.Connection) -> tuple[set[str], set[str]]:
    """The texts and originals that what is left in tables, journal and records of merges names."""
    parked = named_in_parked(db)
    texts = set(parked)
    for table in CONTENT.values():
        if "text" in table.by_name:
            texts.update(name for (name,) in db.execute(f"SELECT t.sha256 FROM {table.name} r JOIN texts t ON t.id = r.text_id"))
    originals = parked | {name for (name,) in db.execute("SELECT original FROM sources")}
    naming = "SELECT before, after FROM row_changes WHERE table_name = 'sources'"
    for payload in (payload for payloads in db.execute(naming) for payload in payloads if payload):
        values = json.loads(payload)
        texts.add(values.get("text"))
        originals.add(values.get("original"))
    return texts, originals


def _names_of(db: sqlite3.Connection, source: str) -> set[str]:
    """What the source is or was called in labels of acts."""
    names: set[object] = set()
    for values in _payloads(db, [source]):
        names.update(values.get(name) for name in ("name", "title", "label"))
    for row in db.execute("SELECT name, title, label FROM sources WHERE uuid = ?", (source,)):
        names.update(row)
    with_file_names = {str(name) for name in names if name}
    return with_file_names | {name.rpartition("/")[2] for name in with_file_names} - {""}


def _forget_acts(db: sqlite3.Connection, rows: set[str], names: set[str]) -> None:
    """Replace the label of every act that wrote to the rows or has one of the names in its label, and of what took such an act back."""
    acts = {number for name in names for (number,) in db.execute("SELECT id FROM operations WHERE instr(label, ?)", (name,))}
    for part in _parts(sorted(rows)):
        acts.update(n for (n,) in db.execute(f"SELECT operation_id FROM row_changes WHERE row_uuid IN ({_marks(part)})", part))
    undoing = "SELECT id, undoes_id FROM operations WHERE undoes_id IS NOT NULL ORDER BY id"
    acts.update(number for number, target in db.execute(undoing).fetchall() if target in acts)
    db.executemany("UPDATE operations SET label = ? WHERE id = ?", [(LABEL, number) for number in sorted(acts)])


def _delete_content(db: sqlite3.Connection, source: str) -> dict[str, list[str]]:
    row = db.execute("SELECT id FROM sources WHERE uuid = ?", (source,)).fetchone()
    if row is None:
        return {}
    removed = {}
    for table in _BEARERS:
        removed[table] = [key for (key,) in db.execute(f"SELECT uuid FROM {table} WHERE source_id = ? ORDER BY id", row)]
        db.execute(f"DELETE FROM {table} WHERE source_id = ?", row)
    db.execute("DELETE FROM sources WHERE id = ?", row)
    return {**removed, "sources": [source]}


def _text_of(db: sqlite3.Connection, source: str) -> str:
    """The SHA-256 of the source's present text, or of its last one when the source is in the journal only."""
    row = db.execute("SELECT t.sha256 FROM sources s JOIN texts t ON t.id = s.text_id WHERE s.uuid = ?", (source,)).fetchone()
    if row:
        return str(row[0])
    return next((str(values["text"]) for values in reversed(list(_payloads(db, [source]))) if values.get("text")), "")


def _delete_text(db: sqlite3.Connection, sha256: str) -> None:
    row = db.execute("SELECT id FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
    if row:
        remove_from_index(db, row[0])
        db.execute("DELETE FROM texts WHERE id = ?", row)


def _parts(keys: list[str]) -> Iterator[list[str]]:
    return (keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH))


def _marks(keys: list[str]) -> str:
    return ",".join("?" * len(keys))
