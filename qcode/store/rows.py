"""Reading and writing single rows of content by UUID, with references turned into integer keys on the way in and back on the way
out. Nothing here notes anything in the journal: that is `journal.py`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from qcode.errors import BugError
from qcode.store.schema import CONTENT, Field, Table, Value, Values, key_column
from qcode.text.anchors import anchor_of

_BATCH = 500
#: Texts are kept for quotes while they sum up to this many characters; the whole of a large project is 30 million.
_CHARACTERS_KEPT = 40_000_000


class Rows:
    """The rows of one project on one connection. Keeps the integer keys it has looked up, so it must not outlive a rollback."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._ids: dict[str, dict[str, int]] = {}
        self._next: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._characters = 0

    def id_of(self, table: str, key: str) -> int:
        """The integer key of the row that `key` (a UUID, or a SHA-256 of texts and codebooks) names. Raises BugError if none."""
        known = self._ids.setdefault(table, {})
        found = known.get(key)
        if found is None:
            row = self._db.execute(f"SELECT id FROM {table} WHERE {key_column(table)} = ?", (key,)).fetchone()
            if row is None:
                raise BugError(f"{table} has no row {key}")
            found = known[key] = int(row[0])
        return found

    def has(self, table: str, key: str) -> bool:
        """Whether `table` has a row that `key` names."""
        if key in self._ids.get(table, ()):
            return True
        return self._db.execute(f"SELECT 1 FROM {table} WHERE {key_column(table)} = ?", (key,)).fetchone() is not None

    def read(self, table: Table, row_uuid: str) -> Values | None:
        """The values of one row by field name, references as UUIDs; None when there is no such row."""
        return next(self.read_many(table, [row_uuid]), (row_uuid, None))[1]

    def read_many(self, table: Table, uuids: Sequence[str]) -> Iterator[tuple[str, Values]]:
        """UUID and values of each row of `uuids` that exists, in no order."""
        names = [field.name for field in table.fields]
        select = select_fields(table)
        for start in range(0, len(uuids), _BATCH):
            part = uuids[start : start + _BATCH]
            marks = ",".join("?" * len(part))
            for row in self._db.execute(f"{select} WHERE t.uuid IN ({marks})", part):
                yield row[0], dict(zip(names, row[1:], strict=True))

    def insert(self, table: Table, rows: Sequence[tuple[str, Values]]) -> None:
        """Write new rows; `values` must be complete. Rows may refer to one another whatever their order."""
        columns = ("id", "uuid", *(field.column for field in table.fields), *table.derived)
        sql = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        uuids = [row_uuid for row_uuid, _ in rows]
        ids = [self.next_id(table.name) for _ in rows]
        self._ids.setdefault(table.name, {}).update(zip(uuids, ids, strict=True))
        # Column by column: that looks each row that is referred to up once, and takes half the time.
        fields = [self._column(field, [values[field.name] for _, values in rows]) for field in table.fields]
        derived = zip(*(self._derived(values) for _, values in rows), strict=True) if table.derived else ()
        self._db.executemany(sql, zip(ids, uuids, *fields, *derived, strict=True))

    def update(self, table: Table, row_uuid: str, values: Values) -> None:
        """Set fields of one row, and what is derived from them."""
        fields = table.by_name
        changed: dict[str, Value] = {fields[name].column: self._stored(fields[name], value) for name, value in values.items()}
        if table.derived:
            current = self.read(table, row_uuid) or {}
            changed |= zip(table.derived, self._derived({**current, **values}), strict=True)
        self._db.execute(f"UPDATE {table.name} SET {', '.join(f'{c} = ?' for c in changed)} WHERE uuid = ?", (*changed.values(), row_uuid))

    def delete(self, table: Table, uuids: Iterable[str]) -> None:
        """Remove rows."""
        known = self._ids.get(table.name, {})
        gone = list(uuids)
        self._db.executemany(f"DELETE FROM {table.name} WHERE uuid = ?", ((row_uuid,) for row_uuid in gone))
        for row_uuid in gone:
            known.pop(row_uuid, None)

    def next_id(self, table: str) -> int:
        """A free integer key of `table`, never given twice on this connection."""
        following = self._next.get(table)
        if following is None:
            following = int(self._db.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]) + 1
        self._next[table] = following + 1
        return following

    def remember(self, table: str, key: str, row_id: int) -> None:
        """Keep the integer key of a row that has just been written."""
        self._ids.setdefault(table, {})[key] = row_id

    def text(self, sha256: str) -> str:
        """The text a SHA-256 names. Texts never change, so those used last are kept."""
        text = self._texts.get(sha256)
        if text is None:
            text = str(self._db.execute("SELECT content FROM texts WHERE sha256 = ?", (sha256,)).fetchone()[0])
            if self._characters + len(text) > _CHARACTERS_KEPT:
                self._texts.clear()
                self._characters = 0
            self._texts[sha256] = text
            self._characters += len(text)
        return text

    def _derived(self, values: Values) -> tuple[str, str, str]:
        """What the columns that are derived hold: quote and context of a coding, always those of the text and place it names."""
        anchor = anchor_of(self.text(str(values["text"])), int(values["span_start"] or 0), int(values["span_end"] or 0))
        return anchor.quote, anchor.before, anchor.after

    def _column(self, field: Field, values: list[Value]) -> list[Value]:
        """One column as it is stored."""
        if not field.ref:
            return values
        stored = {value: self._stored(field, value) for value in set(values)}
        return [stored[value] for value in values]

    def _stored(self, field: Field, value: Value) -> Value:
        return self.id_of(field.ref, str(value)) if field.ref and value is not None else value


def select_fields(table: Table) -> str:
    """SELECT of a row's UUID and its fields in the order of declaration, references as the keys that travel; the table is `t`."""
    columns = ["t.uuid"]
    joins = []
    for number, field in enumerate(table.fields):
        if not field.ref:
            columns.append(f"t.{field.column}")
            continue
        columns.append(f"r{number}.{key_column(field.ref)}")
        joins.append(f"LEFT JOIN {field.ref} r{number} ON r{number}.id = t.{field.column}")
    return f"SELECT {', '.join(columns)} FROM {table.name} t {' '.join(joins)}"


def content_tables() -> tuple[Table, ...]:
    """All tables of content, what is referred to before what refers."""
    return tuple(CONTENT.values())


def rows_referring(db: sqlite3.Connection, table: str, field: str, keys: Sequence[str]) -> list[str]:
    """UUIDs of the rows of `table` whose `field` refers to one of the rows named by `keys`."""
    target = CONTENT[table].by_name[field].ref
    select = f"SELECT t.uuid FROM {table} t JOIN {target} r ON r.id = t.{field}_id WHERE r.{key_column(target)} IN"
    found: list[str] = []
    for start in range(0, len(keys), _BATCH):
        part = keys[start : start + _BATCH]
        found.extend(row_uuid for (row_uuid,) in db.execute(f"{select} ({','.join('?' * len(part))})", part))
    return found
