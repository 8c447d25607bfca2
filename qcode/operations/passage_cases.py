"""The case column of a codings table: passages are assigned only where they do not belong to these cases already."""

from __future__ import annotations

from collections import defaultdict

from qcode.model.source import Source
from qcode.model.span import Span
from qcode.operations.cases import assign, case_paths, ensure_case
from qcode.store.cases import read_passages, read_whole_assignments
from qcode.store.journal import Act
from qcode.store.names import Names
from qcode.synthesis.places import PassageFinder


class PassageCases:
    """Which cases each passage of the project belongs to, kept up to date while passages are assigned."""

    def __init__(self, act: Act, names: Names) -> None:
        self._act = act
        self._names = names
        self._cells: dict[str, frozenset[int]] = {}
        self._uuids: dict[int, str] = {}
        self._whole = {source: frozenset(cases) for source, cases in read_whole_assignments(act.db).items()}
        self._passages: dict[int, dict[tuple[int, int], set[int]]] = defaultdict(lambda: defaultdict(set))
        for source, start, end, case in read_passages(act.db):
            self._passages[source][start, end].add(case)
        self._finders: dict[int, tuple[PassageFinder, list[tuple[int, int]]]] = {}

    def read(self, cell: str) -> frozenset[int]:
        """The cases a cell names, separated by ';', made if they are not there. Raises UserError for a name that could be several."""
        if cell not in self._cells:
            found = [ensure_case(self._act, self._names.cases, path) for path in case_paths(self._names.cases, cell)]
            keys = {self._act.rows.id_of("cases", key): key for key in found}
            self._uuids |= keys
            self._cells[cell] = frozenset(keys)
        return self._cells[cell]

    def bring(self, wanted: frozenset[int], source: Source, start: int, end: int) -> None:
        """Let a passage belong to these cases. What it lies in must have been brought before it."""
        if not wanted or wanted == self._cases_of(source.id, start, end):
            return
        for case in sorted(wanted):
            assign(self._act, self._uuids[case], source.uuid, Span(start, end))
        self._passages[source.id][start, end] |= wanted
        self._finders.pop(source.id, None)

    def _cases_of(self, source: int, start: int, end: int) -> frozenset[int]:
        passages = self._passages.get(source)
        if passages:
            if source not in self._finders:
                spans = list(passages)
                self._finders[source] = PassageFinder((first, last, at) for at, (first, last) in enumerate(spans)), spans
            finder, spans = self._finders[source]
            inner = finder.locate(start, end)
            if inner is not None:
                return frozenset(passages[spans[inner]])
        return self._whole.get(source, frozenset())
