"""Whatever somebody does, in whatever order: no fault, no warning of Qt, and the project stays sound."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from qcode.errors import UserError
from qcode.views.health import check_project
from tests.ui.stories.monkey import Monkey
from tests.ui.stories.person import Person
from ui.sheets.export_sheet import Exporting

FEW, MANY = 800, 5_000
_CHECK_EVERY = 100


@pytest.fixture
def no_dialogs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The system's dialogs are answered with Cancel, and whatever is exported stays in the test's folder."""
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_, empty="" if name != "getOpenFileNames" else []: (empty, ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    write = Exporting._write

    def write_here(lent: Exporting, request: Any, path: Path, kind: str, chosen: frozenset[str]) -> None:
        write(lent, request, tmp_path / f"monkey.{kind}", kind, chosen)

    monkeypatch.setattr(Exporting, "_write", write_here)


class Strays(QObject):
    """Notes each window that is shown beside the one window and its popups."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            passing = watched.windowType() in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
            if not passing and not isinstance(watched, QMainWindow):
                self.seen.append(f"{type(watched).__name__} {watched.accessibleName()!r}")
        return False


def run(person: Person, seed: int, events: int, tmp_path: Path) -> None:
    print(f"The monkey's seed is {seed}.")
    person.click_button("Open the sample")
    person.until(lambda: person.window.desk.workspace)
    person.settle()
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "UZB90 New.txt").write_text("One sentence. Another: новый 😀 day.\n", encoding="utf-8")
    window = person.window
    faults: list[str] = []

    def note(error: Any) -> None:
        if not isinstance(error, UserError):
            faults.append("".join(traceback.format_exception(error)))

    window.actions_made.failed.connect(note)
    window.desk.failed.connect(lambda _, error: note(error))
    window.desk.tasks.failed.connect(lambda _, error: note(error))
    strays = Strays()
    QApplication.instance().installEventFilter(strays)
    monkey = Monkey(window, person.qtbot, seed, [notes])
    with person.qtbot.capture_exceptions() as caught:
        for number in range(1, events + 1):
            monkey.go()
            if number % _CHECK_EVERY == 0:
                monkey.check()
            faults.extend("".join(traceback.format_exception(error)) for _, error, _ in caught)
            faults.extend(f"A window of its own: {stray}" for stray in strays.seen)
            if faults:
                break
        did = "\n".join(monkey.done)
        assert not faults, f"seed {seed}, event {number}, after\n{did}\n{faults[0]}"
        monkey.check()
    QApplication.instance().removeEventFilter(strays)
    assert check_project(person.project) == []


def test_a_monkey_finds_nothing(person: Person, no_dialogs: None, tmp_path: Path) -> None:
    run(person, int(os.environ.get("QCODE_SEED", "1")), FEW, tmp_path)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_a_patient_monkey_finds_nothing(person: Person, no_dialogs: None, tmp_path: Path, seed: int, qtbot: QtBot) -> None:
    run(person, seed, MANY, tmp_path)
