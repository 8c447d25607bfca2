"""Where a statement comes from, down to the words of quotes, and what comes of it: the answer to 'why do you say so'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qcode.exchange.exporters.wording import attribution, counted, place_of
from qcode.project import Project
from qcode.store.statements import code_keys_of
from qcode.views.grounds import Looked
from qcode.views.quotes import Placed, place_quotes
from qcode.views.statements import Statement, Support, statements_in

if TYPE_CHECKING:
    from collections.abc import Collection

    from qcode.store.connection import Connection


class Step(StrEnum):
    """What stands on a line of a chain."""

    STATEMENT = "statement"
    CELL = "cell"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class ChainLine:
    """One line of a chain, `depth` steps from the statement that was asked about, which is at 0.

    `key` is a UUID, '' for a cell; `title` a number, a short ID or the name of a cell; `words` what the statement or quote says. `facts`
    are how much it rests on, or where the quote stands. `notes` are what has changed and what is missing.
    """

    depth: int
    step: Step
    key: str
    title: str
    words: str
    facts: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """`down` is what a statement rests on, `up` what rests on it, both beginning with itself."""

    down: tuple[ChainLine, ...]
    up: tuple[ChainLine, ...]


def chain_of(project: Project, statement: str) -> Chain:
    """The chain through a statement (a UUID), both ways; empty where it is gone. This is a read-only operation."""
    with project.reading() as db:
        looked = Looked(db)
        all_of_them = {one.uuid: one for one in statements_in(db, looked)}
        if statement not in all_of_them:
            return Chain((), ())
        walk = _Walk(all_of_them, quotes_of(db, looked, all_of_them[statement].basis.quotes))
        return Chain(tuple(walk.down(statement)), tuple(walk.up(statement)))


def quotes_of(db: Connection, looked: Looked, codings: Collection[str]) -> dict[str, Placed]:
    """The quotes of some codings (UUIDs) that are there, in order of source and text."""
    wanted = set(codings)
    if not wanted:
        return {}
    placed = place_quotes(db, looked.where, code_keys_of(db, wanted), lambda *_: True)
    return {one.coding: one for one in placed if one.coding in wanted}


class _Walk:
    """Walks along the links of statements; one that stands above itself, as a foreign file may have it, is not entered again."""

    def __init__(self, statements: Mapping[str, Statement], quotes: Mapping[str, Placed]) -> None:
        self._statements = statements
        self._quotes = quotes
        self._order = {key: at for at, key in enumerate(quotes)}

    def down(self, key: str, depth: int = 0, way: tuple[str, ...] = ()) -> Iterator[ChainLine]:
        """A statement and what it rests on."""
        one = self._statements[key]
        yield _line(one, depth)
        for support in one.rests_on:
            other = support.ground.statement
            if other in self._statements and other not in (*way, key):
                yield from self.down(other, depth + 1, (*way, key))
            elif support.ground.coding:
                yield from self._of(support, depth + 1)
            elif not other:
                facts = counted(len(support.quotes), "quote")
                yield ChainLine(depth + 1, Step.CELL, "", support.title, "", facts, support.changed)
                yield from self._of(support, depth + 2)

    def up(self, key: str, depth: int = 0, way: tuple[str, ...] = ()) -> Iterator[ChainLine]:
        """A statement and what rests on it."""
        yield _line(self._statements[key], depth)
        for other in self._statements[key].used_by:
            if other not in (*way, key):
                yield from self.up(other, depth + 1, (*way, key))

    def _of(self, support: Support, depth: int) -> Iterator[ChainLine]:
        """The quotes of a cell in the order of the text, or one quote, of which it is said when it is gone."""
        notes = support.changed if support.ground.coding else ()
        there = sorted((key for key in support.quotes if key in self._order), key=self._order.__getitem__)
        for key in there:
            quote = self._quotes[key].quote
            facts = " · ".join(part for part in (place_of(quote), attribution(quote)) if part)
            yield ChainLine(depth, Step.QUOTE, key, f"#{quote.id}", quote.quote, facts, notes)
        if support.ground.coding and not there:
            yield ChainLine(depth, Step.QUOTE, support.ground.coding, support.title, "", "", notes)


def _line(one: Statement, depth: int) -> ChainLine:
    return ChainLine(depth, Step.STATEMENT, one.uuid, one.number, one.words, one.basis.words, (*one.changed, *one.warnings))
