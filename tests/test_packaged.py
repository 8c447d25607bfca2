"""The folder `make app` makes: it starts without the checkout and without Python, and opens a project. Building it takes a while."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qcode import open_project

pytest.importorskip("PySide6.QtWidgets", reason="the window's libraries are not installed")
pytest.importorskip("PyInstaller", reason="PyInstaller is not installed: run `make app` once")

pytestmark = [pytest.mark.long, pytest.mark.timeout(1200)]
TOP = Path(__file__).parents[1]
#: What the folder must not bring: the network, other libraries for windows, and what only tests need.
UNWANTED = ("*Qt6Network*", "*QtNetwork*", "*Qt6Qml*", "*libgtk*", "*_ssl*", "*pytest*", "*hypothesis*", "*tkinter*")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's folder, built now."""
    place = tmp_path_factory.mktemp("app")
    command = [sys.executable, "-m", "PyInstaller", "packaging/qcode.spec", "--log-level", "WARN", "--distpath", place / "dist"]
    subprocess.run([*command, "--workpath", place / "work"], cwd=TOP, check=True)
    return place / "dist" / "qcode"


def start(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program run to its end, with nothing of this Python within its reach."""
    program = folder / ("qcode.exe" if sys.platform == "win32" else "qcode")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV", "QT_PLUGIN"))}
    environment = {**kept, "QT_QPA_PLATFORM": "offscreen", "PATH": os.defpath}
    return subprocess.run([program, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def test_it_paints_start(folder: Path) -> None:
    ended = start(folder, "--check")
    assert (ended.returncode, "Traceback" in ended.stderr) == (0, False), ended.stderr


def test_it_opens_a_project(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "example.qcode"
    subprocess.run([sys.executable, "projects/central-asia/build.py", str(tmp_path)], cwd=TOP, check=True, stdout=subprocess.DEVNULL)
    shutil.move(next(tmp_path.glob("*.qcode")), path)
    ended = start(folder, "--check", str(path))
    assert ended.returncode == 0, ended.stderr
    with open_project(path) as project:
        assert not project.read_only


def test_it_says_what_it_cannot_open(folder: Path, tmp_path: Path) -> None:
    ended = start(folder, "--check", str(tmp_path / "none.qcode"))
    assert ended.returncode == 1
    assert "none.qcode" in ended.stderr


def test_it_holds_what_is_needed_and_no_more(folder: Path) -> None:
    inside = folder / "_internal"
    for name in ("qcode/_resources/fonts", "qcode/_resources/icons", "projects/central-asia/build.py", "NOTICE", "LICENSE"):
        assert (inside / name).exists(), name
    assert [str(found.relative_to(inside)) for pattern in UNWANTED for found in inside.rglob(pattern)] == []
    megabytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 1_000_000
    print(f"{megabytes:.0f} MB")
    assert megabytes < 200
