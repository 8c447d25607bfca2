"""What the operations make of rows together: which live, which wait for what is not there, which are kept because they are used.

The rows in hand are all rows where a whole journal is read, else those that some operations touched; then `Around` tells of the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from qcode.merge.content import Content, Listed, Mend, Reason, References
from qcode.merge.history import OperationId, Rank
from qcode.merge.lines import Change, History, Row, Values
from qcode.merge.mending import Mending, mend
from qcode.merge.moving import PLACED, move_places
from qcode.merge.rows import RowState


class Around(Protocol):
    """The rest of the project: rows that no operation in hand touched, and that are in the tables as the journal has them."""

    def values(self, rows: Iterable[Row]) -> Mapping[Row, Values]:
        """Those of `rows` that are in the tables."""

    def lines(self, rows: Iterable[Row]) -> Mapping[Row, Sequence[Change]]:
        """The lines of the journal of each row that has any; the history has learned their operations."""

    def users(self, rows: Iterable[Row]) -> Mapping[Row, Values]:
        """The rows in the tables that refer to one of `rows`."""

    def table(self, name: str) -> Mapping[str, Values]:
        """All rows of a small table."""

    def same_codings(self, codings: Mapping[str, Values]) -> Mapping[str, Values]:
        """Codings of the same code by the same coder on the same passage as one of `codings`, or with the same short ID."""

    def text(self, sha256: str) -> str:
        """The text of that name, '' when it is not there."""


class Nothing:
    """Around all rows there is nothing but texts, which `text` gives by their SHA-256."""

    def __init__(self, text: Callable[[str], str]) -> None:
        self._text = text

    def text(self, sha256: str) -> str:
        """The text of that name, '' when it is not there."""
        return self._text(sha256)

    def values(self, rows: Iterable[Row]) -> Mapping[Row, Values]:
        """None."""
        return {}

    def lines(self, rows: Iterable[Row]) -> Mapping[Row, Sequence[Change]]:
        """None."""
        return {}

    def users(self, rows: Iterable[Row]) -> Mapping[Row, Values]:
        """None."""
        return {}

    def table(self, name: str) -> Mapping[str, Values]:
        """None."""
        return {}

    def same_codings(self, codings: Mapping[str, Values]) -> Mapping[str, Values]:
        """None."""
        return {}


def settle(
    history: History, lines: Mapping[Row, Sequence[Change]], references: References, around: Around, *, stand_in: bool = False
) -> Content:
    """The rows of `lines` that are in the content, with rows around them that are kept, wait or are mended on their account.

    With `stand_in` none waits, for what is missing will be made.
    """
    settling = _Settling(history, lines, references, around)
    settling.begin()
    settling.look_around()
    if not stand_in:
        settling.set_aside()
    settling.keep()
    content = settling.content()
    mending = Mending(content, lambda table: settling.whole(table, content), settling.rank)
    move_places(mending, *settling.places(content), around.text)
    mend(mending, settling.same_codings)
    content.listed.sort()
    content.mends.sort(key=lambda mend: mend[:4])
    return content


class _Settling:
    def __init__(self, history: History, lines: Mapping[Row, Sequence[Change]], references: References, around: Around) -> None:
        self._history = history
        self._lines = dict(lines)
        self._hand = lines.keys()
        self._references = references
        self._around = around
        self._living: dict[Row, Values] = {}
        self._revived: dict[Row, tuple[RowState, tuple[OperationId, ...]]] = {}
        self._outside: dict[Row, Values] = {}
        self._never: set[Row] = set()
        self._waiting: dict[Row, Row] = {}
        self._kept: dict[Row, None] = {}
        self._listed: list[Listed] = []

    def lines_of(self, rows: Iterable[Row]) -> Mapping[Row, Sequence[Change]]:
        """Lines of rows in hand and around."""
        wanted = list(rows)
        self._lines.update(self._around.lines([row for row in wanted if row not in self._lines]))
        return {row: self._lines[row] for row in wanted if self._lines.get(row)}

    def whole(self, table: str, content: Content) -> dict[str, Values]:
        """All rows of a small table: those in hand as they are by now, and those around."""
        around = {key: values for key, values in self._around.table(table).items() if (table, key) not in self._hand}
        return {key: values for key, values in {**around, **content.tables[table]}.items() if (table, key) not in self._waiting}

    def places(self, content: Content) -> tuple[dict[str, dict[str, Values]], dict[str, str]]:
        """The rows around that have a place in a source in hand, by table, and the present text of each source that matters."""
        sources = content.tables.get("sources", {})
        users: dict[str, dict[str, Values]] = {table: {} for table in PLACED}
        for (table, key), values in self._around.users([("sources", key) for key in sources]).items():
            if table in users and (table, key) not in self._hand:
                users[table][key] = values
        named = {str(values.get("source")) for table in PLACED for values in content.tables.get(table, {}).values()} - sources.keys()
        others = {key: values for (_, key), values in self._around.values([("sources", key) for key in named]).items()}
        return users, {key: str(values.get("text")) for key, values in {**others, **sources}.items()}

    def same_codings(self, codings: Mapping[str, Values]) -> dict[str, Values]:
        """Codings around that cannot stand beside one of `codings`."""
        found = self._around.same_codings(codings)
        return {key: values for key, values in found.items() if ("codings", key) not in self._hand and key not in codings}

    def rank(self, table: str, key: str, fields: Collection[str]) -> Rank:
        """The greatest rank among the writes to some fields of a row."""
        return self._history.rank(self.lines_of([(table, key)])[table, key], fields)

    def begin(self) -> None:
        """The state of each row in hand by itself."""
        for row in self._hand:
            state = self._history.state(self._lines[row])
            if state.values is not None:
                self._living[row] = state.values
                self._list(row, state)

    def look_around(self) -> None:
        """Find out about every row that one in hand refers to, or that refers to one that ended, and so on."""
        asked: set[Row] = set(self._living)
        fresh: Mapping[Row, Values] = self._living
        ended = [row for row in self._hand if row not in self._living]
        users = self._around.users(ended)
        self._outside.update({row: values for row, values in users.items() if row not in self._hand})
        fresh = {**fresh, **self._outside}
        while fresh:
            targets = self._all_targets(fresh) - asked
            asked |= targets
            found = self._around.values([row for row in targets if row not in self._hand])
            self._outside.update(found)
            fresh = self._revive(targets - found.keys())

    def set_aside(self) -> None:
        """Rows that refer to one that nobody made, or that waits itself, wait."""
        missing = set(self._never)
        while missing:
            users = {row: values for row, values in self._around.users(missing).items() if row not in self._hand}
            self._outside.update(users)
            found: dict[Row, Row] = {}
            for row, values in self._there():
                lacks = sorted(target for target in self._targets(row[0], values) if target in missing)
                if lacks and row not in self._waiting:
                    found[row] = lacks[0]
            self._waiting.update(found)
            missing = set(found)

    def keep(self) -> None:
        """Mark every row that is there only because one that lives refers to it."""
        if not self._revived:
            return
        stack = [(row, values) for row, values in [*self._living.items(), *self._outside.items()] if row not in self._waiting]
        while stack:
            (table, _), values = stack.pop()
            for target in self._targets(table, values):
                if target in self._revived and target not in self._kept and target not in self._waiting:
                    self._kept[target] = None
                    stack.append((target, self._revived[target][0].values or {}))

    def content(self) -> Content:
        """The rows as the journal has them, and what is listed of them."""
        tables: dict[str, dict[str, Values]] = {table: {} for table in self._references}
        mends: list[Mend] = []
        for (table, key), values in self._living.items():
            if (table, key) not in self._waiting:
                tables[table][key] = values
        for row in self._kept:
            state, enders = self._revived[row]
            tables[row[0]][row[1]] = state.values or {}
            self._list(row, state)
            self._listed.append(Listed(Reason.USED, *row, "", enders))
            mends.append(Mend(Reason.USED, *row, "", {}))
        for row, target in self._waiting.items():
            if row in self._living or row in self._outside:
                mends.append(Mend(Reason.WAITING, *row, target[1], {}))
                self._listed.append(Listed(Reason.WAITING, *row, partner=target[1]))
        self._listed.extend(Listed(Reason.MISSING, *row) for row in self._never)
        listed = [one for one in self._listed if (one.table, one.row) not in self._waiting or one.reason is Reason.WAITING]
        return Content(tables, listed, mends)

    def _there(self) -> list[tuple[Row, Values]]:
        revived = [(row, state.values or {}) for row, (state, _) in self._revived.items()]
        return [*self._living.items(), *self._outside.items(), *revived]

    def _targets(self, table: str, values: Values) -> Iterable[Row]:
        return ((target, str(values[name])) for name, target in self._references[table].items() if values.get(name) is not None)

    def _all_targets(self, rows: Mapping[Row, Values]) -> set[Row]:
        """Every row that some rows refer to. Field by field: that takes a fifth of the time of going through the rows."""
        by_table: dict[str, list[Values]] = defaultdict(list)
        for (table, _), values in rows.items():
            by_table[table].append(values)
        fields = ((target, name, found) for table, found in by_table.items() for name, target in self._references[table].items())
        return {(target, str(key)) for target, name, found in fields for key in {values.get(name) for values in found} - {None}}

    def _revive(self, rows: Iterable[Row]) -> dict[Row, Values]:
        """The values of rows that are not in the content by themselves, had nobody ended them; notes those that nobody made."""
        wanted = list(rows)
        lines = self.lines_of(wanted)
        revived: dict[Row, Values] = {}
        for row in wanted:
            state, enders = self._history.revived(lines[row]) if row in lines else (RowState(None), ())
            if state.values is None:
                self._never.add(row)
            else:
                self._revived[row] = state, enders
                revived[row] = state.values
        return revived

    def _list(self, row: Row, state: RowState) -> None:
        for name, writes in state.conflicts.items():
            self._listed.append(Listed(Reason.CONFLICT, *row, name, tuple(write.operation.id for write in writes)))
        if state.kept:
            self._listed.append(Listed(Reason.EDITED, *row, "", tuple(sorted(delete.id for delete in state.kept))))


def lines_by_row(changes: Iterable[Change]) -> dict[Row, list[Change]]:
    """Changes by the row they are of, in their order."""
    lines: dict[Row, list[Change]] = defaultdict(list)
    for change in changes:
        lines[change.table, change.row].append(change)
    return lines
