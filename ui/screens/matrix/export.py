"""From the matrix to a file: what the export sheet asks, and what is written then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from qcode import Project
from qcode.exchange.exporters.limits import refuse_too_many
from qcode.exchange.exporters.wording import counted
from qcode.exchange.registry import MATRIX_WRITERS, writer
from qcode.progress import Progress, Watched
from qcode.views.matrix import MatrixQuestion, build_report
from qcode.views.permission import Permission
from ui.sheets.export_sheet import FORMATS, ExportRequest, Option

QUOTES, NOT_PERMITTED, UNKNOWN = "quotes", "not permitted", "unknown"
#: The table alone is all that these hold.
_ONLY_CELLS = {"csv"}
#: Of quotes these hold the IDs alone.
_ONLY_IDS = {"json"}


def export_request(project: Project, question: MatrixQuestion, permissions: Mapping[Permission, int]) -> ExportRequest:
    """What the sheet asks about this matrix; `permissions` say how many of its quotes may be quoted."""
    with_quotes = tuple(kind for kind in MATRIX_WRITERS if kind not in _ONLY_CELLS)
    options = [Option(QUOTES, _tr("The quotes behind each number, with their IDs"), True, with_quotes)]
    if permissions.get(Permission.NO):
        options.append(Option(NOT_PERMITTED, _tr("Leave out quotes that are not to be quoted"), True, with_quotes))
    if permissions.get(Permission.UNKNOWN):
        options.append(Option(UNKNOWN, _tr("Leave out quotes whose permission is unknown"), False, with_quotes))

    def write(path: Path, kind: str, chosen: frozenset[str], progress: Progress) -> str:
        if QUOTES in chosen:
            # The reading of so many takes long, and would be for nothing.
            refuse_too_many(kind, sum(count for one, count in permissions.items() if one not in _left_out(chosen)), path)
        report = build_report(project, question, leave_out=_left_out(chosen), progress=progress)
        report = replace(report, quotes=Watched(report.quotes, progress, _tr("Write the quotes")))
        if QUOTES not in chosen:
            report = replace(report, quotes=(), behind={})
        writer(MATRIX_WRITERS, kind)(report, path)
        if kind in _ONLY_CELLS or QUOTES not in chosen:
            return _tr("{0} was written.").format(path.name)
        words = _tr("{0} was written with the IDs of {1}.") if kind in _ONLY_IDS else _tr("{0} was written with {1}.")
        return words.format(path.name, counted(len(report.quotes), "quote"))

    def left_out(kind: str, chosen: frozenset[str]) -> Sequence[str]:
        if kind in _ONLY_CELLS or QUOTES not in chosen:
            return [_tr("all quotes; their numbers stay.")]
        sentences = {
            Permission.NO: _tr("{0} not to be quoted;"),
            Permission.UNKNOWN: _tr("{0} of unknown permission;"),
        }
        found = [words.format(counted(permissions[one], "quote")) for one, words in sentences.items() if one in _left_out(chosen)]
        words = [_tr("the words of the quotes; their IDs are in it.")] if kind in _ONLY_IDS else []
        return [*([*found, _tr("they still count in the numbers.")] if found else []), *words]

    return ExportRequest(
        title=_tr("Export the matrix"),
        name=f"{project.path.stem} matrix",
        write=write,
        formats=tuple(kind for kind in FORMATS if kind in MATRIX_WRITERS),
        options=options,
        left_out=left_out,
        can_stop=True,
    )


def _left_out(chosen: frozenset[str]) -> set[Permission]:
    of = {NOT_PERMITTED: Permission.NO, UNKNOWN: Permission.UNKNOWN}
    return {permission for name, permission in of.items() if name in chosen}


def _tr(text: str) -> str:
    return QCoreApplication.translate("MatrixExport", text)
