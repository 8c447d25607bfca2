"""What is kept to save time must never change a result: the digests behind the content hash, and payloads encoded together."""

from __future__ import annotations

import json
import random
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.project import Project
from qcode.store.connection import close_writer
from qcode.store.content import content_hash
from qcode.store.journal import Act
from tests.store.examples import add_source, fill, keys, new_project, random_act, reopen

STEPS = st.lists(st.sampled_from("act act act undo redo settle reopen empty".split()), max_size=12)
VALUES = st.one_of(st.text(), st.integers(), st.none(), st.floats(allow_nan=False, allow_infinity=False))
ROWS = st.lists(st.fixed_dictionaries({"name": st.text()}, optional={"position": VALUES, 'od"d\x1e,key': VALUES}), min_size=1, max_size=5)


def hashes(project: Project) -> tuple[str, str]:
    with project.reading() as db:
        return content_hash(db), content_hash(db, from_nothing=True)


def kept(project: Project) -> int:
    with project.reading() as db:
        return int(db.execute("SELECT count(*) FROM coding_digests").fetchone()[0])


def strays(project: Project) -> int:
    with project.reading() as db:
        return int(db.execute("SELECT count(*) FROM coding_digests WHERE source_id NOT IN (SELECT id FROM sources)").fetchone()[0])


def delete_source(act: Act, rng: random.Random) -> None:
    """The newest source with all that is its own, and another in its stead."""
    (source,) = act.db.execute("SELECT uuid FROM sources ORDER BY id DESC LIMIT 1").fetchone() or ("",)
    for table in ("codings", "readings", "assignments", "source_values"):
        sql = f"SELECT t.uuid FROM {table} t JOIN sources s ON s.id = t.source_id WHERE s.uuid = ?"
        act.delete(table, [key for (key,) in act.db.execute(sql, (source,))])
    act.delete("sources", [source])
    if source:
        add_source(act, rng, f"{rng.random()}.txt")


@settings(max_examples=40)
@given(steps=STEPS, seed=st.integers(0, 10**6))
def test_the_kept_hash_is_the_one_worked_out_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str], seed: int
) -> None:
    path = tmp_path_factory.mktemp("law") / "p.qcode"
    rng = random.Random(seed)
    project = new_project(path, seed * 1000)
    fill(project, seed=seed)
    project.settle()
    try:
        for number, step in enumerate(steps):
            if step == "act":
                random_act(project, rng)
            elif step == "empty":
                project.transact("delete", "Delete", lambda act: delete_source(act, rng))
            elif step == "reopen":
                project.close()
                project = reopen(path, seed * 1000 + 1 + number)
            else:
                {"undo": project.undo, "redo": project.redo, "settle": project.settle}[step]()
            ours, truth = hashes(project)
            assert ours == truth
            assert strays(project) == 0
    finally:
        project.close()


def test_an_act_forgets_the_digests_of_the_sources_it_touches_and_the_writer_keeps_them_again(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        fill(project, sources=4)
        assert kept(project) == 0
        project.settle()
        assert kept(project) == 4
        before = hashes(project)[0]
        project.transact("act", "Act", lambda act: act.update("codings", keys(act, "codings")[0], {"memo": "new"}))
        assert kept(project) == 3
        assert hashes(project)[0] != before
    with reopen(tmp_path / "p.qcode", 7) as project:
        assert kept(project) == 4


def test_a_source_that_goes_leaves_no_digest(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        source = project.transact("act", "Act", lambda act: add_source(act, random.Random(1), "bare.txt"))
        project.settle()
        assert kept(project) == 1
        project.transact("act", "Act", lambda act: act.delete("sources", [source]))
        assert kept(project) == 0


def test_reading_works_digests_out_and_keeps_none(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        assert hashes(project)[0] == hashes(project)[1]
        assert kept(project) == 0


def test_a_file_that_can_no_longer_be_written_is_closed_all_the_same(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
    db = sqlite3.connect(tmp_path / "p.qcode", isolation_level=None)
    db.execute("DELETE FROM coding_digests")
    db.execute("PRAGMA query_only = ON")
    close_writer(db)
    with pytest.raises(sqlite3.ProgrammingError):
        db.execute("SELECT 1")


@given(rows=ROWS)
def test_payloads_encoded_together_say_what_each_row_says(rows: list[dict[str, object]]) -> None:
    from qcode.store.journal import _encode_all

    assert [json.loads(payload) for payload in _encode_all(rows)] == rows  # type: ignore[arg-type]
