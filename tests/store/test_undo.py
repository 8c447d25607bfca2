"""Random histories: undo all is the start, redo all the end, and the tables always say what the journal says."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.project import Project
from qcode.store.check import check
from qcode.store.journal import Act
from tests.store.examples import ACTS, fill, hash_of, new_project, random_act, reopen


def sound(project: Project) -> bool:
    with project.reading() as db:
        assert check(db) == []
    return True


def walk(path: Path, seed: int, steps: int, reopen_every: int) -> None:
    """`steps` random acts, undos, redos and reopenings; then all the way back and all the way forth."""
    rng = random.Random(seed)
    project = new_project(path, seed)
    start = None
    try:
        project.undo()
        start = hash_of(project)
        project.redo()
        for step in range(steps):
            choice = rng.random()
            if choice < 0.7:
                random_act(project, rng)
            elif choice < 0.88:
                project.undo()
            else:
                project.redo()
            if rng.random() < 1 / reopen_every:
                project.close()
                project = reopen(path, seed * 1000 + step)
        assert sound(project)
        end = hash_of(project)
        undone = 0
        while project.undo():
            undone += 1
        assert hash_of(project) == start
        assert sound(project)
        project.close()
        project = reopen(path, seed * 1000 + steps)
        for _ in range(undone):
            assert project.redo()
        assert hash_of(project) == end
        assert sound(project)
    finally:
        project.close()


@pytest.mark.parametrize("seed", range(6))
def test_undo_all_is_the_start_and_redo_all_the_end(tmp_path: Path, seed: int) -> None:
    walk(tmp_path / "p.qcode", seed, 50, 12)


STEPS = st.tuples(st.sampled_from(["act", "act", "act", "undo", "redo", "reopen"]), st.integers(0, 9999))


@settings(max_examples=12)
@given(st.lists(STEPS, max_size=12))
def test_tables_say_what_the_journal_says_after_every_step(steps: list[tuple[str, int]]) -> None:
    """The same once more, where a failure is cut down to the fewest steps."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.qcode"
        project = new_project(path)
        try:
            for step, seed in steps:
                before = hash_of(project)
                if step == "act":
                    random_act(project, random.Random(seed))
                    after = hash_of(project)
                    if project.undo() and after != before:
                        assert hash_of(project) == before
                        project.redo()
                elif step == "reopen":
                    project.close()
                    project = reopen(path, seed)
                else:
                    changes = project.undo() if step == "undo" else project.redo()
                    if changes:
                        _ = project.redo() if step == "undo" else project.undo()
                        assert hash_of(project) == before
                        _ = project.undo() if step == "undo" else project.redo()
                assert sound(project)
        finally:
            project.close()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 120))
def test_twenty_thousand_random_operations(tmp_path: Path, seed: int) -> None:
    walk(tmp_path / "p.qcode", seed, 1000, 50)


@pytest.mark.parametrize("part", ACTS, ids=lambda part: part.__name__)
def test_every_kind_of_act_is_taken_back_and_done_again(tmp_path: Path, part: object) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        before = hash_of(project)
        project.transact("act", "Act", lambda act: part(act, random.Random(4)))  # type: ignore[operator]
        after = hash_of(project)
        changes = project.undo()
        if after != before:
            assert changes is not None
            assert changes.label == "Undo: Act"
            assert hash_of(project) == before
            redone = project.redo()
            assert redone is not None
            assert redone.label == "Redo: Act"
            assert hash_of(project) == after
            assert project.redo() is None
        assert sound(project)


def test_a_new_act_clears_redo_and_a_chain_of_labels_stays_short(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        project.transact("a", "A", lambda act: act.insert("codes", {"name": "a"}))
        project.undo()
        project.redo()
        assert project.undo().label == "Undo: A"  # type: ignore[union-attr]
        project.transact("b", "B", lambda act: act.insert("codes", {"name": "b"}))
        assert project.redo() is None
        assert project.undo().label == "Undo: B"  # type: ignore[union-attr]
        assert project.undo() is None, "a copy's history begins after the project was made"


def test_undo_waits_its_turn_behind_what_is_queued(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        waiting = project.submit("a", "A", lambda act: act.insert("codes", {"name": "a"}))
        changes = project.undo()
        assert changes is not None
        assert changes.of("codes").deleted == [waiting.result()]


def test_undo_tells_every_row_it_touched(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        keep = project.transact("a", "A", lambda act: act.insert("codes", {"name": "keep"}))
        gone = project.transact("b", "B", lambda act: act.insert("codes", {"name": "gone", "parent": keep}))

        def mixed(act: Act) -> str:
            act.update("codes", keep, {"name": "kept"})
            act.delete("codes", [gone])
            return act.insert("codes", {"name": "new"})

        new = project.transact("c", "C", mixed)
        changes = project.undo()
        assert changes is not None
        rows = changes.of("codes")
        assert (rows.inserted, rows.updated, rows.deleted) == ([gone], [keep], [new])


def test_what_came_with_the_file_is_not_walked_back_over(tmp_path: Path) -> None:
    from qcode.store.settings import COPY_BEGINS_AFTER, write_setting

    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        project.outside_transaction(lambda db: write_setting(db, COPY_BEGINS_AFTER, "2"))
        assert project.undo() is None
        project.transact("mine", "Mine", lambda act: act.insert("codes", {"name": "mine"}))
        assert project.undo() is not None
        assert project.undo() is None


def test_a_thousand_codes_in_a_chain_come_back_in_one_undo(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:

        def chain(act: Act) -> list[str]:
            made: list[str] = []
            for number in range(1000):
                made.append(act.insert("codes", {"name": str(number), "parent": made[-1] if made else None}))
            return made

        made = project.transact("chain", "Chain", chain)
        before = hash_of(project)
        random.Random(1).shuffle(made)
        project.transact("delete", "Delete", lambda act: act.delete("codes", made))
        project.undo()
        assert hash_of(project) == before
        assert sound(project)
