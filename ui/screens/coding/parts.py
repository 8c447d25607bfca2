"""What the acts of the coding screen may ask of it."""

from __future__ import annotations

from typing import Protocol

from qcode import Project
from qcode.views.coding_codes import CodeList
from qcode.views.coding_document import CodingDocument
from ui.screens.coding.inspector import Inspector
from ui.screens.coding.picker import Picker
from ui.screens.coding.text_pane import TextPane


class Parts(Protocol):
    """The screen as its acts see it."""

    project: Project
    codes: CodeList
    document: CodingDocument | None
    text: TextPane
    inspector: Inspector
    picker: Picker

    def choose(self, coding: str) -> None:
        """Select a coding (a UUID) in the margin and the inspector."""

    def go_to_coding(self, coding: str) -> None:
        """Select a coding and have its passage in sight, with the caret at its start."""

    def place_of_new_code(self) -> str | None:
        """Below which code (a UUID) a new one is made, None for the top."""

    def name(self, code: str) -> str:
        """The name of a code."""

    def say(self, words: str) -> None:
        """Say something in the status bar."""

    def show_right_pane(self) -> None:
        """Bring the right pane back if it is put away."""
