"""After a purge no byte of the source is left, and everything else is as it was."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.model.change import Changes
from qcode.operations.purge import purge_source
from qcode.project import Project
from qcode.store.backups import backups_of, project_uuid
from qcode.store.check import check
from qcode.store.journal import Act
from qcode.store.parked import LABEL
from tests.store.examples import add_coding, add_source, fill, hash_of, new_project, random_act, reopen

MARK = "zzuniquezz"
TEXT = f"Сначала {MARK} и слово. " * 300 + "\n\nConfidential words of one person.\n" * 50


def add_secret(project: Project, name: str = f"{MARK}.txt", text: str = TEXT) -> str:
    def work(act: Act) -> str:
        rng = random.Random(1)
        source = add_source(act, rng, name, text)
        (coder,), (code,) = act.db.execute("SELECT uuid FROM coders").fetchone(), act.db.execute("SELECT uuid FROM codes").fetchone()
        for _ in range(20):
            add_coding(act, rng, source, code, coder, memo=f"memo with {MARK}")
        case = act.db.execute("SELECT uuid FROM cases").fetchone()[0]
        act.insert("assignments", {"case": case, "source": source})
        act.insert("readings", {"coder": coder, "source": source})
        return source

    return project.transact("import sources", f"Import {name}", work)


def traces(*folders: Path) -> list[Path]:
    """Every file that holds the mark, plain or as SQLite or zlib would not hide it."""
    return [path for folder in folders for path in folder.rglob("*") if path.is_file() and MARK.encode() in path.read_bytes()]


def words_of(db: sqlite3.Connection) -> set[str]:
    """Every word of the search index."""
    copy = sqlite3.connect(":memory:")
    db.backup(copy)
    copy.execute("CREATE VIRTUAL TABLE words USING fts5vocab(paragraph_words, row)")
    found = {word for (word,) in copy.execute("SELECT term FROM words")}
    copy.close()
    return found


@pytest.fixture
def data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("user data")
    monkeypatch.setenv("QCODE_DATA", str(folder))
    return folder


def test_no_byte_is_left_and_the_rest_is_as_it_was(tmp_path: Path, data: Path) -> None:
    told: list[Changes] = []
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        before = hash_of(project)
        project.back_up("before it came")
        source = add_secret(project)
        kept = project.transact("after", "After", lambda act: act.insert("codes", {"name": "after"}))
        project.transact("memo", f"Note on {MARK}", lambda act: act.update("codes", kept, {"name": "after all"}))
        project.undo()
        project.back_up("with it")
        project.back_up("with it too")
        assert len(traces(tmp_path, data)) >= 3
        project.on_change(told.append)

        assert purge_source(project, source) == 2

        assert told[0].kind == "purge"
        assert told[0].of("sources").deleted == [source]
        assert len(told[0].of("codings").deleted) == 20
        with project.reading() as db:
            assert not {"zzuniquezz", "confidential"} & words_of(db)
            assert "вернулся" in words_of(db)
            assert check(db) == []
            assert db.execute("SELECT count(*) FROM originals").fetchone() == (4,)
            labels = {label for (label,) in db.execute("SELECT label FROM operations")}
            assert labels >= {LABEL, "After", "Fill the project"}
            ((uuid, sha256, coder, at),) = db.execute("SELECT uuid, sha256, coder, at FROM tombstones")
            assert (uuid, len(sha256), coder, at[:2]) == (source, 64, "Ada", "20")
            names = backups_of(project_uuid(db))
        assert traces(tmp_path, data) == []
        assert len(names) == 3
        for backup in names:
            with sqlite3.connect(backup) as db:
                assert check(db) == []
                assert db.execute("SELECT count(*) FROM sources").fetchone() == (4,)
            db.close()
        after = hash_of(project)
        assert after != before, "the tombstone is content"
    assert traces(tmp_path, data) == []
    with reopen(tmp_path / "p.qcode", 2) as project:
        assert hash_of(project) == after


def test_undo_steps_over_what_a_purge_has_emptied(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        project.transact("before", "Before", lambda act: act.insert("codes", {"name": "before"}))
        source = add_secret(project)
        project.transact("after", "After", lambda act: act.insert("codes", {"name": "after"}))
        project.undo()
        project.undo()
        purge_source(project, source)
        assert project.redo().label == "Redo: After"  # type: ignore[union-attr]
        assert project.redo() is None
        assert project.undo().label == "Undo: After"  # type: ignore[union-attr]
        assert project.undo().label == "Undo: Before"  # type: ignore[union-attr]
        with project.reading() as db:
            assert check(db) == []
        while project.undo():
            pass
        while project.redo():
            pass
        with project.reading() as db:
            assert check(db) == []
            assert db.execute("SELECT count(*) FROM sources WHERE uuid = ?", (source,)).fetchone() == (0,)


def test_a_text_that_another_source_has_too_stays(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        one = add_secret(project)
        other = add_secret(project, "other.txt")
        purge_source(project, one)
        with project.reading() as db:
            of_other = "SELECT count(*) FROM codings c JOIN sources s ON s.id = c.source_id WHERE s.uuid = ?"
            assert db.execute(of_other, (other,)).fetchone() == (20,)
            assert "zzuniquezz" in words_of(db)
            assert check(db) == []
        purge_source(project, other)
    assert traces(tmp_path) == []


def test_a_source_removed_or_undone_before_is_purged_from_the_journal(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        undone = add_secret(project)
        project.undo()
        removed = add_secret(project, f"{MARK} two.txt", TEXT + "two")

        def remove(act: Act) -> None:
            for table in ("codings", "assignments", "readings"):
                sql = f"SELECT t.uuid FROM {table} t JOIN sources s ON s.id = t.source_id WHERE s.uuid = ?"
                act.delete(table, [key for (key,) in act.db.execute(sql, (removed,))])
            act.delete("sources", [removed])

        project.transact("remove", "Remove", remove)
        purge_source(project, undone)
        purge_source(project, removed)
        with project.reading() as db:
            assert check(db) == []
            assert db.execute("SELECT count(*) FROM tombstones WHERE sha256 <> ''").fetchone() == (2,)
    assert traces(tmp_path) == []


def test_a_backup_that_cannot_be_purged_is_removed(tmp_path: Path, data: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        source = add_secret(project)
        damaged, older, whole = (project.back_up(reason) for reason in ("damaged", "older", "whole"))
        damaged.write_bytes(damaged.read_bytes()[:9000])
        db = sqlite3.connect(older)
        db.execute("PRAGMA user_version = 0")
        db.close()
        (whole.parent / "unfinished.qcode.new").write_bytes(whole.read_bytes())
        assert purge_source(project, source) == 3
        assert not damaged.exists()
        assert not older.exists()
        assert whole.exists()
    assert traces(tmp_path, data) == []


def test_purging_again_does_no_harm_and_an_unknown_source_is_said(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        source = add_secret(project)
        purge_source(project, source)
        before = hash_of(project)
        assert purge_source(project, source) == 0
        assert hash_of(project) == before
        with pytest.raises(UserError, match=r"^There is no source nobody to remove"):
            purge_source(project, "nobody")


def test_a_reader_in_the_way_is_said_and_the_next_purge_finishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qcode.store import connection

    monkeypatch.setattr(connection, "_BUSY_SECONDS", 0.05)
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        source = add_secret(project)
        with project.reading() as db:
            db.execute("SELECT count(*) FROM sources").fetchone()
            with pytest.raises(UserError, match="another program is reading the file and keeps its old pages"):
                purge_source(project, source)
        purge_source(project, source)
        assert traces(tmp_path) == []


def test_a_history_goes_on_after_a_purge(tmp_path: Path) -> None:
    rng = random.Random(8)
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        for _ in range(10):
            random_act(project, rng)
        purge_source(project, add_secret(project))
        for _ in range(20):
            random_act(project, rng)
            if rng.random() < 0.3:
                project.undo()
        with project.reading() as db:
            assert check(db) == []


def test_reading_only_is_said(tmp_path: Path) -> None:
    from qcode.opening import open_project

    new_project(tmp_path / "p.qcode").close()
    with open_project(tmp_path / "p.qcode", read_only=True) as project, pytest.raises(UserError, match="open for reading only"):
        purge_source(project, "x")
