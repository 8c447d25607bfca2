"""What an act changed, for whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class RowSet:
    """UUIDs of rows of one table that an act made, changed or removed, in the order it did."""

    inserted: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Changes:
    """One committed act: what was done, and which rows of which tables it touched.

    `kind` is the act's name in the program ('apply code', 'undo'), `label` the same in words for the history. `operation` is its
    number in this file, 0 when nothing changed and so nothing was written.
    """

    kind: str
    label: str
    operation: int = 0
    rows: dict[str, RowSet] = field(default_factory=dict)

    def of(self, table: str) -> RowSet:
        """The rows of `table` the act touched; empty when it touched none."""
        return self.rows.get(table) or RowSet()

    def note(self, table: str) -> RowSet:
        """The row set of `table`, to be added to."""
        return self.rows.setdefault(table, RowSet())


@dataclass(frozen=True, slots=True)
class Unsaved:
    """An act that could not be written: what it is called, why not, in a sentence, and what does it again.

    `again` raises NotSaved when that cannot be written either, and UserError when it no longer fits what the project is by then.
    """

    label: str
    reason: str
    again: Callable[[], object]
