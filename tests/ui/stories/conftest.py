from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from tests.ui.stories.person import Person
from ui.main_window import MainWindow


@pytest.fixture
def person(window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Person:
    """Somebody before the window on Start; what the sample is built into is nobody's."""
    monkeypatch.setenv("QCODE_DATA", str(tmp_path))
    window.resize(QSize(1440, 900))
    with qtbot.waitActive(window):
        window.activateWindow()
    return Person(window, qtbot, request.node.name.removeprefix("test_"))
