"""What Qt is given to show of a source's text: as many UTF-16 units as the text has, each in its place.

Some characters end a paragraph or a frame in Qt, or stand for a picture: others of the same length are shown for them. What is stored,
copied and coded is always the source's own text, never what Qt shows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from qcode.model.document import Block, BlockKind
from ui.text_positions import TextPositions

_TAKEN = re.compile("[\r\u2029\ufdd0\ufdd1\ufffc]")
_SHOWN_FOR = str.maketrans({"\r": "\u2028", "\u2029": "\u2028", "\ufdd0": "\ufffd", "\ufdd1": "\ufffd", "\ufffc": "\ufffd"})
_NAME_REACH = 60


class Look(IntEnum):
    """How a stretch of text is set."""

    PARAGRAPH = 0
    QUESTION = 1
    HEADING = 2
    SPEAKER = 3
    BLANK = 4


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look; a line's look is that of its first run."""

    look: Look
    text: str


class ShownText:
    """The text of one source as it is shown, with its paragraphs. Units are UTF-16 units."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.positions = TextPositions(text)
        self._text = text
        self._starts = [block.start for block in blocks]

    @property
    def shown(self) -> str:
        """The text as Qt gets it; made when it is asked for, since Qt keeps its own."""
        text = self._text
        return _joined_at_margins(text.translate(_SHOWN_FOR) if _TAKEN.search(text) else text, self.blocks)

    def paragraph_at(self, position: int) -> int:
        """The number (from 0) of the paragraph that code point `position` stands in or after; -1 before the first one."""
        return bisect_right(self._starts, position) - 1

    def first_in(self, start: int, end: int) -> int:
        """The number of the paragraph that begins between two code points, -1 when none does."""
        found = bisect_right(self._starts, start - 1)
        return found if found < len(self._starts) and self._starts[found] < end else -1

    def speaker(self, number: int) -> str:
        """What stands in the margin for who speaks: 'Q' for a question, a letter with its number for a speaker, '' for nobody."""
        block = self.blocks[number]
        if block.speaker:
            digits = "".join(letter for letter in block.speaker if letter.isdigit())[:2]
            return block.speaker[0].upper() + digits
        return "Q" if block.kind is BlockKind.QUESTION else ""

    def runs(self) -> list[Run]:
        """The whole text in runs; together they are `shown`."""
        pieces: list[Run] = []
        waiting: list[str] = []
        look = Look.BLANK
        at = number = 0
        shown = self.shown
        for line in shown.split("\n"):
            end = at + len(line)
            while number < len(self.blocks) and self.blocks[number].end <= at:
                number += 1
            block = self.blocks[number] if number < len(self.blocks) and self.blocks[number].start < end else None
            its_look = _look(block)
            name_end = _name_end(shown, block) if block and at <= block.start else 0
            if its_look is not look or name_end:
                pieces.append(Run(look, "".join(waiting)))
                waiting, look = [], its_look
            if name_end:
                pieces.append(Run(Look.SPEAKER, shown[at:name_end]))
            waiting.append(shown[max(at, name_end) : end] + "\n")
            at = end + 1
        waiting[-1] = waiting[-1][:-1]
        return [run for run in [*pieces, Run(look, "".join(waiting))] if run.text]


def _joined_at_margins(shown: str, blocks: Sequence[Block]) -> str:
    """`shown` with a space for each line end inside a paragraph, so that text wrapped at a margin flows to this window's width."""
    parts, at = [], 0
    for block in blocks:
        inner = shown[block.start : block.end]
        if "\n" in inner:
            parts += [shown[at : block.start], inner.replace("\n", " ")]
            at = block.end
    return "".join([*parts, shown[at:]]) if parts else shown


def _look(block: Block | None) -> Look:
    if block is None:
        return Look.BLANK
    return {BlockKind.QUESTION: Look.QUESTION, BlockKind.HEADING: Look.HEADING}.get(block.kind, Look.PARAGRAPH)


def _name_end(shown: str, block: Block) -> int:
    """Where the name and colon that open a turn end, 0 without a name."""
    if not block.speaker:
        return 0
    colon = shown.find(":", block.start, min(block.end, block.start + _NAME_REACH))
    return colon + 1 if colon > 0 else 0
