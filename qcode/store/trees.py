"""Which page of a file belongs to which table, as far as the schema and the upper pages of the tables can still be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from qcode.store.pages import Record, page_size_of

_UPPER, _LEAF = 0x05, 0x0D
_SCHEMA_COLUMNS = 5


@dataclass
class Trees:
    """`tables` by page number, without pages that two tables lay claim to; `gone` counts pages that are named and cannot be read."""

    tables: dict[int, str] = field(default_factory=dict)
    gone: Counter[str] = field(default_factory=Counter)


def trees_of(content: bytes, roots: Mapping[str, int]) -> Trees:
    """The pages of every table whose first page `roots` names."""
    trees = Trees()
    size = page_size_of(content)
    twice: set[int] = set()
    for table, root in roots.items():
        waiting, seen = [root], {root}
        while waiting:
            number = waiting.pop()
            if trees.tables.setdefault(number, table) != table:
                twice.add(number)
            page = content[(number - 1) * size : number * size]
            kind = page[0] if len(page) == size else 0
            if kind == _UPPER:
                below = set(_below(page)) - seen
                seen |= below
                waiting.extend(below)
            elif kind != _LEAF:
                trees.gone[table] += 1
    for number in twice:
        del trees.tables[number]
    return trees


def root_of(record: Record) -> tuple[str, int] | None:
    """A table and its first page, if the record is a line of the schema."""
    if len(record.values) == _SCHEMA_COLUMNS and record.values[0] == "table":
        _, name, _, root, _ = record.values
        if isinstance(name, str) and isinstance(root, int) and root > 1:
            return name, root
    return None


def stated_pages(content: bytes) -> int:
    """How many pages the file has by its header; 0 when the header does not say."""
    said = content.startswith(b"SQLite format 3\x00") and content[24:28] == content[92:96]
    return int.from_bytes(content[28:32], "big") if said else 0


def _below(page: bytes) -> Iterator[int]:
    """The pages that an upper page names."""
    yield from _number(page, 8)
    for place in range(12, min(12 + 2 * int.from_bytes(page[3:5], "big"), len(page) - 1), 2):
        yield from _number(page, int.from_bytes(page[place : place + 2], "big"))


def _number(page: bytes, at: int) -> Iterator[int]:
    number = int.from_bytes(page[at : at + 4], "big")
    if number > 1:
        yield number
