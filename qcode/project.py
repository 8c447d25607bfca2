"""A project that is open: who may read it, how it is written, and who is told."""

from __future__ import annotations

import getpass
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self, TypeVar, cast

from qcode import __version__
from qcode.errors import BugError, NotSaved, UserError
from qcode.found import resolved
from qcode.model.change import Changes, Unsaved
from qcode.model.identity import Identities
from qcode.progress import Progress
from qcode.store import lock
from qcode.store.backups import INTERVAL_SECONDS, back_up_from, copy_to, keep_beside
from qcode.store.connection import Connection, ReadOnlyFile, checkpoint, keep_writing, open_reader
from qcode.store.journal import Act, Session, label_of, last_number
from qcode.store.merging import is_merge, take_back_merge
from qcode.store.place import Lying
from qcode.store.reader import one_state
from qcode.store.rows import Rows
from qcode.store.settings import CODER, COPY_BEGINS_AFTER, read_setting, write_setting
from qcode.store.settle import settle_act
from qcode.store.undo import Stack, read_stack, take_back
from qcode.store.writer import Writer, in_transaction

T = TypeVar("T")
Observer = Callable[[Changes], None]


@dataclass(frozen=True)
class Step:
    """One act of several that are done together: what it is, in the program and in words, and how it is done."""

    kind: str
    label: str
    work: Callable[[Act], Any]


class Project:
    """An open project file. Made by `create_project` and `open_project` only; closed by `close` or a with-statement.

    Every write goes through `transact`. Observers are called on the writer's thread, after each committed act, in order.
    """

    def __init__(self, path: Path, *, identities: Identities, coder: str, quiet: float, file: ReadOnlyFile | None = None) -> None:
        self.path = path
        self.read_only = file is not None
        self.identities = identities
        self._coder = coder
        self._observers: list[Observer] = []
        self._keepers: list[Callable[[Unsaved], None]] = []
        self._why_not: Callable[[], str] = str
        self._readers: dict[int, Connection] = {}
        self._guard = threading.Lock()
        self._closed = False
        self._session = Session(program=f"qcode {__version__}")
        self._stack: Stack | None = None
        self._act: Act | None = None
        self._rows: Rows | None = None
        self._backed_up_at = time.monotonic()
        self._file = file
        self._writer = None if file else Writer(path, quiet, self._when_quiet)
        self._lying = Lying(path)
        #: Where all that was done is, when another file lay in the place of this one as it was closed.
        self.kept: Path | None = None
        # Read now: the file may be gone by the first act.
        self._coder_set = self._read_coder()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Finish what is being written and leave one complete file with nothing beside it."""
        if self._writer and not self._writer.closed and self.is_replaced:
            self.kept = self._wait_for(lambda db: keep_beside(db, self.path))
        with self._guard:
            self._closed = True
            for reader in self._readers.values():
                reader.close()
            self._readers.clear()
        if self._writer and not self._writer.closed:
            try:
                self._writer.close(replaced=self.kept is not None)
            finally:
                lock.release(self.path)
        if self._file:
            self._file.close()

    @property
    def coder(self) -> str:
        """Who works in this copy: as opened, else QCODE_CODER, else the coder set in the file, else the login name."""
        return self._coder or os.environ.get("QCODE_CODER", "") or self._coder_of_copy() or _login()

    @property
    def is_replaced(self) -> bool:
        """Whether another file lies where this one was, as a program that synchronises folders puts one there. What is written goes to
        the file that was opened all the same; closing keeps it as a complete copy (`kept`)."""
        return self._lying.is_replaced()

    def on_change(self, observer: Observer) -> Callable[[], None]:
        """Have `observer` called after every act from now on; call what comes back to stop that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer)

    def on_unsaved(self, keeper: Callable[[Unsaved], None]) -> Callable[[], None]:
        """Have `keeper` given every act that could not be written, on the thread that asked for it, which is told as well; call what
        comes back to stop that."""
        self._keepers.append(keeper)
        return lambda: self._keepers.remove(keeper)

    def ask_before_acts(self, why_not: Callable[[], str]) -> None:
        """Have `why_not` asked, on the thread that asks for it, before every act: a sentence refuses the act as UserError."""
        self._why_not = why_not

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection of the calling thread that sees one state of the project throughout the with-block.

        Inside an act, on the writer's thread, it is the act's own connection, which sees what the act has written so far. Raises
        UserError when the file turns out to be damaged where it is read.
        """
        if self._act and self._writer and self._writer.is_current_thread():
            yield self._act.db
            return
        db = self._reader()
        with one_state(db, self.path):
            yield db

    def transact(self, kind: str, label: str, work: Callable[[Act], T], progress: Progress | None = None) -> T:
        """Do `work` as one act a person can undo and give its result, once it is committed.

        Inside another act it becomes part of that. Raises what `work` raised, with nothing written; Cancelled when `progress` was
        asked to stop; UserError when the project is open for reading only or cannot be written.
        """
        if self._writer and self._writer.is_current_thread():
            if self._act is None:
                raise BugError("an observer of changes must not write: it would wait for itself")
            return work(self._act)
        (result,) = self.transact_all([Step(kind, label, work)], progress)
        return cast(T, result)

    def submit(self, kind: str, label: str, work: Callable[[Act], T], progress: Progress | None = None) -> Future[T]:
        """Queue an act and go on; what comes back holds its result once it is committed."""
        changes = Changes(kind, label)
        return self._writing().submit(lambda db: self._perform(db, changes, work, progress or Progress(), None))

    def transact_all(self, steps: Sequence[Step], progress: Progress | None = None) -> list[Any]:
        """Do several acts, each of which a person can undo by itself, in one transaction, and give their results: all of them are done or
        none. Otherwise as `transact`; not to be called inside another act."""
        if reason := self._why_not():
            raise UserError(reason)

        def perform(watched: Progress) -> list[Any]:
            acts = [(Changes(step.kind, step.label), step.work) for step in steps]
            return self._wait_for(lambda db: self._perform_all(db, acts, watched, None))

        try:
            return perform(progress or Progress())
        except NotSaved as failure:
            for keeper in list(self._keepers):
                keeper(Unsaved(steps[0].label, str(failure), lambda: perform(Progress())))
            raise

    def undo(self, progress: Progress | None = None) -> Changes | None:
        """Take back the last act done in this copy that is not taken back yet, what is queued included; None when there is none."""
        return self._wait_for(lambda db: self._take_back(db, "undo", "Undo: ", self._read_stack(db).undo, progress))

    def redo(self, progress: Progress | None = None) -> Changes | None:
        """Do again what was taken back last; None when there is nothing, or a new act came since."""
        return self._wait_for(lambda db: self._take_back(db, "redo", "Redo: ", self._read_stack(db).redo, progress))

    def settle(self) -> bool:
        """Fold every committed act into the one file, so that a copy of it is complete: before a hand-out, on losing focus.

        False when somebody was reading just then; it is done at the next quiet moment.
        """
        return self._writer.settle() if self._writer else True

    def back_up(self, reason: str = "by hand") -> Path:
        """Copy the project to the user's data folder and give the copy's path."""
        return self._complete(lambda db: back_up_from(db, self.path, reason))

    def copy_to(self, target: Path) -> None:
        """Write a complete copy to `target`, in place of what lies there. Raises UserError when that is open, or cannot be written."""
        if resolved(target) == self.path:
            raise UserError(f"{target.name} is the project itself: give the copy another name.")
        self._complete(lambda db: copy_to(db, target))

    def begin_history(self) -> None:
        """Let what Ctrl+Z takes back in this copy begin here: what is in the project so far came with it."""

        def begin(db: Connection) -> None:
            self._stack = None
            in_transaction(db, lambda _: write_setting(db, COPY_BEGINS_AFTER, str(last_number(db))))

        self._wait_for(begin)

    def set_coder(self, name: str) -> None:
        """Set who works in this copy; a setting of the copy, so neither content nor history."""
        self._wait_for(lambda db: in_transaction(db, lambda _: write_setting(db, CODER, name)))
        self._coder_set = name

    def outside_transaction(self, work: Callable[[Connection], T], changes: Changes | None = None) -> T:
        """Run `work` on the writing connection between acts, for what no act can hold; then tell observers of `changes`.

        What is remembered of rows and of the journal is forgotten, for `work` may have changed either.
        """

        def job(db: Connection) -> T:
            self._rows = self._stack = None
            result = work(db)
            if changes:
                self._tell(changes)
            return result

        return self._wait_for(job)

    def _complete(self, work: Callable[[Connection], T]) -> T:
        """Read everything. Where the file lies no more only the writing connection has it open still."""
        if self._writer and not self._writer.is_current_thread() and not self._lying.is_there():
            return self._wait_for(work)
        with self.reading() as db:
            return work(db)

    def _wait_for(self, work: Callable[[Connection], T]) -> T:
        writer = self._writing()
        if writer.is_current_thread():
            raise BugError("an act or an observer of changes must not wait for the thread it runs on")
        return writer.submit(work).result()

    def _perform(
        self, db: Connection, changes: Changes, work: Callable[[Act], T], progress: Progress, undoes: int | None
    ) -> T:
        (result,) = self._perform_all(db, [(changes, work)], progress, undoes)
        return cast(T, result)

    def _perform_all(
        self, db: Connection, wanted: Sequence[tuple[Changes, Callable[[Act], Any]]], progress: Progress, undoes: int | None
    ) -> list[Any]:
        is_there = self._lying.is_there()
        if not is_there:
            keep_writing(db)
        rows = self._rows or Rows(db)
        self._rows = None  # What a failed act looked up may name nothing, so it is kept only after the commit.
        acts: list[Act] = []

        def perform(changes: Changes, work: Callable[[Act], Any]) -> Any:
            before = acts[-1] if acts else None
            session = self._session if before is None else self._session_after(before)
            acts.append(Act(db, rows, self.identities, replace(session), self.coder, changes, progress, undoes))
            return self._within(acts[-1], work)

        results = in_transaction(db, lambda _: [perform(*one) for one in wanted])
        self._rows = rows
        if not is_there:
            # A log that stays beside the path would be read into whatever comes to lie there.
            checkpoint(db)
        for act in acts:
            if act.changes.operation:
                self._committed(act, undoes)
        return results

    def _within(self, act: Act, work: Callable[[Act], T]) -> T:
        self._act = act
        try:
            result = work(act)
            settle_act(act)
            return result
        finally:
            self._act = None

    def _session_after(self, act: Act) -> Session:
        return Session(program=act.session.program) if act.ends_session else act.session

    def _committed(self, act: Act, undoes: int | None) -> None:
        self._session = self._session_after(act)
        if self._stack is not None:
            self._stack.note(act.changes.operation, undoes)
        self._tell(act.changes)

    def _tell(self, changes: Changes) -> None:
        # The act is committed whatever an observer does: as callbacks of a future all are called, and what one raises is logged.
        told: Future[None] = Future()
        for observer in list(self._observers):
            told.add_done_callback(lambda _, observer=observer: observer(changes))  # type: ignore[misc]
        told.set_result(None)

    def _take_back(
        self, db: Connection, kind: str, word: str, operations: list[int], progress: Progress | None
    ) -> Changes | None:
        if not operations:
            return None
        label = label_of(db, operations[-1])
        changes = Changes(kind, word + label.removeprefix("Undo: ").removeprefix("Redo: "))
        number = operations[-1]
        if is_merge(db, number):
            self._perform(db, changes, lambda act: take_back_merge(act, number), progress or Progress(), number)
        else:
            self._perform(db, changes, take_back, progress or Progress(), number)
        return changes

    def _read_stack(self, db: Connection) -> Stack:
        if self._stack is None:
            self._stack = read_stack(db, int(read_setting(db, COPY_BEGINS_AFTER, "0")))
        return self._stack

    def _writing(self) -> Writer:
        if self._writer is None:
            raise UserError(f"{self.path.name} is open for reading only: open it for writing to change it.")
        return self._writer

    def _reader(self) -> Connection:
        with self._guard:
            if self._closed:
                raise BugError(f"{self.path.name} has been closed")
            thread = threading.get_ident()
            if thread not in self._readers:
                if self._writer and self.is_replaced:
                    # The log beside the path belongs to the file that was opened, and would be read into the other one.
                    raise UserError(f"Another file lies in the place of {self.path.name}: save a copy of your work and open that.")
                self._readers[thread] = open_reader(self._file.path if self._file else self.path)
            return self._readers[thread]

    def _read_coder(self) -> str:
        if self._writer is None:
            return ""
        try:
            return self._wait_for(lambda db: read_setting(db, CODER))
        except BaseException:
            self._writer.close()
            raise

    def _coder_of_copy(self) -> str:
        if self._writer:
            return self._coder_set
        with self.reading() as db:
            return read_setting(db, CODER)

    def _when_quiet(self, db: Connection) -> None:
        if time.monotonic() - self._backed_up_at >= INTERVAL_SECONDS:
            self._backed_up_at = time.monotonic()
            back_up_from(db, self.path, "at an interval")


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "Coder"
