from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from qcode.errors import BugError, UserError
from qcode.store import backups, connection, place
from qcode.store.create import create_file
from qcode.store.settings import write_setting
from qcode.store.writer import Writer, in_transaction
from tests.store.examples import new_project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_file(tmp_path / "p.qcode")
    return tmp_path / "p.qcode"


def test_work_that_leaves_a_transaction_open_is_rolled_back(path: Path) -> None:
    writer = Writer(path, quiet=1000)

    def half(db: sqlite3.Connection) -> None:
        db.execute("BEGIN")
        db.execute("INSERT INTO settings (key, value) VALUES ('a', 'b')")
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        writer.submit(half).result()
    assert writer.submit(lambda db: db.execute("SELECT count(*) FROM settings").fetchone()).result() == (0,)
    writer.close()
    writer.close()
    assert writer.closed
    with pytest.raises(BugError, match="has been closed"):
        writer.submit(half)


def test_an_alarm_that_rings_while_closing_does_nothing(path: Path) -> None:
    writer = Writer(path, quiet=1000)
    writer.close()
    writer._ring()
    writer._fold()


def test_a_failure_while_closing_still_ends_the_thread_and_frees_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = new_project(tmp_path / "p.qcode")

    def fail(_: sqlite3.Connection) -> bool:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(connection, "_leave_wal", fail)
    with pytest.raises(sqlite3.OperationalError, match="disk I/O"):
        project.close()
    assert not (tmp_path / "p.qcode.lock").exists()
    project.close()


def test_leaving_the_log_fails_for_other_reasons_than_readers_aloud() -> None:
    error = sqlite3.OperationalError("full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL

    class Refusing:
        def execute(self, _: str) -> None:
            raise error

    with pytest.raises(sqlite3.OperationalError, match="full"):
        connection._leave_wal(Refusing())  # type: ignore[arg-type]


def test_a_backup_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("No space left on device")

    with new_project(tmp_path / "p.qcode") as project:
        monkeypatch.setattr(backups.os, "replace", fail)
        with pytest.raises(UserError, match=r"cannot be written \(No space left on device\): choose another folder, or free some space\.$"):
            project.back_up("now")
        with project.reading() as db:
            folder = place.data_folder() / "backups" / backups.project_uuid(db)
        assert [found for found in folder.rglob("*") if found.is_file()] == []


def test_somebody_who_works_without_a_pause_is_folded_in_all_the_same(path: Path) -> None:
    folded = threading.Event()
    writer = Writer(path, quiet=0.05, idle=lambda _: folded.set())
    try:
        acts = 0
        while not folded.is_set() and acts < 100_000:
            acts += 1
            writer.submit(lambda db: in_transaction(db, lambda db: write_setting(db, "acts", "on"))).result()
        assert folded.is_set(), "the alarm of the first act was put off by every later one"
    finally:
        writer.close()
