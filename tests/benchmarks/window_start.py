"""One start of a window until its first painting is done: `python tests/benchmarks/window_start.py program|bare NOTE`.

Writes the moment (`time.monotonic`, the same in all processes of a machine) to NOTE and ends.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path


def end() -> None:
    Path(sys.argv[2]).write_text(repr(time.monotonic()))
    os._exit(0)


def noting(window: type, timer: Callable[[int, Callable[[], None]], None]) -> None:
    """Have windows of this class end the program once they and all that is in them are painted."""

    def paint(self: object, event: object) -> None:
        timer(0, end)

    window.paintEvent = paint  # type: ignore[attr-defined]


def program() -> None:
    from PySide6.QtCore import QTimer

    from ui.app import main
    from ui.main_window import MainWindow

    noting(MainWindow, QTimer.singleShot)
    main(["qcode"])


def bare() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    class Window(QMainWindow):
        pass

    noting(Window, QTimer.singleShot)
    application = QApplication(["bare"])
    window = Window()
    window.setCentralWidget(QLabel("words"))
    window.resize(1440, 900)
    window.show()
    application.exec()


if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).parents[2])
    {"program": program, "bare": bare}[sys.argv[1]]()
