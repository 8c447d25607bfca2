"""A report of several tables as one HTML page."""

from __future__ import annotations

from pathlib import Path

from qcode.exchange.exporters.characters import visible
from qcode.exchange.exporters.page import write_page
from qcode.exchange.exporters.wording import provenance_line
from qcode.model.report import SectionsReport


def write(report: SectionsReport, path: Path) -> None:
    """Writes one page; raises UserError when `path` cannot be written."""
    sections = [
        {
            "heading": visible(section.heading),
            "note": visible(section.note),
            "columns": [visible(column) for column in section.columns],
            "rows": [[visible(str(cell)).split("\n") for cell in row] for row in section.rows],
        }
        for section in report.sections
    ]
    values = {
        "title": visible(report.title),
        "lead": visible(report.lead),
        "sections": sections,
        "provenance": visible(provenance_line(report.provenance)),
        "wide": False,
    }
    write_page(path, "sections.html.jinja", values, landscape=True, scripted=False)
