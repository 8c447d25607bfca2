"""From the names people use to the rows they mean: paths, bare names where they are unique, labels, short IDs."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property

from qcode.errors import UserError
from qcode.model.case import Attribute
from qcode.model.paths import MARK, join_path, split_path
from qcode.model.source import Source
from qcode.store.cases import read_attributes, read_cases
from qcode.store.codes import read_codes
from qcode.store.sources import read_coders, read_sources

_LONGEST = 200


class Tree:
    """The paths of a tree of codes or cases, and what a path or a bare name stands for."""

    def __init__(self, what: str, paths: Iterable[tuple[str, str]]) -> None:
        self._what = what
        self.uuids: dict[str, str] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for path, row_uuid in paths:
            self.add(path, row_uuid)

    def add(self, path: str, row_uuid: str) -> None:
        """Make a new row known."""
        self.uuids[path] = row_uuid
        self._by_name[path.rpartition(MARK)[2].strip()].append(path)

    def known(self, name: str) -> str | None:
        """The path that a path or a bare name stands for, None when nothing does. Raises UserError when several do."""
        path = join_path(split_path(name))
        if path in self.uuids:
            return path
        found = self._by_name.get(path, [])
        if len(found) > 1:
            raise UserError(f"There are {len(found)} {self._what}s called '{path}': write the whole path, such as '{found[0]}'.")
        return found[0] if found else None

    def path(self, name: str) -> str:
        """The path that a path or a bare name stands for. Raises UserError when none or several do."""
        path = self.known(name)
        if path is None:
            raise UserError(f"There is no {self._what} '{_cut(name)}'{nearest(name, [*self.uuids, *self._by_name])}.")
        return path

    def uuid(self, name: str) -> str:
        """The UUID of what a path or a bare name stands for. Raises UserError when none or several do."""
        return self.uuids[self.path(name)]


class Names:
    """Every name of a project as it was when first asked for; made anew for each request."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    @cached_property
    def codes(self) -> Tree:
        """The codes by path."""
        return Tree("code", ((code.path, code.uuid) for code in read_codes(self._db)))

    @cached_property
    def cases(self) -> Tree:
        """The cases by path."""
        return Tree("case", ((case.path, case.uuid) for case in read_cases(self._db)))

    @cached_property
    def coders(self) -> dict[str, str]:
        """The coders' UUIDs by name."""
        return {name: row_uuid for row_uuid, name in read_coders(self._db).items()}

    @cached_property
    def attributes(self) -> dict[str, Attribute]:
        """The attributes by name without regard to capitals."""
        return {attribute.name.casefold(): attribute for attribute in read_attributes(self._db)}

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The sources by name and, where no other source is called so, by label."""
        sources = read_sources(self._db)
        return {**{source.label: source for source in sources if source.label}, **{source.name: source for source in sources}}

    def source(self, name: str) -> Source:
        """The source of that name or label. Raises UserError when there is none."""
        found = self.sources.get(name) or self.sources.get(name.replace("\\", "/"))
        if found is None:
            raise UserError(f"There is no source '{_cut(name)}'{nearest(name, self.sources)}.")
        return found

    def coder(self, name: str) -> str:
        """The UUID of the coder of that name. Raises UserError when there is none."""
        if name not in self.coders:
            raise UserError(f"There is no coder '{_cut(name)}'{nearest(name, self.coders)}.")
        return self.coders[name]

    def attribute(self, name: str) -> Attribute:
        """The attribute of that name, whatever its capitals. Raises UserError when there is none."""
        found = self.attributes.get(name.casefold())
        if found is None:
            known = {attribute.name: attribute for attribute in self.attributes.values()}
            raise UserError(f"There is no attribute '{_cut(name)}'{nearest(name, known)}.")
        return found


def nearest(name: str, known: Mapping[str, object] | list[str]) -> str:
    """What a message about an unknown name ends with: the name that was probably meant, if there is one."""
    close = get_close_matches(name, list(known), n=1) if len(name) <= _LONGEST else []
    return f": '{close[0]}' is the nearest there is" if close else ": check the spelling"


def _cut(name: str) -> str:
    """As much of a name as a sentence can hold, on one line: a cell of a table may hold anything."""
    line = " ".join(name.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
