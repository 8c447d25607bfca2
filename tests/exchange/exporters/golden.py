"""Comparing an export with the file it gave when somebody last looked at it."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "golden"


def check(name: str, content: str) -> None:
    """Fails when `content` differs from tests/golden/`name`; QCODE_GOLDEN=write renews the file, to be looked at in the diff."""
    path = FOLDER / name
    if os.environ.get("QCODE_GOLDEN") == "write":
        path.write_bytes(content.encode("utf-8"))
    assert content.encode("utf-8") == path.read_bytes(), f"{name} differs; run with QCODE_GOLDEN=write and look at the diff"
