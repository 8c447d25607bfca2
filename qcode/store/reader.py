"""Reading one state of a project while others write it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qcode.store.writer import explained


@contextmanager
def one_state(db: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Everything read of `db` within the with-block, and within blocks inside it, belongs to one state of the project at `path`.

    Errors of SQLite's are put in words: UserError when the file turns out to be damaged where it is read.
    """
    outermost = not db.in_transaction
    if outermost:
        db.execute("BEGIN")
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise explained(path, error) from error
    finally:
        if outermost:
            db.execute("ROLLBACK")
