"""Records of tables that look alike, coders and the project, values of cases and of sources: told apart by evidence.

What a record says of itself goes before where it stands: its line in the journal, and a UUID that is made of what the row says. Then
comes the table its page belongs to, and what else stands on that page. What is left is said to be doubtful.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from qcode.model.identity import uuid_of
from qcode.store.pages import Cell, Record

Rows = Mapping[str, Mapping[int, tuple[Cell, ...]]]
Placed = list[tuple[str, Record]]
_VERSION = 14
_MADE_OF_NAMES = "5"
_OWNERS = {"case_values": "cases", "source_values": "sources"}
_SHOWN = 5


def place_alike(
    unsure: Sequence[tuple[Sequence[str], Record]], found: Rows, pages: Mapping[int, str]
) -> tuple[Placed, list[str]]:
    """The table of each record that fits several, and sentences about what is doubtful. `pages` are the tables of the pages known."""
    journal = {str(row[2]): str(row[1]) for row in found["row_changes"].values()}
    placed: Placed = []
    waiting: list[tuple[Sequence[str], Record]] = []
    neighbours: dict[int, set[str]] = defaultdict(set)
    for candidates, record in unsure:
        table = _named(candidates, record, journal, found)
        if table:
            neighbours[record.page].add(table)
            placed.append((table, record))
        else:
            waiting.append((candidates, record))
    doubtful: list[tuple[Sequence[str], Record]] = []
    for candidates, record in waiting:
        beside = {pages[record.page]} if record.page in pages else neighbours[record.page]
        tables = beside.intersection(candidates)
        if len(tables) == 1:
            placed.append((tables.pop(), record))
        else:
            doubtful.append((candidates, record))
    sentences = _place_titles(placed, [one for tables, one in doubtful if "project" in tables])
    return placed, sentences + _left_out([one for tables, one in doubtful if "project" not in tables])


def _named(candidates: Sequence[str], record: Record, journal: Mapping[str, str], found: Rows) -> str:
    """The table that the journal or the row's own UUID names; '' when neither does."""
    key = str(record.values[1])
    if journal.get(key) in candidates:
        return journal[key]
    if "coders" in candidates:
        return "coders" if key[_VERSION] == _MADE_OF_NAMES else ""
    return next((table for table in candidates if table in _OWNERS and _links(table, record, found)), "")


def _links(table: str, record: Record, found: Rows) -> bool:
    """Whether a value's UUID is made of those of the row and the attribute it names in this table."""
    _, key, owner, attribute, _ = record.values
    ends = [found[of].get(int(str(number))) for of, number in ((_OWNERS[table], owner), ("attributes", attribute))]
    return all(ends) and uuid_of(table, *(str(end[0]) for end in ends if end)) == key


def _place_titles(placed: Placed, doubtful: Sequence[Record]) -> list[str]:
    """A project has one title. A name that stands by itself while there is none is taken for it, others for coders."""
    has_title = any(table == "project" for table, _ in placed)
    table = "project" if len(doubtful) == 1 and not has_title else "coders"
    placed.extend((table, record) for record in doubtful)
    taken = "the title" if table == "project" else "a coder"
    return [
        f"It cannot be read whether {_quoted(record.values[2])} is the project's title or the name of a coder: it was taken for {taken}."
        for record in doubtful
    ]


def _left_out(doubtful: Sequence[Record]) -> list[str]:
    if not doubtful:
        return []
    shown = ", ".join(_quoted(record.values[4]) for record in doubtful[:_SHOWN]) + (", …" if len(doubtful) > _SHOWN else "")
    return [f"Values: of {len(doubtful)} it cannot be read whether they are of a case or of a source; they were left out: {shown}."]


def _quoted(value: Cell) -> str:
    return f"'{value!s}'"
