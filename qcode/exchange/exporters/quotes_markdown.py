"""A list of quotes as markdown, source by source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qcode.exchange.exporters.annex import quote_anchors
from qcode.exchange.exporters.atomic import write_text
from qcode.exchange.exporters.markdown_text import entry, inline
from qcode.exchange.exporters.wording import counted, provenance_line
from qcode.model.report import QuoteReport


def write(report: QuoteReport, path: Path) -> None:
    """Writes title, quotes under their sources, and provenance; raises UserError when `path` cannot be written."""
    write_text(path, _chunks(report))


def _chunks(report: QuoteReport) -> Iterator[str]:
    yield f"# {inline(report.title)}\n\n{counted(len(report.quotes), 'quote')}\n"
    source = None
    for quote, anchor in zip(report.quotes, quote_anchors(report.quotes), strict=True):
        if quote.source != source:
            source = quote.source
            yield f"\n## {inline(source)}\n"
        yield f"\n{entry(quote, anchor)}\nCode: {inline(quote.code)}\n"
        if quote.memo:
            yield f"\nMemo: {inline(quote.memo)}\n"
    yield f"\n{inline(provenance_line(report.provenance))}\n"
