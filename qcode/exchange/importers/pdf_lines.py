"""The lines of PDF pages made into paragraphs: which lines go on, and which hyphens at line ends are part of the word."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import NamedTuple

from qcode.text.speakers import find_name
from qcode.text.wrapping import broken_at_margin, usual_width

_AROUND_HYPHEN = re.compile(r"(?P<first>[^\W\d_]*)[\ufffe\x02][ \n]*(?P<second>[^\W\d_]*)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NARROWEST = 25
_SHARE_BROKEN = 0.04
_FEWEST_BROKEN = 5


class Page(NamedTuple):
    """One page: its label, and its text with '\\n' between lines."""

    label: str
    text: str


def settle_hyphens(pages: Sequence[Page]) -> list[Page]:
    """The pages with every line-end hyphen decided: it belongs to the word and stays, or it only stood at the line end and goes.

    It goes when the joined word occurs elsewhere in the document; it stays when the hyphenated word does, or when both halves are words
    of the document themselves; failing all this it goes in documents that break many lines so, and stays in others.
    """
    words = {word.casefold() for page in pages for word in _WORD.findall(_AROUND_HYPHEN.sub(" ", page.text))}
    breaks = sum(len(_AROUND_HYPHEN.findall(page.text)) for page in pages)
    lines = sum(page.text.count("\n") + 1 for page in pages)
    breaks_words = breaks >= _FEWEST_BROKEN and breaks > _SHARE_BROKEN * lines

    def settle(match: re.Match[str]) -> str:
        first, second = match["first"], match["second"]
        stays = _stays(first.casefold(), second.casefold(), words)
        if stays is None:
            stays = not breaks_words or not (first and second)
        return f"{first}-{second}" if stays else first + second

    return [Page(page.label, _AROUND_HYPHEN.sub(settle, page.text)) for page in pages] if breaks else list(pages)


def _stays(first: str, second: str, words: set[str]) -> bool | None:
    """Whether the document itself shows that the hyphen belongs to the word; None when it shows nothing."""
    if first + second in words:
        return False
    if f"{first}-{second}" in words or (first in words and second in words):
        return True
    return None


def join_lines(pages: Sequence[Page], titles: Container[str] = ()) -> tuple[str, list[int]]:
    """The text of all pages, one paragraph a line, and where each page begins in it.

    A blank line ends a paragraph. Else a line goes on in the next, also over a page end, when it reaches the margin or the next one
    plainly continues its sentence; lines that are one of `titles` stand alone. Running heads and page numbers stay where they stand.
    """
    lines = [[line.strip() for line in page.text.strip().split("\n")] for page in pages]
    width = usual_width([len(line) for page in lines for line in page if line])
    pieces: list[str] = []
    starts: list[int] = []
    previous, at = "", 0
    for page in lines:
        starts.append(at)
        for line in page:
            between = _between(previous, line, width, titles) if pieces and line else ""
            if line and starts[-1] == at:
                starts[-1] += len(between)
            pieces += [between, line]
            at += len(between) + len(line)
            previous = line
    return "".join(pieces), starts


def _between(previous: str, line: str, width: int, titles: Container[str]) -> str:
    """A blank where `line` continues `previous`, else a line end."""
    alone = not previous or previous in titles or line in titles or find_name(line, 0, len(line))
    return "\n" if alone or width < _NARROWEST or not broken_at_margin(previous, line, width) else " "
