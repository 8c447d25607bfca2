"""Sources with far more codings than usual, added to a project."""

from __future__ import annotations

import random

from qcode.model.span import Span
from qcode.operations.coders import ensure_coder
from qcode.operations.codings import add_coding
from qcode.operations.sources import add_pasted
from qcode.project import Project
from qcode.store.codes import read_codes
from qcode.store.journal import Act
from tests.benchmarks.corpus import write_note

#: By name: how many codings, in how many bytes.
CROWDED = {"1,000 in 20 KB": (1_000, 20_000), "1,000 in 200 KB": (1_000, 200_000), "10,000 in 5 MB": (10_000, 5_000_000)}


def add_crowded(project: Project, coder: str) -> None:
    """One source for each of `CROWDED`, its codings spread over all codes of the project."""
    chance = random.Random(1)
    with project.reading() as db:
        codes = [code.uuid for code in read_codes(db)]
    for name, (codings, size) in CROWDED.items():
        text = write_note(chance, size).encode()[:size].decode(errors="ignore")
        source = add_pasted(project, name, text)
        starts = [chance.randrange(len(text) - 200) for _ in range(codings)]

        def fill(act: Act, source: str = source, starts: list[int] = starts) -> None:
            by = ensure_coder(act, coder)
            for number, start in enumerate(starts):
                add_coding(act, source, Span(start, start + 50 + number % 100), codes[number % len(codes)], by, {})

        project.transact("fill", "Fill", fill)
