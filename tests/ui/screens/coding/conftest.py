from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.screens.coding.driver import Driver
from ui.screens.coding import CodingScreen
from ui.workspace import Workspace


@pytest.fixture
def driver(workspace: Workspace, qtbot: QtBot) -> Driver:
    screen = CodingScreen(workspace)
    qtbot.addWidget(screen)
    screen.resize(1364, 820)
    screen.show()
    made = Driver(screen, qtbot)
    made.open("KGZ02")
    return made
