"""What is missing for an act of the coding screen, in a sentence; '' when it can be done."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject

from qcode.views.coding_document import Coding
from ui.screens.coding.parts import Parts


class Chosen(Protocol):
    """Who knows what the acts are about."""

    recent: list[str]

    def current(self) -> Coding | None:
        """The coding that is selected."""


class Reasons(QObject):
    """Asked before an act is done, and by whatever offers it."""

    def __init__(self, parts: Parts, chosen: Chosen) -> None:
        super().__init__()
        self._parts, self._chosen = parts, chosen

    def no_source(self) -> str:
        """For acts on a source."""
        return "" if self._parts.document else self.tr("Open a source first.")

    def no_writing(self) -> str:
        """For acts that write."""
        if self._parts.project.read_only:
            return self.tr("This project is open for reading only.")
        return self.no_source()

    def no_coding(self) -> str:
        """For acts that code."""
        return self.no_writing() or ("" if self._parts.codes.codes or self._parts.document else self.tr("There are no codes yet."))

    def no_selection(self) -> str:
        """For acts on selected words."""
        return self.no_writing() or ("" if self._parts.text.selection() else self.tr("Select a passage first."))

    def no_repeat(self) -> str:
        """For applying a code once more."""
        return self.no_writing() or ("" if self._chosen.recent else self.tr("Apply a code first."))

    def no_current(self) -> str:
        """For acts on a coding."""
        if self._chosen.current():
            return ""
        if self._has_hidden():
            return self.tr("The coding here is hidden. Choose All above the text to see it.")
        return self.tr("Put the caret into a coded passage first.")

    def no_change(self) -> str:
        """For acts that change a coding."""
        return self.no_writing() or self.no_current()

    def _has_hidden(self) -> bool:
        """Whether the filter hides the coding of the inspector, or one at the caret."""
        text, document = self._parts.text, self._parts.document
        if document is None:
            return False
        caret, pinned = text.caret(), self._parts.inspector.coding
        here = (one for one in document.codings.values() if one.uuid == pinned or one.start <= caret <= one.end)
        return any(not text.marks.is_shown(one) for one in here)
