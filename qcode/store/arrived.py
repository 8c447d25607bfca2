"""What is there for a file that comes to refer to: the project, and the files of the same merge that came before it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice

from qcode.merge.history import OperationId
from qcode.store.bundle import Bundle, Line, Sent, read_operations, withheld_rows
from qcode.store.purge import buried

_BATCH = 10_000


class Arrived:
    """A project, with what files have brought that are to be merged into it at once."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.operations: dict[OperationId, Sent] = {sent.id: sent for sent in read_operations(db)}
        #: The operations of which lines may be lacking, each with the rows there are lines of.
        self.withheld: dict[OperationId, set[str]] = withheld_rows(db)
        #: The sources (UUIDs) that were withdrawn.
        self.gone: set[str] = buried(db)
        self._db = db
        self._before: list[Bundle] = []
        self._lines: dict[str, set[tuple[str, bool]]] = {}

    def add(self, bundle: Bundle) -> None:
        """Count what a file brings, and nobody before it did, as there."""
        self._before.append(bundle)
        new = {sent.id: sent for sent in bundle.operations}
        self.operations |= new
        self.gone |= bundle.tombstones.keys()
        self.withheld |= {operation: set() for operation in bundle.withheld & new.keys()}
        for line in bundle.lines:
            self._lines.setdefault(line.row, set()).add((line.table, line.before is None))
            if line.operation in self.withheld:
                self.withheld[line.operation].add(line.row)

    def lines_of(self, rows: Iterable[str]) -> Iterator[tuple[str, str, bool]]:
        """UUID, table and whether it was made there, of the rows that there are lines of; each perhaps twice."""
        asked = list(rows)
        sql = (
            "SELECT DISTINCT c.row_uuid, c.table_name, c.before IS NULL FROM json_each(?) asked "
            "JOIN row_changes c ON c.row_uuid = asked.value"
        )
        for part in _parts(asked):
            yield from self._db.execute(sql, (part,))
        yield from ((key, *line) for key in asked for line in sorted(self._lines.get(key, ())))

    def lengths(self, texts: Iterable[str]) -> dict[str, int]:
        """The lengths of those of `texts` (SHA-256) that are there, in code points."""
        asked = list(texts)
        sql = "SELECT t.sha256, t.characters FROM json_each(?) asked JOIN texts t ON t.sha256 = asked.value"
        found = {sha256: length for part in _parts(asked) for sha256, length in self._db.execute(sql, (part,))}
        for bundle in self._before:
            found |= {sha256: len(bundle.texts[sha256][0]) for sha256 in asked if sha256 in bundle.texts}
        return found

    def codebooks(self, keys: Iterable[str]) -> set[str]:
        """Those of `keys` (SHA-256) that name a version of the codebook that is there."""
        asked = set(keys)
        return self._known("codebooks", asked).union(*(asked & bundle.codebooks.keys() for bundle in self._before))

    def originals(self, keys: Iterable[str]) -> set[str]:
        """Those of `keys` (SHA-256) that name an original that is there."""
        asked = set(keys)
        return self._known("originals", asked).union(*(asked & bundle.originals.keys() for bundle in self._before))

    def is_there(self, line: Line) -> bool:
        """Whether the row of a line is in the tables, or was made by a file before."""
        in_tables = self._db.execute(f"SELECT 1 FROM {line.table} WHERE uuid = ?", (line.row,)).fetchone() is not None
        return in_tables or (line.table, True) in self._lines.get(line.row, ())

    def _known(self, table: str, keys: Iterable[str]) -> set[str]:
        sql = f"SELECT t.sha256 FROM json_each(?) asked JOIN {table} t ON t.sha256 = asked.value"
        return {key for part in _parts(keys) for (key,) in self._db.execute(sql, (part,))}


def _parts(keys: Iterable[str]) -> Iterator[str]:
    """Keys as JSON lists."""
    ordered = iter(keys)
    while part := list(islice(ordered, _BATCH)):
        yield json.dumps(part)
