"""What is written in one cell of a matrix: where its summary stands, and the summary."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qcode.model.summary import SummaryPlace
from qcode.project import Project
from qcode.views.matrix import MatrixQuestion, Table
from qcode.views.summaries import CellSummary, summaries_in, summaries_of_table


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """`place` is None where no summary can stand, such as in a coder's column; `summary` None where nobody wrote one."""

    place: SummaryPlace | None = None
    summary: CellSummary | None = None


def read_written(project: Project, question: MatrixQuestion, code: str, column: str | None) -> WrittenCell:
    """What is written for a code (UUID, '' for none) in the column with that key; None for the row's synthesis over all columns.

    Raises UserError where the question no longer fits the project. This is a read-only operation.
    """
    if not code:
        return WrittenCell()
    with project.reading() as db:
        table = Table(db, question)
        place = SummaryPlace(code) if column is None else None
        if column is not None and column in (key for key, _ in table.columns.names):
            at = table.summary_column(column)
            place = replace(at, code=code) if at else None
        return WrittenCell(place, summaries_in(db, [place], table.where).get(place)) if place else WrittenCell()


def read_summary_marks(project: Project, question: MatrixQuestion) -> dict[tuple[str, str | None], bool]:
    """Which cells of a matrix have a summary or a reason for being empty, and whether that is stale, by the code (UUID) and the column's
    key; None for the row's synthesis over all columns.

    Takes 0.1 s where there is no summary and up to 1.6 s for 720 of them over 100,000 codings, so not on the window's thread. Raises
    UserError where the question no longer fits the project. This is a read-only operation.
    """
    with project.reading() as db:
        table = Table(db, question)
        found = summaries_of_table(db, table)
        codes, columns = [code.uuid for code in table.codes], [key for key, _ in table.columns.names]
    marks: dict[tuple[str, str | None], bool] = {(codes[row], None): one.is_stale for row, one in found.rows.items()}
    return marks | {(codes[row], columns[column]): one.is_stale for (row, column), one in found.cells.items()}
