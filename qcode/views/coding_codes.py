"""The codebook beside the text: the codes in order, with how many codings each has everywhere."""

from __future__ import annotations

from qcode.model.change import Changes
from qcode.model.code import Code
from qcode.project import Project
from qcode.store.codes import read_codes
from qcode.store.codings import count_by_code
from qcode.views.coding_document import Patch


class CodeList:
    """The codes of a project with their counts; made from the project, then kept up to date by `patch`."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.codes: dict[str, Code] = {}
        self.counts: dict[str, int] = {}
        self._read()

    def name(self, code: str) -> str:
        """The name of a code (a UUID), '' for one that is gone."""
        known = self.codes.get(code)
        return known.name if known else ""

    def below(self, parent: str | None) -> list[Code]:
        """The codes right below `parent` (a UUID, None for the top), in their order."""
        return [code for code in self.codes.values() if code.parent == parent]

    def branch(self, code: str) -> set[str]:
        """A code with all below it (UUIDs)."""
        found = {code}
        for one in self.codes.values():
            if one.parent in found:
                found.add(one.uuid)
        return found

    def patch(self, changes: Changes, here: Patch) -> set[str] | None:
        """Take in one act and give the codes whose count is another one; None when the tree is to be shown anew.

        What the act did in the open source is known from `here`; anything beyond is counted in the project again.
        """
        if changes.rows.get("codes"):
            self._read()
            return None
        rows = changes.of("codings")
        touched = len(rows.inserted) + len(rows.updated) + len(rows.deleted)
        if not touched:
            return set()
        if touched == len(here.pairs):
            return self._count(here)
        return self._count_again()

    def _count(self, here: Patch) -> set[str]:
        moved: dict[str, int] = {}
        for old, new in here.pairs:
            for coding, step in ((old, -1), (new, 1)):
                if coding is not None:
                    moved[coding.code] = moved.get(coding.code, 0) + step
        for code, step in moved.items():
            self.counts[code] = self.counts.get(code, 0) + step
        return {code for code, step in moved.items() if step}

    def _count_again(self) -> set[str]:
        before = self.counts
        with self._project.reading() as db:
            self.counts = count_by_code(db)
        return {code for code in {*before, *self.counts} if before.get(code, 0) != self.counts.get(code, 0)}

    def _read(self) -> None:
        with self._project.reading() as db:
            self.codes = {code.uuid: code for code in read_codes(db)}
            self.counts = count_by_code(db)
