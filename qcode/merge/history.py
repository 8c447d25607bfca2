"""Which operation knew of which, and which of them count.

An operation is named by `(session, seq)`. A session's operations follow one another; its `heads` are the operations it continues.
The state of a project is a function of the set of operations alone, never of the order in which files met.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

OperationId = tuple[str, int]
#: Where an act stands in the one order that every copy agrees on: its clock, then its name.
Rank = tuple[int, str, int]


@dataclass(frozen=True, slots=True)
class Operation:
    """One act as merging sees it: its name, its logical time, and the act it takes back if it is an undo."""

    session: str
    seq: int
    clock: int
    undoes: OperationId | None = None

    @property
    def id(self) -> OperationId:
        """The name of the act in every copy of the project."""
        return (self.session, self.seq)

    @property
    def rank(self) -> Rank:
        """Where the act stands in the one order that every copy agrees on."""
        return (self.clock, self.session, self.seq)


class Sessions:
    """What each session knew when it began; computed once from the heads and kept."""

    def __init__(self, heads: Mapping[str, Sequence[OperationId]]) -> None:
        self._heads = heads
        self._known: dict[str, dict[str, int]] = {}

    def known_to(self, session: str) -> dict[str, int]:
        """For each other session the greatest seq that `session` knew when it began."""
        waiting = [session]
        begun: set[str] = set()
        while waiting:
            current = waiting[-1]
            # A session met again on the way down would have to continue itself: a damaged file must not keep us here for ever.
            begun.add(current)
            missing = [head for head, _ in self._heads.get(current, ()) if head not in self._known and head not in begun]
            if missing:
                waiting.extend(missing)
                continue
            waiting.pop()
            self._known.setdefault(current, self._union(current))
        return self._known[session]

    def anybody_went_on_from(self, earlier: OperationId, without: Collection[OperationId]) -> bool:
        """Whether a session began in the knowledge of an operation, and neither with nor in the knowledge of one of `without`."""
        return any(
            self.saw((session, 1), earlier) and not any(one == (session, 1) or self.saw((session, 1), one) for one in without)
            for session in self._heads
            if session != earlier[0]
        )

    def _union(self, session: str) -> dict[str, int]:
        known: dict[str, int] = {}
        for head, seq in self._heads.get(session, ()):
            for other, greatest in ((head, seq), *self._known.get(head, {}).items()):
                known[other] = max(known.get(other, 0), greatest)
        return known

    def saw(self, later: OperationId, earlier: OperationId) -> bool:
        """Whether the maker of `later` knew of `earlier`."""
        if later[0] == earlier[0]:
            return later[1] > earlier[1]
        return self.known_to(later[0]).get(earlier[0], 0) >= earlier[1]


def heads_of(last: Mapping[str, int], sessions: Sessions) -> list[OperationId]:
    """The operations that a new session continues: each session's last one unless another session already knew it."""
    known: dict[str, int] = {}
    for session in last:
        for other, seq in sessions.known_to(session).items():
            known[other] = max(known.get(other, 0), seq)
    return sorted((session, seq) for session, seq in last.items() if known.get(session, 0) < seq)


def undone(operations: Iterable[Operation]) -> set[OperationId]:
    """The operations that an active undo names. An undo of an undo makes the first act count again."""
    taken_back: set[OperationId] = set()
    undos = [operation for operation in operations if operation.undoes is not None]
    for undo in sorted(undos, key=lambda operation: operation.rank, reverse=True):
        if undo.id not in taken_back and undo.undoes is not None:
            taken_back.add(undo.undoes)
    return taken_back
