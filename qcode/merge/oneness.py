"""Rows of projects begun apart of which somebody said that they are one.

Nothing is written to them: what was said of each of them, by whom and whenever, is read as said of the one that stands for all, and
what refers to one refers to that. It is the one with the smallest UUID, so that it is the same in every copy.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product

from qcode.merge.content import References
from qcode.merge.lines import Change, Row, Values
from qcode.model.identity import uuid_of
from qcode.model.summary import SummaryPlace

#: What an answer that makes rows of a table one is an answer to, and what it says.
QUESTIONS = {"project": "one project", "codes": "one code", "cases": "one case", "sources": "one source"}
SAME = "same"
#: What an answer says of which a code of one project became another: `one` is gone, `other` stays. It makes nothing one.
JOINED = "joined code"
_TABLES = {question: table for table, question in QUESTIONS.items()}
_UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Fields in the words of which rows are named: table and field.
NAMING = frozenset((("summaries", "evidence"), ("grounds", "cell"), ("grounds", "evidence")))


def _of(table: str, *fields: str) -> Callable[[Mapping[str, object]], str]:
    return lambda values: uuid_of(table, *(str(values[name] or "") for name in fields))


def _of_assignment(values: Mapping[str, object]) -> str:
    place = () if values["span_start"] is None else (str(values["span_start"]), str(values["span_end"]))
    return uuid_of("assignments", str(values["case"]), str(values["source"]), *place)


def _of_summary(values: Mapping[str, object]) -> str:
    return SummaryPlace(*(str(values[name] or "") for name in ("code", "case", "source", "attribute", "value"))).uuid


#: The UUID that a row which is what it links has, by table.
LINKS: Mapping[str, Callable[[Mapping[str, object]], str]] = {
    "assignments": _of_assignment,
    "readings": _of("readings", "coder", "source"),
    "case_values": _of("case_values", "case", "attribute"),
    "source_values": _of("source_values", "source", "attribute"),
    "allocations": _of("allocations", "coder", "source", "sample"),
    "summaries": _of_summary,
}


def answer_of(table: str, one: str, other: str) -> tuple[str, Values]:
    """The row of `answers` that says that two rows of a table are one: its UUID and values, the same whoever says it."""
    first, second = sorted((one, other))
    values: Values = {"question": QUESTIONS[table], "one": first, "other": second, "answer": SAME}
    return uuid_of("answers", QUESTIONS[table], first, second), values


def pair_of(answer: Mapping[str, object]) -> tuple[str, str, str] | None:
    """The table and the two rows that an answer makes one; None for an answer to something else."""
    table = _TABLES.get(str(answer["question"]))
    return (table, str(answer["one"]), str(answer["other"])) if table and answer["answer"] == SAME else None


class Oneness:
    """Which rows are one: those that answers name, and those that these link."""

    def __init__(self, pairs: Iterable[tuple[str, str, str]], references: References) -> None:
        self._members = _groups(pairs)
        self._stands = {(table, key): rows[0] for (table, _), rows in self._members.items() for key in rows}
        self._by_key = {key: first for (_, key), first in self._stands.items()}
        self._fields = {
            table: {name: target for name, target in fields.items() if target in QUESTIONS} for table, fields in references.items()
        }

    def __bool__(self) -> bool:
        return bool(self._members)

    def rows(self) -> list[Row]:
        """Every row that is one with another."""
        return list(self._stands)

    def uuids(self) -> set[str]:
        """The UUIDs of these."""
        return set(self._by_key)

    def first(self, key: str) -> str:
        """The UUID that stands for a row of a project, code, case or source; its own where it is one with none."""
        return self._by_key.get(key, key)

    def members(self, table: str, key: str) -> Sequence[str]:
        """The rows that are one with a row, itself among them."""
        return self._members.get((table, self._stands.get((table, key), key)), (key,))

    def link(self, table: str, key: str, values: Mapping[str, object]) -> str:
        """The UUID under which a row is read that is what it links, and was made with `values`."""
        if LINKS[table](values) != key:
            return key
        return LINKS[table]({**values, **{name: self.first(str(values[name])) for name in self._fields[table] if values[name] is not None}})

    def links(self, table: str, values: Mapping[str, object]) -> set[str]:
        """The UUIDs of the rows that are read as the one with `values`."""
        names = [name for name in self._fields[table] if values.get(name) is not None]
        ends = product(*(self.members(self._fields[table][name], str(values[name])) for name in names))
        return {LINKS[table]({**values, **dict(zip(names, end, strict=True))}) for end in ends}

    def read(self, lines: Mapping[Row, Sequence[Change]]) -> dict[Row, list[Change]]:
        """Lines by the rows that stand for those they are of, each with the UUID it was written under where that is another's too."""
        found: dict[Row, list[Change]] = defaultdict(list)
        for row, of_row in lines.items():
            found[row[0], self._key(row, of_row)] += self._told(row, of_row)
        return {row: self._shared(row, of_row) for row, of_row in found.items()}

    def _shared(self, row: Row, lines: list[Change]) -> list[Change]:
        if row not in self._stands and all(line.row == row[1] for line in lines):
            return lines
        return [line._replace(row=row[1], origin=line.row) for line in lines]

    def _key(self, row: Row, lines: Iterable[Change]) -> str:
        table, key = row
        if row in self._stands:
            return self._stands[row]
        if table in LINKS:
            return next((self.link(table, key, line.values) for line in lines if line.inserts and line.values is not None), key)
        return key

    def _told(self, row: Row, lines: Iterable[Change]) -> list[Change]:
        """Lines with what they refer to as it is read."""
        fields = self._fields[row[0]]
        naming = [name for table, name in NAMING if table == row[0]]
        told = []
        for line in lines:
            values = line.values or {}
            read = {name: first for name in fields if (first := self.first(str(values.get(name)))) != str(values.get(name))}
            for name in naming:
                if values.get(name):
                    read[name] = _UUID.sub(lambda found: self.first(found[0]), str(values[name]))
            told.append(line._replace(values={**values, **read}) if read else line)
        return told


def _groups(pairs: Iterable[tuple[str, str, str]]) -> dict[Row, tuple[str, ...]]:
    """Rows that are one, in order, by the first of them."""
    groups: dict[Row, set[str]] = {}
    for table, one, other in pairs:
        joined = groups.get((table, one), {one}) | groups.get((table, other), {other})
        groups.update(dict.fromkeys(((table, key) for key in joined), joined))
    return {(table, min(rows)): tuple(sorted(rows)) for (table, _), rows in groups.items()}


def oneness_of(answers: Iterable[Mapping[str, object]], references: References) -> Oneness:
    """What answers that count make one."""
    return Oneness((pair for answer in answers if (pair := pair_of(answer))), references)
