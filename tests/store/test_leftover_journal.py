"""A rollback journal that a crash left beside the file is folded in or, when there is nothing in it, removed by the next opening."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from qcode.opening import open_project
from qcode.store.check import check
from qcode.store.connection import close_writer, leftovers, open_writer
from tests.store.examples import fill, hash_of, new_project

FOLDERS = pytest.mark.parametrize("folder", ["Dropbox", "here"], ids=["no log kept", "log kept"])


def project_in(folder: Path) -> tuple[Path, str]:
    """A filled project and its content hash."""
    folder.mkdir()
    path = folder / "p.qcode"
    with new_project(path) as project:
        fill(project)
        said = hash_of(project)
    return path, said


def assert_opening_mends(path: Path, said: str) -> None:
    close_writer(open_writer(path))
    assert leftovers(path) == []
    with open_project(path) as project:
        assert hash_of(project) == said
        with project.reading() as db:
            assert check(db) == []
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@FOLDERS
@pytest.mark.parametrize(
    "content", [b"", bytes(28), bytes(512) + b"pages of an act that was done" * 500], ids=["empty", "zeroes", "header zeroed"]
)
def test_a_journal_that_holds_nothing_is_removed_on_opening(tmp_path: Path, folder: str, content: bytes) -> None:
    path, said = project_in(tmp_path / folder)
    path.with_name("p.qcode-journal").write_bytes(content)
    db = open_writer(path)
    assert not path.with_name("p.qcode-journal").exists()
    close_writer(db)
    path.with_name("p.qcode-journal").write_bytes(content)
    assert_opening_mends(path, said)


@FOLDERS
def test_a_journal_that_holds_something_is_rolled_back(tmp_path: Path, folder: str) -> None:
    path, said = project_in(tmp_path / "made")
    (tmp_path / folder).mkdir()
    crashed = tmp_path / folder / path.name
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA cache_size = 1")
    db.execute("BEGIN IMMEDIATE")
    db.execute("UPDATE codings SET memo = 'half done' || hex(zeroblob(500))")
    db.execute("UPDATE texts SET content = 'half done'")
    for one in (path, *leftovers(path)):
        shutil.copyfile(one, crashed.with_name(one.name))
    db.execute("ROLLBACK")
    db.close()
    assert b"half done" in crashed.read_bytes()
    assert crashed.with_name("p.qcode-journal").read_bytes()[:4] == b"\xd9\xd5\x05\xf9"
    assert_opening_mends(crashed, said)
