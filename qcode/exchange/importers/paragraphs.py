"""Paragraphs gathered by a reader, and how they become one text with blocks and page marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qcode.exchange.guards import check_length, refusal
from qcode.model.document import Block, BlockKind, Document, PageMark
from qcode.text.structure import mark_speech


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The words of one paragraph; `level` 1-6 makes it a heading; `pages` are the offsets in `text` at which a new page begins."""

    text: str
    level: int = 0
    pages: tuple[int, ...] = ()

    def followed_by(self, between: str, other: Paragraph) -> Paragraph:
        """One paragraph of this, `between` and `other`; the level is this one's."""
        offset = len(self.text) + len(between)
        return Paragraph(self.text + between + other.text, self.level, self.pages + tuple(offset + page for page in other.pages))


def join_cells(cells: Iterable[list[Paragraph]]) -> list[Paragraph]:
    """A table row: the cells separated by tabs on one line; further paragraphs of a cell follow on lines of their own."""
    row: list[Paragraph] = []
    for cell in cells:
        first = cell[0] if cell else Paragraph("")
        if row:
            row[-1] = row[-1].followed_by("\t", first)
        else:
            row.append(first)
        row += cell[1:]
    return [Paragraph(paragraph.text, 0, paragraph.pages) for paragraph in row]


def to_document(paragraphs: Iterable[Paragraph], kind: str, name: str, *, paged: bool = False) -> Document:
    """The document of format `kind` read from the file `name`: one paragraph after the other, each ended by a line end.

    With `paged`, page 1 begins the text and the marks in the paragraphs count on. Refuses a file without any text.
    """
    texts: list[str] = []
    blocks: list[Block] = []
    starts = [0]
    at = 0
    for paragraph in paragraphs:
        texts.append(paragraph.text)
        starts += [at + page for page in paragraph.pages]
        if block := _block(paragraph, at):
            blocks.append(block)
        at += len(paragraph.text) + 1
    text = "\n".join(texts)
    if not blocks:
        raise refusal(name, "holds no text", "Check that it is the file you meant.")
    check_length(text, name)
    pages = tuple(PageMark(str(number), start) for number, start in enumerate(starts, 1)) if paged else ()
    return Document(text, kind, mark_speech(text, blocks), pages)


def _block(paragraph: Paragraph, at: int) -> Block | None:
    bare = paragraph.text.strip()
    if not bare:
        return None
    start = at + len(paragraph.text) - len(paragraph.text.lstrip())
    return Block(start, start + len(bare), BlockKind.HEADING if paragraph.level else BlockKind.PARAGRAPH, paragraph.level)
