"""The case column of a codings table: which cases a passage belongs to, and how it is brought to those a line names. See
docs/decisions/0018."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qcode.model.source import Source
from qcode.model.span import Span
from qcode.operations.cases import assign, case_paths, ensure_case
from qcode.store.cases import read_cases, read_passages, read_whole_assignments
from qcode.store.journal import Act
from qcode.store.names import Names
from qcode.store.rows import rows_referring
from qcode.store.schema import CONTENT
from qcode.synthesis.places import PassageFinder

Cases = frozenset[str]
Passages = dict[tuple[int, int], Cases]


class PassageCases:
    """Which cases (by path) each passage of the project belongs to, kept up to date while passages are assigned.

    `made` are the paths of the cases that were made on the way. Only `bring` writes.
    """

    def __init__(self, act: Act, names: Names) -> None:
        self.made: list[str] = []
        self._act = act
        self._names = names
        paths = {case.id: case.path for case in read_cases(act.db)}
        self._cells: dict[str, Cases] = {}
        self._whole = {source: frozenset(paths[case] for case in cases) for source, cases in read_whole_assignments(act.db).items()}
        self._passages: dict[int, Passages] = {}
        for source, start, end, case in read_passages(act.db):
            found = self._passages.setdefault(source, {})
            found[start, end] = found.get((start, end), frozenset()) | {paths[case]}
        self._before: dict[int, Passages] = {}
        self._finders: dict[int, _Innermost] = {}

    def read(self, cell: str) -> Cases:
        """The paths of the cases a cell names, separated by ';', there or not; none for a cell of blanks.

        Raises UserError for a name that could be several or cannot be the name of a case.
        """
        if cell not in self._cells:
            self._cells[cell] = frozenset(case_paths(self._names.cases, cell))
        return self._cells[cell]

    def of(self, source: int, start: int, end: int) -> Cases:
        """The cases a passage of a source (its key) belongs to: those of the innermost assigned passage around it, else the source's."""
        if source not in self._finders:
            self._finders[source] = _Innermost(self._passages.get(source, {}), self._whole.get(source, frozenset()))
        return self._finders[source].of(start, end)

    def bring(self, wanted: Cases, source: Source, start: int, end: int) -> bool:
        """Let a passage belong to these cases and no others, and say whether anything had to be written for that.

        What it lies in must have been brought before it. What it is assigned to itself is withdrawn where what it lies in says the same.
        """
        if wanted == self.of(source.id, start, end):
            return False
        passages = self._passages.setdefault(source.id, {})
        self._before.setdefault(source.id, dict(passages))
        own = passages.pop((start, end), frozenset())
        self._finders.pop(source.id)
        if own and wanted == self.of(source.id, start, end):
            wanted = frozenset()
        self._withdraw(own - wanted, source, Span(start, end))
        for path in sorted(wanted - own):
            assign(self._act, self._case(path), source.uuid, Span(start, end))
        if wanted:
            passages[start, end] = wanted
        self._finders.pop(source.id, None)
        return True

    def count_moved(self, codings: Iterable[tuple[int, int, int]]) -> int:
        """How many of these codings (source key, start, end) belong to other cases than before the first `bring`."""
        before = {source: _Innermost(passages, self._whole.get(source, frozenset())) for source, passages in self._before.items()}
        return sum(
            source in before and before[source].of(start, end) != self.of(source, start, end) for source, start, end in codings
        )

    def _case(self, path: str) -> str:
        there = self._names.cases.uuids
        if path not in there:
            known = set(there)
            ensure_case(self._act, self._names.cases, path)
            self.made += [new for new in there if new not in known]
        return there[path]

    def _withdraw(self, cases: Cases, source: Source, span: Span) -> None:
        if not cases:
            return
        keys = {self._names.cases.uuids[path] for path in cases}
        rows = self._act.rows.read_many(CONTENT["assignments"], rows_referring(self._act.db, "assignments", "source", [source.uuid]))
        place = (source.text, span.start, span.end)
        gone = [key for key, row in rows if row["case"] in keys and (row["text"], row["span_start"], row["span_end"]) == place]
        self._act.delete("assignments", gone)


class _Innermost:
    """The cases of any passage of one source whose own passages and cases as a whole are given."""

    def __init__(self, passages: Mapping[tuple[int, int], Cases], whole: Cases) -> None:
        self._whole = whole
        self._cases = list(passages.values())
        self._finder = PassageFinder((start, end, at) for at, (start, end) in enumerate(passages)) if passages else None

    def of(self, start: int, end: int) -> Cases:
        inner = self._finder.locate(start, end) if self._finder else None
        return self._whole if inner is None else self._cases[inner]
