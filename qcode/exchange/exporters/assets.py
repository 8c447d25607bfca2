"""The files of `resources/report`: style, script, colours, word lists."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from qcode.resources import resource


@cache
def read_asset(name: str) -> str:
    """The text of one file of the folder."""
    return resource(f"report/{name}").read_text(encoding="utf-8")


@cache
def read_json(name: str) -> dict[str, Any]:
    """One JSON object of the folder; shared, so not to be changed."""
    content: dict[str, Any] = json.loads(read_asset(name))
    return content
