"""A coded passage as it leaves the project: words, place, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quote:
    """One coding with everything a reader needs to find and judge it.

    `id` is the short ID ('KGZ07-Q7F3KD'). `start` and `end` are code points, half-open, into the text of `source` (a name such as
    'Kyrgyzstan/note.txt'). `before` and `after` are some characters around the quote. `cases` are paths, `page` the label of the
    original's page or ''.
    """

    id: str
    source: str
    source_label: str
    source_title: str
    start: int
    end: int
    quote: str
    before: str
    after: str
    code: str
    coder: str
    memo: str
    cases: tuple[str, ...]
    page: str = ""
