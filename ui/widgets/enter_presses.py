"""Enter presses the button that has the keyboard, as Space does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterPresses(QObject):
    """Looks at the keys of whatever button of a window gets the keyboard; a dialog of Qt's has this of its own, a window has not."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt asks: Enter is a press."""
        is_enter = event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENTER
        if is_enter and isinstance(watched, QAbstractButton) and watched.isEnabled():
            watched.click()
            return True
        return False

    def _follow(self, _: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QAbstractButton) and now.window() is self._window:
            now.installEventFilter(self)
