from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.operations.codes import create_code
from ui.changes import ChangeSignal


def test_acts_are_told_in_order(project: Project, qtbot: QtBot) -> None:
    told: list[str] = []
    changes = ChangeSignal(project)
    changes.changed.connect(lambda changed: told.append(changed.label))
    create_code(project, "One")
    create_code(project, "Two")
    qtbot.waitUntil(lambda: told == ["Create code One", "Create code Two"])
    changes.stop()


def test_what_is_on_its_way_when_it_stops_is_not_told(project: Project, qtbot: QtBot) -> None:
    told: list[object] = []
    changes = ChangeSignal(project)
    changes.changed.connect(told.append)
    create_code(project, "One")
    project.settle()
    changes.stop()
    QCoreApplication.sendPostedEvents()
    assert told == []
