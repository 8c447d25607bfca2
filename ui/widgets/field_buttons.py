"""Names for the buttons Qt puts into fields."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QToolButton


def name_inner_buttons(field: QLineEdit) -> None:
    """Say what the buttons inside a field do: Qt gives them no names. Once they are all there."""
    for button in field.findChildren(QToolButton):
        button.setAccessibleName(field.placeholderText() if button.defaultAction() in field.actions() else field.tr("Clear"))
