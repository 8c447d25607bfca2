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
