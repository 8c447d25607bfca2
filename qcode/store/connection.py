"""Connections to a project file, with the pragmas the rest of the store relies on."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from qcode.errors import UserError
from qcode.found import look_at
from qcode.store.content import keep_digests
from qcode.store.lock import holder_of
from qcode.store.place import allows_wal

_CACHE_KIB = 64 * 1024
_BUSY_SECONDS = 20.0
#: How long closing waits for somebody who is reading; a reading command is over in less.
_CLOSING_SECONDS = 1.0
_LOOK_AGAIN_SECONDS = 0.02


def leftovers(path: Path) -> list[Path]:
    """What SQLite keeps beside an open file, and leaves there after a crash."""
    return [other for suffix in ("-wal", "-journal") if look_at(other := path.with_name(path.name + suffix)).exists]


def open_writer(path: Path) -> sqlite3.Connection:
    """The one writing connection of a project, for the calling thread. Folds in what a crash left. Raises UserError if damaged.

    Like all of this file it does not look at the header: that is done once, by `read_format`, before anything is connected.

    Autocommit is off the hands of Python's module (`isolation_level=None`): transactions begin and end in `writer.py` alone.
    """
    db = _connect(path.as_uri(), path)
    try:
        _remove_spent_journal(db, path)
        db.execute(f"PRAGMA journal_mode = {'WAL' if allows_wal(path) else 'DELETE'}").fetchone()
        db.execute("PRAGMA synchronous = NORMAL" if allows_wal(path) else "PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")
    except sqlite3.OperationalError as error:
        db.close()
        raise UserError(f"{path.name} cannot be written to ({error}): open it read only, or copy it elsewhere.") from None
    except sqlite3.DatabaseError as error:
        db.close()
        raise damaged(path, error) from None
    return db


def _remove_spent_journal(db: sqlite3.Connection, path: Path) -> None:
    """Whoever connects reads, and reading rolls a journal back that holds something; one without a header SQLite leaves until an act.

    Going from PERSIST to DELETE is how SQLite itself removes one, under the lock that keeps it from removing one in use.
    """
    if look_at(path.with_name(path.name + "-journal")).exists and _leave_wal(db):
        db.execute("PRAGMA journal_mode = PERSIST").fetchone()
        db.execute("PRAGMA journal_mode = DELETE").fetchone()


def open_reader(path: Path) -> sqlite3.Connection:
    """A connection that can only read, for the file as it lies there or is being written by the owner of the writing connection."""
    db = _connect(f"{path.as_uri()}?mode=ro", path)
    db.execute("PRAGMA query_only = ON")
    return db


def keep_writing(db: sqlite3.Connection) -> None:
    """Let a file that lies no longer at its path be written still: SQLite refuses that while it would put a journal beside the path."""
    if db.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        db.execute("PRAGMA journal_mode = MEMORY").fetchone()


def let_go_of_replaced(db: sqlite3.Connection, path: Path) -> None:
    """Close the writing connection of a file in whose place another lies; all that is in it must have been copied. What SQLite kept
    beside the path is removed, for the next who opens the other file would read it into that."""
    db.close()
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def close_writer(db: sqlite3.Connection) -> None:
    """Leave one complete file: everything folded in, and a header that opens on a disk that cannot be written.

    Somebody who goes on reading elsewhere keeps the log from being removed; everything is folded in all the same.
    """
    try:
        _keep_digests(db)
        until = time.monotonic() + _CLOSING_SECONDS
        while not _leave_wal(db) and time.monotonic() < until:
            time.sleep(_LOOK_AGAIN_SECONDS)
        if db.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    finally:
        db.close()


def _leave_wal(db: sqlite3.Connection) -> bool:
    """False when a reader was in the way; SQLite says so at once and does not wait."""
    try:
        db.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def checkpoint(db: sqlite3.Connection) -> bool:
    """Fold the write-ahead log into the file, so that a copy of the file is complete. False when a reader was in the way."""
    _keep_digests(db)
    busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _keep_digests(db: sqlite3.Connection) -> None:
    try:
        keep_digests(db)
    except sqlite3.DatabaseError:
        # A full disk, say. They only save time, and whoever asks for the content hash works them out.
        if db.in_transaction:
            db.execute("ROLLBACK")


class ReadOnlyFile:
    """A project that is to be read and left untouched, byte for byte, with everything beside it.

    Where a crash left a log beside the file, or it is a copy of one that was open, SQLite would write to read it; then a copy in a
    temporary folder is read instead; so is a copy of a file of an older format, which `migrate` brings up to date.
    """

    def __init__(self, path: Path, migrate: Callable[[Path], None] | None = None) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.path = path
        rests = leftovers(path)
        if migrate or (holder_of(path) is None and (rests or _says_wal(path))):
            self._folder = tempfile.TemporaryDirectory(prefix="qcode-")
            self.path = Path(self._folder.name) / path.name
            for part in (path, *rests):
                shutil.copyfile(part, self.path.with_name(part.name))
            folded = _connect(self.path.as_uri(), path)
            folded.execute("PRAGMA journal_mode = DELETE").fetchone()
            folded.close()
            if migrate:
                migrate(self.path)

    def close(self) -> None:
        """Remove the temporary copy if there was one."""
        if self._folder:
            self._folder.cleanup()


#: What reading a damaged file raises; SQLite's own message may quote bytes of it that are no text.
#: A connection to a project file, for those who hand it on without speaking SQL.
Connection = sqlite3.Connection
UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)


def _says_wal(path: Path) -> bool:
    """Whether the header asks for a log beside the file; nobody in this process may have the file open."""
    with path.open("rb") as file:
        return file.read(20)[18:] == b"\x02\x02"


def damaged(path: Path, error: Exception) -> UserError:
    """The sentence for a file that SQLite cannot read."""
    return UserError(f"{path.name} is damaged ({error}): run 'qcode recover' on it, or go back to a backup.")


def _connect(uri: str, path: Path) -> sqlite3.Connection:
    # Connections are made and closed by the project's own threads; each is used by one thread at a time (`project.py`).
    try:
        db = sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    except sqlite3.OperationalError as error:
        raise UserError(f"{path} cannot be opened ({error}): see that it is where it was and that you may enter its folder.") from None
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except UNREADABLE as error:
        db.close()
        raise damaged(path, error) from None
    return db
