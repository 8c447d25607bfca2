"""What the agreement screen asks for, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.agreement.units import Unit
from qcode.views.adjudication import AgreementChoices, Point
from qcode.views.agreement import AgreementQuestion, Measured


@dataclass(frozen=True, slots=True)
class Asked:
    """`coders` are those the figures are about, two at least (none: the two who finished most together); `sides` the two of them whose
    codings stand beside the text. `code` is a path, '' for all codes."""

    coders: tuple[str, ...] = ()
    sides: tuple[str, str] = ("", "")
    unit: Unit = Unit.SENTENCE
    code: str = ""

    @property
    def question(self) -> AgreementQuestion:
        """The question after the figures."""
        return AgreementQuestion(self.coders, self.unit, self.code)

    @property
    def between_sides(self) -> AgreementQuestion:
        """The question after the differences."""
        return AgreementQuestion(self.sides, self.unit, self.code)


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything for one question, of one moment. `waiting` passages are alike and not in the layer yet. `silence` says why there are
    no figures, '' where there are."""

    asked: Asked
    choices: AgreementChoices
    measured: Measured | None = None
    points: tuple[Point, ...] = ()
    waiting: int = 0
    silence: str = ""


@dataclass(frozen=True, slots=True)
class Relisted:
    """The differences as they are after a decision: those of `sources` (UUIDs) alone, or all where `sources` is empty; only then it is
    known how many passages are `waiting`."""

    points: tuple[Point, ...]
    sources: frozenset[str] = frozenset()
    waiting: int = 0

    def put_into(self, before: tuple[Point, ...]) -> tuple[Point, ...]:
        """All differences, those of the sources in the place of what stood there before."""
        if not self.sources:
            return self.points
        of: dict[str, list[Point]] = {}
        for point in self.points:
            of.setdefault(point.disagreement.source.uuid, []).append(point)
        found: list[Point] = []
        for point in before:
            source = point.disagreement.source.uuid
            found.extend([point] if source not in self.sources else of.pop(source, ()))
        return tuple(found)


def fitting(asked: Asked, choices: AgreementChoices) -> Asked:
    """The question without what the project does not have (any longer)."""
    coders = tuple(name for name in choices.coders if name in asked.coders)
    if len(coders) < 2:
        coders = choices.best if choices.best[0] else ()
    sides = asked.sides
    if len(coders) > 1 and (sides[0] == sides[1] or not set(sides) <= set(coders)):
        sides = coders[0], coders[1]
    return Asked(coders, sides, asked.unit, asked.code if asked.code in choices.codes else "")
