"""The values that lines of the journal give rows, read as what comes from strangers is: whole, as this program writes them, and each such
as its field can have."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from qcode.store.bundle import Line
from qcode.store.schema import CONTENT, PLACE, Table, Values

_CHUNK = 2_000
#: Between two payloads: a string cannot hold a line break, and outside of one nothing but a list can be closed here.
_MARK = "],\n["
_SOURCE = re.compile('"source":"([^"]*)"')
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass
class Named:
    """What lines say the rows are from now on refer to: keys by table, and for each text how far places in it reach."""

    rows: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    reach: dict[str, int] = field(default_factory=dict)


def understand(lines: Iterable[Line]) -> Named:
    """What the lines name. Raises ValueError unless each gives a row of a table that there is values that such a row can have."""
    sides: dict[tuple[str, bool, bool], list[str]] = defaultdict(list)
    for _, _, table, _, before, after in lines:
        if before is None and after is None:
            raise ValueError("a line that says nothing")
        whole = before is None or after is None
        if before is not None:
            sides[table, whole, False].append(before)
        if after is not None:
            sides[table, whole, True].append(after)
    named = Named()
    for (name, whole, stays), payloads in sides.items():
        if name not in CONTENT:
            raise ValueError(f"no table {name}")
        for start in range(0, len(payloads), _CHUNK):
            _take(named if stays else Named(), CONTENT[name], _rows(payloads[start : start + _CHUNK]), whole=whole)
    return named


def _rows(payloads: Sequence[str]) -> list[Values]:
    """The values that payloads write down. Raises ValueError unless each is one object, as this program writes one."""
    # All at once takes a third of the time.
    text = f"[[{_MARK.join(payloads)}]]"
    text.encode()
    try:
        lists = json.loads(text)
    except RecursionError:
        raise ValueError("values in values") from None
    if len(lists) != len(payloads) or set(map(type, lists)) != {list} or set(map(len, lists)) != {1}:
        raise ValueError("not one value each")
    rows = list(chain.from_iterable(lists))
    if set(map(type, rows)) != {dict}:
        raise ValueError("no objects")
    if not _is_plain(text, rows) and [_encode(row) for row in rows] != list(payloads):
        raise ValueError("written in another way")
    return rows


def _is_plain(text: str, rows: Sequence[Values]) -> bool:
    """Whether each of the rows in a text surely names every field once, in its own letters, and its source as who looks for a source in
    the journal looks for it. To write all rows anew and compare takes three times as long."""
    escaped = "\\" in text
    named = text.count('":') - (text.count('\\":') if escaped else 0)
    blanks = text.count('" ') - (text.count('\\" ') if escaped else 0) or text.count("\n") >= len(rows) or "\t" in text or "\r" in text
    begins = text.startswith("[[{") and text.count(f"{_MARK}{{") == len(rows) - 1
    sources = [row["source"] for row in rows if "source" in row and row["source"] is not None]
    as_said = named == sum(map(len, rows)) and _SOURCE.findall(text) == sources
    return as_said and begins and not blanks and not (escaped and "\\u" in text)


def _take(named: Named, table: Table, rows: Sequence[Values], *, whole: bool) -> None:
    """Note what rows name. Raises ValueError unless rows of the table can have these values; `whole` are those that say all that is not
    at its default."""
    if not set().union(*rows) <= table.by_name.keys():
        raise ValueError(f"no field of {table.name}")
    columns = {one.name: [row[one.name] for row in rows if one.name in row] for one in table.fields}
    for one in table.fields:
        values = one.kind.distinct(columns[one.name], optional=one.optional, choices=one.choices)
        if whole and one.needed and len(columns[one.name]) < len(rows):
            raise ValueError(f"{table.name} without {one.name}")
        if one.ref:
            named.rows[one.ref].update(values)
    for group in table.together:
        if not whole and any(0 < len(row.keys() & group) < len(group) for row in rows):
            raise ValueError(f"{table.name} with some of {group}")
    if table.is_placed:
        whole_columns = (columns[name] if len(columns[name]) == len(rows) else [row.get(name) for row in rows] for name in PLACE)
        _take_places(named.reach, *whole_columns)


def _take_places(reach: dict[str, int], *columns: Sequence[Any]) -> None:
    """Note how far places reach in each text. Raises ValueError for half a place, and one that ends where or before it begins."""
    for start, end, text in zip(*columns, strict=True):
        if start is None or end is None or text is None:
            if start is not end or end is not text:
                raise ValueError("half a place")
        elif start >= end:
            raise ValueError("a place that is empty")
        elif end > reach.get(text, 0):
            reach[text] = end
