"""Which table a record belongs to that was found without the table: told by what its columns hold."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from qcode.model.case import LEVEL_TYPES, AttributeType
from qcode.model.document import BlockKind
from qcode.model.statement import Sort
from qcode.store.alike import place_alike
from qcode.store.pages import Cell, Record, records_of
from qcode.store.schema import CONTENT, Field, Table
from qcode.store.trees import root_of, trees_of

Row = tuple[Cell, ...]
_Test = Callable[[Cell], bool]
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LARGEST_KEY = 1 << 40


def _is_uuid(value: Cell) -> bool:
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def _is_sha256(value: Cell) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _is_text(value: Cell) -> bool:
    return isinstance(value, str)


def _is_text_or_nothing(value: Cell) -> bool:
    return value is None or isinstance(value, str)


def _is_number(value: Cell) -> bool:
    return isinstance(value, int | float)


def _is_whole(value: Cell) -> bool:
    return isinstance(value, int) and 0 <= value < _LARGEST_KEY


def _is_whole_or_nothing(value: Cell) -> bool:
    return value is None or _is_whole(value)


def _is_blob(value: Cell) -> bool:
    return isinstance(value, bytes)


def _is_one_of(values: Iterable[str]) -> _Test:
    known = frozenset(values)
    return lambda value: isinstance(value, str) and value in known


def _is_list(value: Cell) -> bool:
    return isinstance(value, str) and value.startswith("[")


def _test_of(given: Field) -> _Test:
    if given.ref:
        return _is_whole_or_nothing if given.optional or given.name == "text" else _is_whole
    if isinstance(given.default, str):
        return _is_text
    return _is_number if isinstance(given.default, float) else _is_whole if given.default is not None else _is_whole_or_nothing


def _shape(table: Table) -> tuple[_Test, ...]:
    fields = [_test_of(given) for given in table.fields]
    if table.name == "attributes":
        fields = [_is_text, _is_one_of((*AttributeType, *LEVEL_TYPES))]
    if table.name == "statements":
        fields[0] = _is_one_of(Sort)
    return (_is_uuid, *fields, *(_is_text for _ in table.derived))


_SHAPES: dict[str, tuple[_Test, ...]] = {
    "settings": (lambda value: _is_text(value) and not _is_sha256(value) and not _is_uuid(value), _is_text),
    "coding_digests": (_is_whole, _is_sha256),
    "texts": (_is_sha256, _is_text, _is_whole),
    "codebooks": (_is_sha256, _is_list),
    "originals": (_is_sha256, _is_text, _is_whole, _is_blob, _is_text, _is_list),
    "paragraphs": (_is_whole, _is_whole, _is_whole, _is_one_of(BlockKind), _is_whole, _is_text),
    "sessions": (_is_uuid, _is_text, _is_list),
    "operations": (_is_whole, _is_whole, _is_whole, _is_text, _is_text, _is_text, _is_text, _is_whole_or_nothing),
    "row_changes": (_is_whole, _is_one_of(CONTENT), _is_text, _is_text_or_nothing, _is_text_or_nothing),
    "tombstones": (_is_uuid, _is_text, _is_text, _is_text),
    **{table.name: _shape(table) for table in CONTENT.values()},
}
_BY_LENGTH: dict[int, list[str]] = defaultdict(list)
for _table, _columns in _SHAPES.items():
    _BY_LENGTH[len(_columns) + 1].append(_table)


@dataclass
class Salvage:
    """What was found, by table and integer key, without the key column. `torn` are texts of which not every character was read.

    `gone` are the pages of each table that cannot be read, as far as its upper pages name them; `doubts` sentences for people.
    """

    rows: dict[str, dict[int, Row]] = field(default_factory=lambda: defaultdict(dict))
    torn: dict[int, Row] = field(default_factory=dict)
    gone: Counter[str] = field(default_factory=Counter)
    doubts: list[str] = field(default_factory=list)

    def of(self, table: str) -> dict[int, Row]:
        """The rows of a table by key, in order of keys."""
        return dict(sorted(self.rows[table].items()))


def salvage(content: bytes) -> Salvage:
    """Every row that can be read in the bytes of a project file, and told which table it is from."""
    found = Salvage()
    unsure: list[tuple[list[str], Record]] = []
    roots: dict[str, int] = {}
    for record in records_of(content):
        roots.update([root] if (root := root_of(record)) else [])
        if _is_torn_text(record):
            found.torn[record.key] = (*record.values[1:], *(None,) * (4 - len(record.values)))
        tables = fitting(record.values) if record.exact else []
        if len(tables) == 1:
            found.rows[tables[0]].setdefault(record.key, record.values[1:])
        elif tables:
            unsure.append((tables, record))
    trees = trees_of(content, roots)
    found.gone = trees.gone
    placed, found.doubts = place_alike(unsure, found.rows, trees.tables)
    for table, record in placed:
        found.rows[table].setdefault(record.key, record.values[1:])
    return found


def _is_torn_text(record: Record) -> bool:
    values = record.values
    return not record.exact and len(values) == 4 and values[0] is None and _is_sha256(values[1]) and isinstance(values[2], str)


def fitting(values: Row) -> list[str]:
    """The tables that a record can be from by its columns, the key column first."""
    return [table for table in _BY_LENGTH[len(values)] if _fits(values, table)]


def _fits(values: Row, table: str) -> bool:
    return values[0] is None and all(test(value) for test, value in zip(_SHAPES[table], values[1:], strict=True))


def understood(payload: Cell, table: str) -> dict[str, object] | None:
    """The values of a change if it can be read, has only fields that there are, and names other rows as rows are named."""
    try:
        values = json.loads(str(payload))
    except ValueError:
        return None
    fields = CONTENT[table].by_name
    if not isinstance(values, dict) or not values.keys() <= fields.keys():
        return None
    named = (value for name, value in values.items() if fields[name].ref and value is not None)
    return values if all(_is_uuid(value) or _is_sha256(value) for value in named) else None
