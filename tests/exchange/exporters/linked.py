"""Linked tables made up for the exporters' tests: a small one with every kind of cell, and a hostile one."""

from __future__ import annotations

from qcode.model.report import Linked, LinkedReport, LinkedSection, QuoteBlock
from tests.exchange.exporters.reports import HOSTILE, PROVENANCE, hostile_report, small_report

_COLUMNS = ("No.", "Finding", "Evidence")


def small_linked() -> LinkedReport:
    """Two tables of the same columns, cells that lead to quotes and blocks, one that warns, a block without quotes of its own, and a quote
    in two blocks."""
    quotes = tuple(small_report().quotes[:3])
    evidence = (Linked("2 quotes from 2 sources: moderate", block="F1"), Linked("\n"), Linked(quotes[0].id, quote=quotes[0].id))
    warned = (*evidence, Linked("\n"), Linked("x", warns=True))
    first = ((Linked("F1", block="F1"), Linked("\ndraft")), (Linked("Money comes late."),), warned)
    second = ((Linked("F2", block="F2"),), (Linked("Nothing | else."),), ())
    advice = ((Linked("C1", block="C1"),), (Linked("Pay early."),), (Linked("gone", quote="NOT-HERE"),))
    return LinkedReport(
        title="Key findings",
        lead="2 findings; 1 draft.",
        sections=(
            LinkedSection("Efficiency", "2 findings", _COLUMNS, (first, second)),
            LinkedSection("Without a criterion", "", _COLUMNS, (advice,)),
            LinkedSection("Nothing", "0 findings", ("Field",), ()),
        ),
        quotes=quotes,
        blocks=(
            QuoteBlock("F1", "F1  Money comes late.", "2 quotes from 2 sources: moderate", (), (0, 1)),
            QuoteBlock("F2", "F2  Nothing | else.", "no quotes", (), ()),
            QuoteBlock("C1", "C1  Pay early.", "2 quotes", ("F1", "F2"), (1, 2)),
        ),
        provenance=PROVENANCE,
    )


def hostile_linked() -> LinkedReport:
    """Hostile words as title, heading, column, cell and block."""
    quotes = tuple(hostile_report().quotes)
    words = (*HOSTILE, "long " + "x" * 39_990 + " end.")
    rows = tuple(((Linked("F1", block="F1"),), (Linked(word),), (Linked(word, quote=quotes[0].id),)) for word in words)
    sections = tuple(LinkedSection(word[:80], word, ("No.", f"Text {word[:40]}", "Evidence"), rows) for word in HOSTILE[:2])
    block = QuoteBlock("F1", f"F1  {HOSTILE[0]}", HOSTILE[1], (), tuple(range(len(quotes))))
    return LinkedReport(HOSTILE[0], HOSTILE[1], sections, quotes, (block,), PROVENANCE)
