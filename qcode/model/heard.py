"""Who was heard: people and groups of people, and what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qcode.model.case import COUNT_NAMES

#: What attributes are called, in small letters, that say whether one person is a woman or a man; the first there is counts.
GENDER_NAMES = ("gender", "sex")
#: Values of such an attribute, in small letters and the languages people write here. Any other is a gender nobody counts as either.
WOMAN = frozenset(("woman", "women", "female", "f", "w", "femme", "mujer", "женщина", "жен", "ж", "аял", "әйел", "ayol", "zan"))
MAN = frozenset(("man", "men", "male", "m", "homme", "hombre", "мужчина", "муж", "м", "эркек", "ер", "erkak", "mard"))
#: Values of the method, in small letters, with which nobody is heard.
WRITTEN = frozenset(("document", "documents", "document review", "desk review", "desk study", "report", "literature"))


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody who was heard, alone or as a group. `sources` are keys of this file. `country`, `group` and `method` are '' where
    nobody said them; `method` has several, in order, where there are. With `is_assumed` nobody said how many people it is: it counts as
    one."""

    name: str
    country: str
    group: str
    methods: tuple[str, ...]
    sources: frozenset[int]
    people: int
    women: int
    men: int
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were heard: partners to talk with, the sources of that, and people, of whom some are known to be women or men."""

    partners: int = 0
    sources: int = 0
    people: int = 0
    women: int = 0
    men: int = 0

    @property
    def unsaid(self) -> int:
        """The people of whom nobody said whether they are women or men."""
        return self.people - self.women - self.men


def tally(partners: Sequence[Partner]) -> Tally:
    """All of them together, each source counted once."""
    sources = {source for partner in partners for source in partner.sources}
    people, women, men = (sum(getattr(one, name) for one in partners) for name in COUNT_NAMES)
    return Tally(len(partners), len(sources), people, women, men)
