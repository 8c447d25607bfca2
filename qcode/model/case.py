"""Whom or what the sources are about: countries, institutions, people, groups, with what is known of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AttributeType(StrEnum):
    """What the values of an attribute are. A count (people, women, men) belongs to one case and is not handed down."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes/no"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Attribute:
    """A typed property of cases and sources, such as stakeholder group or permission to quote. `id` is its key in this file only."""

    id: int
    uuid: str
    name: str
    type: AttributeType


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `path` are the names from the top, `depth` is 1 at the top. `id` is its key in this file only."""

    id: int
    uuid: str
    name: str
    path: str
    depth: int
    parent: str | None


#: The type of the row that names a level of the cases ('case level 1' for the top): an attribute whose values are the cases themselves.
LEVEL_TYPES = tuple(f"case level {depth}" for depth in range(1, 10))

#: Attributes that say how many people a group stands for.
COUNT_NAMES = ("people", "women", "men")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_WHOLE = re.compile(r"\d+")
_YES = {"yes", "true", "да", "oui"}
_NO = {"no", "false", "нет", "non"}


def type_of(name: str, values: list[str]) -> AttributeType:
    """The type that fits the name and all values that are not empty."""
    given = [value for value in values if value]
    if name.casefold() in COUNT_NAMES and all(_WHOLE.fullmatch(value) for value in given):
        return AttributeType.COUNT
    for kind in (AttributeType.YES_NO, AttributeType.NUMBER, AttributeType.DATE):
        if given and all(canonical(value, kind) is not None for value in given):
            return kind
    return AttributeType.TEXT


def canonical(value: str, kind: AttributeType) -> str | None:
    """`value` as it is stored for an attribute of type `kind`; None when it does not fit."""
    match kind:
        case AttributeType.TEXT:
            return value
        case AttributeType.YES_NO:
            folded = value.casefold()
            return "yes" if folded in _YES else "no" if folded in _NO else None
        case AttributeType.NUMBER:
            return value.replace(",", ".").removeprefix("+") if _NUMBER.fullmatch(value) else None
        case AttributeType.COUNT:
            return value if _WHOLE.fullmatch(value) else None
        case AttributeType.DATE:
            return _date(value)


def _date(value: str) -> str | None:
    try:
        return date.fromisoformat(value).isoformat() if len(value) == len("2022-04-14") else None
    except ValueError:
        return None
