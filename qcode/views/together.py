"""The codings that all coders of a source agree on: what `coder=all` counts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qcode.store.codings import read_marks
from qcode.store.sources import finished_readings

if TYPE_CHECKING:
    from qcode.store.connection import Connection

#: Code, source and coder by key, start and end of a coding.
Mark = tuple[int, int, int, int, int]


class Together:
    """Which codings everybody who has finished their source has too: the same code, on at least one character of the passage.

    `left_out` is the key of a layer that is no person, None for none. A source that fewer than two have finished has none.
    """

    def __init__(self, db: Connection, left_out: int | None) -> None:
        self._readers: dict[int, set[int]] = defaultdict(set)
        for source, coder, _ in finished_readings(db):
            if coder != left_out:
                self._readers[source].add(coder)
        self._spans: dict[tuple[int, int], dict[int, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
        for code, source, coder, start, end in read_marks(db):
            if coder in self._readers.get(source, ()):
                self._spans[code, source][coder].append((start, end))

    def has(self, mark: Mark) -> bool:
        """Whether all who have finished the source of a coding have coded its passage so."""
        code, source, coder, start, end = mark
        readers = self._readers.get(source, set())
        if len(readers) < 2 or coder not in readers:
            return False
        spans = self._spans[code, source]
        return all(any(begin < end and start < stop for begin, stop in spans.get(reader, ())) for reader in readers)
