"""Who has read what: the difference between 'nothing found' and 'not yet read'."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReadingStatus(StrEnum):
    """How far a coder is with a source."""

    UNREAD = "unread"
    READING = "reading"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Reading:
    """A coder's status on a source, and the UUIDs of the codes there were when it was set."""

    coder: str
    source: str
    status: ReadingStatus
    knew: frozenset[str]
