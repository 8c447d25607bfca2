"""Operations on their way from one file to another, with the texts and codebooks they name."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from qcode.merge.history import OperationId
from qcode.model.document import Block, BlockKind
from qcode.store.journal import Act, next_number
from qcode.store.texts import add_text

_BATCH = 500
_CHUNK = 5_000
#: The fields with which something named by its SHA-256 comes into a project.
_BROUGHT = {"sources": ("text", "original"), "readings": ("codebook",)}
_BLOCKS = "SELECT span_start, span_end, kind, level, speaker FROM paragraphs WHERE text_id = ? ORDER BY span_start"
#: Of a source that two people withdrew, each for themselves, every copy keeps the same tombstone, the earlier.
_TOMBSTONE = (
    "INSERT INTO tombstones (uuid, sha256, coder, at) VALUES (?, ?, ?, ?) ON CONFLICT (uuid) DO UPDATE SET sha256 = excluded.sha256, "
    "coder = excluded.coder, at = excluded.at WHERE (excluded.at, excluded.coder, excluded.sha256) < (at, coder, sha256)"
)
_OPERATIONS = (
    "SELECT o.id, s.uuid, o.seq, o.clock, o.coder, o.at, o.kind, o.label, us.uuid, uo.seq FROM operations o "
    "JOIN sessions s ON s.id = o.session_id LEFT JOIN operations uo ON uo.id = o.undoes_id LEFT JOIN sessions us ON us.id = uo.session_id"
)


class Sent(NamedTuple):
    """One operation as it travels. `number` is its number in the file it was read from, kept where it returns to that file."""

    session: str
    seq: int
    clock: int
    coder: str
    at: str
    kind: str
    label: str
    undoes: OperationId | None
    number: int = 0

    @property
    def id(self) -> OperationId:
        """The name of the act in every copy of the project."""
        return (self.session, self.seq)


class Line(NamedTuple):
    """One change of a row as it travels; `before` and `after` as the journal writes them down."""

    session: str
    seq: int
    table: str
    row: str
    before: str | None
    after: str | None

    @property
    def operation(self) -> OperationId:
        """The name of the act that made the change."""
        return (self.session, self.seq)


@dataclass
class Bundle:
    """Operations in order of their rank, their changes in order, and what these name by its SHA-256.

    `lines` may also be of operations that the receiver has without them. `withheld` are those of `operations` of which the sender
    does not hold every line (see `withheld_rows`). `projects` are the UUIDs of the project they are of; `tombstones` the withdrawn
    sources, each with the SHA-256 of its text, who withdrew it and when.
    """

    projects: tuple[str, ...] = ()
    sessions: dict[str, tuple[str, list[OperationId]]] = field(default_factory=dict)
    operations: list[Sent] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    texts: dict[str, tuple[str, tuple[Block, ...]]] = field(default_factory=dict)
    codebooks: dict[str, str] = field(default_factory=dict)
    originals: dict[str, tuple[str, int, bytes, str, str]] = field(default_factory=dict)
    tombstones: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    withheld: set[OperationId] = field(default_factory=set)


def operation_ids(db: sqlite3.Connection) -> set[OperationId]:
    """The names of all operations in a file."""
    return set(db.execute("SELECT s.uuid, o.seq FROM operations o JOIN sessions s ON s.id = o.session_id").fetchall())


def withheld_rows(db: sqlite3.Connection) -> dict[OperationId, set[str]]:
    """The operations of which the file may lack lines, for they were withheld from it, each with the rows it has lines of."""
    found: dict[OperationId, set[str]] = {}
    rows = db.execute(
        "SELECT s.uuid, o.seq, c.row_uuid FROM withheld w JOIN operations o ON o.id = w.id JOIN sessions s ON s.id = o.session_id "
        "LEFT JOIN row_changes c ON c.operation_id = o.id"
    )
    for session, seq, row in rows:
        found.setdefault((session, seq), set()).add(row)
    return found


def read_bundle(
    db: sqlite3.Connection,
    known: Collection[OperationId] = (),
    incomplete: Mapping[OperationId, Collection[str]] | None = None,
    *,
    originals: bool = True,
) -> Bundle:
    """Every operation that the file has and `known` lacks, with what it needs; originals only where asked for.

    `incomplete` are operations of which the receiver has the lines of some rows only: those of other rows come too.
    """
    partly = incomplete or {}
    sent = list(read_operations(db))
    lacking = (line for line in _lines(db, [one for one in sent if one.id in partly]) if line.row not in partly[line.operation])
    return _gathered(db, [one for one in sent if one.id not in known], lacking, originals=originals)


def take_out(db: sqlite3.Connection, operations: Collection[OperationId], completed: Collection[tuple[str, int, str]] = ()) -> Bundle:
    """Take operations out of the journal and give them; texts and all else stay. Inside a transaction of the writing connection.

    `completed` are session, seq and row of lines to be taken out of operations that stay.
    """
    named = {(session, seq) for session, seq, _ in completed}
    sent = list(read_operations(db))
    lines = [
        line
        for line in _lines(db, [one for one in sent if one.id in named and one.id not in operations])
        if (*line.operation, line.row) in completed
    ]
    bundle = _gathered(db, [one for one in sent if one.id in operations], lines, originals=False, texts=False)
    rows = {(*line.operation, line.row) for line in lines}
    of_operation = {one.id: one.number for one in sent}
    db.executemany(
        "DELETE FROM row_changes WHERE operation_id = ? AND row_uuid = ?",
        [(of_operation[session, seq], row) for session, seq, row in sorted(rows)],
    )
    numbers = [(sent.number,) for sent in bundle.operations]
    db.executemany("DELETE FROM row_changes WHERE operation_id = ?", numbers)
    # Later ones first, for an undo refers to what it takes back.
    db.executemany("DELETE FROM operations WHERE id = ?", numbers[::-1])
    emptied = db.execute("SELECT uuid FROM sessions WHERE id NOT IN (SELECT session_id FROM operations)").fetchall()
    db.executemany("DELETE FROM sessions WHERE uuid = ?", emptied)
    return bundle


def add_bundle(act: Act, bundle: Bundle, *, keep_numbers: bool = False) -> Bundle:
    """Bring operations into the journal that are not there yet, and lines of those that are there without them, and give both; the
    tables are left as they are."""
    known = operation_ids(act.db)
    partly = withheld_rows(act.db)
    new = [sent for sent in bundle.operations if sent.id not in known]
    names = {sent.id for sent in new}
    lines = [line for line in bundle.lines if line.operation in names or is_lacking(line, partly)]
    _add_needed(act, bundle)
    _add_sessions(act.db, bundle, {sent.session for sent in new})
    _add_operations(act.db, new, keep_numbers=keep_numbers)
    _add_lines(act, lines)
    if bundle.withheld:
        mark_withheld(act.db, bundle.withheld & names)
    return Bundle(operations=new, lines=lines)


def mark_withheld(db: sqlite3.Connection, operations: Iterable[OperationId]) -> None:
    """Note that the file may lack lines of some of its operations. The mark stays when they come: it is only looked at in a merge."""
    numbers = _numbers(db)
    mark_withheld_numbers(db, {numbers[operation] for operation in operations})


def mark_withheld_numbers(db: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """The same for operations by their numbers in the file."""
    db.executemany("INSERT OR IGNORE INTO withheld (id) VALUES (?)", [(number,) for number in sorted(numbers)])


def is_lacking(line: Line, partly: Mapping[OperationId, Collection[str]]) -> bool:
    """Whether a line is one of those that an operation here lacks; `partly` as `withheld_rows` gives them."""
    return line.operation in partly and line.row not in partly[line.operation]


def without_sources(bundle: Bundle, sources: Collection[str], label: str, is_known: Callable[[str], bool]) -> None:
    """Leave out every change about sources that were withdrawn, and what only those needed; `label` stands in for those of their acts.

    A row that nobody makes, neither here (`is_known`) nor in the bundle, was about one of them too.
    """
    if not sources:
        return
    made = {line.row for line in bundle.lines if line.before is None}
    gone = {line.row for line in bundle.lines if (line.table == "sources" and line.row in sources) or _source_of(line) in sources}
    unknown = {line.row for line in bundle.lines if line.row not in made and line.row not in gone and not is_known(line.row)}
    # Where lines were withheld a row nobody makes may be another one's: then a file that has the row brings these once more.
    bundle.withheld |= {line.operation for line in bundle.lines if line.row in unknown}
    gone |= unknown
    touched = {line.operation for line in bundle.lines if line.row in gone}
    bundle.lines = [line for line in bundle.lines if line.row not in gone]
    bundle.operations = [sent._replace(label=label) if sent.id in touched else sent for sent in bundle.operations]
    named = named_by(bundle.lines)
    bundle.texts = {sha256: text for sha256, text in bundle.texts.items() if sha256 in named}
    bundle.originals = {sha256: original for sha256, original in bundle.originals.items() if sha256 in named}


def _source_of(line: Line) -> object:
    for payload in (line.after, line.before):
        if payload is not None and '"source"' in payload:
            return json.loads(payload).get("source")
    return None


def read_operations(db: sqlite3.Connection, merge: int | None = None) -> Iterator[Sent]:
    """Every operation in a file, or those that a merge (its number) brought, in order of rank."""
    of_merge = "" if merge is None else "JOIN merged_operations m ON m.session = s.uuid AND m.seq = o.seq AND m.merge_id = ?"
    rows = db.execute(f"{_OPERATIONS} {of_merge} ORDER BY o.clock, s.uuid, o.seq", () if merge is None else (merge,))
    for number, session, seq, clock, coder, at, kind, label, of_session, of_seq in rows:
        yield Sent(session, seq, clock, coder, at, kind, label, (of_session, of_seq) if of_session else None, number)


def _gathered(
    db: sqlite3.Connection, wanted: list[Sent], lacking: Iterable[Line] = (), *, originals: bool, texts: bool = True
) -> Bundle:
    bundle = Bundle(projects=project_rows(db), operations=wanted)
    bundle.lines = [*_lines(db, wanted), *lacking]
    partly = {number for (number,) in db.execute("SELECT id FROM withheld")}
    bundle.withheld = {sent.id for sent in wanted if sent.number in partly}
    needed = {sent.session for sent in wanted}
    for key, program, heads in db.execute("SELECT uuid, program, heads FROM sessions"):
        if key in needed:
            bundle.sessions[key] = (program, [(session, seq) for session, seq in json.loads(heads)])
    if texts:
        named = named_by(bundle.lines)
        bundle.texts = {sha256: text for sha256 in sorted(named) if (text := _text(db, sha256))}
        codebooks = _by_sha256(db, "SELECT sha256, codes FROM codebooks WHERE sha256 IN", named)
        bundle.codebooks = {row[0]: row[1] for row in codebooks}
        if originals:
            columns = "SELECT sha256, name, size, data, text_sha256, pages FROM originals WHERE sha256 IN"
            bundle.originals = {sha256: tuple(rest) for sha256, *rest in _by_sha256(db, columns, named)}  # type: ignore[misc]
        bundle.tombstones = tombstones_of(db)
    return bundle


def project_rows(db: sqlite3.Connection) -> tuple[str, ...]:
    """The UUIDs of the projects a file is of: one, unless projects that were begun apart were merged."""
    return tuple(key for (key,) in db.execute("SELECT uuid FROM project ORDER BY uuid"))


def tombstones_of(db: sqlite3.Connection) -> dict[str, tuple[str, str, str]]:
    """SHA-256 of the text, coder and time (ISO) of each source that was withdrawn, by UUID."""
    rows = db.execute("SELECT uuid, sha256, coder, at FROM tombstones ORDER BY uuid")
    return {key: (sha256, coder, at) for key, sha256, coder, at in rows}


def _lines(db: sqlite3.Connection, wanted: Iterable[Sent]) -> Iterator[Line]:
    by_number = {sent.number: sent for sent in wanted}
    numbers = iter(by_number)
    while part := list(islice(numbers, _BATCH)):
        marks = ",".join("?" * len(part))
        sql = f"SELECT operation_id, table_name, row_uuid, before, after FROM row_changes WHERE operation_id IN ({marks}) ORDER BY id"
        for number, *rest in db.execute(sql, part):
            sent = by_number[number]
            yield Line(sent.session, sent.seq, *rest)


def named_by(lines: Iterable[Line]) -> set[str]:
    """The SHA-256 of every text, original and codebook that comes into a project with the lines. A coding names a text as well, but its
    source has brought that."""
    named: set[str] = set()
    for line in lines:
        for name in _BROUGHT.get(line.table, ()):
            for payload in (line.before, line.after):
                named.add(str(json.loads(payload).get(name)) if payload else "")
    return named


def _text(db: sqlite3.Connection, sha256: str) -> tuple[str, tuple[Block, ...]] | None:
    row = db.execute("SELECT id, content FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        return None
    blocks = (Block(start, end, BlockKind(kind), level, speaker) for start, end, kind, level, speaker in db.execute(_BLOCKS, (row[0],)))
    return row[1], tuple(blocks)


def _by_sha256(db: sqlite3.Connection, sql: str, names: Collection[str]) -> Iterator[tuple[str, ...]]:
    ordered = iter(sorted(names))
    while part := list(islice(ordered, _BATCH)):
        yield from db.execute(f"{sql} ({','.join('?' * len(part))})", part)


def _add_needed(act: Act, bundle: Bundle) -> None:
    for done, (content, blocks) in enumerate(bundle.texts.values()):
        add_text(act, content, blocks)
        act.progress.step(act.changes.label, done, len(bundle.texts))
    act.db.executemany("INSERT OR IGNORE INTO codebooks (sha256, codes) VALUES (?, ?)", list(bundle.codebooks.items()))
    originals = [(sha256, *rest) for sha256, rest in bundle.originals.items()]
    columns = "sha256, name, size, data, text_sha256, pages"
    act.db.executemany(f"INSERT OR IGNORE INTO originals ({columns}) VALUES (?, ?, ?, ?, ?, ?)", originals)
    tombstones = [(key, *rest) for key, rest in bundle.tombstones.items()]
    act.db.executemany(_TOMBSTONE, tombstones)


def _add_sessions(db: sqlite3.Connection, bundle: Bundle, needed: Collection[str]) -> None:
    rows = [(key, *_session_row(bundle.sessions[key])) for key in sorted(needed & bundle.sessions.keys())]
    db.executemany("INSERT OR IGNORE INTO sessions (uuid, program, heads) VALUES (?, ?, ?)", rows)


def _session_row(session: tuple[str, list[OperationId]]) -> tuple[str, str]:
    program, heads = session
    return program, json.dumps(heads)


def _add_operations(db: sqlite3.Connection, new: Iterable[Sent], *, keep_numbers: bool) -> None:
    sessions = dict(db.execute("SELECT uuid, id FROM sessions").fetchall())
    numbers = _numbers(db)
    free = next_number(db)
    rows = []
    for sent in new:
        number = sent.number if keep_numbers else free
        free += 1
        numbers[sent.id] = number
        undoes = numbers[sent.undoes] if sent.undoes else None
        rows.append((number, sessions[sent.session], sent.seq, sent.clock, sent.coder, sent.at, sent.kind, sent.label, undoes))
    columns = "id, session_id, seq, clock, coder, at, kind, label, undoes_id"
    db.executemany(f"INSERT INTO operations ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def _numbers(db: sqlite3.Connection) -> dict[OperationId, int]:
    rows = db.execute("SELECT s.uuid, o.seq, o.id FROM operations o JOIN sessions s ON s.id = o.session_id")
    return {(session, seq): number for session, seq, number in rows}


def _add_lines(act: Act, lines: Iterable[Line]) -> None:
    numbers = _numbers(act.db)
    rows = ((numbers[line.operation], *line[2:]) for line in lines)
    while part := list(islice(rows, _CHUNK)):
        act.db.executemany("INSERT INTO row_changes (operation_id, table_name, row_uuid, before, after) VALUES (?, ?, ?, ?, ?)", part)
        act.progress.step(act.changes.label, 0, 0)
