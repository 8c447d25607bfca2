"""What the project file holds: the content tables, declared once.

The journal, the content hash, undo and recovery all read these declarations, so a new table or field is one line here and one
migration. A value that refers to another row is that row's UUID (or a text's SHA-256) everywhere but in the table itself, where it
is the integer key.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

Value = str | int | float | None
Values = dict[str, Value]


@dataclass(frozen=True)
class Field:
    """One column that a person's act can set. `ref` names the table it refers to; `default` is what an insert leaves out."""

    name: str
    ref: str = ""
    default: Value = None

    @property
    def column(self) -> str:
        """The column's name in the file: references are integer keys and end in '_id'."""
        return f"{self.name}_id" if self.ref else self.name


@dataclass(frozen=True)
class Table:
    """One table of content. `derived` columns are computed from the fields and stand in neither journal nor hash.
    `together` are groups of fields that one act gives a value together. `since` is the format that brought the table."""

    name: str
    fields: tuple[Field, ...]
    derived: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    since: int = 1

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The fields by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def defaults(self) -> Values:
        """Each field's default."""
        return {field.name: field.default for field in self.fields}

    @cached_property
    def references(self) -> tuple[Field, ...]:
        """The fields that refer to another row of content; texts and codebook versions are not rows of content."""
        return tuple(field for field in self.fields if field.ref in CONTENT)


def _ref(name: str, table: str) -> Field:
    return Field(name, ref=table)


def _text(name: str) -> Field:
    return Field(name, default="")


_PLACE = ("span_start", "span_end", "text")
_DECLARED = (
    Table("project", (_text("title"),)),
    Table("coders", (_text("name"),)),
    Table(
        "codes",
        (
            _text("name"),
            _ref("parent", "codes"),
            _text("definition"),
            _text("include"),
            _text("exclude"),
            _text("example"),
            _text("colour"),
            Field("position", default=0.0),
        ),
    ),
    Table("cases", (_text("name"), _ref("parent", "cases"))),
    Table("attributes", (_text("name"), Field("type", default="text"))),
    Table("case_values", (_ref("case", "cases"), _ref("attribute", "attributes"), _text("value"))),
    Table(
        "sources",
        (
            _text("name"),
            _text("title"),
            _text("label"),
            _text("language"),
            _text("format"),
            _ref("text", "texts"),
            _text("original"),
        ),
    ),
    Table("source_values", (_ref("source", "sources"), _ref("attribute", "attributes"), _text("value"))),
    Table(
        "assignments",
        (_ref("case", "cases"), _ref("source", "sources"), _ref("text", "texts"), Field("span_start"), Field("span_end")),
        together=(_PLACE,),
    ),
    Table(
        "readings",
        (_ref("coder", "coders"), _ref("source", "sources"), Field("status", default="reading"), _ref("codebook", "codebooks")),
        together=(("status", "codebook"),),
    ),
    Table(
        "codings",
        (
            _ref("source", "sources"),
            _ref("text", "texts"),
            Field("span_start"),
            Field("span_end"),
            _ref("code", "codes"),
            _ref("coder", "coders"),
            _text("memo"),
            Field("important", default=0),
            Field("contradicts", default=0),
            _text("short_id"),
            _text("imported_id"),
            Field("origin", default="hand"),
        ),
        derived=("quote", "context_before", "context_after"),
        together=(_PLACE,),
    ),
    Table("samples", (_text("name"), Field("seed", default=0), Field("revealed", default=0)), since=2),
    Table(
        "handouts",
        (
            _ref("coder", "coders"),
            Field("codebook", default="open"),
            Field("blind", default=0),
            Field("partial", default=0),
            _text("handed_out"),
        ),
        since=2,
    ),
    Table("allocations", (_ref("coder", "coders"), _ref("source", "sources"), _ref("sample", "samples")), since=2),
    Table(
        "decisions",
        (
            _ref("source", "sources"),
            _ref("text", "texts"),
            Field("span_start"),
            Field("span_end"),
            _ref("code", "codes"),
            _ref("first", "coders"),
            _ref("second", "coders"),
            _text("outcome"),
            _text("reason"),
            _ref("coder", "coders"),
        ),
        together=(_PLACE,),
        since=2,
    ),
    Table("answers", (_text("question"), _text("one"), _text("other"), _text("answer")), since=2),
    Table(
        "summaries",
        (
            _ref("code", "codes"),
            _ref("case", "cases"),
            _ref("source", "sources"),
            _ref("attribute", "attributes"),
            _text("value"),
            _text("words"),
            Field("status", default="draft"),
            _text("empty"),
            _text("evidence"),
        ),
        together=(("words", "status", "empty", "evidence"),),
        since=4,
    ),
)

CONTENT: dict[str, Table] = {table.name: table for table in _DECLARED}

#: The column that names a row of a table outside the file; what is not listed is named by its UUID.
KEY_COLUMNS = {"texts": "sha256", "codebooks": "sha256"}


def with_group(table: Table, names: Collection[str]) -> set[str]:
    """Some fields, and those that are given a value together with them."""
    return {*names, *(name for group in table.together if not set(names).isdisjoint(group) for name in group)}


def key_column(table: str) -> str:
    """The column that names a row of `table` in the journal and in other files."""
    return KEY_COLUMNS.get(table, "uuid")


def complete(table: Table, values: Values) -> Values:
    """`values` with every field that is left out at its default, in the order of declaration."""
    return {**table.defaults, **values}


def without_defaults(table: Table, values: Values) -> Values:
    """`values` without what a reader of the journal would assume anyway."""
    defaults = table.defaults
    return {name: value for name, value in values.items() if value != defaults[name]}
