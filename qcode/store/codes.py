"""Codes as they are read."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from itertools import chain

from qcode.model.code import Code
from qcode.model.paths import MARK, paths_of
from qcode.store.joined import read_for


def read_codes(db: sqlite3.Connection) -> list[Code]:
    """All codes, each before the codes below it, siblings by their position, then name."""
    rows = db.execute(
        "SELECT c.id, c.uuid, c.name, p.uuid, c.definition, c.include, c.exclude, c.example, c.colour, c.position "
        "FROM codes c LEFT JOIN codes p ON p.id = c.parent_id ORDER BY c.position, c.name, c.uuid"
    ).fetchall()
    paths = paths_of({row[1]: row[3] for row in rows}, {row[1]: row[2] for row in rows})
    below: dict[str | None, list[Code]] = {}
    for key, row_uuid, name, parent, definition, include, exclude, example, colour, position in rows:
        path = paths[row_uuid]
        depth = path.count(MARK) + 1
        above = parent if depth > 1 else None
        code = Code(key, row_uuid, name, path, depth, above, definition, include, exclude, example, colour, position)
        below.setdefault(code.parent, []).append(code)
    ordered: list[Code] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        code = waiting.pop()
        ordered.append(code)
        waiting.extend(reversed(below.get(code.uuid, [])))
    return ordered


def read_codebook(db: sqlite3.Connection, sha256: str) -> frozenset[str]:
    """The UUIDs of the codes a version of the codebook had."""
    row = db.execute("SELECT codes FROM codebooks WHERE sha256 = ?", (sha256,)).fetchone()
    return frozenset() if row is None else frozenset(json.loads(row[0]))


def keep_codebook(db: sqlite3.Connection, only: Iterable[str] | None = None) -> str:
    """Keep the codebook's present version, which is the UUIDs of its codes (of those in `only`, where that is given), and give its
    SHA-256. Not content until a row names it."""
    uuids = [row_uuid for (row_uuid,) in db.execute("SELECT uuid FROM codes ORDER BY uuid")] if only is None else sorted(only)
    codes = json.dumps(uuids)
    key = hashlib.sha256(codes.encode()).hexdigest()
    db.execute("INSERT OR IGNORE INTO codebooks (sha256, codes) VALUES (?, ?)", (key, codes))
    return key


def codebook_versions(db: sqlite3.Connection) -> dict[int, frozenset[int]]:
    """For each kept version of the codebook, by key, the keys of those of its codes that are still there, and of those that
    others were joined into."""
    keys = dict(db.execute("SELECT uuid, id FROM codes").fetchall())
    seen = {code: {key} for code, key in keys.items()}
    seen.update((code, {keys[other] for other in others if other in keys}) for code, others in read_for(db).items())
    return {
        version: frozenset(chain.from_iterable(seen.get(code, ()) for code in json.loads(codes)))
        for version, codes in db.execute("SELECT id, codes FROM codebooks")
    }


def codebook_size(db: sqlite3.Connection, sha256: str) -> int:
    """How many codes a kept version of the codebook has; 0 where it is not there."""
    row = db.execute("SELECT codes FROM codebooks WHERE sha256 = ?", (sha256,)).fetchone()
    return len(json.loads(row[0])) if row else 0
