"""Whether what lines refer to is there: here, or with them. What was withheld from somebody, or withdrawn, need not be."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cached_property

from qcode.store.arrived import Arrived
from qcode.store.bundle import Bundle, Line
from qcode.store.payloads import understand
from qcode.store.schema import CONTENT
from qcode.store.soundness import is_original


def insist_on_references(arrived: Arrived, bundle: Bundle) -> None:
    """Raise ValueError unless every row, text and version of the codebook that lines of a sound bundle name is there, every row in one
    table only, every place in its text, every original what it is named after, and every tombstone that of a source."""
    _Resolving(arrived, bundle).insist()
    known = arrived.originals(bundle.originals)
    if not all(sha256 in known or is_original(sha256, original) for sha256, original in bundle.originals.items()):
        raise ValueError("an original that is another one")


class _Resolving:
    def __init__(self, arrived: Arrived, bundle: Bundle) -> None:
        self._arrived = arrived
        self._bundle = bundle
        self._named = understand(bundle.lines)
        self._gone = arrived.gone | bundle.tombstones.keys()
        new = {sent.id for sent in bundle.operations}
        self._partly = bool(arrived.withheld) or not new.isdisjoint(bundle.withheld)
        self._made = {line.row for line in bundle.lines if line.before is None}
        self._missing: set[str] = set()

    def insist(self) -> None:
        self._find_rows()
        if not self._partly and not self._missing <= self._gone:
            raise ValueError("a row that nobody made")
        lengths = self._arrived.lengths(self._named.rows["texts"])
        lengths |= {sha256: len(text) for sha256, (text, _) in self._bundle.texts.items()}
        if any(end > lengths.get(text, end) for text, end in self._named.reach.items()):
            raise ValueError("a place beyond its text")
        books = self._arrived.codebooks(self._named.rows["codebooks"]) | self._bundle.codebooks.keys()
        absent = (self._named.rows["texts"] - lengths.keys()) | (self._named.rows["codebooks"] - books)
        if absent and not all(self._comes_to_nothing(line) for line in self._bundle.lines if _names(line, absent)):
            raise ValueError("a text or codebook that is not there")

    def _find_rows(self) -> None:
        """Learn which rows were made, and which that are named were not; each is in one table."""
        lines = [(line[3], line[2]) for line in self._bundle.lines]
        tables = dict(lines)
        named = [(key, table) for table, keys in self._named.rows.items() if table in CONTENT for key in keys]
        tombstones = [(key, "sources") for key in self._bundle.tombstones]
        told = list(self._arrived.lines_of({*tables, *(key for key, _ in (*named, *tombstones))}))
        self._made.update(key for key, _, makes in told if makes)
        for key, table in (*lines, *((key, table) for key, table, _ in told), *named, *tombstones):
            if tables.setdefault(key, table) != table:
                raise ValueError("one row in two tables")
        self._missing = {key for key, _ in named} - self._made

    def _comes_to_nothing(self, line: Line) -> bool:
        """Whether a line will not bring its row into the tables: it is about what was withdrawn, or waits for what was withheld."""
        if line.row not in self._made or line.row in self._gone or line.row in self._waiting:
            return True
        return self._partly and line.before is not None and not self._arrived.is_there(line)

    @cached_property
    def _waiting(self) -> set[str]:
        """The rows that refer to one which nobody made."""
        return {line.row for line in self._bundle.lines if _names(line, self._missing)} if self._missing else set()


def _names(line: Line, keys: Collection[str]) -> bool:
    """Whether a line gives a row a value that refers to one of `keys`."""
    values = json.loads(line.after) if line.after else {}
    return any(values.get(field.name) in keys for field in CONTENT[line.table].fields if field.ref)
