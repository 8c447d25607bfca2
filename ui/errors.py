"""What the window says when something failed: a sentence, and for the report all that is known."""

from __future__ import annotations

import platform
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, qVersion
from PySide6.QtGui import QGuiApplication

from qcode import __version__
from qcode.errors import Cancelled, NotSaved, UserError
from ui.desk import Desk
from ui.widgets.status_bar import StatusBar
from ui.widgets.strips import Message, Strips

#: The key of the message that the disk took something not; it goes away once all is saved.
NOT_SAVED = "not saved"


class Reports(QObject):
    """Shows failures as strips. Texts of the project are never part of the details."""

    def __init__(self, desk: Desk, strips: Strips, status: StatusBar) -> None:
        super().__init__()
        self._desk, self._strips, self._status = desk, strips, status

    def show_failure(self, title: str, error: BaseException) -> None:
        """Say that something failed: a UserError in its own words, anything else with details to copy."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, UserError):
            key = NOT_SAVED if isinstance(error, NotSaved) else "failed"
            self._strips.show_message(Message("bad", "", str(error), key=key))
            return
        lead = self.tr("{0} failed").format(title) if title else self.tr("That failed")
        text = self.tr("This is a fault of qcode. Nothing that was saved is lost; you can go on working.")
        details = details_of(error)
        self._strips.show_message(
            Message("bad", lead, text, self.tr("Copy details"), lambda: self._copy(details), "failed", stays=True)
        )

    def show_act_failure(self, error: Exception) -> None:
        """Say that something somebody asked for failed."""
        self.show_failure("", error)

    def hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """In the place of `sys.excepthook`: what nobody caught is said and not lost."""
        if issubclass(kind, KeyboardInterrupt):
            raise SystemExit(1)
        self.show_failure("", error)

    def _copy(self, details: str) -> None:
        QGuiApplication.clipboard().setText(details)
        self._status.say(self.tr("The details are on the clipboard."))


def details_of(error: BaseException) -> str:
    """What a report needs: versions, system, and where in the program it happened."""
    trace = "".join(traceback.format_exception(error))
    return f"qcode {__version__}, Qt {qVersion()}, Python {platform.python_version()}, {platform.platform()}\n\n{trace}"
