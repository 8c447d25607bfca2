"""What an evaluation says: findings, conclusions, recommendations, lessons and good practices, and what each of them rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qcode.model.identity import uuid_of
from qcode.model.summary import SummaryPlace


class Sort(StrEnum):
    """What a statement is. It stays what it is: so nothing ever rests on itself."""

    FINDING = "finding"
    CONCLUSION = "conclusion"
    RECOMMENDATION = "recommendation"
    LESSON = "lesson learned"
    PRACTICE = "good practice"


class Response(StrEnum):
    """What the office that a recommendation is addressed to answers."""

    OPEN = ""
    ACCEPTED = "accepted"
    PARTLY = "partly accepted"
    REJECTED = "not accepted"


#: The letter before the number of a statement: 'F3' is the third finding.
LETTERS: Mapping[Sort, str] = {
    Sort.FINDING: "F",
    Sort.CONCLUSION: "C",
    Sort.RECOMMENDATION: "R",
    Sort.LESSON: "L",
    Sort.PRACTICE: "G",
}
#: On which other statements one can rest, beside quotes and cells.
RESTS_ON: Mapping[Sort, tuple[Sort, ...]] = {
    Sort.FINDING: (),
    Sort.CONCLUSION: (Sort.FINDING,),
    Sort.RECOMMENDATION: (Sort.CONCLUSION, Sort.FINDING),
    Sort.LESSON: (Sort.FINDING, Sort.CONCLUSION),
    Sort.PRACTICE: (Sort.FINDING, Sort.CONCLUSION),
}
#: The criteria that are offered (OECD-DAC 2019), in their order; a team may use any other words.
CRITERIA = ("Relevance", "Coherence", "Effectiveness", "Efficiency", "Impact", "Sustainability")
#: The fields that only some sorts have, with what they are called.
FIELDS: Mapping[str, str] = {
    "differences": "Differences and similarities between countries",
    "unit": "Responsible unit",
    "addressed": "Addressed to",
    "priority": "Priority",
    "time": "Time implication",
    "resources": "Resource implication",
    "response": "Response",
    "reply": "Response in words",
    "follow_up": "Follow-up",
    "context": "Context and conditions",
    "users": "Targeted users and beneficiaries",
    "challenges": "Challenges, negative lessons and their causes",
    "success": "Successes, positive issues and their causes",
    "administrative": "Administrative issues",
    "cause": "Cause-effect relationship",
    "impact": "Measurable impact and targeted beneficiaries",
    "replication": "Potential for replication, and by whom",
    "goals": "Upward links to higher goals",
    "comments": "Other documents or comments",
}
_OF_RECOMMENDATIONS = ("unit", "addressed", "priority", "time", "resources", "response", "reply", "follow_up")
FIELDS_OF: Mapping[Sort, tuple[str, ...]] = {
    Sort.FINDING: ("differences",),
    Sort.CONCLUSION: (),
    Sort.RECOMMENDATION: _OF_RECOMMENDATIONS,
    Sort.LESSON: ("context", "users", "challenges", "success", "administrative"),
    Sort.PRACTICE: ("context", "cause", "impact", "replication", "goals", "comments"),
}
_NOWHERE = SummaryPlace()
#: The columns of a table of statements, as it is written and read; the last six are only written.
STATEMENT_COLUMNS = (
    *("id", "number", "sort", "criterion", "question", "text", "status"),
    *FIELDS,
    *("rests on", "quotes", "cells", "author", "date", "reviewer", "evidence", "changed", "warnings"),
)


@dataclass(frozen=True, slots=True, order=True)
class Ground:
    """One thing a statement rests on: another statement or a coding, by its UUID, or a cell of a matrix; the others are empty."""

    statement: str = ""
    coding: str = ""
    cell: SummaryPlace = _NOWHERE

    def uuid_for(self, statement: str) -> str:
        """The UUID of the row that says that a statement rests on this: the same in every copy."""
        return uuid_of("grounds", statement, self.statement, self.coding, self.cell.written)
