"""A framework grid as a report: the summaries of a matrix with the quotes they rest on."""

from __future__ import annotations

from collections.abc import Collection

from qcode.model.report import CellText, GridReport
from qcode.project import Project
from qcode.views.matrix import MatrixQuestion, build_report
from qcode.views.permission import Permission
from qcode.views.summaries import CellSummary, summaries_for


def build_grid(project: Project, question: MatrixQuestion, title: str = "", leave_out: Collection[Permission] = ()) -> GridReport:
    """The summaries of the matrix that `question` asks for, with the quotes behind each cell but those of the permissions in `leave_out`;
    a summary may name one that is left out all the same, by its ID. Raises UserError as `build_matrix` does."""
    with project.reading():
        found = summaries_for(project, question)
        return GridReport(
            table=build_report(project, question, title, leave_out),
            cells={at: text_of(one) for at, one in found.cells.items()},
            rows={at: text_of(one) for at, one in found.rows.items()},
            columns={at: text_of(one) for at, one in found.columns.items()},
        )


def text_of(one: CellSummary) -> CellText:
    """A summary as it leaves the project."""
    return CellText(one.text, one.empty, one.status.value, one.author, one.at, one.reviewer, one.reviewed_at, one.stale)
