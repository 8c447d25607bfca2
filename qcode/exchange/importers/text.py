"""Plain text: character by character, only the byte-order mark and the line ends change."""

from __future__ import annotations

from pathlib import Path

from qcode.exchange.guards import read_text
from qcode.model.document import Document
from qcode.text.decoding import unify_line_ends
from qcode.text.structure import find_blocks


def read(path: Path) -> Document:
    """The text of a .txt file with its encoding and blocks; UserError for empty, binary and undecodable files."""
    raw, encoding = read_text(path)
    text = unify_line_ends(raw)
    return Document(text, "txt", find_blocks(text), encoding=encoding)
