"""What the acts of the coding screen may ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from qcode import Project
from qcode.views.coding_codes import CodeList
from qcode.views.coding_document import CodingDocument
from qcode.views.coding_sources import SourceList
from ui.screens.coding.codebook_pane import CodebookPane
from ui.screens.coding.inspector import Inspector
from ui.screens.coding.picker import Picker
from ui.screens.coding.text_pane import TextPane
from ui.screens.coding.toolbar import CodingToolbar

if TYPE_CHECKING:
    from ui.screens.coding.selected import Selected


class Parts(Protocol):
    """The screen as its acts see it."""

    project: Project
    codes: CodeList
    source_list: SourceList
    document: CodingDocument | None
    text: TextPane
    codebook: CodebookPane
    inspector: Inspector
    toolbar: CodingToolbar
    picker: Picker
    selected: Selected

    def say(self, words: str) -> None:
        """Say something in the status bar for some seconds."""

    def tell(self, words: str) -> None:
        """Say what an act did."""

    def show_right_pane(self) -> None:
        """Bring the right pane back if it is put away."""
