"""How many quotes a file of each format takes, asked before they are read."""

from __future__ import annotations

from pathlib import Path

from qcode.exchange.exporters import page, word_file


def refuse_too_many(kind: str, count: int, path: Path) -> None:
    """Raises UserError where a file of that format cannot take `count` quotes; the formats without a limit take any number."""
    refuse = {"docx": word_file.refuse_too_many, "html": page.refuse_too_many}.get(kind)
    if refuse:
        refuse(count, path)
