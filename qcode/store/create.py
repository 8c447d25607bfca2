"""Making a project file, and bringing an old one up to the newest format."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from qcode.errors import UserError
from qcode.found import look_at, refuse_place
from qcode.store.backups import back_up
from qcode.store.migrations import migrations
from qcode.store.writer import explained

_PAGE = 4096


def create_file(path: Path) -> None:
    """An empty project at `path`, complete or not there at all. Raises UserError when there is something already or the disk is full."""
    if look_at(path).exists:
        raise UserError(f"{path.name} exists already: choose another name, or open it.")
    refuse_place(path)
    temporary = path.with_name(path.name + ".new")
    try:
        temporary.unlink(missing_ok=True)
        db = sqlite3.connect(temporary)
    except (OSError, sqlite3.OperationalError):
        raise UserError(f"{path.parent} cannot be written to: choose another folder.") from None
    try:
        with closing(db):
            db.execute(f"PRAGMA page_size = {_PAGE}")
            migrations.apply(Database(db))
    except sqlite3.Error as error:
        temporary.unlink(missing_ok=True)
        raise explained(path, error) from error
    # link, not rename: it refuses to replace a file that somebody made meanwhile.
    try:
        path.hardlink_to(temporary)
        temporary.unlink()
    except FileExistsError:
        temporary.unlink()
        raise UserError(f"{path.name} exists already: choose another name, or open it.") from None
    except OSError:
        # Sticks formatted for Windows know no links.
        temporary.rename(path)


def bring_up_to_date(path: Path) -> None:
    """Apply the migrations that the file at `path` lacks, after a backup. Nobody else may have it open."""
    back_up(path, "before a new format")
    migrate(path)


def migrate(path: Path) -> None:
    """Apply the migrations that the file at `path` lacks."""
    db = sqlite3.connect(path)
    try:
        migrations.apply(Database(db))
    finally:
        db.close()
