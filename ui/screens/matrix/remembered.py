"""The matrix each project was last asked for."""

from __future__ import annotations

from typing import Any

from qcode.model.matrix import Measure
from qcode.views.matrix import MatrixQuestion
from ui.settings import Setting
from ui.workspace import Workspace

MATRICES: Setting[dict[str, dict[str, Any]]] = Setting("matrices", {}, "The matrix each project was last asked for")


def remembered(workspace: Workspace) -> MatrixQuestion:
    """The question as `remember` kept it; the first one of every project where there is none, or none that can be read."""
    kept = workspace.settings.get_of(MATRICES, str(workspace.project.path), {})
    rows, columns, measure = kept.get("rows"), kept.get("columns"), kept.get("measure")
    return MatrixQuestion(
        rows=tuple(row for row in rows if isinstance(row, str)) if isinstance(rows, list) else (),
        columns=columns if isinstance(columns, str) else "case:1",
        measure=Measure(measure) if measure in list(Measure) else Measure.CODINGS,
    )


def remember(workspace: Workspace, asked: MatrixQuestion) -> None:
    """Keep rows, columns and measure for next time; a filter is not kept, for it would hide things from who forgot it."""
    kept = {"rows": list(asked.rows), "columns": asked.columns, "measure": asked.measure.value}
    workspace.settings.put_of(MATRICES, str(workspace.project.path), kept)
