"""What the exporters of linked tables share: where a piece of a cell leads, and what a cell says without links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qcode.exchange.exporters.annex import quote_anchors
from qcode.model.report import Linked, LinkedReport

QUOTES = "Quotes"
#: What stands before the numbers of the statements below, and in the place of a quote that stands further up.
RESTS_ON, AGAIN = "Rests on ", "stands in full above"


def anchors_of(report: LinkedReport) -> tuple[dict[str, str], dict[str, str]]:
    """The anchors of quotes by ID, and of blocks by key; by the rules of Word's bookmarks."""
    quotes = {quote.id: name for quote, name in zip(report.quotes, quote_anchors(report.quotes), strict=True)}
    return quotes, {block.key: f"B_{block.key}" for block in report.blocks}


def target_of(piece: Linked, anchors: tuple[Mapping[str, str], Mapping[str, str]]) -> str:
    """The anchor that a piece leads to, '' for plain words and for what is not in the report."""
    quotes, blocks = anchors
    return quotes.get(piece.quote, "") or blocks.get(piece.block, "")


def plain(cell: Iterable[Linked]) -> str:
    """What a cell says."""
    return "".join(piece.text for piece in cell)
