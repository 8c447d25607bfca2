"""The list of sources beside the text: by country, with how far one coder is and how many codings he or she has in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from qcode.model.change import Changes
from qcode.model.paths import MARK
from qcode.model.reading import ReadingStatus
from qcode.project import Project
from qcode.store.cases import read_cases, read_whole_assignments
from qcode.store.codings import count_of_coder
from qcode.store.sources import read_sources, statuses_of

#: Acts on these tables may move a source or rename what is shown of it.
_SHAPES = ("sources", "assignments", "cases")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source as the list shows it. `group` is the top case it belongs to, '' for none; `status` how far the coder says to be,
    where codings without a word count as reading."""

    uuid: str
    label: str
    title: str
    group: str
    status: ReadingStatus
    codings: int


class SourceList:
    """The sources of a project as one coder (a name) sees them; made from the project, then kept up to date by `patch`."""

    def __init__(self, project: Project, coder: str) -> None:
        self._project = project
        self.coder = coder
        self._said: dict[str, str] = {}
        self._lines: dict[str, SourceLine] = {}
        self._tops: list[str] = []
        self._finished: dict[str, tuple[int, int]] = {}
        self._read()

    @property
    def lines(self) -> list[SourceLine]:
        """The sources by group, then by label and title; those without a group last."""
        return list(self._lines.values())

    @property
    def groups(self) -> list[str]:
        """Every group a source may belong to, those without sources too; '' for none at the end."""
        return [*self._tops, ""]

    @property
    def counts(self) -> Counter[ReadingStatus]:
        """How many sources have each status."""
        return Counter(line.status for line in self._lines.values())

    @property
    def finished(self) -> dict[str, tuple[int, int]]:
        """How many sources of each group are finished, and how many it has; not to be changed."""
        if not self._finished:
            every = Counter(line.group for line in self._lines.values())
            done = Counter(line.group for line in self._lines.values() if line.status is ReadingStatus.FINISHED)
            self._finished = {name: (done[name], of) for name, of in every.items()}
        return self._finished

    def line(self, source: str) -> SourceLine | None:
        """The line of a source (a UUID), None when it is gone."""
        return self._lines.get(source)

    def patch(self, changes: Changes, touched: Iterable[str] = ()) -> set[str] | None:
        """Take in one act and give the UUIDs of the sources whose line is another one; None when the list is to be shown anew.

        `touched` are the sources whose codings the act changed, where that is known: only these are counted again.
        """
        if any(changes.rows.get(table) for table in _SHAPES):
            self._read()
            return None
        if not changes.rows.get("readings") and not changes.rows.get("codings"):
            return set()
        asked = list(touched)
        with self._project.reading() as db:
            if changes.rows.get("readings"):
                self._said = statuses_of(db, self.coder)
            counts = count_of_coder(db, self.coder, asked or None) if changes.rows.get("codings") else None
        return self._take(counts, self._lines if changes.rows.get("readings") else asked or self._lines, asked)

    def _take(self, counts: dict[str, int] | None, concerned: Iterable[str], counted: list[str]) -> set[str]:
        changed = set()
        for source in concerned:
            line = self._lines.get(source)
            if line is None:
                continue
            codings = line.codings if counts is None or (counted and source not in counted) else counts.get(source, 0)
            status = _status(self._said.get(source), codings)
            # A new line for each of a thousand sources would take longer than all else an act does.
            if codings != line.codings or status != line.status:
                changed.add(source)
                self._finished = self._finished if status == line.status else {}
                self._lines[source] = replace(line, codings=codings, status=status)
        return changed

    def _read(self) -> None:
        with self._project.reading() as db:
            cases = {case.id: case.path for case in read_cases(db)}
            assigned = read_whole_assignments(db)
            counts = count_of_coder(db, self.coder)
            self._said = statuses_of(db, self.coder)
            found = []
            for source in read_sources(db):
                group = _top(cases[case] for case in assigned.get(source.id, ()))
                codings = counts.get(source.uuid, 0)
                status = _status(self._said.get(source.uuid), codings)
                found.append(SourceLine(source.uuid, source.label, source.title or source.name, group, status, codings))
        found.sort(key=lambda line: (not line.group, line.group.casefold(), line.label, line.title))
        self._lines = {line.uuid: line for line in found}
        self._tops = sorted({_top([path]) for path in cases.values()}, key=str.casefold)
        self._finished = {}


def _top(paths: Iterable[str]) -> str:
    return min((path.partition(MARK)[0].strip() for path in paths), key=str.casefold, default="")


def _status(said: str | None, codings: int) -> ReadingStatus:
    if said is not None and said != ReadingStatus.UNREAD:
        return ReadingStatus(said)
    return ReadingStatus.READING if codings else ReadingStatus.UNREAD
