"""Who made which code, and what was answered about codes that may be the same."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from qcode.merge.history import OperationId, Sessions
from qcode.store.journal import read_sessions

_MADE = (
    "SELECT c.row_uuid, s.uuid, o.seq, o.coder FROM row_changes c JOIN operations o ON o.id = c.operation_id "
    "JOIN sessions s ON s.id = o.session_id WHERE c.table_name = 'codes' AND c.before IS NULL "
    "ORDER BY o.clock DESC, s.uuid DESC, o.seq DESC"
)


@dataclass(frozen=True)
class Makers:
    """By which operation, and by whom, each code was first made."""

    made: dict[str, tuple[OperationId, str]]
    sessions: Sessions

    def of(self, code: str) -> str:
        """The name of who made a code, '' if unknown."""
        return self.made[code][1] if code in self.made else ""

    def knew(self, one: str, other: str) -> bool:
        """Whether whoever made one of two codes knew of the other."""
        if one not in self.made or other not in self.made:
            return True
        first, second = self.made[one][0], self.made[other][0]
        return first == second or self.sessions.saw(first, second) or self.sessions.saw(second, first)


def makers_of_codes(db: sqlite3.Connection) -> Makers:
    """The makers of all codes that were ever made."""
    made = {row: ((session, seq), coder) for row, session, seq, coder in db.execute(_MADE)}
    return Makers(made, read_sessions(db))


def answered_pairs(db: sqlite3.Connection) -> set[frozenset[str]]:
    """The pairs of codes about which somebody has said whether they are the same."""
    return {frozenset(pair) for pair in db.execute("SELECT one, other FROM answers WHERE question = 'same code'")}
