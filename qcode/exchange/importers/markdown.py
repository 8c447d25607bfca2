"""Markdown: the text as it stands in the file, markup included, so that positions are those of the file."""

from __future__ import annotations

import re
from pathlib import Path

from qcode.exchange.guards import read_text
from qcode.model.document import Block, BlockKind, Document
from qcode.text.decoding import unify_line_ends
from qcode.text.speakers import find_name
from qcode.text.structure import Line, find_lines, mark_speech
from qcode.text.wrapping import starts_anew

_HASHES = re.compile(r"(#{1,6})(?:[ \t]|$)")
_UNDERLINE = re.compile(r"(=+|-{2,})$")
_FENCE = ("```", "~~~")


def read(path: Path) -> Document:
    """The text of a .md file with headings ('#' and underlined), paragraphs, questions and turns; UserError as for plain text."""
    raw, encoding = read_text(path)
    text = unify_line_ends(raw)
    return Document(text, "md", mark_speech(text, _blocks(find_lines(text))), encoding=encoding)


def _blocks(lines: list[Line]) -> list[Block]:
    """Blocks as Markdown sees them: lines without a blank line between are one paragraph, list items and table rows their own."""
    blocks: list[Block] = []
    previous = ""
    fenced = False
    for line in lines:
        words = line.words
        within = fenced
        if words.startswith(_FENCE):
            fenced = not fenced
        level = 0 if within else _underlined(blocks, line, previous)
        hashes = None if within else _HASHES.match(words)
        if level:
            blocks[-1] = Block(blocks[-1].start, line.end, BlockKind.HEADING, level)
        elif hashes:
            blocks.append(Block(line.start, line.end, BlockKind.HEADING, len(hashes[1])))
        elif previous and not line.gap and (within or not _begins(words)):
            blocks[-1] = Block(blocks[-1].start, line.end)
        else:
            blocks.append(Block(line.start, line.end))
        previous = "" if level or hashes or within > fenced else words
    return blocks


def _begins(words: str) -> bool:
    return starts_anew(words) or words.startswith(_FENCE) or bool(find_name(words, 0, len(words)))


def _underlined(blocks: list[Block], line: Line, previous: str) -> int:
    """1 or 2 when `line` underlines the one-line paragraph before it, else 0."""
    if line.gap or not previous or blocks[-1].end - blocks[-1].start != len(previous) or starts_anew(previous):
        return 0
    match = _UNDERLINE.match(line.words)
    return 0 if not match else 1 if match[1][0] == "=" else 2
