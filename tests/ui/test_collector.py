from __future__ import annotations

import gc

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.collector import keep_collector_here


class Knot:
    alive = 0

    def __init__(self) -> None:
        self.itself = self
        Knot.alive += 1

    def __del__(self) -> None:
        Knot.alive -= 1


def test_garbage_is_collected_between_events_only_and_as_before_afterwards(qtbot: QtBot) -> None:
    was_on = gc.isenabled()
    owner = QObject()
    keep_collector_here(owner)
    for _ in range(5000):
        Knot()
    assert not gc.isenabled()
    assert Knot.alive >= 5000
    qtbot.waitUntil(lambda: Knot.alive == 0)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    assert gc.isenabled() == was_on
