"""Tables that write a tree as a name and a parent a line: which path each line means."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qcode.errors import UserError
from qcode.model.paths import SEPARATOR, checked_name, join_path, split_path
from qcode.store.names import Tree

_BETWEEN = re.compile(r"\s+>\s+")


def written_path(written: str, what: str) -> str:
    """The path that somebody wrote, its names checked. Raises UserError for an empty name and for one that holds '>'."""
    return join_path(checked_name(name, what) for name in _BETWEEN.split(written))


class WrittenTree:
    """Resolves the lines of one table against the table itself and against what the project has."""

    def __init__(self, what: str, known: Tree, lines: Iterable[tuple[str, str | None]]) -> None:
        """`lines` are (name, parent) as written; the parent is None where the table has no such column."""
        self._what = what
        self._known = known
        self._parents: dict[str, list[str]] = {}
        for name, parent in lines:
            *above, last = split_path(name) or [""]
            self._parents.setdefault(last, []).append(join_path(above) or (parent or "").strip())

    def path(self, name: str, parent: str | None) -> str:
        """The path a line means. Raises UserError for a line without a proper name and for a parent that could be several."""
        if not name.strip():
            raise UserError(f"The line has no {self._what} name: write one, or take the line out.")
        path = written_path(name, self._what)
        if parent is None and SEPARATOR not in path:
            return self._known.known(path) or path
        if parent and parent.strip() and SEPARATOR in path:
            raise UserError(f"'{path}' is a whole path and has the parent '{parent.strip()}' as well: write one of the two.")
        return self._above(parent or "", (path,)) + path

    def _above(self, parent: str, below: tuple[str, ...]) -> str:
        """The path of a parent as written, with the separator after it; '' at the top."""
        if not parent.strip():
            return ""
        name = written_path(parent, self._what)
        written = self._parents.get(name, [])
        # What stands at the top of the table is named by its whole path, however many others bear the same name.
        if SEPARATOR in name or "" in written:
            return name + SEPARATOR
        if name in below:
            raise UserError(f"The {self._what}s {' and '.join(below)} stand below each other: give one of them another parent.")
        if len(written) > 1:
            raise UserError(f"There are {len(written)} {self._what}s called '{name}' in the table: write the parent as a whole path.")
        if written:
            return self._above(written[0], (*below, name)) + name + SEPARATOR
        return (self._known.known(name) or name) + SEPARATOR
