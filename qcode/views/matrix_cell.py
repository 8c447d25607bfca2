"""The quotes behind one cell of a matrix, with what a reader judges them by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from qcode.exchange.exporters.wording import attribution, counted, day_of, place_of
from qcode.model.case import AttributeType
from qcode.model.quote import Quote
from qcode.model.strength import GROUP_NAMES, METHOD_NAMES
from qcode.project import Project
from qcode.views.matrix import MatrixQuestion, Table
from qcode.views.permission import Permission, Permissions, attribute_called
from qcode.views.quotes import Placed, place_quotes
from qcode.views.whereabouts import Whereabouts


@dataclass(frozen=True, slots=True)
class CellQuote:
    """One quote of a cell. `source` and `coding` are UUIDs; `group`, `method` and `date` are '' where nothing says them;
    `contradicts` whether somebody marked it so."""

    quote: Quote
    source: str
    coding: str
    group: str
    method: str
    date: str
    permission: Permission
    contradicts: bool = False

    @property
    def origin(self) -> str:
        """Where the words come from in a line: 'State Migration Service, 14 Apr 2022 · BT'."""
        quote = self.quote
        where = quote.source_title or quote.source_label or quote.source
        parts = (where, f"page {quote.page}" if quote.page else "", day_of(self.date))
        return f"{', '.join(part for part in parts if part)} · {initials(quote.coder)}"

    @property
    def text(self) -> str:
        """The quote with its ID and its origin, for the clipboard and for dragging out."""
        where = ", ".join(part for part in (place_of(self.quote), attribution(self.quote)) if part)
        return f"“{self.quote.quote}” [{self.quote.id}] ({where})"


@dataclass(frozen=True, slots=True)
class CellQuotes:
    """The quotes of a cell in order of source and text. `group_name` is the attribute that gives their groups, '' without one."""

    quotes: tuple[CellQuote, ...]
    group_name: str

    def facts(self) -> tuple[tuple[int, str], ...]:
        """Pairs of a count and its noun: quotes, sources, groups and methods where they are known, coders where they are several, and
        quotes that contradict."""
        against = sum(one.contradicts for one in self.quotes)
        counts = tuple(
            (number, counted(number, noun).partition(" ")[2])
            for noun, number in (
                ("quote", len(self.quotes)),
                ("source", len({one.source for one in self.quotes})),
                ("group", len({one.group for one in self.quotes} - {""})),
                ("method", len({one.method for one in self.quotes} - {""})),
                ("coder", len({one.quote.coder for one in self.quotes})),
            )
            if number > (noun == "coder")
        )
        return (*counts, (against, "contradicts" if against == 1 else "contradict")) if against else counts

    def by_group(self) -> tuple[CellQuote, ...]:
        """The quotes by stakeholder group, those of no group last; within one in order of source and text."""
        return tuple(sorted(self.quotes, key=lambda one: (not one.group, one.group.casefold())))


def read_cell(project: Project, question: MatrixQuestion, codes: Collection[str], column: str | None) -> CellQuotes:
    """The quotes of the codes (UUIDs) in the column with that key, None for all columns together.

    Raises UserError where the question no longer fits the project. This is a read-only operation.
    """
    with project.reading() as db:
        table = Table(db, question)
        numbers = [code.id for code in table.codes if code.uuid in codes]
        placed = place_quotes(db, table.where, numbers, table.selection.lets_through)
        names = [key for key, _ in table.columns.names]
        wanted = None if column is None else names.index(column) if column in names else len(names)
        kept = [one for one in placed if wanted is None or wanted in table.columns.of_coding(one.place, one.coder)]
        known = _Known(table.where)
        return CellQuotes(tuple(known.about(one) for one in kept), known.group_name)


class _Known:
    """What the attributes say of every place."""

    def __init__(self, where: Whereabouts) -> None:
        self._where = where
        self.group_name = attribute_called(where, GROUP_NAMES)
        dates = [one.name for one in where.attributes.values() if one.type is AttributeType.DATE]
        self._groups = self._values(self.group_name)
        self._methods = self._values(attribute_called(where, METHOD_NAMES))
        self._dates = self._values(dates[0] if dates else "")
        self._permissions = Permissions(where)

    def about(self, placed: Placed) -> CellQuote:
        place = placed.place
        source = self._where.sources[self._where.places[place].source].uuid
        group, method, date = (given[place] if given else "" for given in (self._groups, self._methods, self._dates))
        return CellQuote(placed.quote, source, placed.coding, group, method, date, self._permissions.of(place), placed.contradicts)

    def _values(self, name: str) -> list[str]:
        """Each place's value of an attribute as one text; none without an attribute."""
        return [", ".join(sorted(given)) for given in self._where.values(name)] if name else []


def initials(name: str) -> str:
    """'BT' for 'Baktygul T.'; the name itself where it is one word."""
    words = name.replace(".", " ").split()
    return "".join(word[0] for word in words).upper() if len(words) > 1 else name
