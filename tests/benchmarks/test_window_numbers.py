"""The window's lines of the numbers, on two platforms of Qt: 'offscreen', and 'xcb' on a virtual screen where Xvfb is installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6.QtWidgets", reason="the window's libraries are not installed")

from qcode.opening import open_project
from qcode.store.check import check
from tests.benchmarks.conftest import CODER, Bench
from tests.benchmarks.crowded import add_crowded
from tests.benchmarks.measure import ROOT, WINDOW_ACTS, Board

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
#: Where Linux takes the word to forget which files it has in memory.
CACHES = Path("/proc/sys/vm/drop_caches")
STARTS = 7
COLD_STARTS = 3


@pytest.fixture(scope="module", params=["offscreen", "xcb"])
def platform(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The environment of a window on a platform, with a screen of its own where it needs one."""
    base = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    if request.param == "offscreen":
        yield {**base, "QT_QPA_PLATFORM": "offscreen"}
        return
    if not shutil.which("Xvfb"):
        pytest.skip("Xvfb is not installed")
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as screen:
        assert screen.stdout is not None
        yield {**base, "QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{screen.stdout.readline().strip()}"}
        screen.terminate()


def on(platform: dict[str, str], operation: str) -> str:
    return f"{operation}, {platform['QT_QPA_PLATFORM']}"


def start(platform: dict[str, str], what: str, note: Path) -> float:
    """Seconds from starting the process until its window is painted."""
    begun = time.monotonic()
    subprocess.run([sys.executable, "tests/benchmarks/window_start.py", what, str(note)], cwd=ROOT, env=platform, check=True)
    return float(note.read_text()) - begun


def test_start(platform: dict[str, str], board: Board, tmp_path: Path) -> None:
    note = tmp_path / "painted"
    start(platform, "program", note)
    found = [(start(platform, "bare", note), start(platform, "program", note)) for _ in range(STARTS)]
    board.put_all(on(platform, "start to first paint, warm"), "large", [ours for _, ours in found], [floor for floor, _ in found])


def test_cold_start(platform: dict[str, str], board: Board, tmp_path: Path) -> None:
    operation = on(platform, "start to first paint, cold")
    note = tmp_path / "painted"
    found = []
    for _ in range(COLD_STARTS):
        for what in ("bare", "program"):
            try:
                os.sync()
                CACHES.write_text("3")
            except OSError:
                board.notes[operation] = "needs root on Linux"
                pytest.skip("files can be forgotten by root on Linux only")
            # Python itself is read before the clock starts in neither.
            found.append(start(platform, what, note))
    board.put_all(operation, "large", found[1::2], found[::2])


@pytest.fixture(scope="module")
def peopled(bench: Bench) -> Path:
    """The project of the size, with the sources that have most codings."""
    path = bench.copy(bench.path, "window")
    with open_project(path, coder=CODER) as project:
        add_crowded(project, CODER)
    return path


def test_acts(bench: Bench, peopled: Path, platform: dict[str, str], board: Board, tmp_path: Path) -> None:
    """Every act shows what it should (window_acts.py looks), and the file is sound and holds what the acts left."""
    path, note = Path(shutil.copyfile(peopled, tmp_path / "window.qcode")), tmp_path / "acts.json"
    with open_project(path, read_only=True) as project, project.reading() as db:
        before = count(db)
    command = [sys.executable, "-m", "tests.benchmarks.window_acts", str(path), str(note)]
    subprocess.run(command, cwd=ROOT, env=platform, check=True)
    found = json.loads(note.read_text())
    assert found["platform"] == platform["QT_QPA_PLATFORM"]
    with open_project(path, read_only=True) as project, project.reading() as db:
        assert count(db) == before + found["applied"]
        assert check(db, journal=False) == []
    put(found, platform, board, bench.size)


def put(found: dict[str, Any], platform: dict[str, str], board: Board, size: str) -> None:
    assert set(found["acts"]) == {act for act, *_ in WINDOW_ACTS}
    for act, times in found["acts"].items():
        board.put_all(on(platform, act), size, times, found["floors"].get(act, []))
    for when, megabytes in found["peaks"].items():
        board.put(on(platform, f"peak memory of the window, {when}"), size, megabytes)


def count(db: Any) -> int:
    return int(db.execute("SELECT count(*) FROM codings").fetchone()[0])
