"""What a set of operations means, told slowly: every question is answered by going through all operations again.

Written from the rules (what counts, what stays, what is kept, what waits, what is mended) and not from `qcode.merge`, which must give
the same. Nothing here is fast, nothing is kept between two questions.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from qcode.merge.content import Reason
from qcode.model.case import LEVEL_TYPES, AttributeType, canonical
from qcode.model.identity import short_letters
from qcode.model.span import Span
from qcode.store.schema import CONTENT, Table, Value, Values, complete, key_column
from qcode.text.carrying import SURE, carry

Id = tuple[str, int]
Row = tuple[str, str]
Rank = tuple[int, str, int]
Content = dict[str, dict[str, Values]]
#: What the review lists: why, table, row, field ('' where it is about the whole row).
Listed = set[tuple[Reason, str, str, str]]
_REASONS = {"name": Reason.RENAMED, "label": Reason.RELABELLED, "short_id": Reason.LENGTHENED}
_ENDING = re.compile(r"(?<=.)\.\w{1,5}$")


@dataclass
class Write:
    """What one operation did to one row in the end: made it, set fields, or removed it and so said nothing else."""

    made: bool = False
    removed: bool = False
    fields: Values = field(default_factory=dict)


@dataclass
class Operation:
    """`undoes` names the operation that this one takes back."""

    id: Id
    clock: int
    undoes: Id | None = None
    writes: dict[Row, Write] = field(default_factory=dict)

    @property
    def rank(self) -> Rank:
        return (self.clock, *self.id)


@dataclass
class Known:
    """A set of operations, what each session continued, and the sources that were withdrawn."""

    operations: dict[Id, Operation]
    heads: Mapping[str, list[Id]]

    @cached_property
    def seen_by_session(self) -> dict[str, dict[str, int]]:
        """How far each session had seen every other when it began."""
        found: dict[str, dict[str, int]] = {}

        def seen(session: str) -> dict[str, int]:
            if session not in found:
                all_of_it: dict[str, int] = {}
                for other, last in self.heads[session]:
                    for name, seq in {**seen(other), other: last}.items():
                        all_of_it[name] = max(all_of_it.get(name, 0), seq)
                found[session] = all_of_it
            return found[session]

        return {session: seen(session) for session in self.heads}

    def saw(self, one: Id, other: Id) -> bool:
        """Whether the maker of `one` knew `other`."""
        return one[1] >= other[1] if one[0] == other[0] else self.seen_by_session[one[0]].get(other[0], 0) >= other[1]

    def undoers(self, operation: Id) -> list[Operation]:
        """The active operations that take one back."""
        return [one for one in self.operations.values() if one.undoes == operation and self.is_active(one.id)]

    def is_active(self, operation: Id) -> bool:
        return not self.undoers(operation)

    @cached_property
    def active(self) -> list[Operation]:
        return [one for one in self.operations.values() if self.is_active(one.id)]

    @cached_property
    def writing(self) -> dict[Row, list[Operation]]:
        """Who ever wrote to a row, active or not."""
        found: dict[Row, list[Operation]] = {}
        for operation in self.operations.values():
            for row in operation.writes:
                found.setdefault(row, []).append(operation)
        return found


class Meaning:
    """The content a set of operations stands for, and what is listed for somebody to decide."""

    def __init__(self, known: Known, texts: Mapping[str, str]) -> None:
        """`texts` are texts by their SHA-256."""
        self._known = known
        self._texts = texts
        self._active = {one.id for one in known.active}
        self.listed: Listed = set()
        self.content = self._mended(self._rows())

    # Rows, each by itself

    def _active_on(self, row: Row) -> list[Operation]:
        return [one for one in self._known.writing.get(row, []) if one.id in self._active]

    def _makers(self, row: Row) -> list[Operation]:
        """The operations that made a row: the active ones or, where all were taken back, those that somebody went on from who did not
        know that, else the first: what was made and taken back before anybody saw it is as if never made."""
        makers = sorted((one for one in self._known.writing.get(row, []) if one.writes[row].made), key=lambda one: one.rank)
        active = [one for one in makers if one.id in self._active]
        return active or [one for one in makers if self._went_on_from(one)] or makers[:1]

    def _went_on_from(self, maker: Operation) -> bool:
        undoers = self._known.undoers(maker.id)
        return any(
            self._known.saw(one.id, maker.id) and not any(self._known.saw(one.id, undo.id) for undo in undoers)
            for one in self._known.operations.values()
            if one.id[0] != maker.id[0]
        )

    def _writers(self, row: Row) -> list[Operation]:
        """Whoever's word counts about the fields of a row; a row whose making was taken back still has what it was made with."""
        found = {one.id: one for one in [*self._makers(row), *self._active_on(row)]}
        return [one for one in found.values() if one.writes[row].fields]

    def _leavers(self, row: Row) -> list[Operation]:
        """Whoever wanted a row gone: those who deleted it and, where nobody's making of it stands, those who took that back."""
        found = [one for one in self._active_on(row) if one.writes[row].removed]
        for maker in self._makers(row):
            found.extend(self._known.undoers(maker.id))
        return found

    def _lives(self, row: Row) -> bool:
        if not self._makers(row):
            return False
        touches = [one for one in self._active_on(row) if not one.writes[row].removed]
        leavers = self._leavers(row)
        alive = all(any(not self._known.saw(leaver.id, touch.id) for touch in touches) for leaver in leavers)
        if alive and any(not any(self._known.saw(touch.id, leaver.id) for touch in touches) for leaver in leavers):
            self.listed.add((Reason.EDITED, *row, ""))
        return alive

    def _words(self, row: Row, names: tuple[str, ...]) -> list[Operation]:
        """The writes to some fields of a row that no other one had seen, the one that counts last."""
        writes = [one for one in self._writers(row) if not set(names).isdisjoint(one.writes[row].fields)]
        last = [one for one in writes if not any(other is not one and self._known.saw(other.id, one.id) for other in writes)]
        return sorted(last, key=lambda one: one.rank)

    def _values(self, row: Row) -> Values:
        table = CONTENT[row[0]]
        values: Values = {}
        for names in _groups(table):
            last = self._words(row, names)
            values |= {name: last[-1].writes[row].fields[name] for name in names}
        return values

    def _note_differences(self, row: Row) -> None:
        for names in _groups(CONTENT[row[0]]):
            if len({tuple(one.writes[row].fields[name] for name in names) for one in self._words(row, names)}) > 1:
                self.listed.add((Reason.CONFLICT, *row, names[0]))

    def _rank(self, row: Row, names: Iterable[str]) -> tuple[Rank, str]:
        """When somebody last set one of these fields; the greater is the later."""
        ranks = [one.rank for one in self._writers(row) if not set(names).isdisjoint(one.writes[row].fields)]
        return max(ranks), row[1]

    # Rows that refer to each other

    def _rows(self) -> Content:
        made = {row: self._values(row) for row in self._known.writing if self._makers(row)}
        waiting = True
        while waiting:
            waiting = {row for row, values in made.items() if any(one not in made for one in _referred(row, values))}
            for row in waiting:
                if self._lives(row):
                    self.listed.add((Reason.WAITING, *row, ""))
                    self.listed.discard((Reason.EDITED, *row, ""))
                del made[row]
        living = {row for row in made if self._lives(row)}
        todo = list(living)
        while todo:
            row = todo.pop()
            for other in _referred(row, made[row]):
                if other not in living:
                    living.add(other)
                    self.listed.add((Reason.USED, *other, ""))
                    todo.append(other)
        content: Content = {name: {} for name in CONTENT}
        for table, key in living:
            self._note_differences((table, key))
            content[table][key] = made[table, key]
        return content

    # Rules between rows

    def _mended(self, content: Content) -> Content:
        for table in ("codings", "assignments", "decisions"):
            self._carry_over(table, content[table], content["sources"])
        for table in ("codes", "cases"):
            self._cut_circles(table, content[table])
        self._fold(content["codings"])
        for table in ("codes", "cases"):
            self._part(table, content[table], "name", ("name", "parent"), _numbered)
        self._part("coders", content["coders"], "name", ("name",), _numbered)
        self._part("sources", content["sources"], "name", ("name",), _numbered_before_ending)
        self._part("sources", content["sources"], "label", ("label",), _with_number)
        self._part("codings", content["codings"], "short_id", ("short_id",), _with_letters)
        self._fit_types(content)
        return content

    def _carry_over(self, table: str, rows: dict[str, Values], sources: dict[str, Values]) -> None:
        """Put places in an older text where they are in the present one."""
        for key, values in rows.items():
            now = sources[str(values["source"])]["text"]
            if values["text"] in (None, now):
                continue
            span = Span(int(values["span_start"] or 0), int(values["span_end"] or 0))
            (place,) = carry(self._texts[str(values["text"])], self._texts[str(now)], [span])
            values |= {"text": now, "span_start": place.span.start, "span_end": place.span.end}
            if place.sure < SURE:
                self.listed.add((Reason.MOVED, table, key, "span_start"))

    def _cut_circles(self, table: str, rows: dict[str, Values]) -> None:
        for key in sorted(rows):
            circle = [key]
            while (above := rows[circle[-1]]["parent"]) is not None and above not in circle:
                circle.append(str(above))
            if above == key:
                latest = max(circle, key=lambda one: self._rank((table, one), ("parent",)))
                rows[latest]["parent"] = None
                self.listed.add((Reason.CUT, table, latest, "parent"))

    def _fold(self, codings: dict[str, Values]) -> None:
        rule = ("source", "text", "span_start", "span_end", "code", "coder")
        for same in _alike(codings, rule):
            first, *others = sorted(same, key=lambda key: self._rank(("codings", key), rule))
            for other in others:
                self._fold_into(codings[first], codings.pop(other))
                self.listed.add((Reason.FOLDED, "codings", other, ""))

    @staticmethod
    def _fold_into(kept: Values, gone: Values) -> None:
        """Both memos, and both marks: nothing a person wrote goes."""
        memos = [str(one["memo"]) for one in (kept, gone) if one["memo"]]
        kept["memo"] = "\n\n".join(dict.fromkeys(memos))
        for mark in ("important", "contradicts"):
            kept[mark] = max(int(kept[mark] or 0), int(gone[mark] or 0))

    def _part(
        self, table: str, rows: dict[str, Values], name: str, rule: tuple[str, ...], other_names: Callable[[str, str], Iterator[str]]
    ) -> None:
        """Give the later of two that are called the same another name, which nobody has."""
        around = tuple(one for one in rule if one != name)
        for same in _alike(rows, rule):
            siblings = [row for row in rows.values() if all(row[one] == rows[same[0]][one] for one in around)]
            _, *later = sorted(same, key=lambda key: self._rank((table, key), rule))
            for key in later if rows[same[0]][name] else ():
                taken = {row[name] for row in siblings}
                rows[key][name] = next(free for free in other_names(str(rows[key][name]), key) if free not in taken)
                self.listed.add((_REASONS[name], table, key, name))

    def _fit_types(self, content: Content) -> None:
        for key, attribute in content["attributes"].items():
            if attribute["type"] in LEVEL_TYPES:
                continue
            rows = [*content["case_values"].values(), *content["source_values"].values()]
            kind = AttributeType(str(attribute["type"]))
            if any(canonical(str(row["value"]), kind) is None for row in rows if row["attribute"] == key):
                attribute["type"] = "text"
                self.listed.add((Reason.RETYPED, "attributes", key, "type"))


def _groups(table: Table) -> list[tuple[str, ...]]:
    """The fields of a table, those together that are given a value together."""
    grouped = {name for group in table.together for name in group}
    return [*table.together, *((one.name,) for one in table.fields if one.name not in grouped)]


def _referred(row: Row, values: Values) -> Iterator[Row]:
    for one in CONTENT[row[0]].references:
        if values[one.name] is not None:
            yield one.ref, str(values[one.name])


def _alike(rows: dict[str, Values], names: tuple[str, ...]) -> list[list[str]]:
    """The rows that have the same values in some fields, where there are several."""
    found: dict[tuple[Value, ...], list[str]] = {}
    for key in rows:
        found.setdefault(tuple(rows[key][name] for name in names), []).append(key)
    return [same for same in found.values() if len(same) > 1]


def _numbered(name: str, _: str) -> Iterator[str]:
    return (f"{name} ({number})" for number in count(2))


def _numbered_before_ending(name: str, _: str) -> Iterator[str]:
    """A source's name is that of a file: 'note (2).txt'."""
    ending = "".join(_ENDING.findall(name))
    return (f"{name.removesuffix(ending)} ({number}){ending}" for number in count(2))


def _with_number(label: str, _: str) -> Iterator[str]:
    return (f"{label}-{number}" for number in count(2))


def _with_letters(short_id: str, key: str) -> Iterator[str]:
    label, _, letters = short_id.rpartition("-")
    return (f"{label}-{short_letters(key, number)}" for number in range(len(letters) + 1, 13))


def read_known(db: sqlite3.Connection) -> Known:
    """The operations in the journal of a project."""
    sessions = dict(db.execute("SELECT id, uuid FROM sessions"))
    heads = {key: [(one, seq) for one, seq in json.loads(text)] for key, text in db.execute("SELECT uuid, heads FROM sessions")}
    ids: dict[int, Id] = {}
    known = Known({}, heads)
    operations = "SELECT id, session_id, seq, clock, undoes_id FROM operations ORDER BY clock, id"
    for number, session, seq, clock, undoes in db.execute(operations):
        ids[number] = (sessions[session], seq)
        known.operations[ids[number]] = Operation(ids[number], clock, ids[undoes] if undoes else None)
    changes = "SELECT operation_id, table_name, row_uuid, before, after FROM row_changes ORDER BY id"
    for number, table, key, before, after in db.execute(changes):
        write = known.operations[ids[number]].writes.setdefault((table, key), Write())
        _note(write, CONTENT[table], before, after)
    return known


def _note(write: Write, table: Table, before: str | None, after: str | None) -> None:
    if after is None:
        write.made, write.removed, write.fields = False, True, {}
    elif before is None:
        write.made, write.removed, write.fields = True, False, complete(table, json.loads(after))
    else:
        write.fields = {**write.fields, **json.loads(after)}


def texts_of(db: sqlite3.Connection) -> dict[str, str]:
    """Every text in the file by its SHA-256."""
    return dict(db.execute("SELECT sha256, content FROM texts"))


def content_of(db: sqlite3.Connection) -> Content:
    """What the tables of a project hold, references by what names them everywhere."""
    content: Content = {}
    for table in CONTENT.values():
        keys = {one.ref: dict(db.execute(f"SELECT id, {key_column(one.ref)} FROM {one.ref}")) for one in table.fields if one.ref}
        columns = ", ".join(["uuid", *(one.column for one in table.fields)])
        content[table.name] = {
            row_uuid: {
                one.name: keys[one.ref][value] if one.ref and value is not None else value
                for one, value in zip(table.fields, values, strict=True)
            }
            for row_uuid, *values in db.execute(f"SELECT {columns} FROM {table.name}")
        }
    return content
