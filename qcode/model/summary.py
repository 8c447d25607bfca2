"""Written summaries of the cells of a matrix: where one stands, how far it is, and why a cell has none."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from enum import StrEnum

from qcode.model.identity import uuid_of


class Status(StrEnum):
    """How far a summary is. That it is stale is no status: it is worked out each time."""

    DRAFT = "draft"
    REVIEWED = "reviewed"


#: Reasons for an empty cell that are offered; any other words will do.
EMPTY_REASONS = ("not asked", "asked, nothing said", "not applicable", "no data")

#: The columns of a table of summaries, as it is written and read. `columns` says what a column is one of; the last four are only written.
SUMMARY_COLUMNS = ("row", "column", "columns", "text", "status", "empty", "author", "date", "reviewer", "stale")


@dataclass(frozen=True, slots=True, order=True)
class SummaryPlace:
    """The cell a summary is of, by what stands at its row and column, as UUIDs.

    The row is a code, or '' for the synthesis of a column. The column is a case, a source, or an attribute with a value of it, and none
    of them for the synthesis of a row.
    """

    code: str = ""
    case: str = ""
    source: str = ""
    attribute: str = ""
    value: str = ""

    @property
    def uuid(self) -> str:
        """The UUID of the summary there: the same in every copy."""
        return uuid_of("summaries", self.code, self.case, self.source, self.attribute, self.value)

    @property
    def column(self) -> SummaryPlace:
        """The column alone: where its synthesis stands; all '' for the synthesis of a row."""
        return SummaryPlace("", self.case, self.source, self.attribute, self.value)

    @property
    def written(self) -> str:
        """The place as one text: a JSON list of code, case, source, attribute and value; '' for none."""
        return "" if self == SummaryPlace() else json.dumps(astuple(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, written: str) -> SummaryPlace:
        """The place that `written` gave. Raises ValueError for any other text."""
        ends = json.loads(written) if written else ["", "", "", "", ""]
        if not isinstance(ends, list) or [*map(type, ends)] != [str] * 5:
            raise ValueError(written)
        return cls(*ends)
