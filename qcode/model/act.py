"""One line of the audit trail."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActRecord:
    """An act as the history shows it: number in this file, time (ISO), coder, kind, what was done in words, the number of the act it
    takes back if it is an undo, and how many rows it wrote."""

    number: int
    at: str
    coder: str
    kind: str
    label: str
    undoes: int | None
    rows: int
