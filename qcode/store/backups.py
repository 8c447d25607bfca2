"""Copies of a project in the user's data folder: before what cannot be undone by one key, and at intervals; the last five stay."""

from __future__ import annotations

import glob
import os
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from qcode.errors import UserError
from qcode.found import look_at, refuse_place, resolved
from qcode.store import lock
from qcode.store.connection import ReadOnlyFile, leftovers, open_reader
from qcode.store.place import data_folder

KEPT = 5
_UNFINISHED = ".new"
#: How long acts go on before another copy is made at a quiet moment.
INTERVAL_SECONDS = 30 * 60


def backups_of(project_uuid: str, stem: str = "*") -> list[Path]:
    """The backups of a project, newest first: of the copy whose file name is `stem`, or of all copies."""
    found = data_folder().glob(f"backups/{project_uuid}/{stem}/*.qcode")
    return sorted(found, key=lambda backup: backup.name, reverse=True)


def remove_unfinished(project_uuid: str) -> None:
    """Remove what a crash left of copies of a project that were being made; none may be under way."""
    for rest in data_folder().glob(f"backups/{project_uuid}/*/*{_UNFINISHED}"):
        rest.unlink()


def back_up(path: Path, reason: str) -> Path:
    """Copy a project that nobody in this process has open, and give the copy's path."""
    file = ReadOnlyFile(path)
    try:
        db = open_reader(file.path)
        try:
            return back_up_from(db, path, reason)
        finally:
            db.close()
    finally:
        file.close()


def back_up_from(db: sqlite3.Connection, path: Path, reason: str) -> Path:
    """Copy the project at `path` that `db` has open, and remove all but the newest five copies. `reason` stands in the name."""
    project = project_uuid(db)
    folder = data_folder() / "backups" / project / path.stem
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{folder}, where backups are kept, cannot be made ({error.strerror}): see that you may write there.") from None
    stamp = datetime.now(UTC).strftime("%Y-%m-%d %H-%M-%S-%f")
    copy = folder / f"{stamp} {reason}.qcode"
    copy_to(db, copy)
    for old in backups_of(project, glob.escape(path.stem))[KEPT:]:
        old.unlink()
    return copy


def project_uuid(db: sqlite3.Connection) -> str:
    """The UUID that all copies of a project share: the one it began with here, for a project begun apart may have been merged into it."""
    begun = "SELECT row_uuid FROM row_changes WHERE table_name = 'project' ORDER BY id LIMIT 1"
    row = db.execute(begun).fetchone() or db.execute("SELECT uuid FROM project ORDER BY uuid").fetchone()
    return "unknown" if row is None else str(row[0])


def refuse_in_use(target: Path) -> None:
    """Raises UserError when putting a file at `target` would take the place of a project that somebody has open, or that was not closed:
    what lies beside such a one would be read into the new file."""
    if lock.is_mine(target):
        raise UserError(f"{target.name} is open here and was not replaced: choose another name.")
    holder = lock.holder_of(target)
    if holder is not None:
        raise UserError(
            f"{target.name} is open on {holder.host} by {holder.user} and was not replaced: close it there, or choose another name."
        )
    if leftovers(target):
        raise UserError(f"{target.name} was not closed properly and was not replaced: open and close it first, or choose another name.")


def keep_beside(db: sqlite3.Connection, path: Path) -> Path:
    """A complete copy of what `db` has open beside `path`, where another file lies by now: 'NAME (kept).qcode', with a number when there
    is one already; among the backups where that folder cannot be written. Gives the copy's path."""
    names = (f"{path.stem} (kept{f' {number}' if number > 1 else ''}){path.suffix}" for number in count(1))
    copy = next(place for name in names if not look_at(place := path.with_name(name)).exists)
    try:
        copy_to(db, copy)
    except UserError:
        return back_up_from(db, path, "its file was replaced")
    return copy


def copy_to(db: sqlite3.Connection, target: Path) -> None:
    """A complete copy of the project that `db` has open, at `target`: whole or not there at all. Raises UserError when a project that is
    open lies there."""
    refuse_place(target)
    refuse_in_use(resolved(target))
    temporary = target.with_name(target.name + _UNFINISHED)
    try:
        temporary.unlink(missing_ok=True)
        copy = sqlite3.connect(temporary)
        try:
            db.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchone()
        finally:
            copy.close()
        os.replace(temporary, target)
    except (OSError, sqlite3.OperationalError) as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise UserError(f"{target} cannot be written ({error}): choose another folder, or free some space.") from None

