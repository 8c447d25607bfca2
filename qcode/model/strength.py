"""Evidence strength as values: the rule a team holds to, what a cell rests on, and the level the rule gives it."""

from __future__ import annotations

from dataclasses import dataclass

#: What attributes are called, in small letters, that say how a source was come by, and which group speaks; the first there is counts.
METHOD_NAMES = ("method", "data collection method")
KIND_NAMES = (*METHOD_NAMES, "kind", "source kind")
GROUP_NAMES = ("stakeholder group", "stakeholder", "group", "actor type", "respondent group")


@dataclass(frozen=True, slots=True)
class Level:
    """One level: what it asks for at least, and whether a quote may speak against it (`contradicted`)."""

    name: str
    sources: int = 1
    kinds: int = 0
    groups: int = 0
    cases: int = 0
    contradicted: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Levels from the strongest to the weakest, of which a cell gets the first it meets.

    `contested` is the word for a cell with quotes against it that no level lets stand, `short` for one without that meets none.
    `kind_names` and `group_names` are attributes, the first that the project has counts.
    """

    levels: tuple[Level, ...]
    contested: str = "contested"
    short: str = "none"
    kind_names: tuple[str, ...] = KIND_NAMES
    group_names: tuple[str, ...] = GROUP_NAMES

    @property
    def names(self) -> tuple[str, ...]:
        """The words from 'contested', which is rank 1, over the weakest level to the strongest."""
        return (self.contested, *(level.name for level in reversed(self.levels)))


PRESET = Rule((Level("strong", sources=3, kinds=2, groups=2), Level("moderate", sources=2), Level("weak", sources=1)))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a cell rests on, each counted once. `kinds` and `groups` are None where the project has no attribute that says them;
    `against` counts the quotes that were marked as contradicting."""

    quotes: int
    sources: int
    cases: int
    kinds: int | None
    groups: int | None
    against: int


@dataclass(frozen=True, slots=True)
class Strength:
    """The level a rule gives to the evidence. `rank` is 1 for contested, 2 for the weakest level and so on; 0 where no level is met."""

    level: str
    rank: int
    evidence: Evidence
    rule: Rule
