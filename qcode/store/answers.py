"""Who made which code, and what was answered about codes that may be the same."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import product

from qcode.merge.history import OperationId, Sessions
from qcode.merge.oneness import Oneness
from qcode.store.joined import read_oneness
from qcode.store.journal import read_sessions

_MADE = (
    "SELECT c.row_uuid, s.uuid, o.seq, o.coder FROM row_changes c JOIN operations o ON o.id = c.operation_id "
    "JOIN sessions s ON s.id = o.session_id WHERE c.table_name = 'codes' AND c.before IS NULL "
    "ORDER BY o.clock DESC, s.uuid DESC, o.seq DESC"
)


@dataclass(frozen=True)
class Makers:
    """By which operation, and by whom, each code was first made, and which codes are one."""

    made: dict[str, tuple[OperationId, str]]
    sessions: Sessions
    one: Oneness

    def of(self, code: str) -> str:
        """The name of who made a code, '' if unknown."""
        return self.made[code][1] if code in self.made else ""

    def knew(self, one: str, other: str) -> bool:
        """Whether whoever made one of two codes knew of the other, or of one that is one with it."""
        return any(self._knew(*pair) for pair in product(self.one.members("codes", one), self.one.members("codes", other)))

    def _knew(self, one: str, other: str) -> bool:
        if one not in self.made or other not in self.made:
            return True
        first, second = self.made[one][0], self.made[other][0]
        return first == second or self.sessions.saw(first, second) or self.sessions.saw(second, first)


def makers_of_codes(db: sqlite3.Connection) -> Makers:
    """The makers of all codes that were ever made."""
    made = {row: ((session, seq), coder) for row, session, seq, coder in db.execute(_MADE)}
    return Makers(made, read_sessions(db), read_oneness(db))


def answered_pairs(db: sqlite3.Connection) -> set[frozenset[str]]:
    """The pairs of codes about which somebody has said whether they are the same."""
    return {frozenset(pair) for pair in db.execute("SELECT one, other FROM answers WHERE question = 'same code'")}
