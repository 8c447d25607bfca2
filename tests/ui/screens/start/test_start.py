from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QListView, QPushButton
from pytestqt.qtbot import QtBot

from qcode.views.file_state import FileState
from qcode.views.lists import list_codes
from ui.main_window import MainWindow
from ui.screens.start.recent import Recent, RecentModel, facts, opened_words, state_words
from ui.screens.start.screen import TEMPLATES
from ui.settings import Settings

AT = datetime(2026, 11, 3, 16, 20)  # noqa: DTZ001


@pytest.fixture
def some(settings: Settings, tmp_path: Path) -> Settings:
    for number, title in enumerate(("Old one", "Child labour", "Central Asia")):
        settings.note_recent({"path": str(tmp_path / f"{number}.qcode"), "title": title, "sources": 3, "cases": 1, "read": 2, "opened": ""})
    return settings


def test_the_model_keeps_to_the_rules_of_qt_and_filters(some: Settings) -> None:
    model = RecentModel(some)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [model.index(row).data() for row in range(model.rowCount())] == ["Central Asia", "Child labour", "Old one"]
    model.filter("LABOUR")
    assert model.rowCount() == 1
    model.filter("")
    model.note_states({model.recent(model.index(0)).path: FileState(True, "PC", "Anna", "2026")})
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Central Asia, open on PC, 3 sources, 1 case, 2 of 3 read")


@pytest.mark.parametrize(
    ("opened", "words"),
    [("2026-11-03T09:05:00", "today, 09:05"), ("2026-10-12T09:05:00", "12 Oct"), ("2021-10-12T09:05:00", "12 Oct 2021"), ("", "")],
)
def test_when_it_was_open_is_said_shortly(opened: str, words: str) -> None:
    assert opened_words(Recent("x", "X", 1, 0, 0, opened), AT) == words


def test_what_is_in_it_and_what_became_of_it_in_words() -> None:
    assert facts(Recent("x", "X", 1, 0, 0, "")) == ("1 source", "0 of 1 read")
    assert state_words(Recent("x", "X", 1, 0, 0, "", FileState(False))) == "not found"
    assert state_words(Recent("x", "X", 1, 0, 0, "")) == ""


@pytest.mark.parametrize(("at", "codes"), [(0, 30), (1, 15), (2, 45), (3, 0)])
def test_each_template_makes_its_project(
    window: MainWindow, at: int, codes: int, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.files, "save", lambda *_: tmp_path / "new.qcode")
    title = TEMPLATES[at][2]
    card = next(each for each in window.start.findChildren(QPushButton) if each.accessibleName() == title)
    with qtbot.waitSignal(window.desk.opened):
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert window.desk.workspace is not None
    assert len(list_codes(window.desk.workspace.project)) == codes


def test_the_sample_is_built_and_opened(window: MainWindow, qtbot: QtBot) -> None:
    card = next(each for each in window.start.findChildren(QPushButton) if each.accessibleName() == "Open the sample")
    with qtbot.waitSignal(window.desk.opened, timeout=50_000):
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    assert window.desk.path is not None
    assert window.desk.path.name == "central-asia.qcode"


def test_recent_projects_open_by_key_and_are_forgotten_by_key(opened: MainWindow, project_file: Path, qtbot: QtBot) -> None:
    opened.verbs.close_project()
    view = opened.start.findChild(QListView)
    assert view is not None
    with qtbot.waitSignal(opened.desk.opened):
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.desk.path == project_file
    opened.verbs.close_project()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert opened.start.recents() == []


def test_a_filter_without_hits_says_so(window: MainWindow, qtbot: QtBot) -> None:
    field = next(each for each in window.start.findChildren(QLineEdit) if each.accessibleName() == "Filter recent projects")
    QTest.keyClicks(field, "zzz")
    qtbot.waitUntil(lambda: "zzz" in window.start.nothing_words())


def test_a_damaged_project_is_recovered_into_a_new_one(
    window: MainWindow, project_file: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window.files, "open_one", lambda *_: project_file)
    monkeypatch.setattr(window.files, "save", lambda *_: tmp_path / "recovered.qcode")
    with qtbot.waitSignal(window.desk.opened, timeout=20_000):
        window.verbs.recover()
    assert window.desk.path == tmp_path / "recovered.qcode"
