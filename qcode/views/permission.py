"""Whether the words of a place may be quoted: what an attribute of its cases or its source says."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qcode.views.whereabouts import Whereabouts

#: What the attribute is called, in small letters.
PERMISSION_NAMES = ("permission to quote", "permission", "may be quoted")


class Permission(StrEnum):
    """Whether words may be quoted; UNASKED where the project has no attribute that says it."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    UNASKED = "unasked"


class Permissions:
    """What is said of every place. `is_asked` tells whether anything says it."""

    def __init__(self, where: Whereabouts) -> None:
        name = attribute_called(where, PERMISSION_NAMES)
        self.is_asked = bool(name)
        self._values = [{value.casefold() for value in given} for given in where.values(name)] if name else []

    def of(self, place: int) -> Permission:
        """The permission of a place; NO where its cases do not agree."""
        if not self.is_asked:
            return Permission.UNASKED
        said = self._values[place]
        if Permission.NO in said:
            return Permission.NO
        return Permission.YES if said == {Permission.YES.value} else Permission.UNKNOWN


def attribute_called(where: Whereabouts, names: Sequence[str]) -> str:
    """The first of `names` that an attribute of the project has, '' for none."""
    return next((name for name in names if name in where.attributes), "")
