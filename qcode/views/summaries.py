"""Written summaries as a screen, a table or a command shows them: chips as short IDs, who wrote them, and why one is stale."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qcode.model.identity import short_letters
from qcode.model.report import TableReport
from qcode.model.summary import SUMMARY_COLUMNS, Status, SummaryPlace
from qcode.project import Project
from qcode.store.codes import read_codes
from qcode.store.summaries import Written, hands_of, read_codings, read_summaries, short_ids
from qcode.synthesis.evidence import decode
from qcode.synthesis.summaries import Stale, Why, staleness
from qcode.text.chips import cited_in, with_ids
from qcode.views.cell_evidence import CellEvidence
from qcode.views.matrix import MatrixQuestion, Table
from qcode.views.provenance import provenance
from qcode.views.stale_words import StaleWords, Words
from qcode.views.summary_places import PlaceNames
from qcode.views.whereabouts import Whereabouts

if TYPE_CHECKING:
    from qcode.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Chip:
    """A quote that a summary names: the UUID of the coding, its short ID, and whether it is there still, in whatever cell."""

    coding: str
    short_id: str
    is_there: bool


@dataclass(frozen=True, slots=True)
class CellSummary:
    """The summary of one cell. `words` are as stored, with codings by UUID, `text` the same with short IDs; `empty` is the reason of a cell
    that has nothing, else ''.

    `author` wrote the words at `at` (ISO time); `reviewer`, '' where nobody did, reviewed them at `reviewed_at`. `reasons` are why it is
    stale, `stale` the same in sentences without a full stop and `whys` what each of these tells of; all are empty while it is fresh.
    """

    place: SummaryPlace
    words: str
    text: str
    chips: tuple[Chip, ...]
    status: Status
    empty: str
    author: str
    at: str
    reviewer: str
    reviewed_at: str
    reasons: tuple[Stale, ...]
    stale: tuple[str, ...]
    whys: tuple[Why, ...] = ()

    @property
    def is_stale(self) -> bool:
        """Whether something happened to what it rests on since it was written or last reviewed."""
        return bool(self.reasons)


@dataclass(frozen=True, slots=True)
class Summaries:
    """The summaries of a matrix: of its cells by row and column, and the syntheses of its rows and of its columns, by their number."""

    cells: Mapping[tuple[int, int], CellSummary]
    rows: Mapping[int, CellSummary]
    columns: Mapping[int, CellSummary]


def summaries_of(project: Project, places: Collection[SummaryPlace] | None = None) -> dict[SummaryPlace, CellSummary]:
    """The summaries at `places`, as far as there are any; every one of the project when None. This is a read-only operation."""
    with project.reading() as db:
        return summaries_in(db, places)


def summary_of(project: Project, place: SummaryPlace) -> CellSummary | None:
    """The summary of one cell; None where nobody wrote one. This is a read-only operation."""
    return summaries_of(project, [place]).get(place)


def summaries_for(project: Project, question: MatrixQuestion) -> Summaries:
    """The summaries of the matrix that `question` asks for. They rest on all codings of their cells, whatever the question filters by.

    Raises UserError as `build_matrix` does. This is a read-only operation.
    """
    with project.reading() as db:
        return summaries_of_table(db, Table(db, question))


def summaries_of_table(db: Connection, table: Table) -> Summaries:
    """The summaries of a matrix on its way."""
    columns = {column: number for number, (key, _) in enumerate(table.columns.names) if (column := table.summary_column(key))}
    rows = {code.uuid: number for number, code in enumerate(table.codes)}
    by_place: dict[SummaryPlace, tuple[int | None, int | None]] = {SummaryPlace(code=code): (at, None) for code, at in rows.items()}
    for column, number in columns.items():
        by_place[column] = (None, number)
        for code, at in rows.items():
            by_place[SummaryPlace(code, column.case, column.source, column.attribute, column.value)] = (at, number)
    made = Summaries({}, {}, {})
    for place, summary in summaries_in(db, by_place, table.where).items():
        row, at_column = by_place[place]
        if row is not None and at_column is not None:
            made.cells[row, at_column] = summary  # type: ignore[index]
        elif row is not None:
            made.rows[row] = summary  # type: ignore[index]
        elif at_column is not None:
            made.columns[at_column] = summary  # type: ignore[index]
    return made


def summaries_in(
    db: Connection, places: Collection[SummaryPlace] | None = None, where: Whereabouts | None = None
) -> dict[SummaryPlace, CellSummary]:
    """The summaries at some places, or all, in the project that `db` has open."""
    written = read_summaries(db, places)
    if not written:
        return {}
    return _Looked(db, where or Whereabouts(db), written).all()


class _Looked:
    """Some summaries, looked at together."""

    def __init__(self, db: Connection, where: Whereabouts, written: Collection[Written]) -> None:
        self._written = written
        seen = {one.place: decode(one.evidence) for one in written}
        now = CellEvidence(db, where).of_all({place: [*(found or ())] for place, found in seen.items()})
        words = Words(db)
        self._cited = {one.place: cited_in(one.words) for one in written}
        self._reasons = {place: staleness(found, now[place], self._cited[place], words.of) for place, found in seen.items()}
        reasons = [one for of_place in self._reasons.values() for one in of_place]
        named = {key for keys in self._cited.values() for key in keys}
        self._ids = short_ids(db, named.union(one.coding for one in reasons if one.coding))
        self._there = {coding[0] for coding in read_codings(db, named)}
        self._says = StaleWords(db, where, reasons, self._id)
        self._hands = hands_of(db, [one.place.uuid for one in written])

    def all(self) -> dict[SummaryPlace, CellSummary]:
        """Each of them as it is shown."""
        return {one.place: self._shown(one) for one in self._written}

    def _shown(self, one: Written) -> CellSummary:
        cited = self._cited[one.place]
        author, last = self._hands.get(one.place.uuid, (None, None))
        status = Status.REVIEWED if one.status == Status.REVIEWED else Status.DRAFT
        reviewed = last is not None and status is Status.REVIEWED
        said = self._says.of(one.place, self._reasons[one.place])
        return CellSummary(
            place=one.place,
            words=one.words,
            text=with_ids(one.words, {key: self._id(key) for key in cited}),
            chips=tuple(Chip(key, self._id(key), key in self._there) for key in cited),
            status=status,
            empty=one.empty,
            author=author.coder if author else "",
            at=author.at if author else "",
            reviewer=last.coder if last and reviewed else "",
            reviewed_at=last.at if last and reviewed else "",
            reasons=self._reasons[one.place],
            stale=tuple(sentence for _, sentence in said),
            whys=tuple(why for why, _ in said),
        )

    def _id(self, coding: str) -> str:
        """The short ID of a coding; of one of which nothing is known any more the letters its ID ended in."""
        return self._ids.get(coding) or short_letters(coding)


def build_summaries(project: Project, *, stale_only: bool = False) -> TableReport:
    """All summaries, or those that are stale, as the table that `summaries import` reads, by row and column."""
    with project.reading() as db:
        names = PlaceNames(db)
        order = {code.uuid: number for number, code in enumerate(read_codes(db), start=1)}
        found = [one for one in summaries_in(db, where=names.where).values() if one.is_stale or not stale_only]
        found.sort(key=lambda one: (order.get(one.place.code, 0), names.columns_of(one.place), names.column_of(one.place), one.place))
        rows = tuple(_cells(names, one) for one in found)
        return TableReport("Summaries", "Summaries", SUMMARY_COLUMNS, rows, provenance(project, db))


def _cells(names: PlaceNames, one: CellSummary) -> tuple[str, ...]:
    place = (names.row_of(one.place), names.column_of(one.place), names.columns_of(one.place))
    return (*place, one.text, one.status.value, one.empty, one.author, one.at[:10], one.reviewer, "; ".join(one.stale))
