"""Statements, quotes and cells by the names people use for them, and back."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from qcode.errors import UserError
from qcode.model.identity import short_letters
from qcode.model.statement import Ground
from qcode.model.summary import SummaryPlace
from qcode.store.names import nearest
from qcode.store.statements import read_grounds, read_statements
from qcode.store.summaries import codings_by_id, short_ids
from qcode.views.statements import numbered
from qcode.views.summary_places import LANGUAGE_KEY, PlaceNames
from qcode.views.whereabouts import LANGUAGE, Whereabouts

if TYPE_CHECKING:
    from qcode.store.connection import Connection

_BETWEEN = " × "
_ALL = ("all codes", "all columns", "")
_SHOWN = 20


class StatementNames:
    """From names to what they mean and back, as one connection sees it."""

    def __init__(self, db: Connection, where: Whereabouts | None = None) -> None:
        self._db = db
        self.numbers = numbered(read_statements(db))
        self._by_name = {name.casefold(): one.uuid for number, one in self.numbers.items() for name in (number, short_letters(one.uuid))}
        self._where = where

    def statement(self, name: str) -> str:
        """The UUID of the statement with a number ('F3') or an ID. Raises UserError where there is none."""
        found = self._by_name.get(name.strip().casefold())
        if found is None:
            known = ", ".join([*self.numbers][:_SHOWN]) or "none"
            raise UserError(f"There is no finding '{name.strip()[:40]}': use a number of the list, or an ID ({known}).")
        return found

    def quote(self, name: str) -> Ground:
        """The quote with a short ID, with or without '#'. Raises UserError where there is none."""
        wanted = name.strip().removeprefix("#")
        found = codings_by_id(self._db, [wanted]).get(wanted)
        if found is None:
            raise UserError(f"There is no quote '{wanted[:60]}'{nearest(wanted, self._linked)}: quotes are listed with 'qcode quotes'.")
        return Ground(coding=found)

    def cell(self, row: str, column: str, columns: str = "case") -> Ground:
        """The cell of a code and a column; see `PlaceNames.place`."""
        return Ground(cell=self.places.place(row, column, columns))

    def written_cell(self, written: str) -> Ground:
        """The cell that `cell_words` wrote. Raises UserError for what is none."""
        row, between, column = written.strip().rpartition(_BETWEEN.strip())
        if not between:
            raise UserError(f"'{written.strip()[:80]}' is no cell: write it as 'Code × Column', such as 'Staff turnover × Kyrgyzstan'.")
        names = ["" if one.strip().casefold() in _ALL else one.strip() for one in (row, column)]
        by, sign, value = names[1].partition("=")
        if sign and by.strip().casefold() in (*self.places.where.attributes, "source", LANGUAGE):
            return self.cell(names[0], value.strip(), by.strip())
        return self.cell(names[0], names[1])

    def cell_words(self, cell: SummaryPlace) -> str:
        """A cell as a table names it: 'Constraints > Staff turnover × Kyrgyzstan', '… × group=Union'; '' for one that is gone."""
        row, column = self.places.row_of(cell), self.places.column_of(cell)
        by = self.places.columns_of(cell)
        has_column = bool(cell.case or cell.source or cell.attribute)
        if (cell.code and not row) or (has_column and not (column and by)) or (cell.attribute == LANGUAGE_KEY and not column):
            return ""
        named = column if by in ("case", "") else f"{by}={column}"
        return f"{row or 'All codes'}{_BETWEEN}{named or 'all columns'}"

    @cached_property
    def places(self) -> PlaceNames:
        """What codes and columns are called."""
        return PlaceNames(self._db, self._where)

    @cached_property
    def _linked(self) -> list[str]:
        """The short IDs that findings rest on already: what a mistyped one most likely means."""
        keys = {one.ground.coding for one in read_grounds(self._db)} - {""}
        return sorted(short_ids(self._db, keys).values())
