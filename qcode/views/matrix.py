"""The synthesis matrix of a project: what was asked for in words, counted by `qcode.synthesis`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from qcode.errors import UserError
from qcode.exchange.exporters.wording import noun_of, plural_of
from qcode.model.case import AttributeType
from qcode.model.code import Code
from qcode.model.decision import AGREED
from qcode.model.matrix import Matrix, Measure, Row
from qcode.model.report import MatrixReport
from qcode.model.summary import SummaryPlace
from qcode.progress import Progress
from qcode.project import Project
from qcode.store.codes import codebook_versions, read_codes
from qcode.store.codings import count_by, count_marks, read_marks
from qcode.store.names import Names
from qcode.store.sources import finished_readings
from qcode.synthesis.columns import Columns, columns_by_attribute, columns_by_case, columns_by_coder, columns_by_source
from qcode.synthesis.counting import count_matrix
from qcode.synthesis.reading import Readings
from qcode.synthesis.standing import Codings
from qcode.views.permission import Permission, Permissions
from qcode.views.provenance import provenance
from qcode.views.quotes import Selection, codes_below, label_below, place_quotes
from qcode.views.strength import read_asked
from qcode.views.summary_places import CASE_COLUMNS, column_of
from qcode.views.whereabouts import Whereabouts

if TYPE_CHECKING:
    from qcode.store.connection import Connection


@dataclass(frozen=True)
class MatrixQuestion:
    """What a matrix is asked to show.

    `rows` are paths of codes whose codes below are shown, none for all codes. `columns` is 'case', 'case:1', 'source', 'coder' or the
    name of an attribute or of a level of the cases ('Country'). `conditions` are pairs of attribute and value, as
    `Whereabouts.select` takes them, and 'coder'.
    """

    rows: Sequence[str] = ()
    columns: str = "case:1"
    measure: Measure = Measure.CODINGS
    conditions: Sequence[tuple[str, str]] = ()


def build_matrix(project: Project, question: MatrixQuestion) -> Matrix:
    """The counted matrix. Raises UserError for unknown codes, attributes and values."""
    with project.reading() as db:
        return Table(db, question).matrix


def build_report(
    project: Project,
    question: MatrixQuestion,
    title: str = "",
    leave_out: Collection[Permission] = (),
    progress: Progress | None = None,
) -> MatrixReport:
    """The counted matrix with the quotes behind each of its cells, but those of the permissions in `leave_out`.

    What is left out still counts in the cells. Raises UserError as `build_matrix` does, Cancelled when `progress` was asked to stop.
    """
    progress = progress or Progress()
    with project.reading() as db:
        table = Table(db, question)
        found = place_quotes(db, table.where, [code.id for code in table.codes], table.selection.lets_through)
        placed = list(progress.over("Read the quotes", found, 500))
        if leave_out:
            permissions = Permissions(table.where)
            placed = [one for one in placed if permissions.of(one.place) not in leave_out]
        row_of = {code.id: number for number, code in enumerate(table.codes)}
        behind: dict[tuple[int, int], list[int]] = defaultdict(list)
        for index, one in enumerate(placed):
            for column in table.columns.of_coding(one.place, one.coder):
                behind[row_of[one.code], column].append(index)
        return MatrixReport(
            title=title or table.title,
            matrix=table.matrix,
            quotes=tuple(one.quote for one in placed),
            behind={cell: tuple(indexes) for cell, indexes in behind.items()},
            provenance=provenance(project, db, table.selection.sentence, table.selection.layer),
        )


def count_permissions(project: Project, question: MatrixQuestion) -> dict[Permission, int]:
    """How many quotes behind the matrix may be quoted, may not, or nobody knows. Raises UserError as `build_matrix` does."""
    with project.reading() as db:
        table = Table(db, question)
        permissions, asked = Permissions(table.where), {code.id for code in table.codes}
        lets_through = table.selection.lets_through
        counts: dict[Permission, int] = defaultdict(int)
        for code, source, coder, start, end in read_marks(db):
            place = table.where.place_of(source, start, end)
            if code in asked and lets_through(place, (code, source, coder, start, end)):
                counts[permissions.of(place)] += 1
        return dict(counts)


class Table:
    """One matrix on its way: the parts of the question as the project has them. Must not outlive the reading.

    With `judged` every cell says how strong its evidence is, whatever the measure.
    """

    def __init__(self, db: Connection, question: MatrixQuestion, *, judged: bool = False) -> None:
        self._db = db
        self._judged = judged or question.measure is Measure.STRENGTH
        self.where = Whereabouts(db)
        self.selection = Selection(db, self.where, question.conditions)
        self.codes, rows = _rows(db, question.rows)
        self._rows = rows
        self._question = question
        self._by = self._resolved(question.columns)
        self.columns = self._columns(self._by)

    @cached_property
    def matrix(self) -> Matrix:
        """Everything counted; only when it is asked for, because the quotes of one cell need no counts."""
        measure = self._question.measure
        codings = self._codings(measure is Measure.COVERAGE or self.columns.of_coder is not None)
        counted = count_matrix(
            self._rows,
            self.columns,
            codings,
            self.where.places,
            self._readings(),
            measure,
            selected=self.selection.places,
            characters={key: source.characters for key, source in self.where.sources.items()},
            strength=read_asked(self._db, self.where, self.selection) if self._judged else None,
        )
        return replace(counted, each=self._each)

    @property
    def title(self) -> str:
        """The question in words: 'Constraints × countries', 'Codes × stakeholder group'."""
        columns = self._question.columns if self._each == "column" else plural_of(noun_of(self._each))
        return f"{', '.join(self._question.rows) or 'Codes'} × {columns}"

    def summary_column(self, key: str) -> SummaryPlace | None:
        """Where a summary of the column with that key stands; None in a column that has none, such as a coder's."""
        return column_of(self.where, self._by, key)

    @property
    def _each(self) -> str:
        """What one column is."""
        by_case = CASE_COLUMNS.fullmatch(self._by)
        if by_case:
            return self.where.level_names.get(int(by_case[1] or 0), "case")
        return self._by if self._by in ("source", "coder") else "column"

    def _resolved(self, written: str) -> str:
        """'case:1' for the name of that level where no attribute is called so; anything else as it is."""
        levels = {name.casefold(): f"case:{depth}" for depth, name in self.where.level_names.items()}
        return written if written.casefold() in self.where.attributes else levels.get(written.casefold(), written)

    def _codings(self, one_by_one: bool) -> Codings:
        where = self.where
        if not (one_by_one or where.has_passages or self.selection.coders or self.selection.together):
            marks = count_marks(self._db, self.selection.left_out)
            return Codings(
                codes=[code for code, _, _ in marks],
                places=[where.whole_place(source) for _, source, _ in marks],
                counts=[count for _, _, count in marks],
            )
        each = [mark for mark in read_marks(self._db) if self.selection.counts(mark)]
        return Codings(
            codes=[mark[0] for mark in each],
            places=[where.place_of(mark[1], mark[3], mark[4]) for mark in each],
            coders=[mark[2] for mark in each],
            starts=[mark[3] for mark in each],
            ends=[mark[4] for mark in each],
        )

    def _readings(self) -> Readings:
        versions = codebook_versions(self._db)
        found: dict[int, list[tuple[int, frozenset[int]]]] = defaultdict(list)
        for source, coder, version in finished_readings(self._db):
            if self.selection.has(coder):
                found[source].append((coder, versions[version]))
        return found

    def _columns(self, written: str) -> Columns:
        where = self.where
        by_case = CASE_COLUMNS.fullmatch(written)
        if by_case:
            level = int(by_case[1]) if by_case[1] else None
            deepest = max((case.depth for case in where.cases.values()), default=1)
            if level is not None and not 1 <= level <= deepest:
                raise UserError(f"There are no cases at level {level}: choose one from 1 (the top) to {deepest}.")
            shown = where.cases_for(self._question.conditions)
            labels = {key: label for key, label in self._case_labels().items() if key in shown}
            return columns_by_case(where.places, where.parents, labels, level)
        if written == "source":
            return columns_by_source(where.places, {key: source.name for key, source in where.sources.items()})
        if written == "coder":
            return columns_by_coder({key: name for key, name in where.coders.items() if name != AGREED or self.selection.has(key)})
        attribute = where.attributes.get(written.casefold())
        numeric = attribute is not None and attribute.type in (AttributeType.NUMBER, AttributeType.COUNT)
        # Without a filter every value there is gets a column: a group nobody was heard of must not be missing from the table.
        every = where.given_values(attribute) if attribute and not self._question.conditions else ()
        return columns_by_attribute(where.values(written), every, numeric=numeric)

    def _case_labels(self) -> dict[int, str]:
        """The cases' names, and paths where a name stands for several cases."""
        named: dict[str, int] = defaultdict(int)
        for case in self.where.cases.values():
            named[case.name] += 1
        return {key: case.name if named[case.name] == 1 else case.path for key, case in self.where.cases.items()}


def _rows(db: Connection, written: Sequence[str]) -> tuple[list[Code], list[tuple[int, Row]]]:
    """The codes of the rows with the row that shows each: labels are paths, without the part that all rows would share."""
    codes = read_codes(db)
    if not written:
        return codes, [(code.id, Row(code.uuid, code.path, code.path, code.colour)) for code in codes]
    own = count_by(db, "code")
    shown: dict[str, Code] = {}
    tops = [Names(db).codes.path(name) for name in written]
    for top in tops:
        below = [code for code in codes_below(codes, top) if code.path != top or own.get(code.id)]
        if not below:
            raise UserError(f"There is no code below '{top}', and nothing is coded with it: choose another code for the rows.")
        shown |= {code.uuid: code for code in below}
    return list(shown.values()), [
        (code.id, Row(code.uuid, label_below(code.path, tops[0]) if len(tops) == 1 else code.path, code.path, code.colour))
        for code in shown.values()
    ]
