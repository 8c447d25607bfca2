"""Copies that went on by themselves are merged: the laws, on histories of random acts."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from qcode.operations.merging import merge_files
from qcode.project import Project
from qcode.store.check import check
from tests.store.examples import fill, hash_of, new_project, random_act, reopen


def go_on(project: Project, rng: random.Random, acts: int = 5) -> None:
    """Random acts, undos and redos."""
    for _ in range(acts):
        dice = rng.random()
        if dice < 0.2:
            project.undo()
        elif dice < 0.3:
            project.redo()
        else:
            random_act(project, rng)


def copies(tmp_path: Path, seed: int, count: int = 3) -> list[Path]:
    """A project, and copies of it that went on alone, one of them a copy of a copy."""
    paths = [tmp_path / f"{number}.qcode" for number in range(count)]
    with new_project(paths[0], seed) as project:
        fill(project, sources=2, codings=8, seed=seed)
    for number in range(1, count):
        shutil.copyfile(paths[number // 2], paths[number])
        for part in {number, number // 2}:
            with reopen(paths[part], seed * 100 + number * 10 + part) as project:
                go_on(project, random.Random(seed * 1000 + number * 10 + part))
    return paths


def sound(project: Project) -> bool:
    with project.reading() as db:
        assert check(db) == []
    return True


def merged(tmp_path: Path, order: list[Path], name: str) -> str:
    """The hash of the first file with the others merged in one after the other."""
    target = tmp_path / f"{name}.qcode"
    shutil.copyfile(order[0], target)
    for number, other in enumerate(order[1:]):
        with reopen(target, 7 + number) as project:
            merge_files(project, [other])
            assert sound(project)
    with reopen(target, 9) as project:
        return hash_of(project)


@pytest.mark.parametrize("seed", range(40))
def test_any_order_gives_the_same_content(tmp_path: Path, seed: int) -> None:
    one, two, three = copies(tmp_path, seed)
    found = merged(tmp_path, [one, two, three], "a")
    assert merged(tmp_path, [three, one, two], "b") == found
    assert merged(tmp_path, [two, three, one, three, two], "c") == found
    target = tmp_path / "d.qcode"
    shutil.copyfile(two, target)
    with reopen(target, 3) as project:
        merge_files(project, [one, three])
        assert hash_of(project) == found
        assert merge_files(project, [one, two, three]) is None


@pytest.mark.parametrize("seed", range(40))
def test_a_merge_is_taken_back_and_done_again(tmp_path: Path, seed: int) -> None:
    one, two, three = copies(tmp_path, seed)
    with reopen(one, 5) as project:
        before = hash_of(project)
        merge_files(project, [two, three])
        after = hash_of(project)
        assert sound(project)
        acts: list[int] = []
        stop = project.on_change(lambda changes: acts.append(changes.operation))
        random_act(project, random.Random(seed))
        stop()
        assert sound(project)
        for _ in range(len(acts)):
            project.undo()
        assert hash_of(project) == after
        project.undo()
        assert hash_of(project) == before
        assert sound(project)
        project.redo()
        assert hash_of(project) == after
        project.undo()
        merge_files(project, [two, three])
        assert hash_of(project) == after
        assert sound(project)
        project.undo()
    with reopen(one, 6) as project:
        assert hash_of(project) == before
        project.redo()
        assert hash_of(project) == after
        project.undo()
    with reopen(two, 8) as project:
        work = hash_of(project)
        merge_files(project, [one])
        assert merged(tmp_path, [two, one], "x") == hash_of(project)
        project.undo()
        assert hash_of(project) == work
