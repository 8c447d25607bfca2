"""`kill -9` at random moments of an import: the project opens, `check` finds nothing, and the act is there whole or not at all."""

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

from tests.scenarios.command_line import ask, content_hash, do, say, write_csv

ROOT = Path(__file__).parents[2]
NOTES = 120
CODINGS = 6_000
NOW_AND_THEN = 3
OFTEN = 100

pytestmark = pytest.mark.skipif(os.name != "posix", reason="`kill -9` is of POSIX systems")


@dataclass(frozen=True)
class Work:
    """What is killed: the words of the command, what of `info` it changes, by how much, and how long it takes when left alone."""

    project: Path
    words: tuple[str, str | Path, str | Path] | tuple[str, str, str | Path, str | Path]
    counted: str
    whole: int
    seconds: float


def start(words: tuple[str | Path, ...]) -> subprocess.Popen[bytes]:
    """`qcode WORDS` in a process of its own, and of its own group."""
    command = [sys.executable, "-m", "qcode", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


@pytest.fixture(scope="module", params=["import", "codings import"])
def work(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Work:
    """A project with what is to be imported into it, and how long that takes."""
    folder = tmp_path_factory.mktemp("killed")
    notes = folder / "notes"
    notes.mkdir()
    for number in range(NOTES):
        lines = "".join(f"Line {line} of note {number} speaks of trainers, pay and tools.\n" for line in range(400))
        (notes / f"N{number:03}.txt").write_text(lines, encoding="utf-8")
    project = folder / "P.qcode"
    do("new", project)
    do("codebook", "import", project, write_csv(folder / "codes.csv", ["code"], [["Pay"], ["Tools"]]))
    do("import", project, notes / "N000.txt")
    rows = [["N000.txt", at % 20_000, at % 20_000 + 5 + at // 20_000, "Pay", "Aida"] for at in range(CODINGS)]
    codings = write_csv(folder / "codings.csv", ["source", "start", "end", "code", "coder"], rows)
    words = ("import", project, notes) if request.param == "import" else ("codings", "import", project, codings)
    counted, whole = ("sources", NOTES) if request.param == "import" else ("codings", CODINGS)
    trial = Path(shutil.copy(project, folder / "Trial.qcode"))
    begun = time.monotonic()
    assert start(tuple(trial if word == project else word for word in words)).wait() == 0
    seconds = time.monotonic() - begun
    assert ask("info", trial)[counted] == whole
    return Work(project, words, counted, whole, seconds)


def kill_after(work: Work, seconds: float, folder: Path) -> bool:
    """Start the work on a copy, kill it after a while, and see to the copy; whether the act was there."""
    project = Path(shutil.copy(work.project, folder / "P.qcode"))
    before = ask("info", project)
    running = start(tuple(project if word == work.project else word for word in work.words))
    try:
        running.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    now = content_hash(project)
    done = bool(ask("info", project)[work.counted] == work.whole)
    assert done or now == before["content_hash"]
    see_to_the_next_act(work, project, done)
    return done


def see_to_the_next_act(work: Work, project: Path, done: bool) -> None:
    """The next to write folds in what was left, and the same command completes the work, once."""
    words = tuple(project if word == work.project else word for word in work.words)
    again = ask(*words)
    assert again["refused"] == []
    assert (again["imported"] == []) is done
    assert ask("info", project)[work.counted] == work.whole
    content_hash(project)
    assert say("undo", project).code == 0
    assert [path.name for path in project.parent.iterdir()] == ["P.qcode"]


def kill_often(work: Work, times: int, folder: Path, seed: int) -> None:
    """Kill at random moments spread over all the time it takes."""
    chance = random.Random(seed)
    outcomes = []
    for turn in range(times):
        place = folder / str(turn)
        place.mkdir()
        outcomes.append(kill_after(work, work.seconds * 1.1 * (turn + chance.random()) / times, place))
        shutil.rmtree(place)
    assert not outcomes[0]


def test_killed_now_and_then(work: Work, tmp_path: Path) -> None:
    kill_often(work, NOW_AND_THEN, tmp_path, seed=2022)


@pytest.mark.long
@pytest.mark.timeout(1_800)
def test_killed_often(work: Work, tmp_path: Path) -> None:
    kill_often(work, OFTEN, tmp_path, seed=2023)
