"""A menu for ticking several things."""

from __future__ import annotations

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QMenu


class StayingMenu(QMenu):
    """A menu in which several entries can be ticked by mouse without its closing each time."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt tells: an entry was clicked."""
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isEnabled() and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)
