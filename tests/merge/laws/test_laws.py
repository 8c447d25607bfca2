"""The laws of merging on random histories: 20,000 from one seed in the long run, a sample here, and a version that can be shrunk."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.merge.laws.laws import one_history
from tests.operations.examples import example

SEED = 2022
CASES = 20_000
#: So many parts of the long run can be done by as many processes; each failure says with which seed it comes again.
PARTS = 40
SAMPLE = 24
#: A disk in memory, where there is one: most of the time goes into opening files.
MEMORY = Path("/dev/shm")


class Field:
    """Where histories take place: a project to start from, and a folder that is empty at each beginning. With `joins` people also say
    that two rows are one."""

    def __init__(self, folder: Path) -> None:
        example(folder / "template.qcode").project.close()
        self._template = (folder / "template.qcode").read_bytes()
        self._folder = folder / "team"

    joins = False

    def play(self, chance: random.Random) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        one_history(self._folder, self._template, chance, joins=self.joins)

    def play_seeds(self, seeds: range) -> None:
        for seed in seeds:
            try:
                self.play(random.Random(seed))
            except Exception as error:
                error.add_note(f"The history of seed {seed}.")
                raise


@pytest.fixture
def field(monkeypatch: pytest.MonkeyPatch) -> Iterator[Field]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        monkeypatch.setenv("QCODE_DATA", str(Path(folder, "team", "data")))
        yield Field(Path(folder))


@pytest.mark.parametrize("part", range(2))
def test_the_laws_hold_on_a_sample(field: Field, part: int) -> None:
    field.play_seeds(range(SEED + part * SAMPLE // 2, SEED + (part + 1) * SAMPLE // 2))


@pytest.mark.long
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("part", range(PARTS))
def test_the_laws_hold(field: Field, part: int) -> None:
    field.play_seeds(range(SEED + part * CASES // PARTS, SEED + (part + 1) * CASES // PARTS))


def test_the_laws_hold_where_two_rows_are_said_to_be_one_on_a_sample(field: Field) -> None:
    field.joins = True
    field.play_seeds(range(5150, 5150 + SAMPLE // 2))


@pytest.mark.long
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("part", range(PARTS // 10))
def test_the_laws_hold_where_two_rows_are_said_to_be_one(field: Field, part: int) -> None:
    field.joins = True
    field.play_seeds(range(SEED + part * CASES // PARTS, SEED + (part + 1) * CASES // PARTS))


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_laws_hold_and_what_breaks_them_is_made_small(chance: random.Random) -> None:
    """The same histories with every choice made by Hypothesis, which finds the shortest that breaks a law."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder, pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("QCODE_DATA", str(Path(folder, "team", "data")))
        Field(Path(folder)).play(chance)
