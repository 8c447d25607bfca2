"""Decisions on places where two coders differ, and the layer that holds what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: What the layer is called where coders are named. Nobody else may be called so, in whatever letters.
AGREED = "agreed"


class Outcome(StrEnum):
    """What was decided of a difference: the first coder's passages, the second's, all of them, none, or another passage."""

    FIRST = "first"
    SECOND = "second"
    BOTH = "both"
    NEITHER = "neither"
    NEW = "new"

    @property
    def turned(self) -> Outcome:
        """The same outcome with the two coders named the other way round."""
        return {Outcome.FIRST: Outcome.SECOND, Outcome.SECOND: Outcome.FIRST}.get(self, self)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one difference, by whom and why. `span` is the passage that was chosen for it where `outcome` is NEW, else
    where the difference lies (code points)."""

    outcome: Outcome
    reason: str
    coder: str
    span: tuple[int, int]
