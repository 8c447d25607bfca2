"""At 200 % in a small window no words on a button or in a label are cut, unless they say so themselves by an ellipsis."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.everywhere import go_everywhere
from ui.main_window import MainWindow
from ui.widgets.elided import Elided


def words_of(widget: QWidget) -> str:
    """What is written on it by Qt itself; what paints its own words, or is only an icon, has none."""
    own = type(widget).paintEvent is not getattr(type(widget).__mro__[1], "paintEvent", None) and type(widget).__module__.startswith("ui.")
    if own or (
        isinstance(widget, QToolButton) and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly and not widget.icon().isNull()
    ):
        return ""
    if isinstance(widget, QLabel):
        rich = widget.textFormat() is Qt.TextFormat.RichText or "<b>" in widget.text()
        return "" if rich or isinstance(widget, Elided) else widget.text()
    return widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""


def lacks(widget: QWidget, words: str) -> str:
    """What it lacks for its words, '' when nothing."""
    metrics, room = QFontMetrics(widget.font()), widget.contentsRect()
    if isinstance(widget, QLabel) and widget.wordWrap():
        needed = metrics.boundingRect(room.adjusted(0, 0, 0, 10_000), int(Qt.TextFlag.TextWordWrap), words)
    else:
        needed = metrics.boundingRect(room, int(Qt.TextFlag.TextShowMnemonic), words)
        needed.setWidth(metrics.horizontalAdvance(words))
    wide, high = needed.width() - room.width(), needed.height() - room.height()
    return f"{words!r} lacks {max(0, wide)} x {max(0, high)} px" if wide > 1 or high > 2 else ""


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_words_are_cut(window: MainWindow, project_file: Path, qtbot: QtBot, scale: float) -> None:
    window.resize(1280, 720)
    window.set_scale(scale)
    cut = []
    for name, place in go_everywhere(window, project_file, qtbot):
        # Sizes are asked for and given in turns of the loop of events.
        qtbot.wait(60)
        for kind in (QLabel, QPushButton, QToolButton, QCheckBox):
            for each in place.findChildren(kind):
                words = words_of(each) if each.isVisible() else ""
                lack = lacks(each, words) if words else ""
                cut += [f"{name}: {type(each).__name__} in {type(each.parentWidget()).__name__}: {lack}"] if lack else []
    window.set_scale(1.0)
    assert not cut, "\n".join(cut)
