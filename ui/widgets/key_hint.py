"""A key as it is drawn beside an act: 'Ctrl' 'O'."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.style import set_look


def key_hint(keys: str) -> QWidget:
    """`keys` (Qt's name of a shortcut, 'Ctrl+O') as small keys, in the words of this system. Screen readers pass over it."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2)
    for part in QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText).replace("++", "+plus").split("+"):
        label = QLabel("+" if part == "plus" else part)
        set_look(label, "key")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(label)
    return box
