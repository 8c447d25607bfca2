from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.codings import apply_code
from qcode.operations.readings import mark_readings
from qcode.views.lists import find_source, list_codes
from tests.ui.conftest import TEXTS
from ui.action_set import ActionSet
from ui.screens.agreement.screen import AgreementScreen
from ui.workspace import Workspace

FIRST = TEXTS["Kyrgyzstan/KGZ01 Ministry.txt"]


def code(project: Project, source: str, quote: str, name: str, coder: str) -> None:
    """Code the words of a source with a code, both by name."""
    text = TEXTS[next(path for path in TEXTS if source in path)]
    with project.reading() as db:
        uuid = db.execute("SELECT uuid FROM codes WHERE name = ?", (name,)).fetchone()[0]
    start = text.index(quote)
    apply_code(project, find_source(project, source).uuid, Span(start, start + len(quote)), uuid, coder=coder)


@pytest.fixture
def project(project: Project) -> Project:
    """Two sources that Anna and Berik finished. They have one passage alike, and differ by ends, by code, and by one having nothing; a
    third coder, Chinara, finished only another source."""
    assert list_codes(project)
    code(project, "KGZ01", "The specialist answered the same evening.", "Technical expertise", "Berik")
    code(project, "KGZ01", "The specialist answered the same evening.", "Participation", "Berik")
    code(project, "KGZ01", "In three years I have worked with four heads of department.", "Late money", "Berik")
    code(project, "KGZ02", "They came to us before the law was written.", "Staff turnover", "Anna")
    for coder in ("Anna", "Berik"):
        mark_readings(project, ["KGZ01", "KGZ02"], ReadingStatus.FINISHED, coder)
    mark_readings(project, ["TJK01"], ReadingStatus.FINISHED, "Chinara")
    return project


@pytest.fixture
def window(workspace: Workspace, qtbot: QtBot) -> QWidget:
    """A window with the agreement screen, its toolbar and its keys, at rest."""
    holder = QWidget()
    qtbot.addWidget(holder)
    screen = AgreementScreen(workspace, holder)
    layout = QVBoxLayout(holder)
    for widget in screen.toolbar_widgets():
        layout.addWidget(widget)
    layout.addWidget(screen, 1)
    ActionSet(holder, workspace.theme).add(screen.actions_of(), screen)
    holder.resize(1364, 800)
    holder.show()
    qtbot.waitExposed(holder)
    holder.activateWindow()
    qtbot.waitUntil(lambda: screen.figures.choices.codes != () and not screen.is_busy)
    screen.list.setFocus()
    return holder


@pytest.fixture
def screen(window: QWidget) -> AgreementScreen:
    """The agreement screen in that window."""
    found = window.findChild(AgreementScreen)
    assert isinstance(found, AgreementScreen)
    return found


@pytest.fixture
def settle(screen: AgreementScreen, qtbot: QtBot) -> Callable[[], None]:
    """Waits until everything is worked out and shown."""

    def wait() -> None:
        # What was written is told by a signal that may still be on its way to this thread.
        QCoreApplication.sendPostedEvents()
        qtbot.waitUntil(lambda: not screen.is_busy)

    return wait
