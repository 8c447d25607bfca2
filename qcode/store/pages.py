"""The records of a SQLite file read from its bytes, page by page, for files that SQLite itself refuses.

Only leaf pages of tables are looked at, wherever they stand, so neither the header nor the tables' upper pages need be whole. See
https://www.sqlite.org/fileformat2.html for the layout.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

PAGE_SIZE = 4096
_MAGIC = b"SQLite format 3\x00"
_LEAF = 0x0D
_INTEGER_SIZES = (0, 1, 2, 3, 4, 6, 8)
Cell = str | int | float | bytes | None


class Record(NamedTuple):
    """One row of some table: its integer key and its columns. Not `exact` when some of its characters could not be read.

    `page` is the number of the page it stands on, from 1.
    """

    key: int
    values: tuple[Cell, ...]
    exact: bool
    page: int = 0


def page_size_of(content: bytes) -> int:
    """The page size the header states, or the one projects are made with when the header is gone."""
    if content.startswith(_MAGIC):
        size = int.from_bytes(content[16:18], "big")
        size = 65536 if size == 1 else size
        if 512 <= size <= 65536 and size & (size - 1) == 0:
            return size
    return PAGE_SIZE


def records_of(content: bytes) -> Iterator[Record]:
    """Every record on a leaf page of any table; what cannot be read is left out."""
    size = page_size_of(content)
    for start in range(0, len(content), size):
        page = content[start : start + size]
        head = 100 if start == 0 else 0
        if len(page) < head + 8 or page[head] != _LEAF:
            continue
        count = int.from_bytes(page[head + 3 : head + 5], "big")
        for place in range(head + 8, min(head + 8 + 2 * count, len(page) - 1), 2):
            at = int.from_bytes(page[place : place + 2], "big")
            record = _record(content, size, page, at) if at >= head + 8 else None
            if record:
                yield record._replace(page=start // size + 1)


def _record(content: bytes, size: int, page: bytes, at: int) -> Record | None:
    try:
        length, at = _varint(page, at)
        key, at = _varint(page, at)
        if length > len(content):
            return None
        payload, whole = _payload(content, size, page, at, length)
        return _decoded(key, payload, whole)
    except (IndexError, struct.error):
        return None


def _payload(content: bytes, size: int, page: bytes, at: int, length: int) -> tuple[bytes, bool]:
    """The bytes of a record, what spilled over to other pages included, and whether all of them are there."""
    most = size - 35
    if length <= most:
        return page[at : at + length], at + length <= len(page)
    least = (size - 12) * 32 // 255 - 23
    local = least + (length - least) % (size - 4)
    local = local if local <= most else least
    parts = [page[at : at + local]]
    following = int.from_bytes(page[at + local : at + local + 4], "big")
    rest = length - local
    while rest > 0 and 0 < following <= len(content) // size:
        begin = (following - 1) * size
        parts.append(content[begin + 4 : begin + min(size, rest + 4)])
        following = int.from_bytes(content[begin : begin + 4], "big")
        rest -= size - 4
    return b"".join(parts), rest <= 0


def _decoded(key: int, payload: bytes, whole: bool) -> Record | None:
    end, at = _varint(payload, 0)
    if not 0 < end <= len(payload):
        return None
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Cell] = []
    exact = whole
    for kind in kinds:
        value, at, good = _value(payload, at, kind)
        values.append(value)
        exact = exact and good
    return Record(key, tuple(values), exact)


def _value(payload: bytes, at: int, kind: int) -> tuple[Cell, int, bool]:
    if kind in (0, 8, 9):
        return (None, 0, 1)[(0, 8, 9).index(kind)], at, True
    if kind <= 6:
        size = _INTEGER_SIZES[kind]
        return int.from_bytes(payload[at : at + size], "big", signed=True), at + size, True
    if kind == 7:
        return struct.unpack(">d", payload[at : at + 8].ljust(8, b"\0"))[0], at + 8, True
    if kind < 12:
        return None, at, False
    size = (kind - 12) // 2
    raw = payload[at : at + size]
    if kind % 2 == 0:
        return raw, at + size, True
    text = raw.decode("utf-8", errors="replace")
    good = len(raw) == size and b"\0" not in raw and text.encode() == raw
    return text, at + size, good


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for _ in range(8):
        byte = content[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at
    value = value << 8 | content[at]
    return value - (1 << 64) if value >> 63 else value, at + 1
