"""Linked tables as one JSON document for programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qcode.exchange.exporters.json_text import provenance_object, write_json
from qcode.exchange.exporters.linked_words import plain
from qcode.model.report import Linked, LinkedReport


def write(report: LinkedReport, path: Path) -> None:
    """Writes the tables with what each cell says and leads to, the blocks, and the quotes. Raises UserError."""
    ids = [quote.id for quote in report.quotes]
    sections = [
        {
            "heading": section.heading,
            "note": section.note,
            "columns": section.columns,
            "rows": [[_cell(cell) for cell in row] for row in section.rows],
        }
        for section in report.sections
    ]
    blocks = [
        {"key": one.key, "heading": one.heading, "facts": one.facts, "rests_on": one.below, "quotes": [ids[at] for at in one.indexes]}
        for one in report.blocks
    ]
    quotes = (
        {"id": one.id, "source": one.source, "start": one.start, "end": one.end, "quote": one.quote, "code": one.code, "cases": one.cases}
        for one in report.quotes
    )
    document: dict[str, Any] = {"title": report.title, "lead": report.lead, "sections": sections, "blocks": blocks}
    write_json(path, {**document, "quotes": quotes, "provenance": provenance_object(report.provenance)})


def _cell(cell: Sequence[Linked]) -> dict[str, Any]:
    return {
        "text": plain(cell),
        "quotes": [piece.quote for piece in cell if piece.quote],
        "leads_to": [piece.block for piece in cell if piece.block],
    }
