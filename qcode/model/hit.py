"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.model.span import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that matches: its source (UUID, name, label), its span and words, and the spans of what was found in it."""

    source: str
    name: str
    label: str
    paragraph: Span
    text: str
    places: tuple[Span, ...]
