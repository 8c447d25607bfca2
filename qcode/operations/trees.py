"""Tables that write a tree as a name and a parent a line: which path each line means."""

from __future__ import annotations

from collections.abc import Iterable

from qcode.errors import UserError
from qcode.model.paths import MARK, SEPARATOR, join_path, split_path
from qcode.store.names import Tree


class WrittenTree:
    """Resolves the lines of one table against the table itself and against what the project has."""

    def __init__(self, what: str, known: Tree, lines: Iterable[tuple[str, str | None]]) -> None:
        """`lines` are (name, parent) as written; the parent is None where the table has no such column."""
        self._what = what
        self._known = known
        self._parents: dict[str, list[str]] = {}
        for name, parent in lines:
            if MARK not in name:
                self._parents.setdefault(name.strip(), []).append((parent or "").strip())

    def path(self, name: str, parent: str | None) -> str:
        """The path a line means. Raises UserError for a line without a name and for a parent that could be several."""
        steps = split_path(name)
        if not all(steps) or not steps:
            raise UserError(f"The line has no {self._what} name: write one, or take the line out.")
        if parent is None and len(steps) == 1:
            return self._known.known(steps[0]) or steps[0]
        return self._above(parent or "", (join_path(steps),)) + join_path(steps)

    def _above(self, parent: str, below: tuple[str, ...]) -> str:
        """The path of a parent as written, with the separator after it; '' at the top."""
        steps = split_path(parent)
        if len(steps) != 1:
            return join_path(steps) + SEPARATOR if steps else ""
        name = steps[0]
        if name in below:
            raise UserError(f"The {self._what}s {' and '.join(below)} stand below each other: give one of them another parent.")
        written = self._parents.get(name, [])
        if len(written) > 1:
            raise UserError(f"There are {len(written)} {self._what}s called '{name}' in the table: write the parent as a whole path.")
        if written:
            return self._above(written[0], (*below, name)) + name + SEPARATOR
        return (self._known.known(name) or name) + SEPARATOR
