"""Words sought in the open text, and the passage where they stand selected."""

from __future__ import annotations

from qcode.model.span import Span
from ui.screens.coding.find_bar import FindBar
from ui.screens.coding.text_pane import TextPane

_FEW_LETTERS = 60


class Finding:
    """The find bar and the text it seeks in."""

    def __init__(self, text: TextPane, bar: FindBar) -> None:
        self._text, self._bar = text, bar
        bar.found.connect(self._show)
        bar.closed.connect(text.setFocus)

    def open(self) -> None:
        """Open the find bar, with the selected words if there are a few."""
        span = self._text.selection()
        words = span.of(self._text.text) if span and span.length < _FEW_LETTERS else ""
        self._bar.open_bar(self._text.text, self._text.caret(), words)

    def step(self, by: int) -> None:
        """Go to the next or previous place of what is sought."""
        if self._bar.field.text():
            self._bar.step(by)
        else:
            self.open()

    def _show(self, span: Span) -> None:
        self._text.select(span)
        self._text.go_to(span.start)
