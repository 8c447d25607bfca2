"""The one thread that owns the writing connection: acts are queued to it, committed or rolled back whole, and folded into the file
when it has been quiet for a while."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from qcode.errors import BugError, NotSaved
from qcode.store.connection import checkpoint, close_writer, damaged, let_go_of_replaced, open_writer

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]
QUIET_SECONDS = 2.0


class Writer:
    """Runs functions on the writing connection of one project, one after the other.

    A reading connection elsewhere sees an act when it is committed and never before. `quiet` are the seconds without an act after
    which everything committed is folded into the one file; `idle` is called then, on the writer's thread.
    """

    def __init__(self, path: Path, quiet: float = QUIET_SECONDS, idle: Callable[[sqlite3.Connection], None] | None = None) -> None:
        self._path = path
        self._quiet = quiet
        self._idle = idle
        self._alarm: threading.Timer | None = None
        self._closed = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"writer of {path.name}")
        self._owner = self._thread.submit(threading.get_ident).result()
        try:
            self._db = self._thread.submit(open_writer, path).result()
        finally:
            if not hasattr(self, "_db"):
                self._thread.shutdown()

    def submit(self, work: Work[T]) -> Future[T]:
        """Queue `work`; what comes back holds its result, or what it raised, with errors of SQLite put in words."""
        if self._closed:
            raise BugError(f"{self._path.name} has been closed")
        return self._thread.submit(self._run, work)

    def is_current_thread(self) -> bool:
        """Whether the caller runs on the writer's own thread."""
        return threading.get_ident() == self._owner

    @property
    def closed(self) -> bool:
        """Whether nothing can be written any more."""
        return self._closed

    def settle(self) -> bool:
        """Fold everything committed into the one file now, after what is queued. False when a reader was in the way."""
        return self.submit(checkpoint).result()

    def close(self, *, replaced: bool = False) -> None:
        """Finish what is queued, leave one complete file, end the thread; `replaced` when another file lies in its place."""
        if self._closed:
            return
        self._closed = True
        if self._alarm:
            self._alarm.cancel()
        try:
            if replaced:
                self._thread.submit(let_go_of_replaced, self._db, self._path).result()
            else:
                self._thread.submit(close_writer, self._db).result()
        finally:
            self._thread.shutdown()

    def _run(self, work: Work[T]) -> T:
        try:
            return work(self._db)
        except sqlite3.Error as error:
            raise explained(self._path, error) from error
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            self._fold_in(self._quiet)

    def _fold_in(self, seconds: float) -> None:
        """Fold after some seconds. One alarm at a time, set by the first act since the last folding: however steadily somebody works,
        a copy of the file lacks the acts of the last seconds at most."""
        if self._closed or (self._alarm and self._alarm.is_alive()):
            return
        self._alarm = threading.Timer(seconds, self._ring)
        self._alarm.daemon = True
        self._alarm.start()

    def _ring(self) -> None:
        try:
            self._thread.submit(self._fold)
        except RuntimeError:
            # Closed while the alarm rang; closing folds everything in anyway.
            return

    def _fold(self) -> None:
        if self._closed:
            return
        self._alarm = None
        if not checkpoint(self._db):
            self._fold_in(self._quiet / 10)
        elif self._idle:
            self._idle(self._db)


def in_transaction(db: sqlite3.Connection, work: Work[T]) -> T:
    """Do `work` and commit; whatever happens before the commit is done leaves the file as it was."""
    db.execute("BEGIN IMMEDIATE")
    try:
        result = work(db)
        db.execute("COMMIT")
        return result
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


_SENTENCES = {
    "SQLITE_FULL": "was not saved because the disk is full: free some space and try again.",
    "SQLITE_IOERR": "was not saved because the disk did not answer: check the stick or the network drive.",
    "SQLITE_READONLY": "cannot be written to: open it read only, or copy it elsewhere.",
    "SQLITE_PERM": "cannot be written to: open it read only, or copy it elsewhere.",
    "SQLITE_BUSY": "is being used by another program: close it there and try again.",
    "SQLITE_LOCKED": "is being used by another program: close it there and try again.",
}


def explained(path: Path, error: sqlite3.Error) -> Exception:
    """What a person can do about an error of SQLite's; a BugError when it is nothing a person can do something about."""
    name = getattr(error, "sqlite_errorname", "") or type(error).__name__
    # A table can only be missing where the file was put together by something else, or a page of the schema is gone.
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or str(error).startswith(("no such table", "vtable constructor failed")):
        return damaged(path, error)
    for start, sentence in _SENTENCES.items():
        if name.startswith(start):
            return NotSaved(f"{path.name} {sentence}")
    return BugError(f"{name}: {error}")
