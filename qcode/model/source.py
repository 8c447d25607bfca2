"""A source: one text that people said or wrote."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One source. `name` is the file's, with '/' for folders; `label` opens its quote IDs ('KGZ07'); `text` is the SHA-256 of its
    present text, `characters` how many code points that has; `original` the SHA-256 of the file it came from, or ''.
    `id` is its key in this file only."""

    id: int
    uuid: str
    name: str
    title: str
    label: str
    language: str
    format: str
    text: str
    characters: int
    original: str
