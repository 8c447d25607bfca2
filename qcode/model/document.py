"""What a file holds once it has been read: text, light structure and pages, before it becomes a source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a paragraph of a source is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUESTION = "question"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: code points `start` to `end` of the text, without its line end.

    Blocks do not overlap, stand in text order and skip blank lines. `level` is 1-6 for a heading, else 0. `speaker` is the name
    that opens a turn ('Respondent', 'R2'), else empty; the words of the name stay in the text and in the block.
    """

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class PageMark:
    """Where a page of the original begins: its printed label (or its number from 1) and the code point of its first character."""

    label: str
    start: int


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one file, character by character, and what is known of its structure.

    `text` holds no NUL and no lone surrogate and uses '\\n' for line ends; nothing else is stripped or normalised.
    `format` is the registry's name of the format ('txt', 'docx' …). `encoding` is set for plain text formats.
    """

    text: str
    format: str
    blocks: tuple[Block, ...]
    pages: tuple[PageMark, ...] = ()
    encoding: str = ""
