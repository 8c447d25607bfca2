from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
START = """
import sys
import ui.app
heavy = {"sqlite_utils", "lxml", "docx", "jinja2", "numpy", "rapidfuzz", "xlsxwriter", "python_calamine", "pypdfium2", "spacy"}
print(sorted(heavy & set(sys.modules)))
"""
SHOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import ui.app
def look():
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    titles = [each.windowTitle() for each in shown]
    if any("qcode" in title for title in titles) and (not sys.argv[1].endswith("small.qcode") or any("Small" in title for title in titles)):
        print(titles)
        for each in shown:
            each.close()
        QApplication.quit()
timer = QTimer()
original = ui.app.make_window
def made(application, settings):
    timer.timeout.connect(look)
    timer.start(20)
    return original(application, settings)
ui.app.make_window = made
raise SystemExit(ui.app.main(["qcode", *sys.argv[1:]]))
"""


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-W", "error", "-c", script, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=50, check=False)


def test_starting_loads_no_heavy_library() -> None:
    ran = run(START)
    assert ran.stdout.strip() == "[]", ran.stderr


@pytest.mark.parametrize("name", ["small.qcode", "absent.qcode"])
def test_the_program_starts_with_a_file_and_ends_in_order(name: str, project_file: Path) -> None:
    ran = run(SHOW, str(project_file.with_name(name)))
    assert ran.returncode == 0, ran.stderr
    assert "qcode" in ran.stdout
    noise = [line for line in ran.stderr.splitlines() if "propagateSizeHints" not in line and line.strip()]
    assert noise == []
    assert not project_file.with_name(project_file.name + ".lock").exists()


SIGNALLED = """
import os, signal, sys, time
from PySide6.QtCore import QTimer
import ui.app
original = ui.app.make_window
def made(application, settings):
    window = original(application, settings)
    def opened(*_):
        if sys.argv[1] == "busy":
            def work(progress):
                while True:
                    progress.step("on", 0, 0)
            window.desk.tasks.run(window, "Import", work, lambda _: None).writes = True
            asked = QTimer(window, interval=20)
            asked.timeout.connect(lambda: window.sheets.sheet is not None and (asked.stop(), os.kill(os.getpid(), signal.SIGINT)))
            asked.start()
        os.kill(os.getpid(), signal.SIGTERM if sys.argv[1] == "ended" else signal.SIGINT)
    window.desk.opened.connect(opened)
    return window
ui.app.make_window = made
code = ui.app.main(["qcode", sys.argv[2]])
print("left in order")
raise SystemExit(code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a program that is sent a signal")
@pytest.mark.parametrize("how", ["free", "busy", "ended"])
def test_ctrl_c_in_the_terminal_closes_properly(how: str, project_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    ran = run(SIGNALLED, how, str(project_file))
    assert ran.returncode == 0, ran.stderr
    assert "left in order" in ran.stdout
    assert "Traceback" not in ran.stderr
    assert [path.name for path in project_file.parent.glob("small.qcode*")] == ["small.qcode"]
    assert (tmp_path / "data" / "settings.json").is_file()
