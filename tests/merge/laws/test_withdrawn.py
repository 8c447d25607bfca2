"""A source whose consent was withdrawn in one copy is gone from what comes out of a merge: its words, its name, whatever the order."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qcode.model.identity import Identities
from qcode.model.span import Span
from qcode.opening import open_project
from qcode.operations.codings import apply_code, change_coding
from qcode.operations.merging import merge_files
from qcode.operations.purge import purge_source
from qcode.operations.sources import add_pasted, delete_sources
from qcode.project import Project
from qcode.store.check import check
from tests.merge.laws.team import edit_text
from tests.operations.examples import Example, example, hash_of

SECRET = "Aida said what nobody else could have said.\n"
OTHER_SECRET = "Aida said it in other words, later.\n"


class Copies:
    """One project in several copies, each opened for one act at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened = 0
        self.example: Example = example(folder / "Ada.qcode")
        self.source = add_pasted(self.example.project, "aida-osh.txt", SECRET)
        self.coding = apply_code(self.example.project, self.source, Span(0, 4), self.example.code, memo="first memo")
        self.example.project.close()
        for name in ("Bo", "Cy"):
            self.copy("Ada", name)

    def __getitem__(self, name: str) -> Path:
        return self._folder / f"{name}.qcode"

    def copy(self, of: str, name: str) -> None:
        shutil.copyfile(self[of], self[name])

    def open(self, name: str) -> Project:
        self._opened += 1
        return open_project(self[name], coder=name, identities=Identities.seeded(100 + self._opened), quiet=1000.0)


@pytest.fixture
def copies(tmp_path: Path) -> Copies:
    return Copies(tmp_path)


def assert_nothing_of(path: Path, *secrets: str) -> None:
    """No byte of the file says what was withdrawn; records of merges are deflated, so these are read."""
    content = path.read_bytes()
    for secret in secrets:
        assert secret.encode() not in content, secret


def test_what_a_colleague_wrote_about_it_meanwhile_does_not_come_in(copies: Copies) -> None:
    with copies.open("Bo") as project:
        change_coding(project, copies.coding, memo="Aida cried when she said this")
    with copies.open("Cy") as project:
        purge_source(project, copies.source)
    with copies.open("Ada") as project:
        merge_files(project, [copies["Cy"], copies["Bo"]])
        with project.reading() as db:
            assert check(db) == []
            assert db.execute("SELECT count(*) FROM row_changes WHERE row_uuid = ?", (copies.coding,)).fetchone() == (0,)
    assert_nothing_of(copies["Ada"], "Aida cried", SECRET.strip())


def test_its_name_does_not_come_in_with_the_undo_of_its_removal(copies: Copies) -> None:
    with copies.open("Bo") as project:
        project.transact("delete source", "Delete aida-osh.txt", lambda _: delete_sources(project, [copies.source]))
        project.undo()
    with copies.open("Cy") as project:
        purge_source(project, copies.source)
    with copies.open("Ada") as project:
        merge_files(project, [copies["Cy"]])
        merge_files(project, [copies["Bo"]])
    assert_nothing_of(copies["Ada"], "aida-osh")


def test_two_who_withdrew_it_leave_one_tombstone(copies: Copies) -> None:
    with copies.open("Bo") as project:
        purge_source(project, copies.source)
    with copies.open("Cy") as project:
        edit_text(project, copies.source, OTHER_SECRET)
        purge_source(project, copies.source)
    hashes = set()
    for order in (["Bo", "Cy"], ["Cy", "Bo"], ["Bo", "Cy", "Bo"]):
        copies.copy("Ada", "both")
        with copies.open("both") as project:
            for name in order:
                merge_files(project, [copies[name]])
            hashes.add(hash_of(project))
    for one, other in (("Bo", "Cy"), ("Cy", "Bo")):
        copies.copy(one, "both")
        with copies.open("both") as project:
            merge_files(project, [copies[other]])
            hashes.add(hash_of(project))
            assert merge_files(project, [copies[other]]) is None
    assert len(hashes) == 1


def test_a_merge_that_was_taken_back_keeps_nothing_of_it(copies: Copies) -> None:
    """The source is known in this copy by a merge alone, and that was taken back."""
    with copies.open("Bo") as project:
        mine = add_pasted(project, "bo.txt", OTHER_SECRET)
        apply_code(project, mine, Span(0, 4), copies.example.code, memo="a memo of Bo's")
    with copies.open("Ada") as project:
        merge_files(project, [copies["Bo"]])
        project.undo()
    with copies.open("Bo") as project:
        purge_source(project, mine)
    with copies.open("Ada") as project:
        merge_files(project, [copies["Bo"]])
        with project.reading() as db:
            assert check(db) == []
            assert db.execute("SELECT count(*) FROM texts WHERE content = ?", (OTHER_SECRET,)).fetchone() == (0,)
            assert "memo of Bo" not in str(list(records(project)))
    assert_nothing_of(copies["Ada"], OTHER_SECRET.strip())


def test_a_text_that_a_parked_source_has_too_stays(copies: Copies) -> None:
    """Two people imported the same text; one of the sources is withdrawn while the merge that brought the other is taken back."""
    with copies.open("Bo") as project:
        mine = add_pasted(project, "bo.txt", OTHER_SECRET)
    with copies.open("Ada") as project:
        theirs = add_pasted(project, "ada.txt", OTHER_SECRET)
        merge_files(project, [copies["Bo"]])
        project.undo()
        purge_source(project, theirs)
        project.redo()
        with project.reading() as db:
            assert check(db) == []
            assert db.execute("SELECT count(*) FROM sources WHERE uuid = ?", (mine,)).fetchone() == (1,)


def records(project: Project) -> list[str]:
    """What the records of merges that were taken back hold."""
    from qcode.store.parked import _parked

    with project.reading() as db:
        return [str(bundle) for _, bundle in _parked(db)]
