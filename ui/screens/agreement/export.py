"""From the figures to a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from qcode import Project
from qcode.exchange.exporters.wording import counted
from qcode.exchange.registry import TABLE_WRITERS, writer
from qcode.progress import Progress
from qcode.views.agreement import AgreementView, Measured
from ui.sheets.export_sheet import FORMATS, ExportRequest


def export_request(project: Project, measured: Measured) -> ExportRequest:
    """What the sheet asks about the figures that are shown."""

    def write(path: Path, kind: str, _chosen: frozenset[str], _progress: Progress) -> str:
        writer(TABLE_WRITERS, kind)(AgreementView(project).report(measured), path)
        return _tr("{0} was written with {1}.").format(path.name, counted(len(measured.codes), "code"))

    return ExportRequest(
        title=_tr("Export the agreement"),
        name=f"{project.path.stem} agreement",
        write=write,
        formats=tuple(kind for kind in FORMATS if kind in TABLE_WRITERS),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("AgreementExport", text)
