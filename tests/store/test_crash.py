"""Killed at any moment, a project opens, is sound, and lacks at most the act that was not finished."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from qcode.opening import open_project
from qcode.store.check import check
from tests.store.examples import fill, new_project

CHILD = Path(__file__).with_name("child.py")


def committed_before_killed(path: Path, seed: int) -> int:
    """The number of the last act that a process said it had committed before it was killed at some moment."""
    process = subprocess.Popen([sys.executable, str(CHILD), str(path), str(seed)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=random.Random(seed).uniform(0, 0.4))
    process.kill()
    said = process.communicate()[0].splitlines(keepends=True)
    return int(([line for line in said if line.endswith("\n")] or ["0"])[-1])


def walk(path: Path, seeds: range) -> None:
    with new_project(path) as project:
        fill(project)
    for seed in seeds:
        committed = committed_before_killed(path, seed)
        beside = {one.name: one.read_bytes() for one in path.parent.iterdir()}
        with open_project(path, read_only=True) as project, project.reading() as db:
            last = db.execute("SELECT max(id) FROM operations").fetchone()[0]
            assert last >= committed
            assert check(db) == []
        assert {one.name: one.read_bytes() for one in path.parent.iterdir()} == beside, "reading writes nothing"
        with open_project(path) as project, project.reading() as db:
            assert db.execute("SELECT max(id) FROM operations").fetchone()[0] == last
            assert check(db) == []
        assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_killed_a_few_times(tmp_path: Path) -> None:
    walk(tmp_path / "p.qcode", range(9))


def test_killed_where_no_log_is_kept(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    walk(tmp_path / "Dropbox" / "p.qcode", range(20, 23))


@pytest.mark.long
@pytest.mark.parametrize("part", range(20))
def test_killed_two_hundred_times(tmp_path: Path, part: int) -> None:
    walk(tmp_path / "p.qcode", range(1000 + part * 10, 1010 + part * 10))
