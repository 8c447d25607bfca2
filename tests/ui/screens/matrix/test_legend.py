from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qcode.model.matrix import Measure
from ui.screens.matrix.legend import Legend
from ui.theme import Theme


def test_it_gets_the_lines_its_words_need_when_they_are_said_first(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    legend, below = Legend(theme), QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(legend)
    column.addWidget(below, 1)
    holder.resize(620, 300)
    holder.show()
    qtbot.waitExposed(holder)
    legend.explain("", Measure.PRESENCE, frozenset())
    qtbot.waitUntil(lambda: legend.height() == legend.sizeHint().height())
    before = legend.height()
    legend.explain("Quotes", Measure.CODINGS, frozenset({"pos", "neg"}), contested=True)
    qtbot.waitUntil(lambda: legend.height() == legend.sizeHint().height())
    assert legend.height() > before
