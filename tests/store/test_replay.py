"""Copies that went on by themselves, their journals put together: the content depends on the set alone."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from qcode.merge.content import Content
from qcode.merge.state import content_of
from qcode.store.check import check
from qcode.store.connection import open_reader
from qcode.store.replay import REFERENCES, TOGETHER, read_changes, read_journal, read_rows, replay
from qcode.store.rows import Rows
from qcode.store.schema import CONTENT
from qcode.store.settings import COPY_BEGINS_AFTER, write_setting
from tests.store.examples import fill, hash_of, new_project, random_act, reopen


def go_on(path: Path, seed: int, acts: int) -> None:
    """A session of random acts and undos in the copy at `path`."""
    rng = random.Random(seed)
    with reopen(path, seed) as project:
        for _ in range(acts):
            if rng.random() < 0.2:
                project.undo()
            elif rng.random() < 0.1:
                project.redo()
            else:
                random_act(project, rng)


def copies(tmp_path: Path, seed: int, count: int) -> list[Path]:
    """A project and copies of it by the file manager, each with two sessions of its own, one copied again in between."""
    first = tmp_path / "0.qcode"
    with new_project(first, seed) as project:
        fill(project, sources=2, codings=8, seed=seed)
    made = [first]
    for number in range(1, count):
        made.append(tmp_path / f"{number}.qcode")
        shutil.copyfile(made[number // 2], made[-1])
        for path in {made[number // 2], made[-1]}:
            go_on(path, seed * 100 + number * 10 + made.index(path), 6)
    return made


def union(paths: list[Path]) -> Content:
    """The content of all operations of the files, the common ones taken once."""
    operations, heads, changes = {}, {}, {}
    for path in paths:
        db = open_reader(path)
        journal = read_journal(db)
        for operation in journal.operations.values():
            operations[operation.id] = operation
        heads.update(journal.heads)
        of_operation: dict[tuple[str, int], list[object]] = {}
        for change in read_changes(db, journal):
            of_operation.setdefault(change.operation, []).append(change)
        changes.update(of_operation)
        db.close()
    listed = [change for of_one in changes.values() for change in of_one]
    return content_of(operations.values(), heads, listed, REFERENCES, TOGETHER)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(8))
def test_any_order_of_files_gives_the_same(tmp_path: Path, seed: int) -> None:
    paths = copies(tmp_path, seed, 3)
    found = union(paths)
    for order in ([2, 1, 0], [1, 0, 2, 1, 1]):
        again = union([paths[number] for number in order])
        assert again.tables == found.tables
        assert again.listed == found.listed


@pytest.mark.parametrize("seed", range(4))
def test_nothing_in_the_union_points_nowhere(tmp_path: Path, seed: int) -> None:
    tables = union(copies(tmp_path, seed, 4)).tables
    for name, rows in tables.items():
        for field, target in REFERENCES[name].items():
            assert {row[field] for row in rows.values()} <= {None, *tables[target]}


def test_a_file_merged_with_itself_or_with_where_it_came_from_is_itself(tmp_path: Path) -> None:
    first, copy = copies(tmp_path, 5, 2)
    with reopen(copy, 7) as project, project.reading() as db:
        own = {name: dict(read_rows(db, table)) for name, table in CONTENT.items()}
        assert replay(db).tables == own
        assert union([copy, copy]).tables == own
    with sqlite3.connect(first) as db:
        assert db.execute("SELECT count(*) FROM sessions").fetchone()[0] >= 2
    db.close()


def write_union(target: Path, other: Path) -> None:
    """Bring the operations of another copy into a file and its tables to their union, as a merge will; for this test only."""
    content = union([target, other])
    with reopen(target, 1) as project:
        def work(db: sqlite3.Connection) -> None:
            theirs = sqlite3.connect(other)
            rows = Rows(db)
            db.execute("BEGIN")
            for row in theirs.execute("SELECT sha256, content, characters FROM texts"):
                db.execute("INSERT OR IGNORE INTO texts (sha256, content, characters) VALUES (?, ?, ?)", row)
            for row in theirs.execute("SELECT sha256, codes FROM codebooks"):
                db.execute("INSERT OR IGNORE INTO codebooks (sha256, codes) VALUES (?, ?)", row)
            known = {key for (key,) in db.execute("SELECT uuid FROM sessions")}
            sessions, numbers = {}, {}
            for number, *session in theirs.execute("SELECT id, uuid, program, heads FROM sessions ORDER BY id"):
                if session[0] not in known:
                    sessions[number] = db.execute("INSERT INTO sessions (uuid, program, heads) VALUES (?, ?, ?)", session).lastrowid
            columns = "session_id, seq, clock, coder, at, kind, label, undoes_id"
            for number, session, *rest, undoes in theirs.execute(f"SELECT id, {columns} FROM operations ORDER BY id"):
                if session in sessions:
                    values = (sessions[session], *rest, numbers.get(undoes, undoes))
                    numbers[number] = db.execute(f"INSERT INTO operations ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values).lastrowid
            columns = "operation_id, table_name, row_uuid, before, after"
            for number, *rest in theirs.execute(f"SELECT {columns} FROM row_changes ORDER BY id"):
                if number in numbers:
                    db.execute(f"INSERT INTO row_changes ({columns}) VALUES (?, ?, ?, ?, ?)", (numbers[number], *rest))
            for name in reversed(CONTENT):
                db.execute(f"DELETE FROM {name}")
            for name, table in CONTENT.items():
                rows.insert(table, list(content.tables[name].items()))
            last = db.execute("SELECT max(id) FROM operations").fetchone()[0]
            write_setting(db, COPY_BEGINS_AFTER, str(last))
            db.execute("COMMIT")
            theirs.close()

        project.outside_transaction(work)


@pytest.mark.parametrize("seed", range(4))
def test_a_session_after_a_union_knows_all_and_is_undone_alone(tmp_path: Path, seed: int) -> None:
    first, other = copies(tmp_path, seed, 2)
    # The union is of undos of operations that both had, too: their numbers are the same in both files.
    write_union(first, other)
    with reopen(first, 50 + seed) as project:
        with project.reading() as db:
            assert [str(problem) for problem in check(db) if "of this path" not in str(problem)] == []
        before = hash_of(project)
        new = project.transact("code", "Code", lambda act: act.insert("codes", {"name": "after the union"}))
        with project.reading() as db:
            heads = db.execute("SELECT heads FROM sessions ORDER BY id DESC").fetchone()[0]
            assert heads.count("[") == 3, "the new session continues both copies"
            last, most = db.execute("SELECT clock, (SELECT max(clock) FROM operations) FROM operations ORDER BY id DESC").fetchone()
            assert last == most
        changes = project.undo()
        assert changes is not None
        assert changes.of("codes").deleted == [new]
        assert project.undo() is None
        assert hash_of(project) == before
