"""What keys select: this sentence, this paragraph, and one more each time."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.model.document import Block
from qcode.model.span import Span
from qcode.text.sentences import sentences_of


def sentence_or_more(text: str, blocks: Sequence[Block], caret: int, selection: Span | None) -> Span | None:
    """The sentence at `caret`; when whole sentences are selected, these and the next one. None in a blank text."""
    spans = [span for block in blocks for span in sentences_of(text, block.start, block.end)]
    return _this_or_more(spans, caret, selection)


def paragraph_or_more(blocks: Sequence[Block], caret: int, selection: Span | None) -> Span | None:
    """The paragraph at `caret`; when whole paragraphs are selected, these and the next one. None in a blank text."""
    return _this_or_more([Span(block.start, block.end) for block in blocks], caret, selection)


def _this_or_more(spans: Sequence[Span], caret: int, selection: Span | None) -> Span | None:
    if selection and selection.start in {span.start for span in spans}:
        for span in spans:
            if span.end == selection.end:
                following = next((one for one in spans if one.start >= span.end), span)
                return Span(selection.start, following.end)
    at = selection.start if selection else caret
    # A caret after the last full stop still belongs to the sentence before it.
    return next((span for span in spans if at < span.end), spans[-1] if spans else None)
