"""Words that are nearly those of a quote, for saying what was probably meant; never for deciding it."""

from __future__ import annotations

from qcode.model.span import Span

_ENOUGH = 85.0


def nearest_to(quote: str, text: str) -> Span | None:
    """The stretch of `text` most like `quote`, None when nothing is at least 85 % alike (rapidfuzz's partial ratio)."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    if not quote or len(quote) > len(text):
        return None
    near = partial_ratio_alignment(quote, text, score_cutoff=_ENOUGH)
    return None if near is None or near.dest_end <= near.dest_start else Span(near.dest_start, near.dest_end)
