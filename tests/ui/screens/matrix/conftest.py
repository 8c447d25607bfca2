from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.model.reading import ReadingStatus
from qcode.operations.readings import mark_readings
from ui.action_set import ActionSet
from ui.screens.matrix.screen import MatrixScreen
from ui.workspace import Workspace


@pytest.fixture
def project(project: Project) -> Project:
    """The small project with three of its four sources read: nothing was found in one, one is still to be read."""
    mark_readings(project, ["KGZ01", "TJK01", "UZB01"], ReadingStatus.FINISHED, "Anna")
    return project


@pytest.fixture
def window(workspace: Workspace, qtbot: QtBot) -> QWidget:
    """A window with the matrix screen, its toolbar and its keys, counted and at rest."""
    holder = QWidget()
    qtbot.addWidget(holder)
    screen = MatrixScreen(workspace, holder)
    screen.setObjectName("screen")
    layout = QVBoxLayout(holder)
    for widget in screen.toolbar_widgets():
        layout.addWidget(widget)
    layout.addWidget(screen, 1)
    ActionSet(holder, workspace.theme).add(screen.actions_of(), screen)
    holder.resize(1200, 900)
    holder.show()
    qtbot.waitExposed(holder)
    holder.activateWindow()
    qtbot.waitUntil(lambda: screen.model.rowCount() > 0 and not screen.is_busy)
    return holder


@pytest.fixture
def screen(window: QWidget) -> MatrixScreen:
    """The matrix screen in that window."""
    found = window.findChild(MatrixScreen, "screen")
    assert isinstance(found, MatrixScreen)
    return found


@pytest.fixture
def settle(screen: MatrixScreen, qtbot: QtBot) -> Callable[[], None]:
    """Waits until counts and quotes are in."""
    return lambda: qtbot.waitUntil(lambda: not screen.is_busy)
