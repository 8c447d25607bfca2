"""What was decided in a plan, brought over to a plan made anew. It knows neither Qt nor the project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from qcode.merge.content import Reason
from qcode.model.merging import Conflict, Decision, Question, Said

Place = tuple[str, str, str, str, str]
_DELETED = (Reason.EDITED, Reason.USED)


class Fate(StrEnum):
    """What became of a decision whose conflict is another one by now."""

    #: The words written for it stay, beside a value nobody had looked at when they were written.
    WORDS = "words"
    #: The value that was chosen stays, likewise.
    CHOICE = "choice"
    #: The value that was chosen is not among the values any more.
    GONE = "gone"
    #: There is nothing in dispute any more.
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Carried:
    """A decision that somebody has to look at: its conflict as it is now (as it was, where it is settled), and the values that are new."""

    fate: Fate
    conflict: Conflict
    decision: Decision
    news: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Carrying:
    """What has to be said of a plan made anew: the decisions to look at, and the questions that were answered and are asked no more."""

    carried: tuple[Carried, ...] = ()
    unasked: tuple[Question, ...] = ()

    def of(self, *fates: Fate) -> list[Carried]:
        """The decisions that came to one of these."""
        return [one for one in self.carried if one.fate in fates]


def place_of(conflict: Conflict) -> Place:
    """What a conflict is about, whatever values it has: the same in every plan, unlike its ID."""
    kind = Reason.EDITED.value if conflict.kind in _DELETED else conflict.kind
    return (kind, conflict.table, conflict.row, conflict.field, conflict.partner)


def brought_over(before: Conflict, decision: Decision, now: Conflict | None, takes_words: bool) -> tuple[Decision | None, Carried | None]:
    """The decision for the conflict as it is `now` (None: nothing is in dispute), and what has to be said of it, if anything.

    Words stay whatever the values are. A value stays chosen as long as it is among them.
    """
    if now is None or (decision.text is not None and not takes_words):
        return None, Carried(Fate.SETTLED, before, decision)
    known = {_value(said) for said in before.values}
    news = tuple(said for said in now.values if _value(said) not in known)
    if decision.text is not None:
        kept = Decision(now.id, None, decision.text)
        return kept, Carried(Fate.WORDS, now, kept, news) if news else None
    number = _number_of(before.values[decision.take or 0], now.values)
    if number is None:
        return None, Carried(Fate.GONE, now, decision, news)
    kept = Decision(now.id, number)
    return kept, Carried(Fate.CHOICE, now, kept, news) if news else None


def _number_of(chosen: Said, values: Iterable[Said]) -> int | None:
    """Which of the values is the one chosen; that of the same person, where two gave it."""
    found = [(said.coder != chosen.coder, number) for number, said in enumerate(values) if _value(said) == _value(chosen)]
    return min(found)[1] if found else None


def _value(said: Said) -> tuple[object, ...]:
    return (said.value, *said.group)
