"""Where summaries stand, by the names people use and by the columns of a matrix."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from qcode.errors import UserError
from qcode.model.case import canonical
from qcode.model.identity import uuid_of
from qcode.model.summary import SummaryPlace
from qcode.store.codes import read_codes
from qcode.store.names import Names, nearest
from qcode.views.whereabouts import LANGUAGE, Whereabouts

if TYPE_CHECKING:
    from qcode.store.connection import Connection

CASE_COLUMNS = re.compile(r"case(?::(\d{1,3}))?")
#: What the attribute is that sources have without anybody making it.
LANGUAGE_KEY = uuid_of("attributes", LANGUAGE)


def column_of(where: Whereabouts, by: str, key: str) -> SummaryPlace | None:
    """The column of a matrix, asked for `by` ('case:1', 'source', an attribute), that has `key`; None where no summary can stand in it."""
    if CASE_COLUMNS.fullmatch(by):
        return SummaryPlace(case=where.cases[int(key)].uuid)
    if by == "source":
        return SummaryPlace(source=where.sources[int(key)].uuid)
    if by == "coder":
        return None
    attribute = where.attributes.get(by.casefold())
    return SummaryPlace(attribute=attribute.uuid if attribute else LANGUAGE_KEY, value=key)


class PlaceNames:
    """From names to places and back, as one connection sees them."""

    def __init__(self, db: Connection, where: Whereabouts | None = None) -> None:
        self._db = db
        self.where = where or Whereabouts(db)

    def place(self, row: str, column: str, columns: str = "case") -> SummaryPlace:
        """The cell of a code (path or name; '' for the synthesis of a column) and of a column by its name ('' for that of a row), which
        is a case, a source or a value of an attribute, as `columns` says. Raises UserError for what is not there."""
        if not (row.strip() or column.strip()):
            raise UserError("Neither a row nor a column is named: give a code, a column, or both.")
        code = self._names.codes.uuid(row) if row.strip() else ""
        at = self._column(column, columns) if column.strip() else SummaryPlace()
        return SummaryPlace(code, at.case, at.source, at.attribute, at.value)

    def row_of(self, place: SummaryPlace) -> str:
        """The path of the code, '' for the synthesis of a column."""
        return self._codes.get(place.code, "")

    def column_of(self, place: SummaryPlace) -> str:
        """The name of the column, '' for the synthesis of a row."""
        if place.case:
            return self._cases.get(place.case, "")
        if place.source:
            return self._sources.get(place.source, "")
        return place.value

    def columns_of(self, place: SummaryPlace) -> str:
        """What the column is one of: 'case', 'source' or the name of the attribute; '' for the synthesis of a row."""
        if place.case or place.source:
            return "case" if place.case else "source"
        return self._attributes.get(place.attribute, LANGUAGE if place.attribute == LANGUAGE_KEY else "")

    def title_of(self, place: SummaryPlace) -> str:
        """The cell in words: 'Staff turnover × Kyrgyzstan'."""
        row = self.row_of(place).rpartition(" > ")[2] or "All codes"
        return f"{row} × {self.column_of(place) or 'all columns'}"

    def _column(self, column: str, columns: str) -> SummaryPlace:
        levels = {name.casefold() for name in self.where.level_names.values()}
        is_attribute = columns.casefold() in self.where.attributes
        if CASE_COLUMNS.fullmatch(columns) or (columns.casefold() in levels and not is_attribute):
            return SummaryPlace(case=self._names.cases.uuid(column))
        if columns == "source":
            return SummaryPlace(source=self._names.source(column).uuid)
        if columns == "coder":
            raise UserError("No summary is written about the codings of one coder: choose cases, sources or an attribute for the columns.")
        values = {value for given in self.where.values(columns) for value in given}
        attribute = self.where.attributes.get(columns.casefold())
        if attribute:
            values |= self.where.given_values(attribute)
        stored = (canonical(column.strip(), attribute.type) if attribute else None) or column.strip()
        found = next((value for value in sorted(values) if value.casefold() == stored.casefold()), None)
        if found is None:
            raise UserError(f"Nothing has '{columns}' = '{column}'{nearest(column, sorted(values))}.")
        return SummaryPlace(attribute=attribute.uuid if attribute else LANGUAGE_KEY, value=found)

    @cached_property
    def _names(self) -> Names:
        return Names(self._db)

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {code.uuid: code.path for code in read_codes(self._db)}

    @cached_property
    def _cases(self) -> dict[str, str]:
        """The names of the cases, and the paths of those whose name several have."""
        names = [case.name for case in self.where.cases.values()]
        return {case.uuid: case.name if names.count(case.name) == 1 else case.path for case in self.where.cases.values()}

    @cached_property
    def _sources(self) -> dict[str, str]:
        return {source.uuid: source.name for source in self.where.sources.values()}

    @cached_property
    def _attributes(self) -> dict[str, str]:
        return {attribute.uuid: attribute.name for attribute in self.where.attributes.values()}
