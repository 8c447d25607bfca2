"""The size of the text, apart from that of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.screens.coding.driver import CTRL, Driver
from ui.main_window import MainWindow
from ui.screens.coding import CodingScreen, text_pane
from ui.settings import SCALE, TEXT_SCALE


def test_keys_change_the_text_alone_and_it_is_remembered(opened: MainWindow) -> None:
    screen = opened.screen_now()
    assert isinstance(screen, CodingScreen)
    opened.activateWindow()
    screen.text.setFocus()
    usual, window_font = screen.text.editor.document().defaultFont().pixelSize(), opened.font().pixelSize()
    for key, scale in ((Qt.Key.Key_Equal, 1.1), (Qt.Key.Key_Plus, 1.2), (Qt.Key.Key_Minus, 1.1)):
        QTest.keyClick(opened.windowHandle(), key, CTRL)
        assert opened.settings.get(TEXT_SCALE) == screen.text.text_scale == scale
    assert screen.text.editor.document().defaultFont().pixelSize() > usual
    assert (opened.settings.get(SCALE), opened.font().pixelSize()) == (1.0, window_font)
    QTest.keyClick(opened.windowHandle(), Qt.Key.Key_0, CTRL)
    assert screen.text.editor.document().defaultFont().pixelSize() == usual


@pytest.mark.parametrize("longest", [1_000_000, 10])
def test_the_wheel_with_ctrl_does_so_in_both_editors(driver: Driver, longest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_pane, "LONG", longest)
    driver.open("UZB01")
    port = driver.screen.text.editor.viewport()
    for turns in (120, 120, -120):
        where = QPointF(20, 20)
        phase = Qt.ScrollPhase.NoScrollPhase
        QApplication.sendEvent(
            port, QWheelEvent(where, port.mapToGlobal(where), QPoint(), QPoint(0, turns), Qt.MouseButton.NoButton, CTRL, phase, False)
        )
    assert driver.screen.text.text_scale == 1.1
    assert driver.said[-1] == "Text at 110 %"
