"""A list of quotes as one JSON document for programs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from qcode.exchange.exporters.json_text import provenance_object, write_json
from qcode.model.report import QuoteReport


def write(report: QuoteReport, path: Path) -> None:
    """Writes title, quotes with all their fields, and provenance. Raises UserError when it cannot."""
    quotes = [asdict(quote) for quote in report.quotes]
    write_json(path, {"title": report.title, "quotes": quotes, "provenance": provenance_object(report.provenance)})
