"""Which table a record belongs to that was found without the table: told by what its columns hold."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from qcode.model.case import AttributeType
from qcode.model.document import BlockKind
from qcode.store.pages import Cell, Record, records_of
from qcode.store.schema import CONTENT, Field, Table

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
        return _is_whole_or_nothing if given.name in ("parent", "text", "codebook") else _is_whole
    if isinstance(given.default, str):
        return _is_text
    return _is_number if isinstance(given.default, float) else _is_whole if given.default is not None else _is_whole_or_nothing


def _shape(table: Table) -> tuple[_Test, ...]:
    fields = [_test_of(given) for given in table.fields]
    if table.name == "attributes":
        fields = [_is_text, _is_one_of(AttributeType)]
    return (_is_uuid, *fields, *(_is_text for _ in table.derived))


_SHAPES: dict[str, tuple[_Test, ...]] = {
    "settings": (lambda value: _is_text(value) and not _is_sha256(value) and not _is_uuid(value), _is_text),
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


@dataclass
class Salvage:
    """What was found, by table and integer key, without the key column. `torn` are texts of which not every character was read."""

    rows: dict[str, dict[int, Row]] = field(default_factory=lambda: defaultdict(dict))
    torn: dict[int, Row] = field(default_factory=dict)

    def of(self, table: str) -> dict[int, Row]:
        """The rows of a table by key, in order of keys."""
        return dict(sorted(self.rows[table].items()))


def salvage(content: bytes) -> Salvage:
    """Every row that can be read in the bytes of a project file, and told which table it is from."""
    found = Salvage()
    unsure: list[tuple[list[str], Record]] = []
    by_length: dict[int, list[str]] = defaultdict(list)
    for table, shape in _SHAPES.items():
        by_length[len(shape) + 1].append(table)
    for record in records_of(content):
        if _is_torn_text(record):
            found.torn[record.key] = (*record.values[1:], *(None,) * (4 - len(record.values)))
        tables = [table for table in by_length[len(record.values)] if record.exact and _fits(record.values, table)]
        if len(tables) == 1:
            found.rows[tables[0]].setdefault(record.key, record.values[1:])
        elif tables:
            unsure.append((tables, record))
    _place_unsure(found, unsure)
    return found


def _is_torn_text(record: Record) -> bool:
    values = record.values
    return not record.exact and len(values) == 4 and values[0] is None and _is_sha256(values[1]) and isinstance(values[2], str)


def _fits(values: Row, table: str) -> bool:
    return values[0] is None and all(test(value) for test, value in zip(_SHAPES[table], values[1:], strict=True))


def _place_unsure(found: Salvage, unsure: list[tuple[list[str], Record]]) -> None:
    """Of tables that look alike (coders and the project, values of cases and of sources) the journal knows which row is whose."""
    tables = {str(row[2]): str(row[1]) for row in found.rows["row_changes"].values()}
    for candidates, record in unsure:
        table = tables.get(str(record.values[1]), "coders" if "coders" in candidates else "")
        if table in candidates:
            found.rows[table].setdefault(record.key, record.values[1:])


def understood(payload: Cell, table: str) -> dict[str, object] | None:
    """The values of a change if it can be read and has only fields that there are."""
    try:
        values = json.loads(str(payload))
    except ValueError:
        return None
    return values if isinstance(values, dict) and values.keys() <= CONTENT[table].by_name.keys() else None
