"""What settling gives: rows, what was done to them so that they fit together, and what a person should look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from qcode.merge.history import OperationId
from qcode.merge.lines import Values

#: For each table, its fields that refer to another row, with the table of that row.
References = Mapping[str, Mapping[str, str]]


class Reason(StrEnum):
    """Why a row is listed."""

    CONFLICT = "two values"
    EDITED = "deleted here, edited there"
    USED = "deleted here, used there"
    MISSING = "used, but never made"
    WAITING = "waits for what it refers to"
    CUT = "stood below itself"
    RENAMED = "another has its name"
    RELABELLED = "another has its label"
    FOLDED = "the same coding twice"
    LENGTHENED = "another has its ID"
    MOVED = "its words were edited"
    RETYPED = "a value is not of its type"


class Listed(NamedTuple):
    """Something a person should look at: a row, of a conflict or a mend the field it is about, the operations or the partner it comes
    from."""

    reason: Reason
    table: str
    row: str
    field: str = ""
    operations: tuple[OperationId, ...] = ()
    partner: str = ""


class Mend(NamedTuple):
    """What the tables have otherwise than the journal by itself says. `raw` are the journal's values of the fields concerned, all of
    them for a row that was folded into `partner`, none for a row that is there only because it is used, or waits."""

    reason: Reason
    table: str
    row: str
    partner: str
    raw: Values


@dataclass(frozen=True)
class Content:
    """Rows by table and UUID, mends, and what is listed, in an order that depends on the set of operations alone."""

    tables: dict[str, dict[str, Values]]
    listed: list[Listed] = field(default_factory=list)
    mends: list[Mend] = field(default_factory=list)
