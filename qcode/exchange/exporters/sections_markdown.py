"""A report of several tables as markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from qcode.exchange.exporters.atomic import write_text
from qcode.exchange.exporters.markdown_text import inline
from qcode.exchange.exporters.wording import provenance_line
from qcode.model.report import SectionsReport


def write(report: SectionsReport, path: Path) -> None:
    """Writes title, tables under their headings, and provenance; raises UserError when `path` cannot be written."""
    write_text(path, _chunks(report))


def _chunks(report: SectionsReport) -> Iterator[str]:
    yield f"# {inline(report.title)}\n\n{inline(report.lead)}\n"
    for section in report.sections:
        yield f"\n## {inline(section.heading)}\n\n{inline(section.note)}\n" if section.note else f"\n## {inline(section.heading)}\n"
        if section.rows:
            yield f"\n{_line(section.columns)}{_line(['---'] * len(section.columns), plain=True)}"
            yield from map(_line, section.rows)
    yield f"\n{inline(provenance_line(report.provenance))}\n"


def _line(cells: Sequence[str | int], *, plain: bool = False) -> str:
    return f"| {' | '.join(str(cell) if plain else inline(str(cell)) for cell in cells)} |\n"
