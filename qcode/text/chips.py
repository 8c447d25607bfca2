"""Quotes that a summary names: stored by the UUID of the coding, shown and typed by the short ID."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_STORED = re.compile(rf"\[#({_UUID})\]")
_SHOWN = re.compile(r"\[#([^\[\]\n]*)\]")


def chip(name: str) -> str:
    """How a coding is named in a text: '[#KGZ07-Q7F3KD]'."""
    return f"[#{name}]"


def cited_in(words: str) -> tuple[str, ...]:
    """The UUIDs of the codings that a stored text names, each once, in the order of the text."""
    return tuple(dict.fromkeys(_STORED.findall(words)))


def with_ids(words: str, ids: Mapping[str, str]) -> str:
    """A stored text with the short ID of each coding in the place of its UUID, which stays where `ids` lacks it."""
    return _STORED.sub(lambda found: chip(ids.get(found[1], found[1])), words)


def with_uuids(words: str, uuid_of: Callable[[str], str]) -> str:
    """A text as it is typed with the UUID that `uuid_of` gives in the place of each ID. Raises what `uuid_of` raises."""
    return _SHOWN.sub(lambda found: chip(uuid_of(found[1].strip())), words)


def pieces_of(words: str) -> Iterator[tuple[str, str]]:
    """A shown text in pieces: pairs of plain text and '', or of a chip as it stands there and the ID it names."""
    at = 0
    for found in _SHOWN.finditer(words):
        if found.start() > at:
            yield words[at : found.start()], ""
        yield found[0], found[1].strip()
        at = found.end()
    if at < len(words):
        yield words[at:], ""
