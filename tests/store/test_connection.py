"""Reading leaves everything untouched, closing leaves one complete file, and a copy of an open file is complete."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qcode.errors import UserError
from qcode.opening import create_project, open_project
from qcode.store import connection, lock
from qcode.store.check import check
from qcode.store.connection import leftovers
from tests.store.examples import fill, hash_of, new_project

ROOT = Path(__file__).parents[2]
READER = """
import sqlite3, sys
db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
db.execute("BEGIN")
db.execute("SELECT * FROM project").fetchall()
print("reading", flush=True)
sys.stdin.read()
"""
WRITER = """
import sys
from qcode.opening import open_project
project = open_project(sys.argv[1], coder="Ada", quiet=1000)
project.transact("more", "More", lambda act: act.insert("codes", {"name": "written elsewhere"}))
print("written", flush=True)
sys.stdin.read()
project.close()
"""

Start = Callable[[str, Path], subprocess.Popen[str]]


def snapshot(folder: Path, *but: str) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and when it was changed; and the folder's own time, which a file made and removed would change."""
    files = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir() if not path.name.endswith(but or ("\0",))}
    return files | {".": (b"", folder.stat().st_mtime_ns)}


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a process that goes on until the test ends or closes its input."""
    started: list[subprocess.Popen[str]] = []

    def run(code: str, path: Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline()
        return process

    yield run
    for process in started:
        process.communicate()


def read_it(path: Path) -> tuple[int, str]:
    """What a reading command does: how many codes there are, and the content hash."""
    with open_project(path, read_only=True) as project:
        with project.reading() as db:
            assert check(db) == []
            codes = db.execute("SELECT count(*) FROM codes").fetchone()[0]
        return codes, hash_of(project)


def test_a_closed_project_is_one_file_that_says_delete(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        assert (tmp_path / "p.qcode-wal").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["p.qcode"]
    assert (tmp_path / "p.qcode").read_bytes()[18:20] == b"\x01\x01"


def test_reading_a_closed_project_writes_nothing(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        expected = hash_of(project)
    before = snapshot(tmp_path)
    assert read_it(tmp_path / "p.qcode") == (5, expected)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("suffixes", [("",), ("", "-wal"), ("", "-wal", "-shm"), ("", "-wal", ".lock")])
def test_reading_what_a_crash_or_a_copy_left_writes_nothing(tmp_path: Path, suffixes: tuple[str, ...]) -> None:
    """Files copied while the project is open are what a crash leaves; the dead process's lock may be among them."""
    folder = tmp_path / "left"
    folder.mkdir()
    with new_project(tmp_path / "p.qcode") as project:
        project.settle()
        if "-wal" in suffixes:
            fill(project)
        expected = hash_of(project)
        for suffix in suffixes:
            shutil.copyfile(tmp_path / f"p.qcode{suffix}", folder / f"p.qcode{suffix}")
    if ".lock" in suffixes:
        here = lock.lock_path(folder / "p.qcode")
        here.write_text(here.read_text().replace(f'"pid": {os.getpid()}', '"pid": 999999999').replace('"started": "', '"started": "x'))
    before = snapshot(folder)
    codes, content = read_it(folder / "p.qcode")
    assert content == expected
    assert codes == (5 if "-wal" in suffixes else 0)
    assert snapshot(folder) == before
    with open_project(folder / "p.qcode") as again:
        assert hash_of(again) == expected
    assert [path.name for path in folder.iterdir()] == ["p.qcode"]


def test_reading_what_is_being_written_elsewhere_sees_what_is_committed(tmp_path: Path, start: Start) -> None:
    new_project(tmp_path / "p.qcode").close()
    writer = start(WRITER, tmp_path / "p.qcode")
    # SQLite coordinates readers and the writer in the -shm file, which is the writer's and goes with it.
    before = snapshot(tmp_path, "-shm")
    assert read_it(tmp_path / "p.qcode")[0] == 1
    assert snapshot(tmp_path, "-shm") == before
    writer.communicate()
    assert [path.name for path in tmp_path.iterdir()] == ["p.qcode"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser can write everywhere")
def test_a_folder_that_cannot_be_written_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    with new_project(folder / "p.qcode") as project:
        fill(project)
    (folder / "p.qcode").chmod(stat.S_IRUSR)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert read_it(folder / "p.qcode")[0] == 5
        with pytest.raises(UserError, match="cannot be written to"):
            open_project(folder / "p.qcode")
    finally:
        folder.chmod(stat.S_IRWXU)


def test_a_file_that_cannot_be_written_says_so_and_frees_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a stick that is switched to reading only, also for the superuser."""
    new_project(tmp_path / "p.qcode").close()
    opened = sqlite3.connect

    def reading_only(place: str, **given: Any) -> sqlite3.Connection:
        return opened(f"{place}?mode=ro", **given)

    monkeypatch.setattr(connection.sqlite3, "connect", reading_only)
    with pytest.raises(UserError, match=r"^p\.qcode cannot be written to \(.*\): open it read only, or copy it elsewhere\.$"):
        open_project(tmp_path / "p.qcode")
    assert [path.name for path in tmp_path.iterdir()] == ["p.qcode"]


def test_a_copy_taken_after_settling_is_complete(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        assert project.settle()
        shutil.copyfile(tmp_path / "p.qcode", tmp_path / "copy.qcode")
        expected = hash_of(project)
    with open_project(tmp_path / "copy.qcode") as copy:
        assert hash_of(copy) == expected
        with copy.reading() as db:
            assert check(db) == []


def test_a_copy_taken_after_a_quiet_moment_is_complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = threading.Event()
    from qcode.project import Project

    monkeypatch.setattr(Project, "_when_quiet", lambda *_: quiet.set())
    with create_project(tmp_path / "p.qcode", coder="Ada", quiet=0.05) as project:
        for number in range(20):
            project.transact("code", "Code", lambda act, name=str(number): act.insert("codes", {"name": name}))
        quiet.clear()
        project.transact("code", "Code", lambda act: act.insert("codes", {"name": "last"}))
        assert quiet.wait(20)
        shutil.copyfile(tmp_path / "p.qcode", tmp_path / "copy.qcode")
        expected = hash_of(project)
    assert read_it(tmp_path / "copy.qcode") == (21, expected)


def test_settling_waits_for_a_reader_and_says_when_it_could_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: Start) -> None:
    monkeypatch.setattr(connection, "_BUSY_SECONDS", 0.05)
    with new_project(tmp_path / "p.qcode") as project:
        reader = start(READER, tmp_path / "p.qcode")
        fill(project)
        assert project.settle() is False
        reader.communicate()
        assert project.settle() is True


def test_closing_while_somebody_reads_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: Start) -> None:
    monkeypatch.setattr(connection, "_CLOSING_SECONDS", 0.05)
    project = new_project(tmp_path / "p.qcode")
    fill(project)
    expected = hash_of(project)
    reader = start(READER, tmp_path / "p.qcode")
    project.close()
    project.close()
    assert not lock.lock_path(tmp_path / "p.qcode").exists()
    shutil.copyfile(tmp_path / "p.qcode", tmp_path / "copy.qcode")
    assert read_it(tmp_path / "copy.qcode")[1] == expected
    reader.communicate()
    open_project(tmp_path / "p.qcode").close()
    assert leftovers(tmp_path / "p.qcode") == []


def test_texts_of_errors_that_are_no_text_are_damage(tmp_path: Path) -> None:
    new_project(tmp_path / "p.qcode").close()
    content = bytearray((tmp_path / "p.qcode").read_bytes())
    at = content.index(b"CREATE TABLE codes")
    content[at : at + 12] = b"CR\xe3TE TABLE "
    (tmp_path / "p.qcode").write_bytes(content)
    for read_only in (True, False):
        with pytest.raises(UserError, match=r"^p\.qcode is damaged"), open_project(tmp_path / "p.qcode", read_only=read_only) as project:
            hash_of(project)
