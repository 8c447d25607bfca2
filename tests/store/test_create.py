from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from qcode import opening
from qcode.errors import UserError
from qcode.model.identity import Identities
from qcode.opening import create_project, open_project
from qcode.store import create
from qcode.store.backups import backups_of
from qcode.store.check import check
from qcode.store.create import bring_up_to_date, create_file
from qcode.store.format import APPLICATION_ID, FORMAT, read_format
from qcode.store.schema import CONTENT
from qcode.store.writer import explained
from tests.store.examples import fill, hash_of, new_project


def test_a_new_file_says_what_it_is(tmp_path: Path) -> None:
    create_file(tmp_path / "p.qcode")
    assert read_format(tmp_path / "p.qcode") == FORMAT
    with sqlite3.connect(tmp_path / "p.qcode") as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert check(db) == []
        receipts = db.execute("SELECT migration_set, name FROM _sqlite_migrations").fetchall()
        assert receipts == [("qcode", f"format_{number}") for number in range(1, FORMAT + 1)]
        for table in CONTENT:
            columns = {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
            assert columns == {"id", "uuid", *(field.column for field in CONTENT[table].fields), *CONTENT[table].derived}
    db.close()
    assert [path.name for path in tmp_path.iterdir()] == ["p.qcode"]


def test_every_table_is_strict_and_has_an_integer_key(tmp_path: Path) -> None:
    create_file(tmp_path / "p.qcode")
    with sqlite3.connect(tmp_path / "p.qcode") as db:
        tables = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE %'"
        for name, sql in db.execute(tables).fetchall():
            if not name.startswith(("_sqlite", "sqlite", "paragraph_words")):
                assert sql.rstrip().endswith("STRICT"), name
                assert "INTEGER PRIMARY KEY" in sql, name
    db.close()


def test_somebody_who_was_faster_keeps_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(self: Path, _: Path) -> None:
        raise FileExistsError

    monkeypatch.setattr(Path, "hardlink_to", taken)
    with pytest.raises(UserError, match=r"^p\.qcode exists already"):
        create_file(tmp_path / "p.qcode")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(self: Path, _: Path) -> None:
        raise OSError(os.strerror(38))

    monkeypatch.setattr(Path, "hardlink_to", unknown)
    with create_project(tmp_path / "p.qcode", identities=Identities.seeded(1)) as project:
        fill(project)
    assert [path.name for path in tmp_path.iterdir()] == ["p.qcode"]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(create.sqlite3, "connect", refuse)
    with pytest.raises(UserError, match=r"cannot be written to: choose another folder\.$"):
        create_file(tmp_path / "p.qcode")


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorname = "SQLITE_FULL"

    def refuse(_: object) -> None:
        raise full

    monkeypatch.setattr(create.migrations, "apply", refuse)
    with pytest.raises(UserError, match=r"^p\.qcode was not saved because the disk is full: free some space and try again\.$"):
        create_file(tmp_path / "p.qcode")
    assert list(tmp_path.iterdir()) == []


def test_an_older_format_is_brought_up_to_date_after_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        with project.reading() as db:
            (key,) = db.execute("SELECT uuid FROM project").fetchone()
        expected = hash_of(project)
    monkeypatch.setattr(opening, "FORMAT", FORMAT + 1)
    with open_project(tmp_path / "p.qcode") as project:
        assert hash_of(project) == expected
    (backup,) = backups_of(key)
    assert backup.name.endswith("before a new format.qcode")
    bring_up_to_date(tmp_path / "p.qcode")
    assert len(backups_of(key)) == 2


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("SQLITE_IOERR_WRITE", "p.qcode was not saved because the disk did not answer: check the stick or the network drive."),
        ("SQLITE_READONLY_DBMOVED", "p.qcode cannot be written to: open it read only, or copy it elsewhere."),
        ("SQLITE_BUSY", "p.qcode is being used by another program: close it there and try again."),
        ("SQLITE_CORRUPT", "p.qcode is damaged (x): run 'qcode recover' on it, or go back to a backup."),
        ("SQLITE_MISUSE", "SQLITE_MISUSE: x"),
    ],
)
def test_errors_of_sqlite_in_words(name: str, sentence: str) -> None:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorname = name
    assert str(explained(Path("p.qcode"), error)) == sentence
