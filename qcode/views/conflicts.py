"""The review list: what the merging of histories left for somebody to decide."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qcode.merge.content import Listed, Reason
from qcode.merge.lines import Change, Values
from qcode.model.merging import Conflict, Said, Shown
from qcode.project import Project
from qcode.store.conflicts import Disputes, count_disputes, read_disputes
from qcode.store.schema import CONTENT, with_group
from qcode.text.changed import changed_part
from qcode.views.row_words import RowWords

if TYPE_CHECKING:
    from qcode.store.connection import Connection

_ID_LETTERS = 10
#: What there is to choose from where a row was deleted on one side.
KEEP, REMOVE = "keep it", "remove it"
#: What there is to choose, beside its number, where two people gave a row the same name: it is the row that has the name.
ONE = "one and the same"
#: Reasons that say something about a row for which there is nothing to choose: it settles itself when a file brings what lacks.
UNDECIDABLE = frozenset((Reason.MISSING, Reason.WAITING))
_DELETED = (Reason.EDITED, Reason.USED)


def open_conflicts(project: Project) -> list[Conflict]:
    """Everything that is listed, codes first, in an order that is the same in every copy."""
    with project.reading() as db:
        return conflicts_in(db)


def count_conflicts(project: Project) -> int:
    """How many things are listed."""
    with project.reading() as db:
        return count_disputes(db)


def conflicts_in(db: Connection) -> list[Conflict]:
    """What is listed in the project that `db` has open."""
    disputes = read_disputes(db)
    words = RowWords(db)
    return [_conflict(disputes, words, listed) for listed in disputes.content.listed if listed.reason is not Reason.MISSING]


def conflict_id(listed: Listed) -> str:
    """A hash of row, field and operations: the same in every copy that has the same operations."""
    parts = (listed.reason, listed.table, listed.row, listed.field, listed.partner, *(f"{s} {q}" for s, q in listed.operations))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:_ID_LETTERS]


def _conflict(disputes: Disputes, words: RowWords, listed: Listed) -> Conflict:
    current = _values(disputes, listed)
    row = words.row(listed.table, listed.row, current)
    base: Said | None = None
    values: tuple[Said, ...] = ()
    if listed.reason is Reason.CONFLICT:
        base, values = _field(disputes, words, listed)
    elif listed.reason in _DELETED:
        values = _deleted(disputes, listed)
    elif listed.reason not in UNDECIDABLE:
        values = _mended(disputes, words, listed, current)
    place = (listed.table, listed.row, listed.field)
    return Conflict(
        conflict_id(listed), listed.reason.value, *place, row.title, row.within, row.colour, base, values, listed.partner
    )


def _values(disputes: Disputes, listed: Listed) -> Values:
    """The values of a row; of one that was folded into another those it had."""
    current = disputes.content.tables[listed.table].get(listed.row)
    folded = (mend.raw for mend in disputes.content.mends if mend.row == listed.row and mend.reason is Reason.FOLDED)
    return current if current is not None else next(folded, {})


def _field(disputes: Disputes, words: RowWords, listed: Listed) -> tuple[Said | None, tuple[Said, ...]]:
    """The value that all had before, and those given by operations that did not know of one another."""
    lines = disputes.lines[listed.table, listed.row]
    values = tuple(_said(disputes, words, listed, [line for line in lines if line.operation == one]) for one in listed.operations)
    others = [line for line in lines if line.operation not in listed.operations and listed.field in (line.values or ())]
    base = _said(disputes, words, listed, others[-1:]) if others else None
    if (listed.table, listed.field) == ("sources", "text"):
        return (replace(base, words="") if base else None), tuple(_where_it_differs(words, base, said) for said in values)
    return base, values


def _where_it_differs(words: RowWords, base: Said | None, said: Said) -> Said:
    """A text in the words that are other ones than before."""
    before = words.text(str(base.value)) if base else ""
    return replace(said, words=changed_part(before, words.text(str(said.value))))


def _said(disputes: Disputes, words: RowWords, listed: Listed, lines: Sequence[Change]) -> Said:
    values: Values = {}
    for line in lines:
        values.update(line.values or {})
    coder, at = disputes.who.get(lines[-1].operation, ("", "")) if lines else ("", "")
    current = disputes.content.tables[listed.table].get(listed.row, {})
    names = sorted(with_group(CONTENT[listed.table], (listed.field,)))
    group = tuple((name, values.get(name, current.get(name))) for name in names)
    there = {**current, **values}
    shown, written = words.value(listed.table, listed.field, there), words.written(listed.table, listed.field, there)
    return Said(values.get(listed.field), shown, coder, at, group, written)


def _deleted(disputes: Disputes, listed: Listed) -> tuple[Said, ...]:
    """Keep the row, as whoever edited or used it wants, or remove it, as whoever deleted it did."""
    deleter, deleted_at = disputes.who.get(listed.operations[0], ("", "")) if listed.operations else ("", "")
    lines = disputes.lines[listed.table, listed.row]
    others = [line.operation for line in lines if line.operation not in listed.operations and line.values is not None]
    keeper, kept_at = disputes.who.get(others[-1], ("", "")) if others else ("", "")
    return Said(KEEP, KEEP, keeper, kept_at), Said(REMOVE, REMOVE, deleter, deleted_at)


def _mended(disputes: Disputes, words: RowWords, listed: Listed, current: Values) -> tuple[Said, ...]:
    """What the tables have meanwhile, which may be taken as it is."""
    field = listed.field or "memo"
    lines = disputes.lines.get((listed.table, listed.row), ())
    coder, at = disputes.who.get(lines[-1].operation, ("", "")) if lines else ("", "")
    value: Shown = current.get(field)
    as_it_is = Said(value, words.value(listed.table, field, current), coder, at)
    return (as_it_is, Said(ONE, _one_words(listed.table), "", "")) if _may_be_one(words, listed, current) else (as_it_is,)


def _may_be_one(words: RowWords, listed: Listed, current: Values) -> bool:
    """Whether a row may be the one whose name it was given: a case, or a source that says the same. Codes are asked about anyhow."""
    if listed.reason is not Reason.RENAMED:
        return False
    return listed.table == "cases" or (listed.table == "sources" and words.text_of(listed.partner) == current.get("text"))


def _one_words(table: str) -> str:
    return f"it is the {table.removesuffix('s')} that has the name: both become one"
