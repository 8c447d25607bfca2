"""What a copy for a colleague leaves out: the rows it withholds are neither in its tables nor in its journal nor in its free pages.

Operations stay, with the lines of the other rows; those that lose some are marked, so that a merge brings the lines later. See
docs/decisions/0050.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator

from qcode.errors import UserError
from qcode.merge.history import OperationId
from qcode.merge.lines import Row
from qcode.store.bundle import Bundle, mark_withheld_numbers, read_bundle, read_operations
from qcode.store.connection import checkpoint
from qcode.store.joined import read_oneness
from qcode.store.journal import Act, read_sessions
from qcode.store.schema import CONTENT
from qcode.store.settings import BLIND, CODEBOOK_LOCKED, COPY_BEGINS_AFTER, read_setting, write_setting
from qcode.store.settle import settle_rows
from qcode.store.statements import all_statements_ever, statements_resting_on
from qcode.store.summaries import all_summaries_ever, note_withheld, summaries_resting_on
from qcode.store.texts import fill_index

#: What stands in for the label of an act of which something is withheld.
LABEL = "Done before the hand-out"
_BATCH = 500
_OF_SOURCES = tuple(table.name for table in CONTENT.values() if "source" in table.by_name)
_OF_CODERS = ("codings", "readings", "decisions")
_TEXTS = tuple(table.name for table in CONTENT.values() if "text" in table.by_name)


def forget_merges(db: sqlite3.Connection) -> None:
    """Remove the records of merges, with what they park: they are this copy's alone, and never travel."""
    for table in ("merged_lines", "merged_operations", "merges"):
        db.execute(f"DELETE FROM {table}")


def restrict(db: sqlite3.Connection, coder: str, *, locked: bool, blind: bool) -> None:
    """Set what may be done in a copy for `coder` (a UUID). What a copy forbids, copies of it forbid too."""
    if locked:
        write_setting(db, CODEBOOK_LOCKED, "1")
    if blind or read_setting(db, BLIND):
        write_setting(db, BLIND, coder)


def withhold(act: Act, sources: Collection[str] | None, coder: str) -> None:
    """Leave out every source that is not among `sources` (UUIDs; None for all), with the summaries and findings that rest on one; and,
    where `coder` (a UUID) is not '', what other coders coded, read and decided, and all summaries and findings; with all their rows, lines,
    texts and originals."""
    db = act.db
    gone: set[Row] = set()
    names: set[str] = set()
    if sources is not None:
        one = read_oneness(db)
        gone.update(_other_sources(db, {each for source in sources for each in one.members("sources", source)}))
        withheld = [row for table, row in gone if table == "sources"]
        names.update(_names_of(db, withheld))
        resting = summaries_resting_on(db, withheld)
        note_withheld(db, resting)
        gone.update(("summaries", row) for row in resting)
        gone.update(statements_resting_on(db, withheld))
    if coder:
        gone.update(_saying(db, _OF_CODERS, "coder", lambda value: value != coder))
        gone.update(("summaries", row) for row in all_summaries_ever(db))
        gone.update(all_statements_ever(db))
    if not gone:
        return
    _forget_lines(db, [row for _, row in gone], names)
    settle_rows(act, sorted(gone))
    _forget_texts(db)


def pack(db: sqlite3.Connection) -> None:
    """Overwrite what was removed; outside a transaction of the writing connection."""
    db.execute("VACUUM")
    if not checkpoint(db):
        raise UserError("Another program is reading the unfinished copy, so it was not handed out: try again.")


def undelivered(db: sqlite3.Connection) -> Bundle:
    """What was done in this copy since it was handed out, and what that goes on from; without originals."""
    begin = int(read_setting(db, COPY_BEGINS_AFTER, "0"))
    since = {sent.id for sent in read_operations(db) if sent.number > begin}
    own = since - _merged(db)
    every = {sent.id for sent in read_operations(db)}
    return read_bundle(db, every - own - _known_to(db, own, since), originals=False)


def _merged(db: sqlite3.Connection) -> set[OperationId]:
    return set(db.execute("SELECT session, seq FROM merged_operations").fetchall())


def _known_to(db: sqlite3.Connection, own: Collection[OperationId], since: Collection[OperationId]) -> set[OperationId]:
    """Those of the operations `since` that the makers of `own` knew of."""
    sessions = read_sessions(db)
    known: dict[str, int] = {}
    for session in {session for session, _ in own}:
        for other, seq in sessions.known_to(session).items():
            known[other] = max(seq, known.get(other, 0))
    return {(session, seq) for session, seq in since if seq <= known.get(session, 0)}


def _other_sources(db: sqlite3.Connection, kept: Collection[str]) -> set[Row]:
    """The sources that are not `kept`, those removed or undone included, and every row that was ever about one of them."""
    every = "SELECT row_uuid FROM row_changes WHERE table_name = 'sources' UNION SELECT uuid FROM sources"
    sources = {key for (key,) in db.execute(every)} - set(kept)
    return {*(("sources", key) for key in sources), *_saying(db, _OF_SOURCES, "source", lambda value: value not in kept)}


def _saying(db: sqlite3.Connection, tables: Collection[str], field: str, unwanted: Callable[[str], bool]) -> Iterator[Row]:
    """The rows of some tables of which a line gives `field` an unwanted value."""
    path = f"$.{field}"
    sql = (
        "SELECT table_name, row_uuid, json_extract(before, ?1), json_extract(after, ?1) FROM row_changes "
        f"WHERE table_name IN ({', '.join(map(repr, tables))})"
    )
    for table, row, *values in db.execute(sql, (path,)):
        if any(value is not None and unwanted(value) for value in values):
            yield table, row


def _names_of(db: sqlite3.Connection, sources: list[str]) -> set[str]:
    """What some sources are or were called, as labels of acts may say it."""
    names: set[str] = set()
    for part in _parts(sources):
        for payloads in db.execute(f"SELECT before, after FROM row_changes WHERE row_uuid IN ({_marks(part)})", part):
            for values in (json.loads(payload) for payload in payloads if payload):
                names.update(str(values.get(name) or "") for name in ("name", "title", "label"))
    return (names | {name.rpartition("/")[2] for name in names}) - {""}


def _forget_lines(db: sqlite3.Connection, rows: list[str], names: Collection[str]) -> None:
    """Remove the lines of some rows, mark the operations that lose some, and replace what their labels or `names` might tell."""
    numbers: set[int] = set()
    for part in _parts(rows):
        where = f"WHERE row_uuid IN ({_marks(part)})"
        numbers.update(number for (number,) in db.execute(f"SELECT DISTINCT operation_id FROM row_changes {where}", part))
        db.execute(f"DELETE FROM row_changes {where}", part)
    mark_withheld_numbers(db, numbers)
    telling = [(label,) for (label,) in db.execute("SELECT DISTINCT label FROM operations") if any(name in label for name in names)]
    numbers.update(number for one in telling for (number,) in db.execute("SELECT id FROM operations WHERE label = ?", one).fetchall())
    undoing = "SELECT id, undoes_id FROM operations WHERE undoes_id IS NOT NULL ORDER BY clock"
    numbers.update(_following(db.execute(undoing).fetchall(), numbers))
    db.executemany("UPDATE operations SET label = ? WHERE id = ?", [(LABEL, number) for number in sorted(numbers)])


def _following(undos: Iterable[tuple[int, int]], named: Collection[int]) -> set[int]:
    """The undos of some operations, and the undos of these."""
    found = set(named)
    for number, target in undos:
        if target in found:
            found.add(number)
    return found


def _forget_texts(db: sqlite3.Connection) -> None:
    """Remove texts, originals and versions of the codebook that nothing in the journal names any more."""
    fields = {"texts": ("text", _TEXTS), "originals": ("original", ("sources",)), "codebooks": ("codebook", ("readings",))}
    for table, (field, bearers) in fields.items():
        named = set(_values(db, bearers, f"$.{field}"))
        unnamed = [(key,) for (key,) in db.execute(f"SELECT sha256 FROM {table}") if key not in named]
        if table == "texts" and unnamed:
            of_text = "DELETE FROM paragraphs WHERE text_id = (SELECT id FROM texts WHERE sha256 = ?)"
            db.executemany(of_text, unnamed)
        db.executemany(f"DELETE FROM {table} WHERE sha256 = ?", unnamed)
        if table == "texts" and unnamed:
            fill_index(db)


def _values(db: sqlite3.Connection, tables: Collection[str], path: str) -> Iterator[str]:
    sql = (
        "SELECT json_extract(before, ?1), json_extract(after, ?1) FROM row_changes "
        f"WHERE table_name IN ({', '.join(map(repr, tables))})"
    )
    for values in db.execute(sql, (path,)):
        yield from (value for value in values if value)


def _parts(keys: list[str]) -> Iterator[list[str]]:
    return (keys[start : start + _BATCH] for start in range(0, len(keys), _BATCH))


def _marks(keys: list[str]) -> str:
    return ",".join("?" * len(keys))
