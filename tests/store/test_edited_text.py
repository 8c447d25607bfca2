"""A text is edited after it was coded: places follow it, come back with undo, and meet in a merge without a coding lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qcode import create_project, open_project
from qcode.model.span import Span
from qcode.operations.codes import create_code
from qcode.operations.codings import apply_code, change_coding
from qcode.operations.merging import merge_files
from qcode.operations.sources import add_pasted
from qcode.project import Project
from qcode.store.check import check
from qcode.store.texts import add_text
from qcode.text.structure import find_blocks
from qcode.views.conflicts import open_conflicts
from tests.store.examples import hash_of

TEXT = "Первый абзац.\n\nThe staff left twice. 👩‍🌾 Nobody took over.\n\nThe end."


class Edited:
    """A project with one source and three codings, and a copy of it."""

    def __init__(self, folder: Path) -> None:
        self.path, self.copy = folder / "p.qcode", folder / "copy.qcode"
        with create_project(self.path, "T", coder="Ada") as project:
            self.code = create_code(project, "Turnover")
            self.source = add_pasted(project, "note.txt", TEXT)
            for words in ("Первый", "The staff left twice", "Nobody took over", "The end"):
                apply_code(project, self.source, self.span(words), self.code)
        shutil.copyfile(self.path, self.copy)

    def span(self, words: str) -> Span:
        return Span(TEXT.index(words), TEXT.index(words) + len(words))

    def edit(self, project: Project, text: str) -> None:
        project.transact(
            "edit text", "Edit a text", lambda act: act.update("sources", self.source, {"text": add_text(act, text, find_blocks(text))})
        )


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edited:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    return Edited(tmp_path)


def quotes(project: Project) -> list[str]:
    """What the codings quote, all of them in the present text of their source and sound."""
    with project.reading() as db:
        assert check(db) == []
        elsewhere = "SELECT count(*) FROM codings c JOIN sources s ON s.id = c.source_id WHERE c.text_id <> s.text_id"
        assert db.execute(elsewhere).fetchone() == (0,)
        return [quote for (quote,) in db.execute("SELECT quote FROM codings ORDER BY span_start, span_end")]


WHOLE = ["Первый", "The staff left twice", "Nobody took over", "The end"]


def test_codings_follow_the_text_and_undo_brings_their_places_back(edited: Edited) -> None:
    with open_project(edited.path, coder="Ada") as project:
        before = hash_of(project)
        edited.edit(project, TEXT.replace("абзац", "длинный абзац").replace("👩‍🌾 ", ""))
        assert quotes(project) == WHOLE
        edited.edit(project, "A new beginning. " + TEXT.replace("left twice", "left three times"))
        assert quotes(project) == ["Первый", "The staff left three times", "Nobody took over", "The end"]
        assert open_conflicts(project) == []
        after = hash_of(project)
        project.undo()
        project.undo()
        assert hash_of(project) == before
        project.redo()
        project.redo()
        assert hash_of(project) == after


def test_what_the_edit_took_away_is_still_there_and_listed(edited: Edited) -> None:
    with open_project(edited.path, coder="Ada") as project:
        edited.edit(project, TEXT.replace("Nobody took over.", "Ок."))
        assert len(quotes(project)) == 4
        (conflict,) = open_conflicts(project)
        assert (conflict.kind, conflict.table) == ("its words were edited", "codings")
        change_coding(project, conflict.row, span=Span(0, 5))
        assert open_conflicts(project) == []
        assert quotes(project)[:2] == ["Первы", "Первый"]


def test_one_edits_while_another_codes(edited: Edited) -> None:
    with open_project(edited.copy, coder="Bea") as project:
        apply_code(project, edited.source, edited.span("took over"), edited.code)
        second = hash_of(project)
    with open_project(edited.path, coder="Ada") as project:
        edited.edit(project, "Сверху. " + TEXT)
        first = hash_of(project)
        merge_files(project, [edited.copy])
        assert quotes(project) == ["Первый", "The staff left twice", "Nobody took over", "took over", "The end"]
        both = hash_of(project)
        project.undo()
        assert hash_of(project) == first
        project.redo()
    with open_project(edited.copy, coder="Bea") as project:
        merge_files(project, [edited.path])
        assert hash_of(project) == both
        project.undo()
        assert hash_of(project) == second


def test_two_edits_are_a_conflict_of_versions_and_no_coding_is_lost(edited: Edited) -> None:
    with open_project(edited.copy, coder="Bea") as project:
        edited.edit(project, TEXT + " Bea was here.")
    with open_project(edited.path, coder="Ada") as project:
        edited.edit(project, "Ada was here. " + TEXT)
        merge_files(project, [edited.copy])
        (conflict,) = open_conflicts(project)
        assert (conflict.table, conflict.field) == ("sources", "text")
        assert quotes(project) == WHOLE
        both = hash_of(project)
    with open_project(edited.copy, coder="Bea") as project:
        merge_files(project, [edited.path])
        assert hash_of(project) == both


def test_a_place_that_moved_and_is_then_changed_is_the_person_s_own(edited: Edited) -> None:
    with open_project(edited.path, coder="Ada") as project:
        edited.edit(project, "Сверху. " + TEXT)
        with project.reading() as db:
            key = db.execute("SELECT uuid FROM codings WHERE quote = 'Первый'").fetchone()[0]
        change_coding(project, key, memo="seen")
        assert quotes(project) == WHOLE
        with project.reading() as db:
            assert db.execute("SELECT count(*) FROM mends WHERE row_uuid = ?", (key,)).fetchone() == (0,)
        project.undo()
        project.undo()
        assert quotes(project) == WHOLE
