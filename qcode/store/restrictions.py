"""What may not be done in a copy that was handed out with its codebook locked, or without what others coded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from qcode.errors import UserError
from qcode.store.schema import Values
from qcode.store.settings import BLIND, CODEBOOK_LOCKED, read_setting

_BY_CODERS = frozenset(("codings", "readings", "decisions"))
_BY_ALL = {"summaries": "a summary", "statements": "a finding", "grounds": "a finding"}
#: The tables an act has to ask about before it writes to them.
GUARDED = _BY_CODERS | {"codes"} | _BY_ALL.keys()


@dataclass(frozen=True, slots=True)
class Restrictions:
    """Whether codes stay as they are, and the one coder (a UUID) in whose name people may code and read, '' for no matter whose."""

    locked: bool
    coder: str

    @classmethod
    def of(cls, db: sqlite3.Connection) -> Self:
        """The restrictions of the copy that `db` has open."""
        return cls(bool(read_setting(db, CODEBOOK_LOCKED)), read_setting(db, BLIND))

    def insist(self, table: str, rows: Iterable[Values] = ()) -> None:
        """Raise UserError when an act must not write such values to rows of a table."""
        if self.locked and table == "codes":
            raise UserError(
                "The codebook is locked in this copy, so no code was made, changed or removed: say what it lacks in a memo and hand it in."
            )
        if self.coder and table in _BY_ALL:
            raise UserError(
                f"This copy was handed out without the work of the others, and {_BY_ALL[table]} rests on everybody's codings: write it in "
                "the whole project."
            )
        if self.coder and table in _BY_CODERS and any(values.get("coder", self.coder) != self.coder for values in rows):
            raise UserError(
                "This copy was handed out to one coder without the work of the others, so nothing is coded or read in another's name here: "
                "set that coder again, or ask for a copy of your own."
            )
