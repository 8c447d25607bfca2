"""Whatever people do and take back, in whatever order: undo all is the start, redo all is the end, and the file is in order."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import UserError
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.cases import assign_source, create_case, import_assignments, import_cases, set_value
from qcode.operations.codebook import import_codebook
from qcode.operations.codes import change_code, create_code, delete_codes, move_code
from qcode.operations.coding_table import import_codings
from qcode.operations.codings import apply_code, change_coding, remove_codings
from qcode.operations.readings import mark_reading
from qcode.operations.sources import Belonging, add_pasted, change_source, delete_sources, import_files, import_source_table
from qcode.project import Project
from tests.operations.examples import assert_sound, hash_of, new_project, table

NAMES = ("Pay", "Staff", "Will", "Ёлка")
PASSAGE = "Zwei Wörter, ёлка 🙂 und mehr.\n\nNoch ein Absatz.\n"


class NothingThere(Exception):
    """What a person wanted to do something to is not there."""


class Person:
    """Does one of the things people do, to whatever is there; what is refused is part of life."""

    def __init__(self, project: Project, draw: st.DrawFn) -> None:
        self.project = project
        self._draw = draw

    def choose(self, table_name: str) -> str:
        with self.project.reading() as db:
            keys = [key for (key,) in db.execute(f"SELECT uuid FROM {table_name} ORDER BY uuid")]
        if not keys:
            raise NothingThere
        return str(self._draw(st.sampled_from(keys)))

    def place(self) -> str | None:
        return self._draw(st.sampled_from([None, self.choose("codes")]))

    def name(self) -> str:
        return str(self._draw(st.sampled_from(NAMES)))

    def span(self) -> Span:
        start = self._draw(st.integers(0, 30))
        return Span(start, start + self._draw(st.integers(1, 12)))

    def act(self) -> None:
        """One random act; nothing when there is nothing it could be done to."""
        verbs = (
            lambda: create_code(self.project, self.name(), self.place()),
            lambda: move_code(self.project, self.choose("codes"), self.place()),
            lambda: change_code(self.project, self.choose("codes"), name=self.name(), definition=self.name()),
            lambda: delete_codes(self.project, [self.choose("codes")]),
            lambda: create_case(self.project, f"{self.name()} > {self.name()}"),
            lambda: set_value(self.project, self.choose("cases"), self.name(), self._draw(st.sampled_from(["", "1", "2"]))),
            lambda: assign_source(self.project, self.choose("cases"), self.choose("sources")),
            lambda: assign_source(self.project, self.choose("cases"), self.choose("sources"), self.span()),
            lambda: add_pasted(self.project, f"{self.name()}.txt", PASSAGE, Belonging(case=self.name())),
            lambda: import_files(self.project, [self.project.path.parent / "notes"], Belonging(case_from="filename", language="ru")),
            lambda: change_source(self.project, self.choose("sources"), label=self.name(), title=self.name()),
            lambda: delete_sources(self.project, [self.choose("sources")]),
            lambda: mark_reading(self.project, self.choose("sources"), self._draw(st.sampled_from(ReadingStatus)), self.name()),
            lambda: apply_code(self.project, self.choose("sources"), self.span(), self.choose("codes"), coder=self.name()),
            lambda: change_coding(self.project, self.choose("codings"), span=self.span(), code=self.choose("codes"), memo=self.name()),
            lambda: remove_codings(self.project, [self.choose("codings"), self.choose("codings")]),
            lambda: import_codebook(self.project, table(f"code,parent,example\n{self.name()},{self.name()},{self.name()}\n")),
            lambda: import_cases(self.project, table(f"case,year\n{self.name()},2021\n")),
            lambda: import_assignments(self.project, table(f"case,source\n{self.name()},{self.name()}.txt\n")),
            lambda: import_source_table(self.project, table(f"source,case,region\n{self.name()}.txt,{self.name()},south\n")),
            lambda: import_codings(
                self.project,
                table(
                    f"id,source,quote,code,coder,case\n{self.name()},{self.name()}.txt,🙂 und,{self.name()},{self.name()},{self.name()}\n"
                    f",{self.name()}.txt,ёлка,{self.name()},,\n"
                ),
            ),
        )
        try:
            self._draw(st.sampled_from(verbs))()
        except (UserError, NothingThere):
            pass  # refused, and so nothing was written: `check` and the hashes below say so


@settings(max_examples=50)
@given(st.data())
def test_undo_all_is_the_start_and_redo_all_the_end(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder, new_project(Path(folder, "p.qcode")) as project:
        Path(folder, "notes").mkdir()
        for name in NAMES:
            Path(folder, "notes", f"{name}.txt").write_text(f"{name}.\n{PASSAGE}", encoding="utf-8")
        import_files(project, [Path(folder, "notes")])
        for name in NAMES[:2]:
            create_code(project, name)
        project.undo()
        project.redo()
        person = Person(project, data.draw)
        for _ in range(data.draw(st.integers(5, 30))):
            step = data.draw(st.sampled_from(("act", "act", "act", "act", "undo", "redo")))
            if step == "act":
                person.act()
            elif step == "undo":
                project.undo()
            else:
                project.redo()
        assert_sound(project)
        end = hash_of(project)
        undone = 0
        hashes = [end]
        while project.undo():
            undone += 1
            hashes.append(hash_of(project))
        assert_sound(project)
        for number in range(undone):
            assert project.redo() is not None
            assert hash_of(project) == hashes[undone - 1 - number]
        assert hash_of(project) == end
        assert_sound(project)
