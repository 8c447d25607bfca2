"""What clicks and drops in the panes of the coding screen do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qcode.model.span import Span

if TYPE_CHECKING:
    from ui.screens.coding.screen import CodingScreen


class Pointing(QObject):
    """Each click and drop becomes one act; the keyboard goes back to the text."""

    def __init__(self, screen: CodingScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        text, sources, codebook = screen.text, screen.sources, screen.codebook
        text.chosen.connect(self._stripe_clicked)
        text.memo_wanted.connect(self._memo_wanted)
        text.ends_moved.connect(self._ends_moved)
        text.dropped.connect(self._passage_dropped)
        sources.opened.connect(self._source_clicked)
        sources.moved.connect(self._source_moved)
        codebook.clicked.connect(self._code_clicked)
        codebook.passage_dropped.connect(self._passage_dropped)
        codebook.coding_dropped.connect(self._coding_dropped)
        for pane in (text, sources, codebook):
            pane.told.connect(self._tell)

    def _stripe_clicked(self, coding: str) -> None:
        if coding:
            self._screen.selected.go_to(coding)
        self._screen.text.setFocus()

    def _memo_wanted(self, coding: str) -> None:
        self._screen.selected.go_to(coding)
        self._screen.acts.memo()

    def _source_clicked(self, source: str) -> None:
        self._screen.open_source(source)
        self._screen.text.setFocus()

    def _source_moved(self, source: str, group: str) -> None:
        self._screen.write(self._screen.acts.move_source, source, group)

    def _code_clicked(self, code: str) -> None:
        screen = self._screen
        if screen.text.selection() and not screen.acts.why.no_writing():
            screen.safely(screen.acts.apply, code)
        else:
            screen.acts.step_in_code(code)
        screen.text.setFocus()

    def _passage_dropped(self, code: str, span: Span) -> None:
        self._screen.write(self._screen.acts.apply, code, span)

    def _coding_dropped(self, code: str, coding: str, copies: bool) -> None:
        self._screen.write(lambda: self._screen.acts.recode_as(code, coding, copies=copies))

    def _ends_moved(self, coding: str, start: int, end: int) -> None:
        self._screen.write(self._screen.acts.move_ends, coding, start, end)

    def _tell(self, words: str) -> None:
        self._screen.say(words)
