"""`kill -9` at random moments of a merge: the leader's file is as before or as after, never between, and a backup of before is there."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from qcode.opening import create_project, open_project
from qcode.operations.codebook import import_codebook
from qcode.operations.codes import change_code
from qcode.operations.coding_table import import_codings
from qcode.operations.sources import import_files
from qcode.project import Project
from qcode.store.codes import read_codes
from tests.operations.examples import table
from tests.scenarios.command_line import ask, content_hash, say

ROOT = Path(__file__).parents[2]
NOTES = 60
CODINGS = 9_000
NOW_AND_THEN = 4
OFTEN = 200

pytestmark = pytest.mark.skipif(os.name != "posix", reason="`kill -9` is of POSIX systems")


@dataclass(frozen=True)
class Merge:
    """What is killed: the leader's file and the colleague's, the leader's content hash before and after, and how long it takes."""

    leader: Path
    colleague: Path
    before: str
    after: str
    seconds: float


def start(leader: Path, colleague: Path) -> subprocess.Popen[bytes]:
    """The merge in a process of its own, and of its own group."""
    command = [sys.executable, "-m", "qcode", "merge", str(leader), str(colleague)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


@pytest.fixture(scope="module")
def merge(tmp_path_factory: pytest.TempPathFactory) -> Merge:
    """Half of the notes and codings are in both, the other half is new; leader and colleague changed one definition."""
    folder = tmp_path_factory.mktemp("killed")
    leader, colleague = folder / "Leader.qcode", folder / "Colleague.qcode"
    with create_project(leader, coder="Ada") as project:
        import_codebook(project, table("code\nPay\nTools\n"))
        work(project, folder / "first", range(NOTES // 2), "Ada")
    shutil.copyfile(leader, colleague)
    for path, coder, notes in ((leader, "Ada", range(0)), (colleague, "Bo", range(NOTES // 2, NOTES))):
        with open_project(path, coder=coder) as project:
            work(project, folder / coder, notes, coder)
            with project.reading() as db:
                (first, *_) = read_codes(db)
            change_code(project, first.uuid, definition=f"What {coder} means by it")
    trial = Path(shutil.copy(leader, folder / "Trial.qcode"))
    begun = time.monotonic()
    assert start(trial, colleague).wait() == 0
    seconds = time.monotonic() - begun
    assert ask("info", trial)["codings"] == CODINGS
    return Merge(leader, colleague, content_hash(leader), content_hash(trial), seconds)


def work(project: Project, folder: Path, notes: range, coder: str) -> None:
    folder.mkdir()
    for number in notes:
        lines = "".join(f"Line {line} of note {number} speaks of trainers, pay and tools.\n" for line in range(400))
        (folder / f"N{number:03}.txt").write_text(lines, encoding="utf-8")
    import_files(project, [folder])
    rows = [f"N{number:03}.txt,{at * 90},{at * 90 + 50},Pay,{coder}\n" for number in notes for at in range(CODINGS // NOTES)]
    assert not import_codings(project, table("source,start,end,code,coder\n" + "".join(rows))).refused


def kill_after(merge: Merge, seconds: float, folder: Path) -> bool:
    """Start the merge into a copy, kill it after a while, and see to the copy; whether the merge was there."""
    leader = Path(shutil.copy(merge.leader, folder / "Leader.qcode"))
    running = start(leader, merge.colleague)
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    now = content_hash(leader)
    assert now in (merge.before, merge.after), "the merge is there in part"
    done = now == merge.after
    backups = list(Path(os.environ["QCODE_DATA"]).glob("backups/*/Leader/*before a merge.qcode"))
    assert backups or not done
    assert all(content_hash(backup) == merge.before for backup in backups)
    see_to_the_next_merge(merge, leader)
    return done


def see_to_the_next_merge(merge: Merge, leader: Path) -> None:
    """The next to write folds in what was left; the same merge completes the work, once, and is taken back as one act."""
    assert say("merge", leader, merge.colleague).code == 0
    assert content_hash(leader) == merge.after
    assert say("undo", leader).code == 0
    assert content_hash(leader) == merge.before
    assert [path.name for path in leader.parent.iterdir()] == ["Leader.qcode"]


def kill_often(merge: Merge, times: int, folder: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kill at random moments spread over all the time it takes."""
    chance = random.Random(seed)
    outcomes = []
    for turn in range(times):
        place, data = folder / str(turn), folder / f"data {turn}"
        place.mkdir()
        monkeypatch.setenv("QCODE_DATA", str(data))
        outcomes.append(kill_after(merge, merge.seconds * 1.1 * (turn + chance.random()) / times, place))
        shutil.rmtree(place)
        shutil.rmtree(data, ignore_errors=True)
    assert not outcomes[0]


def test_killed_now_and_then(merge: Merge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kill_often(merge, NOW_AND_THEN, tmp_path, 2022, monkeypatch)


@pytest.mark.long
@pytest.mark.timeout(3_600)
def test_killed_often(merge: Merge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kill_often(merge, OFTEN, tmp_path, 2023, monkeypatch)
