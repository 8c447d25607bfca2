"""What the project file holds: the content tables, declared once.

The journal, the content hash, undo and recovery all read these declarations, so a new table or field is one line here and one
migration. A value that refers to another row is that row's UUID (or a text's SHA-256) everywhere but in the table itself, where it
is the integer key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from qcode.model.case import LEVEL_TYPES, AttributeType
from qcode.model.decision import Outcome
from qcode.model.reading import ReadingStatus
from qcode.model.statement import FIELDS, Response, Sort
from qcode.model.summary import Status
from qcode.store.kinds import Kind

Value = str | int | float | None
Values = dict[str, Value]


@dataclass(frozen=True)
class Field:
    """One column that a person's act can set, and what its values are: all of a `kind`, of `choices` where there are some, and None only
    where it is `optional`. `ref` names the table it refers to; `default` is what an insert leaves out."""

    name: str
    kind: Kind = Kind.TEXT
    ref: str = ""
    default: Value = None
    optional: bool = False
    choices: frozenset[str] = frozenset()

    @property
    def needed(self) -> bool:
        """Whether every row must say what it is, for nothing else can be assumed."""
        return self.default not in self.choices if self.choices else self.default is None and not self.optional

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
    def is_placed(self) -> bool:
        """Whether its rows have a place in a text."""
        return {*PLACE} <= self.by_name.keys()

    @cached_property
    def defaults(self) -> Values:
        """Each field's default."""
        return {field.name: field.default for field in self.fields}

    @cached_property
    def references(self) -> tuple[Field, ...]:
        """The fields that refer to another row of content; texts and codebook versions are not rows of content."""
        return tuple(field for field in self.fields if field.ref in CONTENT)


def _ref(name: str, table: str, *, optional: bool = False) -> Field:
    return Field(name, Kind.CONTENT if table in KEY_COLUMNS else Kind.ROW, table, optional=optional)


def _text(name: str) -> Field:
    return Field(name, default="")


def _choice(name: str, default: str, choices: Iterable[str]) -> Field:
    return Field(name, default=default, choices=frozenset(choices))


def _flag(name: str) -> Field:
    return Field(name, Kind.FLAG, default=0)


def _place(*, optional: bool = False) -> tuple[Field, ...]:
    ends = (Field(name, Kind.PLACE, optional=optional) for name in PLACE[:2])
    return (_ref("text", "texts", optional=optional), *ends)


#: The column that names a row of a table outside the file; what is not listed is named by its UUID.
KEY_COLUMNS = {"texts": "sha256", "codebooks": "sha256"}
#: The fields that say together where in which text something stands.
PLACE = ("span_start", "span_end", "text")
_DECLARED = (
    Table("project", (_text("title"),)),
    Table("coders", (_text("name"),)),
    Table(
        "codes",
        (
            _text("name"),
            _ref("parent", "codes", optional=True),
            _text("definition"),
            _text("include"),
            _text("exclude"),
            _text("example"),
            _text("colour"),
            Field("position", Kind.NUMBER, default=0.0),
        ),
    ),
    Table("cases", (_text("name"), _ref("parent", "cases", optional=True))),
    Table("attributes", (_text("name"), _choice("type", AttributeType.TEXT.value, (*AttributeType, *LEVEL_TYPES)))),
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
            Field("original", Kind.DIGEST, default=""),
        ),
    ),
    Table("source_values", (_ref("source", "sources"), _ref("attribute", "attributes"), _text("value"))),
    Table(
        "assignments",
        (_ref("case", "cases"), _ref("source", "sources"), *_place(optional=True)),
        together=(PLACE,),
    ),
    Table(
        "readings",
        (
            _ref("coder", "coders"),
            _ref("source", "sources"),
            _choice("status", ReadingStatus.READING.value, ReadingStatus),
            _ref("codebook", "codebooks", optional=True),
        ),
        together=(("status", "codebook"),),
    ),
    Table(
        "codings",
        (
            _ref("source", "sources"),
            *_place(),
            _ref("code", "codes"),
            _ref("coder", "coders"),
            _text("memo"),
            _flag("important"),
            _flag("contradicts"),
            _text("short_id"),
            _text("imported_id"),
            Field("origin", default="hand"),
        ),
        derived=("quote", "context_before", "context_after"),
        together=(PLACE,),
    ),
    Table("samples", (_text("name"), Field("seed", Kind.WHOLE, default=0), _flag("revealed")), since=2),
    Table(
        "handouts",
        (
            _ref("coder", "coders"),
            _choice("codebook", "open", ("open", "locked")),
            _flag("blind"),
            _flag("partial"),
            Field("handed_out", Kind.MOMENT, default=""),
        ),
        since=2,
    ),
    Table("allocations", (_ref("coder", "coders"), _ref("source", "sources"), _ref("sample", "samples", optional=True)), since=2),
    Table(
        "decisions",
        (
            _ref("source", "sources"),
            *_place(),
            _ref("code", "codes"),
            _ref("first", "coders"),
            _ref("second", "coders"),
            _choice("outcome", "", Outcome),
            _text("reason"),
            _ref("coder", "coders"),
        ),
        together=(("outcome", "reason", "coder", *PLACE),),
        since=2,
    ),
    Table("answers", (_text("question"), _text("one"), _text("other"), _text("answer")), since=2),
    Table(
        "summaries",
        (
            _ref("code", "codes", optional=True),
            _ref("case", "cases", optional=True),
            _ref("source", "sources", optional=True),
            _ref("attribute", "attributes", optional=True),
            _text("value"),
            _text("words"),
            _choice("status", Status.DRAFT.value, Status),
            _text("empty"),
            _text("evidence"),
        ),
        together=(("words", "status", "empty", "evidence"),),
        since=4,
    ),
    Table(
        "statements",
        (
            _choice("sort", "", Sort),
            Field("position", Kind.NUMBER, default=0.0),
            _text("criterion"),
            _text("question"),
            _text("words"),
            _choice("status", Status.DRAFT.value, Status),
            *(_choice(name, "", Response) if name == "response" else _text(name) for name in FIELDS),
        ),
        together=(("words", "status"),),
        since=5,
    ),
    Table(
        "grounds",
        (
            _ref("statement", "statements"),
            _ref("other", "statements", optional=True),
            Field("coding", Kind.NAMED, default=""),
            Field("cell", Kind.CELL, default=""),
            _text("evidence"),
            _text("said"),
        ),
        together=(("evidence", "said"),),
        since=5,
    ),
)

CONTENT: dict[str, Table] = {table.name: table for table in _DECLARED}


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
