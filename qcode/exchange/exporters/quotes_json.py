"""A list of quotes as one JSON document for programs."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from qcode.exchange.exporters.json_text import provenance_object, write_json
from qcode.model.quote import Quote
from qcode.model.report import QuoteReport

FIELDS = tuple(field.name for field in fields(Quote))


def write(report: QuoteReport, path: Path) -> None:
    """Writes title, quotes with all their fields, and provenance. Raises UserError when it cannot."""
    quotes = ({name: getattr(quote, name) for name in FIELDS} for quote in report.quotes)
    write_json(path, {"title": report.title, "quotes": quotes, "provenance": provenance_object(report.provenance)})
