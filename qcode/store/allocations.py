"""Who is to code what, who was handed a copy, and what was drawn for coding twice."""

from __future__ import annotations

import sqlite3
from typing import Any


def allocated_to(db: sqlite3.Connection, coder: str) -> set[str]:
    """The UUIDs of the sources that are assigned to a coder (a UUID)."""
    sql = (
        "SELECT s.uuid FROM allocations a JOIN sources s ON s.id = a.source_id JOIN coders c ON c.id = a.coder_id WHERE c.uuid = ?"
    )
    return {key for (key,) in db.execute(sql, (coder,))}


def read_allocations(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Coder, source and sample ('' for none) of every assignment, as UUIDs."""
    return db.execute(
        "SELECT c.uuid, s.uuid, coalesce(m.uuid, '') FROM allocations a JOIN coders c ON c.id = a.coder_id "
        "JOIN sources s ON s.id = a.source_id LEFT JOIN samples m ON m.id = a.sample_id ORDER BY c.name, s.name, a.uuid"
    ).fetchall()


def read_samples(db: sqlite3.Connection) -> list[tuple[str, str, int, int]]:
    """UUID, name, seed and whether it was revealed of every sample, by name."""
    return db.execute("SELECT uuid, name, seed, revealed FROM samples ORDER BY name, uuid").fetchall()


def unrevealed(db: sqlite3.Connection) -> set[tuple[int, int]]:
    """Source key and coder key of everything that is coded for a sample which is not revealed yet."""
    sql = "SELECT a.source_id, a.coder_id FROM allocations a JOIN samples m ON m.id = a.sample_id WHERE NOT m.revealed"
    return set(db.execute(sql).fetchall())


def read_handouts(db: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Coder (name), 'open' or 'locked', blind, partial and time of every hand-out, newest first."""
    return db.execute(
        "SELECT c.name, h.codebook, h.blind, h.partial, h.handed_out FROM handouts h JOIN coders c ON c.id = h.coder_id "
        "ORDER BY h.handed_out DESC, h.uuid DESC"
    ).fetchall()
