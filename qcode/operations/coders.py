"""Coders: the people whose work is kept apart."""

from __future__ import annotations

from qcode.model.identity import uuid_of
from qcode.model.paths import checked_name
from qcode.store.journal import Act
from qcode.store.sources import find_coder


def ensure_coder(act: Act, name: str) -> str:
    """The UUID of the coder called `name`, made as part of the act if there is none; the same name is the same coder everywhere."""
    known = find_coder(act.db, name)
    if known is not None:
        return known
    clean = checked_name(name, "coder")
    key = uuid_of("coders", clean)
    return act.insert("coders", {"name": clean}, key if not act.rows.has("coders", key) else "")
