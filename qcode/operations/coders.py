"""Coders: the people whose work is kept apart."""

from __future__ import annotations

from qcode.errors import UserError
from qcode.model.decision import AGREED
from qcode.model.identity import uuid_of
from qcode.model.paths import checked_name
from qcode.store.journal import Act
from qcode.store.sources import find_coder


def ensure_coder(act: Act, name: str) -> str:
    """The UUID of the coder called `name`, made as part of the act if there is none; the same name is the same coder everywhere.

    Raises UserError for the name of the layer 'agreed', which is nobody's.
    """
    refuse_layer(name)
    return _coder(act, name)


def ensure_layer(act: Act) -> str:
    """The UUID of the coder that the layer of what was agreed is kept under, made as part of the act if it is not there."""
    return _coder(act, AGREED)


def refuse_layer(name: str) -> None:
    """Raise UserError when `name` is that of the layer."""
    if name.strip().casefold() == AGREED:
        raise UserError(f"'{name.strip()}' is the layer of what coders agreed on, and cannot be a coder's name: choose another.")


def _coder(act: Act, name: str) -> str:
    known = find_coder(act.db, name)
    if known is not None:
        return known
    clean = checked_name(name, "coder")
    key = uuid_of("coders", clean)
    return act.insert("coders", {"name": clean}, key if not act.rows.has("coders", key) else "")
