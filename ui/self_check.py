"""`python -m ui --check [FILE]`: show the window, open the file, and end once that is painted. Tells whether this copy works here."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui.main_window import MainWindow

_LONGEST_MS = 60_000


class SelfCheck(QObject):
    """Ends the program: with 0 once Start, or with `files` a screen of the project, is painted; with 1 when that fails."""

    def __init__(self, window: MainWindow, files: Sequence[object]) -> None:
        super().__init__(window)
        self._window, self._files = window, files
        self._is_painted = False
        window.desk.failed.connect(lambda title, error: self._end(1, f"{title}: {error}"))
        QTimer.singleShot(_LONGEST_MS, self, lambda: self._end(1, "Nothing was painted for a minute."))
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Waits for the painting of what is to be seen."""
        if event.type() is QEvent.Type.Paint and not self._is_painted and isinstance(watched, QWidget) and self._shows(watched):
            self._is_painted = True
            QTimer.singleShot(0, self, lambda: self._end(0))
        return False

    def _shows(self, painted: QWidget) -> bool:
        awaited = self._window.screen_now() if self._files else self._window.start
        return awaited is not None and (awaited is painted or awaited.isAncestorOf(painted))

    def _end(self, code: int, why: str = "") -> None:
        if why and sys.stderr:
            sys.stderr.write(why + "\n")
        self._window.close()
        QApplication.exit(code)
