"""A list of quotes as a Word file, source by source."""

from __future__ import annotations

from pathlib import Path

from qcode.exchange.exporters.annex import quote_anchors
from qcode.exchange.exporters.word_file import WordFile, add_quote, refuse_too_many
from qcode.exchange.exporters.wording import counted, provenance_line
from qcode.model.report import QuoteReport


def write(report: QuoteReport, path: Path) -> None:
    """Writes at most 10,000 quotes, each under its ID as bookmark; raises UserError beyond, or when it cannot be written."""
    refuse_too_many(len(report.quotes), path)
    word = WordFile(report.title, report.provenance)
    word.text(word.paragraph("qcode Title"), report.title)
    sources = len({quote.source for quote in report.quotes})
    word.text(word.paragraph("qcode Lead"), f"{counted(len(report.quotes), 'quote')} from {counted(sources, 'source')}")
    source = None
    for quote, anchor in zip(report.quotes, quote_anchors(report.quotes), strict=True):
        if quote.source != source:
            source = quote.source
            word.text(word.paragraph("qcode Heading 1"), source)
        add_quote(word, quote, anchor, full=True)
    word.text(word.paragraph("qcode Note"), provenance_line(report.provenance))
    word.save_to(path)
