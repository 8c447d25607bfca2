"""The program: `python -m ui [--check] [FILE]`."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.fonts import load_fonts
from ui.icons import pixmap
from ui.main_window import MainWindow
from ui.settings import SCALE, THEME, Settings
from ui.style import apply_style
from ui.theme import Mode, Theme


def main(argv: Sequence[str] | None = None) -> int:
    """Show the window, with the project named on the command line if there is one, until it is closed; gives the exit code."""
    arguments = list(sys.argv if argv is None else argv)
    application = QApplication(arguments)
    window = make_window(application, Settings())
    sys.excepthook = window.reports.hook
    close_on_signals(window)
    window.show()
    given = application.arguments()[1:]
    files = [Path(one) for one in given if one != "--check"]
    if "--check" in given:
        # Nobody else needs it: starting should not pay for it.
        from ui.self_check import SelfCheck

        SelfCheck(window, files)
    if files:
        # After the first painting: opening takes longer than showing that it is on its way.
        QTimer.singleShot(0, window, lambda: window.verbs.take_files(files))
    return application.exec()


def close_on_signals(window: MainWindow) -> None:
    """Have Ctrl+C in the terminal, and the system's request to end, close the window as its button does; the second time whatever is
    under way is stopped.

    Python gets to see a signal when Qt next calls it: within a fifth of a second, for the collector looks that often.
    """

    def close(number: int, frame: FrameType | None) -> None:
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, close_at_once)
        QTimer.singleShot(0, window, window.close)

    def close_at_once(number: int, frame: FrameType | None) -> None:
        QTimer.singleShot(0, window, window.stop_and_close)

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, close)


def make_window(application: QApplication, settings: Settings) -> MainWindow:
    """The window with fonts, theme and style, not shown yet."""
    application.setApplicationName("qcode")
    application.setApplicationDisplayName("")
    load_fonts()
    scale = min(2.0, max(1.0, settings.get(SCALE)))
    theme = Theme(_mode(settings.get(THEME)), scale)
    apply_style(application, theme)
    theme.changed.connect(lambda: apply_style(application, theme))
    hints = application.styleHints()
    hints.colorSchemeChanged.connect(lambda _: theme.changed.emit())
    application.setWindowIcon(pixmap(theme, "square-stack", 64, "accent"))
    return MainWindow(settings, theme)


def _mode(kept: str) -> Mode:
    return Mode(kept) if kept in list(Mode) else Mode.SYSTEM
