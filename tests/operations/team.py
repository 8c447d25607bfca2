"""A team at work: a leader's project, and the copies that are handed out and come back."""

from __future__ import annotations

from pathlib import Path

from qcode.model.identity import Identities
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.opening import create_project, open_project
from qcode.operations.codes import create_code
from qcode.operations.codings import apply_code
from qcode.operations.handout import handout
from qcode.operations.merging import merge_files
from qcode.operations.readings import mark_reading
from qcode.operations.sources import add_pasted
from qcode.project import Project
from tests.operations.examples import assert_sound, hash_of

TEXT = "{0} said in confidence: пароль {0}. Nobody else heard it, and the meeting went on.\n"
NAMES = ("Osh notes.txt", "Dushanbe notes.txt", "Almaty notes.txt")
WORDS = ("alphaword", "bravoword", "charlieword")


class Team:
    """A leader's project of three sources, all three coded by Aida and by Bek, each with a memo of their own on each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened = 100
        self.path = folder / "leader.qcode"
        with create_project(self.path, "Centres", coder="Lead", identities=Identities.seeded(3), quiet=1000.0) as project:
            self.code = create_code(project, "Trust")
            self.sources = project.transact("import sources", "Import 3 files", lambda act: self._import(project))
            for coder in ("Aida", "Bek"):
                for source, word in zip(self.sources, WORDS, strict=True):
                    apply_code(project, source, Span(0, 12), self.code, coder=coder, memo=f"{coder} on {word}")
                    mark_reading(project, source, ReadingStatus.FINISHED, coder)

    def _import(self, project: Project) -> list[str]:
        return [add_pasted(project, name, TEXT.format(word)) for name, word in zip(NAMES, WORDS, strict=True)]

    def open(self, name: str = "leader", coder: str = "") -> Project:
        self._opened += 1
        return open_project(self.folder / f"{name}.qcode", coder=coder, identities=Identities.seeded(self._opened), quiet=1000.0)

    def give(self, name: str, coder: str, *numbers: int, locked: bool = False, blind: bool = False, of: str = "leader") -> Path:
        """A copy handed out, assigned the sources of those numbers."""
        target = self.folder / f"{name}.qcode"
        with self.open(of) as project:
            handout(project, coder, target, sources=[self.sources[number] for number in numbers], locked=locked, blind=blind)
        return target

    def merge(self, into: str, *others: str) -> str:
        """Merge copies, or change files where the name has an ending, and give the content hash."""
        paths = [self.folder / (name if "." in name else f"{name}.qcode") for name in others]
        with self.open(into) as project:
            merge_files(project, paths)
            assert_sound(project)
            return hash_of(project)

    def hash(self, name: str) -> str:
        with self.open(name) as project:
            return hash_of(project)
