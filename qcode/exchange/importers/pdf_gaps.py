"""The space between the lines of a PDF page, which shows where paragraphs end."""

from __future__ import annotations

import ctypes
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_WIDER = 1.25
_SAME_LINE = 2.0  # points: pieces of one line may stand a little higher or lower


def text_with_gaps(page: PdfTextPage) -> str:
    """The text of a page with '\\n' between lines, and a blank line wherever the space between two is clearly wider than usual there."""
    lines = page.get_text_range().split("\r\n")
    heights = _baselines(page, lines)
    steps = [above - below if above is not None and below is not None else 0.0 for above, below in pairwise(heights)]
    usual = _usual(steps)
    pieces = lines[:1]
    for line, step in zip(lines[1:], steps, strict=True):
        pieces.append("\n\n" if usual and step > usual * _WIDER else "\n")
        pieces.append(line)
    return "".join(pieces)


def _usual(steps: list[float]) -> float:
    """The step that a quarter of the lines do not reach, as spacing widens some steps and nothing narrows them; 0 without lines."""
    real = sorted(step for step in steps if step > _SAME_LINE)
    return real[len(real) // 4] if real else 0.0


def _baselines(page: PdfTextPage, lines: list[str]) -> list[float | None]:
    """The height of each line's first character above the foot of the page, in points; None for a blank line."""
    from pypdfium2 import raw

    heights: list[float | None] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    at = 0
    for line in lines:
        lead = len(line) - len(line.lstrip())
        index = raw.FPDFText_GetCharIndexFromTextIndex(page, at + lead) if line.strip() else -1
        known = index >= 0 and raw.FPDFText_GetCharOrigin(page, index, ctypes.byref(x), ctypes.byref(y))
        heights.append(y.value if known else None)
        at += len(line.encode("utf-16-le", "surrogatepass")) // 2 + 2
    return heights
