"""The kinds of values that fields hold: what a value must be whoever wrote it, this program, another version of it or a stranger."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from enum import Enum
from typing import Any

from qcode.model.summary import SummaryPlace

#: The greatest number that every column of a project file can hold, and the least.
LARGEST, LEAST = 2**63 - 1, -(2**63)
#: No text has so many characters.
_FARTHEST = 2**31
#: Floats hold every whole number up to this one.
_LARGEST_NUMBER = 2**53
_UUIDS = re.compile(r"(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\n)*")
_SHA256S = re.compile(r"(?:[0-9a-f]{64}\n)*")
#: Years that can be shown in every time zone.
_MOMENT = re.compile(r"(?:19[7-9]|2[0-9]{2})[0-9](?:-[0-9]{2}){2}(?:T[0-9]{2}(?::[0-9]{2}){2}(?:\.[0-9]{6})?(?:[+-][0-9]{2}:[0-9]{2})?)?")


def are_uuids(values: Collection[str]) -> bool:
    """Whether all of some strings are written as this program writes UUIDs. So none of them means anything to SQL."""
    return _are_lines(_UUIDS, values, 36)


def are_sha256(values: Collection[str]) -> bool:
    """Whether all of some strings are written as a SHA-256 is."""
    return _are_lines(_SHA256S, values, 64)


def are_moments(values: Iterable[str]) -> bool:
    """Whether all of some strings are ISO dates, with or without a time."""
    return all(_is_moment(value) for value in values)


def are_cells(values: Iterable[str]) -> bool:
    """Whether all of some strings are written as cells of a matrix are."""
    try:
        places = [SummaryPlace.read(value) for value in values]
    except (ValueError, RecursionError):
        return False
    ends = {end for place in places for end in (place.code, place.case, place.source, place.attribute)}
    return are_uuids(ends - {""})


class Kind(Enum):
    """What the values of a field are: the Python types they have, and what else holds of all of them."""

    TEXT = frozenset((str,)), None
    #: A moment as ISO date, with a time or without, or ''.
    MOMENT = frozenset((str,)), lambda values: are_moments(values - {""})
    #: A row, by its UUID.
    ROW = frozenset((str,)), are_uuids
    #: A row by its UUID, or '', that need not be there: deleting it is nothing to those that name it.
    NAMED = frozenset((str,)), lambda values: are_uuids(values - {""})
    #: A cell of a matrix by what stands at its row and column, or '', none of which need be there.
    CELL = frozenset((str,)), lambda values: are_cells(values)
    #: A text or a version of the codebook, by its SHA-256.
    CONTENT = frozenset((str,)), are_sha256
    #: A SHA-256 of something that need not be there, or ''.
    DIGEST = frozenset((str,)), lambda values: are_sha256(values - {""})
    FLAG = frozenset((int,)), lambda values: values <= {0, 1}
    #: A number of code points from the beginning of a text.
    PLACE = frozenset((int,)), lambda values: not values or (min(values) >= 0 and max(values) < _FARTHEST)
    WHOLE = frozenset((int,)), lambda values: not values or (min(values) >= LEAST and max(values) <= LARGEST)
    NUMBER = frozenset((int, float)), lambda values: all(abs(value) < _LARGEST_NUMBER for value in values)

    def __init__(self, types: frozenset[type], test: Callable[[Any], bool] | None) -> None:
        self._python = types
        self._test = test

    def distinct(self, column: Collection[object], *, optional: bool = False, choices: Collection[object] = ()) -> set[Any]:
        """The different values of a column but None; nothing for plain text, of which nothing more is asked.

        Raises ValueError unless all are of this kind: of its types exactly (True is no 1), None only where it is `optional`, and nothing
        but `choices` where there are some.
        """
        types = set(map(type, column))
        if optional:
            types.discard(type(None))
        if not types <= self._python:
            raise ValueError(f"{types} where {self.name} should be")
        if self._test is None and not choices:
            return set()
        values = set(column)
        values.discard(None)
        if (choices and not values.issubset(choices)) or (self._test and not self._test(values)):
            raise ValueError(f"what is no {self.name}")
        return values


def _are_lines(pattern: re.Pattern[str], values: Collection[str], length: int) -> bool:
    # In one go, for there may be a hundred thousand. The length sees to it that no value is two of them.
    lines = "".join([f"{value}\n" for value in values])
    return len(lines) == len(values) * (length + 1) and pattern.fullmatch(lines) is not None


def _is_moment(value: str) -> bool:
    if not _MOMENT.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True
