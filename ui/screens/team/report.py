"""A plan, or the report of a merge, to a file."""

from __future__ import annotations

from pathlib import Path

from qcode import Project
from qcode.exchange.registry import SECTIONS_WRITERS, writer
from qcode.model.merging import MergePlan
from qcode.progress import Progress
from qcode.views.merge_report import merge_report
from ui.screens.team.wording import tr
from ui.sheets.export_sheet import FORMATS, ExportRequest


def report_request(project: Project, plan: MergePlan, *, done: bool) -> ExportRequest:
    """What the sheet asks about the report of a merge that was `done`, or of a plan."""

    def write(path: Path, kind: str, _chosen: frozenset[str], _progress: Progress) -> str:
        writer(SECTIONS_WRITERS, kind)(merge_report(project, plan, done=done), path)
        return tr("{0} was written.").format(path.name)

    return ExportRequest(
        title=tr("Save the report of the merge") if done else tr("Save the plan as a report"),
        name=f"{project.path.stem} merge",
        write=write,
        formats=tuple(kind for kind in FORMATS if kind in SECTIONS_WRITERS),
    )
