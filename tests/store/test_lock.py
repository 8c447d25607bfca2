from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.opening import create_project, open_project
from qcode.store import lock

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
SLEEPER = "import sys; print('up', flush=True); sys.stdin.read()"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return tmp_path / "p.qcode"


@pytest.fixture
def other() -> Iterator[subprocess.Popen[str]]:
    """Another process that is alive."""
    process = subprocess.Popen([sys.executable, "-c", SLEEPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    yield process
    process.communicate()


def write_lock(project: Path, **given: object) -> None:
    held = {"host": platform.node(), "user": "Aizhan", "pid": os.getpid(), "since": "2026-03-01T09:00:00+00:00", "started": ""}
    lock.lock_path(project).write_text(json.dumps({**held, **given}), encoding="utf-8")


def dead_pid() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_lock_says_who_and_is_removed(project: Path) -> None:
    lock.take(project, NOW)
    holder = lock.holder_of(project)
    assert holder is not None
    assert (holder.host, holder.pid, holder.since) == (platform.node(), os.getpid(), "2026-03-01T09:30:00+00:00")
    assert lock.is_mine(project)
    lock.release(project)
    assert lock.holder_of(project) is None
    assert not lock.is_mine(project)
    assert list(project.parent.iterdir()) == []
    lock.release(project)


def test_held_by_a_live_process(project: Path, other: subprocess.Popen[str]) -> None:
    write_lock(project, pid=other.pid)
    sentence = (
        rf"^p\.qcode is open on {platform.node()} by Aizhan since 2026-03-01T09:00:00\+00:00 \(process {other.pid}\): "
        "close it there, or open it read only\\.$"
    )
    with pytest.raises(UserError, match=sentence):
        lock.take(project, NOW)
    assert not lock.is_mine(project)


@pytest.mark.parametrize("kind", ["dead", "pid used again", "garbage", "empty", "no dictionary"])
def test_a_lock_nobody_is_behind_is_taken_over(project: Path, other: subprocess.Popen[str], kind: str) -> None:
    if kind == "dead":
        write_lock(project, pid=dead_pid())
    elif kind == "pid used again":
        write_lock(project, pid=other.pid, started="another boot:17")
    else:
        lock.lock_path(project).write_bytes({"garbage": b'{"host": \xff', "empty": b"", "no dictionary": b"[1]"}[kind])
    lock.take(project, NOW)
    assert lock.is_mine(project)


def test_on_another_host_nobody_knows_whether_it_is_alive(project: Path) -> None:
    write_lock(project, host="office-pc", pid=dead_pid())
    with pytest.raises(UserError, match="is open on office-pc by Aizhan"):
        lock.take(project, NOW)


@pytest.mark.parametrize("before", ["nothing", "dead", "garbage"])
def test_of_many_who_race_one_wins(tmp_path: Path, before: str) -> None:
    """Processes that start at a signal; each says whether it has the lock, and keeps it until all have said so."""
    code = (
        "import sys, pathlib, datetime\nfrom qcode.store import lock\nfrom qcode.errors import UserError\n"
        "sys.stdin.readline()\n"
        "try:\n    lock.take(pathlib.Path(sys.argv[1]), datetime.datetime.now(datetime.UTC)); print('mine', flush=True)\n"
        "except UserError: print('not mine', flush=True)\nsys.stdin.readline()\n"
    )
    root = Path(__file__).parents[2]
    for attempt in range(3):
        project = tmp_path / f"{attempt}.qcode"
        if before == "dead":
            write_lock(project, pid=dead_pid())
        elif before == "garbage":
            lock.lock_path(project).write_bytes(b"{")
        start = [sys.executable, "-c", code, str(project)]
        racers = [subprocess.Popen(start, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
        for racer in racers:
            assert racer.stdin is not None
            racer.stdin.write("\n")
            racer.stdin.flush()
        answers = [racer.stdout.readline().strip() for racer in racers if racer.stdout]
        for racer in racers:
            racer.communicate("\n")
        assert sorted(answers) == ["mine", "not mine", "not mine", "not mine"]


def test_a_lock_removed_while_one_waits_is_made_anew(project: Path) -> None:
    def come_and_go(_: int) -> bool:
        try:
            lock.take(project, NOW)
        except UserError:
            return False
        lock.release(project)
        return True

    with ThreadPoolExecutor(4) as pool:
        assert any(pool.map(come_and_go, range(200)))
    assert lock.holder_of(project) is None


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"cannot be written to \(No such file or directory\): open p\.qcode read only"):
        lock.take(tmp_path / "none" / "p.qcode", NOW)


def test_without_flock_the_lock_works_all_the_same(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def refuse(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    lock.take(project, NOW)
    assert lock.is_mine(project)


def test_a_lock_that_always_vanishes_gives_up(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_written", lambda *_: False)
    with pytest.raises(UserError, match="is being opened by another program"):
        lock.take(project, NOW)


def test_a_process_of_another_user_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(pid: int, signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", forbidden)
    assert not lock.Holder(platform.node(), "root", 1, "").is_gone()


def test_who_has_no_name_is_somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("no such user")

    monkeypatch.setattr(lock.getpass, "getuser", nobody)
    assert lock.Holder.me(NOW).user == "somebody"


def test_without_proc_a_process_has_no_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: (_ for _ in ()).throw(OSError()))
    assert lock.Holder.me(NOW).started == ""


def test_a_project_open_here_is_not_opened_twice_but_can_be_read(project: Path) -> None:
    with create_project(project):
        with pytest.raises(UserError, match="is open on"):
            open_project(project)
        assert lock.is_mine(project)
        with open_project(project, read_only=True) as reading, reading.reading() as db:
            assert db.execute("SELECT count(*) FROM project").fetchone() == (1,)
    assert lock.holder_of(project) is None


def test_a_link_to_a_project_is_the_project(project: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.qcode"
    link.symlink_to(project)
    with create_project(project), pytest.raises(UserError, match=r"^p\.qcode is open on"):
        open_project(link)


def test_a_lock_is_freed_when_opening_fails(project: Path) -> None:
    create_project(project).close()
    content = project.read_bytes()
    project.write_bytes(content[:100] + bytes(4000) + content[4100:])
    with pytest.raises(UserError, match=r"^p\.qcode is damaged \(.*\): run 'qcode recover' on it, or go back to a backup\.$"):
        open_project(project)
    assert not lock.lock_path(project).exists()
