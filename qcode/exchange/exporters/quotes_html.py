"""A list of quotes as one HTML page, source by source."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from qcode.exchange.exporters.annex import quote_anchors
from qcode.exchange.exporters.characters import visible
from qcode.exchange.exporters.page import quote_item, refuse_too_many, write_page
from qcode.exchange.exporters.wording import counted, provenance_line
from qcode.model.report import QuoteReport


def write(report: QuoteReport, path: Path) -> None:
    """Writes one page of at most 20,000 quotes; raises UserError beyond, or when `path` cannot be written."""
    refuse_too_many(len(report.quotes), path)
    anchored = list(zip(report.quotes, quote_anchors(report.quotes), strict=True))
    groups = [
        {"name": visible(source), "items": [quote_item(quote, anchor) for quote, anchor in pairs]}
        for source, pairs in groupby(anchored, key=lambda pair: pair[0].source)
    ]
    values = {
        "title": visible(report.title),
        "count": f"{counted(len(report.quotes), 'quote')} from {counted(len({quote.source for quote in report.quotes}), 'source')}",
        "groups": groups,
        "provenance": visible(provenance_line(report.provenance)),
        "wide": False,
    }
    write_page(path, "quotes.html.jinja", values, landscape=False)
