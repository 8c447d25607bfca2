"""Rules between rows that nobody could keep when histories met: mended by a fixed rule, and listed until somebody decides.

Everything depends on the set of operations alone: of rows that cannot stand side by side the one gives way whose fields of the rule
were written later, by `(clock, session, seq)`, then by UUID.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count

from qcode.merge.content import Content, Listed, Mend, Reason
from qcode.merge.folding import fold_codings, lengthen_ids
from qcode.merge.history import Rank
from qcode.merge.lines import Values
from qcode.model.case import AttributeType, canonical

Ranking = Callable[[str, str, Collection[str]], Rank]
_ENDING = re.compile(r"(?<=.)\.\w{1,5}$")
_TREES = ("codes", "cases")
_NAMED = ("sources", "coders")
_STRICT = {kind.value: kind for kind in AttributeType if kind is not AttributeType.TEXT}
_VALUES = {"case_values": "case", "source_values": "source"}


class Mending:
    """The rows of a project while they are mended: those in hand, with the whole of a small table where a rule needs it."""

    def __init__(self, content: Content, whole: Callable[[str], Mapping[str, Values]], rank: Ranking) -> None:
        self.content = content
        self.whole = whole
        self._rank = rank

    def order(self, table: str, rows: Iterable[str], fields: Collection[str]) -> list[str]:
        """Rows in the order in which their fields were written; the first has the better right."""
        return sorted(rows, key=lambda row: (self._rank(table, row, fields), row))

    def change(self, reason: Reason, table: str, row: str, partner: str, values: Values) -> None:
        """Give a row other values than the journal says, and list it."""
        self.alter(reason, table, row, partner, values)
        self.content.listed.append(Listed(reason, table, row, next(iter(values)), partner=partner))

    def alter(self, reason: Reason, table: str, row: str, partner: str, values: Values) -> None:
        """Give a row other values than the journal says."""
        current = self.content.tables[table].get(row) or dict(self.whole(table)[row])
        raw = {name: current[name] for name in values}
        self.content.tables[table][row] = {**current, **values}
        self.content.mends.append(Mend(reason, table, row, partner, raw))

    def fold(self, table: str, row: str, partner: str, values: Values) -> None:
        """Let a row be part of another, and list it."""
        self.content.tables[table].pop(row, None)
        self.content.mends.append(Mend(Reason.FOLDED, table, row, partner, values))
        self.content.listed.append(Listed(Reason.FOLDED, table, row, partner=partner))


def mend(mending: Mending, same_codings: Callable[[Mapping[str, Values]], Mapping[str, Values]]) -> None:
    """Mend what is broken by the rows in hand. Places in texts have been moved before."""
    tables = mending.content.tables
    for table in _TREES:
        if tables.get(table):
            _cut_circles(mending, table)
            _number_names(mending, table, {key: (values["parent"], values["name"]) for key, values in mending.whole(table).items()})
    for table in _NAMED:
        if tables.get(table):
            _number_names(mending, table, {key: (None, values["name"]) for key, values in mending.whole(table).items()})
    if tables.get("sources"):
        _number_labels(mending)
    if tables.get("codings"):
        around = same_codings(tables["codings"])
        fold_codings(mending, around)
        lengthen_ids(mending, around)
    _retype(mending)


def _cut_circles(mending: Mending, table: str) -> None:
    parents = {key: values["parent"] for key, values in mending.whole(table).items()}
    for circle in circles(parents):
        *stay, cut = mending.order(table, circle, ("parent",))
        mending.change(Reason.CUT, table, cut, stay[0] if stay else cut, {"parent": None})


def circles(parents: Mapping[str, object]) -> Iterator[list[str]]:
    """The rows of each circle of a tree in which a row names its parent."""
    done: set[str] = set()
    for start in parents:
        way: dict[str, None] = {}
        at: object = start
        while isinstance(at, str) and at in parents and at not in done and at not in way:
            way[at] = None
            at = parents[at]
        if at in way:
            rows = list(way)
            yield rows[rows.index(str(at)) :]
        done.update(way)


def _number_names(mending: Mending, table: str, names: Mapping[str, tuple[object, object]]) -> None:
    """Give all rows of one name at one place but the first a number: 'Name (2)'."""
    taken: dict[object, set[object]] = defaultdict(set)
    groups: dict[tuple[object, object], list[str]] = defaultdict(list)
    for key, (place, name) in names.items():
        taken[place].add(name)
        groups[place, name].append(key)
    for (place, name), rows in sorted(((group, rows) for group, rows in groups.items() if len(rows) > 1), key=_by_name):
        first, *others = mending.order(table, rows, ("name", "parent"))
        for key in others:
            free = next(text for text in _numbered(str(name), with_ending=table == "sources") if text not in taken[place])
            taken[place].add(free)
            mending.change(Reason.RENAMED, table, key, first, {"name": free})


def _numbered(name: str, *, with_ending: bool) -> Iterator[str]:
    """'name (2)', 'name (3)' and so on; of a file's name the ending stays last."""
    ending = _ENDING.search(name) if with_ending else None
    stem, end = (name[: ending.start()], ending.group()) if ending else (name, "")
    return (f"{stem} ({number}){end}" for number in count(2))


def _by_name(group: tuple[tuple[object, object], Sequence[str]]) -> tuple[str, str]:
    (place, name), _ = group
    return str(place), str(name)


def _number_labels(mending: Mending) -> None:
    labels: dict[object, list[str]] = defaultdict(list)
    for key, values in mending.whole("sources").items():
        labels[values.get("label")].append(key)
    taken = set(labels)
    for label in sorted(str(one) for one, rows in labels.items() if one and len(rows) > 1):
        first, *others = mending.order("sources", labels[label], ("label",))
        for key in others:
            free = next(text for number in range(2, len(taken) + 3) if (text := f"{label}-{number}") not in taken)
            taken.add(free)
            mending.change(Reason.RELABELLED, "sources", key, first, {"label": free})


def _retype(mending: Mending) -> None:
    """An attribute with a value that is not of its type is text: the value stays as it was written."""
    tables = mending.content.tables
    touched = set(tables.get("attributes", ()))
    for table in _VALUES:
        touched.update(str(values["attribute"]) for values in tables.get(table, {}).values())
    if not touched:
        return
    types = {key: str(values["type"]) for key, values in mending.whole("attributes").items() if key in touched}
    strict = {key: _STRICT[kind] for key, kind in types.items() if kind in _STRICT}
    if not strict:
        return
    for table in _VALUES:
        for key, values in sorted(mending.whole(table).items()):
            attribute = str(values["attribute"])
            if attribute in strict and canonical(str(values["value"]), strict[attribute]) is None:
                del strict[attribute]
                mending.change(Reason.RETYPED, "attributes", attribute, key, {"type": AttributeType.TEXT.value})
