"""Columns of a table that mean nothing here: said, never silently passed over."""

from __future__ import annotations

from collections.abc import Iterable

from qcode.model.outcome import Outcome
from qcode.model.table import Table


def name_unused(outcome: Outcome, table: Table, known: Iterable[str]) -> None:
    """Note every column of `table` that is not among `known`."""
    outcome.notes.extend(f"{table.name}: the column '{column}' was not used." for column in table.unknown(known))
