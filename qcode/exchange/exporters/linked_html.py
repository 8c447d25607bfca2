"""Linked tables as one HTML page, with the quotes a click away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qcode.exchange.exporters.characters import closed, visible
from qcode.exchange.exporters.linked_words import anchors_of, target_of
from qcode.exchange.exporters.page import quote_item, refuse_too_many, write_page
from qcode.exchange.exporters.wording import provenance_line
from qcode.model.report import Linked, LinkedReport, QuoteBlock

_Anchors = tuple[dict[str, str], dict[str, str]]


def write(report: LinkedReport, path: Path) -> None:
    """Writes one page; raises UserError when `path` cannot be written or the quotes are too many for a browser."""
    refuse_too_many(len(report.quotes), path)
    anchors = anchors_of(report)
    sections = [
        {
            "heading": visible(section.heading),
            "note": visible(section.note),
            "columns": [visible(column) for column in section.columns],
            "rows": [[(name, _pieces(cell, anchors)) for name, cell in zip(section.columns, row, strict=True)] for row in section.rows],
        }
        for section in report.sections
    ]
    seen: set[int] = set()
    values = {
        "title": visible(report.title),
        "lead": visible(report.lead),
        "sections": sections,
        "blocks": [_block(report, block, anchors, seen) for block in report.blocks],
        "provenance": visible(provenance_line(report.provenance)),
        "wide": False,
    }
    write_page(path, "linked.html.jinja", values, landscape=True, style="linked.css")


def _pieces(cell: Sequence[Linked], anchors: _Anchors) -> list[dict[str, Any]]:
    return [
        {"words": closed(piece.text), "target": target_of(piece, anchors), "is_quote": bool(piece.quote), "warns": piece.warns}
        for piece in cell
    ]


def _block(report: LinkedReport, block: QuoteBlock, anchors: _Anchors, seen: set[int]) -> dict[str, Any]:
    """What the template shows of a block; a quote stands in full once."""
    items = []
    for at in block.indexes:
        quote = report.quotes[at]
        name = anchors[0][quote.id]
        items.append({"refers": name, "id": visible(quote.id)} if at in seen else quote_item(quote, name))
        seen.add(at)
    below = [{"number": visible(key), "target": anchors[1].get(key, "")} for key in block.below]
    return {
        "anchor": anchors[1][block.key],
        "heading": visible(block.heading),
        "facts": visible(block.facts),
        "below": below,
        "items": items,
    }
