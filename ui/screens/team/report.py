"""A plan, or the report of a merge, to a file."""

from __future__ import annotations

from pathlib import Path

from qcode import Project
from qcode.exchange.exporters import merge_html
from qcode.model.merging import MergePlan, MergeReport
from qcode.progress import Progress
from ui.screens.team.wording import tr
from ui.sheets.export_sheet import ExportRequest


def report_request(project: Project, plan: MergePlan, merge: MergeReport | None) -> ExportRequest:
    """What the sheet asks: a plan that is not carried out yet where there is no merge."""
    title = tr("Save the plan as a report") if merge is None else tr("Save the report of the merge")

    def write(path: Path, _kind: str, _chosen: frozenset[str], _progress: Progress) -> str:
        merge_html.write(plan, merge, project.path.stem, path)
        return tr("{0} was written.").format(path.name)

    return ExportRequest(title, f"{project.path.stem} merge", write, formats=("html",))
