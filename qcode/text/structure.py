"""Light structure of plain text: paragraphs, headings, questions and turns of speakers, as spans of code points.

Only '\\n' ends a line; U+2028, U+0085 and the like are characters of their paragraph. See docs/decisions/0010.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from qcode.model.document import Block, BlockKind
from qcode.text.speakers import Role, find_name, roles_of
from qcode.text.wrapping import broken_at_margin, margin_of

_LONGEST_HEADING = 100
_MOST_HEADING_WORDS = 14
_LONGEST_QUESTION = 300
_LIST_LENGTH = 4
_HASHES = re.compile(r"(#{1,6})[ \t]+\S")
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5}(?:\.\d{1,2}){0,3}|[A-Z])(?P<stop>[.)]?)\s+[^\W_]")
_ASKING_END = re.compile(r"""[\w"'»”’)\]]\s?[?]+!?["'»”’)\]*_]*$""")
_NOT_AFTER_HEADING = ".!?:;,…"
_BULLET = re.compile(r"[-–—•●▪■◦►‣*·+|>]\s|[\"'«“(\[]")
_LEADS_TO_PAGE = re.compile(r"(\.{3,}|…{2,}|\t)\s*\S{0,6}$|\(\d{1,4}\)$|\s\d{1,4}$")
_LETTER = re.compile(r"[^\W\d_]")


class Line(NamedTuple):
    """A non-blank line without the blanks at its ends; `gap` says that a blank line, or the beginning of the text, stands before it."""

    start: int
    end: int
    words: str
    gap: bool


def find_lines(text: str) -> list[Line]:
    """The non-blank lines of `text` in order."""
    lines = []
    at, gap = 0, True
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            start = at if words is raw else at + len(raw) - len(raw.lstrip())
            lines.append(Line(start, start + len(words), words, gap))
        gap = not words
        at += len(raw) + 1
    return lines


def find_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a plain text in order.

    They do not overlap, none is blank, none begins or ends with a blank, and together they hold every character that is not a
    blank. A line is a paragraph, except in text wrapped at a margin, where the lines of a paragraph are one block.
    """
    lines = find_lines(text)
    levels = heading_levels(lines)
    return mark_speech(text, _paragraphs(lines, levels))


def mark_speech(text: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """`blocks` with questions and turns marked among the paragraphs; headings stay as they are."""
    given = list(blocks)
    paragraph = BlockKind.PARAGRAPH
    names = [find_name(text, block.start, block.end) if block.kind is paragraph else "" for block in given]
    roles = roles_of(names)
    marked = []
    for block, name in zip(given, names, strict=True):
        role = roles.get(name)
        if role is not None:
            question = role is Role.ASKS or (role is Role.MAY_ASK and _ends_in_question(text, block))
            block = Block(block.start, block.end, BlockKind.QUESTION if question else BlockKind.TURN, 0, name)
        elif block.kind is paragraph and block.end - block.start <= _LONGEST_QUESTION and _ends_in_question(text, block):
            block = Block(block.start, block.end, BlockKind.QUESTION)
        marked.append(block)
    return tuple(marked)


def heading_levels(lines: list[Line]) -> list[int]:
    """For each line its level as a heading, 0 for a line that is none.

    A heading is marked with '#', or it is a short line without a stop at its end that stands alone between blank lines; of four
    and more such lines in a row (a list, a table of contents) none counts.
    """
    levels = [_level(line.words) if _may_be_heading(lines, i) else 0 for i, line in enumerate(lines)]
    start = 0
    for i in range(len(lines) + 1):
        if i == len(lines) or not levels[i]:
            if i - start >= _LIST_LENGTH:
                levels[start:i] = [0] * (i - start)
            start = i + 1
    for i, line in enumerate(lines):
        if line.words[0] == "#" and (match := _HASHES.match(line.words)):
            levels[i] = len(match[1])
    return levels


def numbered_level(words: str) -> int:
    """The level of a line that looks like a numbered heading ('2.1 Findings' is 2), else 0."""
    match = _NUMBERED.match(words)
    if not match or (len(match["number"]) == 1 and match["number"].isalpha() and not match["stop"]):
        return 0
    return min(match["number"].count(".") + 1, 6)


def _may_be_heading(lines: list[Line], i: int) -> bool:
    """Whether line `i` is short, stands alone between blank lines, and ends like a heading."""
    words, gap = lines[i].words, lines[i].gap
    if len(words) > _LONGEST_HEADING or not gap or i + 1 == len(lines) or not lines[i + 1].gap:
        return False
    if words[-1] in _NOT_AFTER_HEADING or words[0].islower() or words.count(" ") >= _MOST_HEADING_WORDS:
        return False
    return bool(_LETTER.search(words)) and not _BULLET.match(words) and not _LEADS_TO_PAGE.search(words)


def _level(words: str) -> int:
    return numbered_level(words) or (1 if words.isupper() else 2)


def _paragraphs(lines: list[Line], levels: list[int]) -> list[Block]:
    """One block per line, or per paragraph where the text was wrapped at a margin."""
    width = margin_of([line.words for line in lines], [not line.gap for line in lines])
    blocks: list[Block] = []
    previous: Line | None = None
    for line, level in zip(lines, levels, strict=True):
        if level:
            blocks.append(Block(line.start, line.end, BlockKind.HEADING, level))
            previous = None
            continue
        if width and previous and not line.gap and _continues(previous, line, width):
            blocks[-1] = Block(blocks[-1].start, line.end)
        else:
            blocks.append(Block(line.start, line.end))
        previous = line
    return blocks


def _continues(previous: Line, line: Line, width: int) -> bool:
    return broken_at_margin(previous.words, line.words, width) and not find_name(line.words, 0, len(line.words))


def _ends_in_question(text: str, block: Block) -> bool:
    tail = text[max(block.start, block.end - 8) : block.end]
    return "?" in tail and _ASKING_END.search(tail) is not None
