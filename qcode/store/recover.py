"""Making a sound project of what can still be read of a damaged file.

Rows are read from the bytes of the file, page by page (`pages.py`), so that a destroyed header, a cut-off end and unreadable pages in
the middle cost no more than the rows that stood on them. What tables and journal have left is then made to agree: see
docs/decisions/0023.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qcode import __version__
from qcode.errors import UserError
from qcode.found import look_at, refuse_place
from qcode.merge.content import Content, Reason
from qcode.merge.state import content_of
from qcode.model.change import Changes
from qcode.model.identity import Identities
from qcode.progress import Progress
from qcode.store.bundle import mark_withheld_numbers
from qcode.store.connection import UNREADABLE, leftovers
from qcode.store.content_salvage import SalvagedContent, gather
from qcode.store.create import create_file
from qcode.store.handout import LABEL
from qcode.store.journal import Act, Session, encode
from qcode.store.journal_salvage import MendedJournal, mend_journal
from qcode.store.losses import count_missing, missing_pages
from qcode.store.replay import REFERENCES, TOGETHER, changes_of
from qcode.store.rows import Rows
from qcode.store.salvage import Salvage, salvage
from qcode.store.schema import CONTENT, Values, with_group, without_defaults
from qcode.store.settings import COPY_BEGINS_AFTER, write_setting
from qcode.store.settle import settle_rows
from qcode.store.texts import add_text
from qcode.store.writer import in_transaction
from qcode.text.structure import find_blocks

_SMALLEST_RECORD = 8
_JOURNAL = ("sessions", "operations", "row_changes")
_CHANGE = "INSERT INTO row_changes (operation_id, table_name, row_uuid, before, after) VALUES (?, ?, ?, ?, ?)"
_Tables = dict[str, dict[str, Values]]


@dataclass(frozen=True)
class RecoverReport:
    """What became of a damaged project: per table how many rows were read, rebuilt from the journal and lost; the same in sentences.

    Only losses that left a trace can be counted: a row whose page and whose line in the journal are both gone leaves none.
    """

    read: dict[str, int]
    rebuilt: dict[str, int]
    lost: dict[str, int]
    sentences: tuple[str, ...]


def recover(damaged: Path, target: Path, identities: Identities) -> RecoverReport:
    """Make a new project at `target` of what can be read of the file at `damaged`, which is only read, and say what came of it.

    Raises UserError when nothing can be read, or `target` is there already.
    """
    if not look_at(damaged).insist().is_file:
        raise UserError(f"There is no file {damaged}: check the name and the folder.")
    if look_at(target).exists:
        raise UserError(f"{target.name} exists already: choose another name for the recovered project.")
    refuse_place(target)
    with tempfile.TemporaryDirectory(prefix="qcode-") as folder:
        raw, counts = _read(damaged, Path(folder))
        found = salvage(raw)
        if not any(found.rows[table] for table in (*CONTENT, "texts", "row_changes")):
            raise UserError(f"Nothing of a project can be read in {damaged.name}: go back to a backup.")
        journal = mend_journal(found, identities.new_uuid, len(raw) // _SMALLEST_RECORD)
        content = _said(journal, whole := _whole(found, counts, journal))
        if "row_changes" in whole and _names_what_never_was(content, journal):
            whole -= set(_JOURNAL)
            content = _said(journal, whole)
        kept = gather(found, content.tables, whole)
        if "row_changes" not in whole:
            count_missing(found, journal, kept)
        kept.sentences += [*found.doubts, *missing_pages(raw, found, journal_whole="row_changes" in whole)]
        fresh = Path(folder) / "recovered.qcode"
        create_file(fresh)
        _write(fresh, found, journal, _standing(content), kept, identities)
        _put(fresh, target)
    return _report(found, journal, kept)


def _said(journal: MendedJournal, whole: set[str]) -> Content:
    """What the journal makes of the rows; what it refers to and has lost is stood in for unless it is whole."""
    said = journal.as_journal()
    changes = changes_of(journal.changes.values(), said)
    return content_of(said.operations.values(), said.heads, changes, REFERENCES, TOGETHER, stand_in="row_changes" not in whole)


def _names_what_never_was(content: Content, journal: MendedJournal) -> bool:
    """Whether the journal refers to rows nobody made though nothing was withheld: a letter was damaged unseen."""
    withheld = any(act.label == LABEL for act in journal.acts.values())
    return not withheld and any(listed.reason is Reason.MISSING for listed in content.listed)


def _standing(content: Content) -> _Tables:
    """The rows as the journal has them by themselves: without those that are only there because others use them, which may not be
    kept, and without what was mended, which is decided by being written down."""
    tables = {table: dict(rows) for table, rows in content.tables.items()}
    for mend in content.mends:
        rows = tables[mend.table]
        if mend.reason is Reason.USED:
            del rows[mend.row]
        elif mend.reason is not Reason.WAITING:
            rows[mend.row] = {**rows.get(mend.row, {}), **mend.raw}
    return tables


def _read(damaged: Path, folder: Path) -> tuple[bytes, dict[str, int]]:
    """The bytes of the file, with what a crash left beside it folded in if SQLite still can, and how many rows each table has that
    SQLite can read to its end; all on a copy."""
    copy = folder / "damaged.qcode"
    try:
        for part in (damaged, *leftovers(damaged)):
            shutil.copyfile(part, folder / (copy.name + part.name.removeprefix(damaged.name)))
    except OSError as error:
        raise UserError(f"{damaged.name} cannot be read ({error.strerror}): copy it to another disk and try there.") from None
    before = copy.read_bytes()
    counts: dict[str, int] = {}
    db = sqlite3.connect(copy)
    try:
        db.execute("PRAGMA journal_mode = DELETE").fetchone()
        for table in (*CONTENT, *_JOURNAL):
            counts[table] = _count(db, table)
    except UNREADABLE:
        return before, {}
    finally:
        db.close()
    return copy.read_bytes(), counts


def _count(db: sqlite3.Connection, table: str) -> int:
    """How many rows a table has, -1 when not all can be read."""
    try:
        return int(db.execute(f"SELECT count(*) FROM {table} NOT INDEXED").fetchone()[0])
    except UNREADABLE:
        return -1


def _whole(found: Salvage, counts: dict[str, int], journal: MendedJournal) -> set[str]:
    """The tables of which nothing is missing; the journal's count only together."""
    whole = {table for table, count in counts.items() if count == len(found.rows[table])}
    if not whole.issuperset(_JOURNAL) or journal.stood_in or journal.changes_lost:
        whole -= set(_JOURNAL)
    return whole


def _put(fresh: Path, target: Path) -> None:
    temporary = target.with_name(target.name + ".new")
    try:
        shutil.copyfile(fresh, temporary)
        temporary.replace(target)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise UserError(f"{target} cannot be written ({error.strerror}): choose another folder.") from None


def _write(
    path: Path, found: Salvage, journal: MendedJournal, expected: _Tables, kept: SalvagedContent, identities: Identities
) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    try:
        db.execute("PRAGMA foreign_keys = ON")
        in_transaction(db, lambda _: _write_all(db, found, journal, expected, kept, identities))
    finally:
        db.close()


def _write_all(
    db: sqlite3.Connection, found: Salvage, journal: MendedJournal, expected: _Tables, kept: SalvagedContent, identities: Identities
) -> None:
    _write_journal(db, journal)
    mark_withheld_numbers(db, [number for number, act in journal.acts.items() if act.label == LABEL])
    changes = Changes("recover", "Recovered from a damaged file")
    act = Act(db, Rows(db), identities, Session(f"qcode {__version__}"), "", changes, Progress())
    for key, text in kept.texts.items():
        add_text(act, text, kept.blocks.get(key) or find_blocks(text))
    for name in ("codebooks", "originals", "tombstones", "settings"):
        rows = [row for row in found.of(name).values() if _is_sound(name, row)]
        if rows:
            db.executemany(f"INSERT OR IGNORE INTO {name} VALUES (NULL{', ?' * len(rows[0])})", rows)
    for table in CONTENT.values():
        act.rows.insert(table, list(kept.tables[table.name].items()))
    for name in CONTENT:
        for change in _differences(name, expected[name], kept.tables[name]):
            db.execute(_CHANGE, (act.operation(), name, *change))
    settle_rows(act, db.execute("SELECT DISTINCT table_name, row_uuid FROM row_changes").fetchall())
    last = db.execute("SELECT coalesce(max(id), 0) FROM operations").fetchone()[0]
    write_setting(db, COPY_BEGINS_AFTER, str(last))


def _write_journal(db: sqlite3.Connection, journal: MendedJournal) -> None:
    db.executemany(
        "INSERT INTO sessions (id, uuid, program, heads) VALUES (?, ?, ?, ?)",
        [(number, key, program, json.dumps(heads)) for number, (key, program, heads) in journal.sessions.items()],
    )
    acts = sorted(journal.acts.items())
    db.executemany(
        "INSERT INTO operations (id, session_id, seq, clock, coder, at, kind, label) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(number, act.session, act.seq, act.clock, act.coder, act.at, act.kind, act.label) for number, act in acts],
    )
    undos = [(act.undoes, number) for number, act in acts if act.undoes is not None]
    db.executemany("UPDATE operations SET undoes_id = ? WHERE id = ?", undos)
    db.executemany(
        "INSERT INTO row_changes (id, operation_id, table_name, row_uuid, before, after) VALUES (?, ?, ?, ?, ?, ?)",
        [(number, *change) for number, change in journal.changes.items()],
    )


def _is_sound(table: str, row: tuple[object, ...]) -> bool:
    """Whether the bytes of an original are those it is named after; other rows show no damage."""
    if table != "originals":
        return True
    import zlib

    try:
        return hashlib.sha256(zlib.decompress(row[3])).hexdigest() == row[0]  # type: ignore[arg-type]
    except zlib.error:
        return False


def _differences(
    name: str, expected: dict[str, Values], kept: dict[str, Values]
) -> Iterator[tuple[str, str | None, str | None]]:
    """What the journal must be told so that it says what was kept: UUID, before and after of each row."""
    table = CONTENT[name]
    for key, values in kept.items():
        said = expected.get(key)
        if said is None:
            yield key, None, encode(without_defaults(table, values))
        elif said != values:
            fields = sorted(with_group(table, [field for field, value in values.items() if said[field] != value]))
            yield key, encode({field: said[field] for field in fields}), encode({field: values[field] for field in fields})
    for key, said in expected.items():
        if key not in kept:
            yield key, encode(without_defaults(table, said)), None


def _report(found: Salvage, journal: MendedJournal, kept: SalvagedContent) -> RecoverReport:
    read = {table: len(found.rows[table]) for table in (*CONTENT, "texts", "row_changes", "operations")}
    lost = {**kept.lost, "row_changes": journal.changes_lost, "operations": journal.stood_in}
    sentences = [_sentence(table, read[table], kept.rebuilt.get(table, 0), lost.get(table, 0)) for table in CONTENT]
    sentences += list(kept.sentences)
    if journal.stood_in or journal.changes_lost:
        sentences.append(f"History: {journal.stood_in} acts and {journal.changes_lost} changes of rows were lost.")
    return RecoverReport(read, dict(kept.rebuilt), {table: count for table, count in lost.items() if count}, tuple(sentences))


def _sentence(table: str, read: int, rebuilt: int, lost: int) -> str:
    words = [f"{read} read", *([f"{rebuilt} rebuilt from the history"] if rebuilt else []), *([f"{lost} lost"] if lost else [])]
    return f"{table.replace('_', ' ').capitalize()}: {', '.join(words)}."

