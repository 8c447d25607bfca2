"""From the matrix to a file: asks where, then writes beside the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from qcode.exchange.registry import MATRIX_WRITERS, writer
from qcode.views.matrix import MatrixQuestion, build_report
from ui.settings import FOLDER
from ui.workspace import Workspace

_FILTERS = {
    "xlsx": "Excel (*.xlsx)",
    "docx": "Word (*.docx)",
    "html": "Web page (*.html)",
    "csv": "CSV (*.csv)",
    "md": "Markdown (*.md)",
    "json": "JSON (*.json)",
}


def export_matrix(parent: QWidget, workspace: Workspace, question: MatrixQuestion, tell: Callable[[str], None]) -> None:
    """Ask for a file and write the table with the quotes behind it; `tell` is given what came of it in a sentence."""
    chosen = _ask_for_file(parent, workspace)
    if chosen is None:
        return
    workspace.settings.put(FOLDER, str(chosen.parent))
    title = _tr("Export {}").format(chosen.name)

    def work(_progress: object) -> int:
        report = build_report(workspace.project, question)
        writer(MATRIX_WRITERS, chosen.suffix[1:].lower())(report, chosen)
        return len(report.quotes)

    def done(quotes: int) -> None:
        tell(_tr("{} was written with {} quotes.").format(chosen.name, f"{quotes:,}"))

    workspace.tasks.run(title, work, done)


def _ask_for_file(parent: QWidget, workspace: Workspace) -> Path | None:
    folder = workspace.settings.get(FOLDER) or str(workspace.project.path.parent)
    proposed = str(Path(folder) / f"{workspace.project.path.stem} matrix.xlsx")
    name, kind = QFileDialog.getSaveFileName(parent, _tr("Export the matrix"), proposed, ";;".join(_FILTERS.values()))
    if not name:
        return None
    path = Path(name)
    if path.suffix[1:].lower() in _FILTERS:
        return path
    return path.with_name(path.name + "." + next((ending for ending, words in _FILTERS.items() if words == kind), "xlsx"))


def _tr(text: str) -> str:
    return QCoreApplication.translate("MatrixExport", text)
