"""Whether a summary still says what its cell says, and if not, exactly why: worked out from what its writer saw, never stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from enum import StrEnum
from typing import NamedTuple

from qcode.synthesis.evidence import Evidence, Seen


class Why(StrEnum):
    """What happened to a coding since the summary was written or last reviewed."""

    REMOVED = "removed"
    RECODED = "recoded"
    MOVED = "moved to other cases"
    EDITED = "its words were changed"
    REREAD = "the text of its source was changed"
    NEW = "new"
    UNKNOWN = "what it rests on cannot be read"


_ORDER = {why: number for number, why in enumerate(Why)}


class Stale(NamedTuple):
    """One reason why a summary is stale: what happened, to which coding (a UUID, '' for UNKNOWN), and whether the summary names it.

    `now` is how the coding stands now, None where it is gone.
    """

    why: Why
    coding: str
    cited: bool
    now: Seen | None


def staleness(
    seen: Evidence | None, now: Evidence, cited: Collection[str], words_of: Callable[[Seen], str]
) -> tuple[Stale, ...]:
    """Why a summary is stale, those it names first, in order of UUID; empty while it is fresh.

    `seen` are the codings of the cell, and those cited from elsewhere, as the writer saw them (None where that cannot be read); `now` are
    the codings that stand in the cell now, and those of `seen` that are there at all. `words_of` gives the words a coding had or has.
    """
    if seen is None:
        return (Stale(Why.UNKNOWN, "", False, None),)
    if seen == now:
        return ()
    found = [Stale(why, key, key in cited, now.get(key)) for key, old in seen.items() for why in _changes(old, now.get(key), words_of)]
    found += [Stale(Why.NEW, key, False, now[key]) for key in now.keys() - seen.keys()]
    return tuple(sorted(found, key=lambda one: (not one.cited, one.why is Why.NEW, one.coding, _ORDER[one.why])))


def _changes(old: Seen, new: Seen | None, words_of: Callable[[Seen], str]) -> Iterator[Why]:
    """What happened to one coding; where it stands under another code, its cases say nothing more of the cell."""
    if new is None:
        yield Why.REMOVED
        return
    if new.code != old.code:
        yield Why.RECODED
    elif new.cases != old.cases:
        yield Why.MOVED
    place, before = (new.start, new.end), (old.start, old.end)
    if new.text == old.text:
        if place != before:
            yield Why.EDITED
    elif words_of(new) != words_of(old):
        yield Why.EDITED
    else:
        yield Why.REREAD
