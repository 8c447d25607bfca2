"""The table that codings travel in."""

from __future__ import annotations

CODING_COLUMNS = ("id", "source", "start", "end", "quote", "code", "coder", "memo", "case")
