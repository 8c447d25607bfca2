"""One source as it is read and coded: text, paragraphs, what is known of it, and its codings, kept up to date coding by coding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from qcode.errors import UserError
from qcode.model.case import AttributeType
from qcode.model.change import Changes
from qcode.model.decision import AGREED
from qcode.model.document import Block
from qcode.model.source import Source
from qcode.model.span import Span
from qcode.project import Project
from qcode.store.cases import values_handed_to
from qcode.store.codings import codings_in, codings_named
from qcode.store.sources import find_source_row, read_text
from qcode.store.texts import blocks_of


@dataclass(frozen=True, slots=True)
class Coding:
    """One coding in a text: `code` is the code's UUID, `coder` a name, `origin` where it came from ('hand', 'import' …)."""

    uuid: str
    start: int
    end: int
    code: str
    coder: str
    memo: str
    important: bool
    contradicts: bool
    short_id: str
    origin: str

    @property
    def span(self) -> Span:
        """The passage."""
        return Span(self.start, self.end)

    @property
    def length(self) -> int:
        """Its code points."""
        return self.end - self.start

    @property
    def made_at(self) -> datetime:
        """When it was made (UTC), as its UUID says."""
        return datetime.fromtimestamp(int(self.uuid.replace("-", "")[:12], 16) / 1000, UTC)


@dataclass(frozen=True, slots=True)
class Patch:
    """What an act did to the codings of one source: pairs of before and after, None for what was not there."""

    pairs: tuple[tuple[Coding | None, Coding | None], ...]


class CodingDocument:
    """One source with its codings. Made by `open_document` only; `patch` keeps it up to date.

    `facts` are its attributes with their types, those of its cases included. The layer 'agreed' is left out: it would lie over the
    coders' own codings, which are what is read and changed here.
    """

    def __init__(
        self, source: Source, text: str, blocks: tuple[Block, ...], facts: list[tuple[str, AttributeType, str]], codings: list[Coding]
    ) -> None:
        self.source = source
        self.text = text
        self.blocks = blocks
        self.facts = facts
        self.codings = {coding.uuid: coding for coding in codings}

    def patch(self, project: Project, changes: Changes) -> Patch:
        """Take in one act; empty when it did nothing to codings of this source."""
        rows = changes.of("codings")
        wanted = [*rows.inserted, *rows.updated]
        gone = [self.codings[uuid] for uuid in rows.deleted if uuid in self.codings]
        if not wanted and not gone:
            return Patch(())
        with project.reading() as db:
            now = {row[1]: _coding(row) for row in codings_named(db, wanted) if row[0] == self.source.uuid and row[5] != AGREED}
        # Read after the commit, so a later act may already have taken away what this one made.
        pairs = [(coding, None) for coding in gone]
        pairs += [(old, None) for uuid in wanted if uuid not in now and (old := self.codings.get(uuid))]
        news = [(self.codings.get(uuid), coding) for uuid, coding in now.items()]
        for old, _ in pairs:
            del self.codings[old.uuid]
        self.codings.update(now)
        return Patch((*pairs, *((old, new) for old, new in news if old != new)))

    def counts(self) -> dict[str, int]:
        """How many codings each code (a UUID) has here."""
        found: dict[str, int] = {}
        for coding in self.codings.values():
            found[coding.code] = found.get(coding.code, 0) + 1
        return found


def open_document(project: Project, source: str) -> CodingDocument:
    """The source a UUID names. Raises UserError when it is not in the project any more. This is a read-only operation."""
    with project.reading() as db:
        found = find_source_row(db, source)
        if found is None:
            raise UserError("The source is not in the project any more: choose another.")
        codings = [_coding(row) for row in codings_in(db, source) if row[5] != AGREED]
        return CodingDocument(found, read_text(db, found.text), blocks_of(db, found.text), values_handed_to(db, source), codings)


def _coding(row: tuple[Any, ...]) -> Coding:
    _, uuid, start, end, code, coder, memo, important, contradicts, short_id, origin = row
    return Coding(uuid, start, end, code, coder, memo, bool(important), bool(contradicts), short_id, origin)
