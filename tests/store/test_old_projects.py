"""Every old format still opens, with what it held."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from qcode.opening import open_project
from qcode.store.check import check
from qcode.store.content import content_hash
from qcode.store.format import FORMAT, read_format
from qcode.store.texts import original_of
from tests.store.examples import hash_of

FOLDER = Path(__file__).parents[1] / "old_projects"
HASHES = {
    1: "f4a8620cb1d020043b616dc7ce3150fa15d68752202fccddcca2eee1611fff6c",
    2: "36f62e82f84cba453e02fa6295d985ec92e8551dc24abac7e5edf678a1f6d83e",
    3: "cdad2d2fe456b33d7ac3f0361d210a06e77ca2d5708473b96274784a5b802033",
    4: "ee143100174700610875c993d6e40413146eb00bc019e2ea0fec11cb0f789833",
    5: "1240fc4828358aa4860bd3c012a5621e57260682cfaa0b04b8ac1c8f86ee597d",
}


def test_every_format_is_here() -> None:
    assert sorted(HASHES) == list(range(1, FORMAT + 1))
    assert sorted(path.name for path in FOLDER.glob("*.qcode")) == [f"format-{number}.qcode" for number in sorted(HASHES)]


@pytest.mark.parametrize("number", HASHES)
def test_an_old_project_opens_with_what_it_held(tmp_path: Path, number: int) -> None:
    path = tmp_path / "old.qcode"
    shutil.copyfile(FOLDER / f"format-{number}.qcode", path)
    assert read_format(path) == number
    with open_project(path, coder="Bea") as project:
        with project.reading() as db:
            assert check(db) == []
            assert content_hash(db, from_nothing=True) == HASHES[number]
            (original,) = db.execute("SELECT original FROM sources ORDER BY id LIMIT 1").fetchone()
            assert b"end." in (original_of(db, original) or b"")
        assert hash_of(project) == HASHES[number]
        project.transact("add code", "Add", lambda act: act.insert("codes", {"name": "new"}))
        project.undo()
        assert hash_of(project) == HASHES[number]
        assert project.redo() is not None
    assert read_format(path) == FORMAT


@pytest.mark.parametrize("number", HASHES)
def test_every_table_is_used(number: int) -> None:
    with sqlite3.connect(f"file:{FOLDER / f'format-{number}.qcode'}?mode=ro", uri=True) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone()[0], table
    db.close()
