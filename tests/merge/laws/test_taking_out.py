"""Law: merge A and B, take out what A did = merge B alone; and where B went on from A, what B's work rests on stays, listed.

Both on random histories: a sample here, more in the long run. The first is compared with a merge that never had A's file, the second with
the slow model of the operations without A's.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from qcode.merge.content import Reason
from qcode.operations.contributions import take_out
from qcode.operations.merging import merge_files
from qcode.project import Project
from qcode.store.conflicts import read_disputes
from qcode.store.merging import brought_by
from qcode.views.merges import read_merges
from tests.merge.laws.laws import means_what_the_model_says, outcome, sound
from tests.merge.laws.model import Id, Known, Meaning, Row, _referred, read_known, texts_of
from tests.merge.laws.team import Team, Verbs
from tests.merge.laws.test_laws import Field as Histories

SEED = 240
SAMPLE = 20
CASES = 4_000
PARTS = 10
_KEPT = {Reason.EDITED, Reason.USED, Reason.WAITING}


class Field(Histories):
    """Where A is Bo, B is Cy, and Ada leads."""

    def play(self, chance: random.Random) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        team = Team(self._folder, self._template, chance)
        team.receive("Cy", self._template)
        for person in ("Bo", "Cy", "Ada"):
            work(team, person)
        if chance.random() < 0.5:
            as_if_never_merged(team)
        else:
            what_others_rest_on_stays(team)


def work(team: Team, person: str) -> None:
    with team.visit(team.files[person], person) as project:
        for _ in range(team.chance.randint(0 if person == "Ada" else 1, 5)):
            Verbs(project, team.chance).act()
            if team.chance.random() < 0.1:
                project.undo()


def as_if_never_merged(team: Team) -> None:
    bo, cy = team.files["Bo"], team.files["Cy"]
    alone = team.merged(team.files["Ada"], [[cy]], "alone")
    steps = team.chance.choice([[[bo, cy]], [[bo], [cy]], [[cy], [bo]]])
    with team.visit(team.files["Ada"]) as project:
        for files in steps:
            merge_files(project, files)
        before = outcome(project)
        if not take_out_all(project, "Bo"):
            return
        assert outcome(project) == alone, "not as if what was taken out had never been done"
        means_what_the_model_says(project)
        assert sound(project)
        assert merge_files(project, [bo, cy]) is None
        project.undo()
        assert outcome(project) == before, "undo does not lead to what was there before it was taken out"
        assert sound(project)
        project.redo()
        assert outcome(project) == alone
    assert team.merged(cy, [[team.files["Ada"]]], "hers") == alone, "what was taken out is not taken out of a file it travels to"
    assert team.merged(bo, [[cy], [team.files["Ada"]]], "his") == alone


def what_others_rest_on_stays(team: Team) -> None:
    bo, cy = team.files["Bo"], team.files["Cy"]
    with team.visit(cy, "Cy") as project:
        merge_files(project, [bo])
    work(team, "Cy")
    if team.chance.random() < 0.5:
        work(team, "Bo")
    with team.visit(team.files["Ada"]) as project:
        for file in team.chance.sample([bo, cy], 2):
            merge_files(project, [file])
        for _ in range(team.chance.randint(0, 3)):
            Verbs(project, team.chance).act()
        before = outcome(project)
        gone = take_out_all(project, "Bo")
        means_what_the_model_says(project)
        assert sound(project)
        without(project, gone)
        after = outcome(project)
        if gone:
            project.undo()
            assert outcome(project) == before
            project.redo()
        assert outcome(project) == after


def take_out_all(project: Project, coder: str) -> set[Id]:
    """Take what somebody did out of the newest merge that brought something of it, and give the operations."""
    with project.reading() as db:
        for merge in read_merges(project):
            gone = brought_by(db, merge.number, coder)
            if gone:
                take_out(project, merge.number, coder)
                return gone
    return set()


def without(project: Project, gone: set[Id]) -> None:
    """Every row is what the other operations make of it; one that only those that are gone had made is listed, or is not there."""
    with project.reading() as db:
        known, texts = read_known(db), texts_of(db)
        listed = {(one.table, one.row) for one in read_disputes(db).content.listed if one.reason in _KEPT}
    took = {one.id for one in known.operations.values() if one.undoes in gone and one.id not in gone}
    others = Known({key: one for key, one in known.operations.items() if key not in gone | took}, known.heads)
    own = {row for row, writers in known.writing.items() if {one.id for one in writers if one.writes[row].made} <= gone}
    actual, expected = Meaning(known, texts), Meaning(others, texts)
    there = {(table, key): values for table, rows in actual._rows().items() for key, values in rows.items()}
    used = {other for row, values in there.items() for other in _referred(row, values)}
    for row in known.writing:
        if row in own:
            assert row not in there or row in listed, f"{row} was taken out and is there, and nothing says why"
            assert row not in there or row in used or touched(others, row), f"{row} was taken out and nobody needs it"
            assert row in there or removed(others, row) or not touched(others, row), f"{row} is gone with what others wrote at it"
        elif expected._lives(row):
            assert row in there, f"{row} is gone with what was taken out"
            assert there[row] == expected._values(row), row
        else:
            assert row not in there or row in used, f"{row} came with what was taken out"


def touched(others: Known, row: Row) -> bool:
    return any(not one.writes[row].removed for one in others.active if row in one.writes)


def removed(others: Known, row: Row) -> bool:
    return any(one.writes[row].removed for one in others.active if row in one.writes)


@pytest.fixture
def field(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Field:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "team" / "data"))
    return Field(tmp_path)


def test_what_is_taken_out_is_as_if_never_done_on_a_sample(field: Field) -> None:
    field.play_seeds(range(SEED, SEED + SAMPLE))


@pytest.mark.long
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_taken_out_is_as_if_never_done(field: Field, part: int) -> None:
    field.play_seeds(range(SEED + part * CASES // PARTS, SEED + (part + 1) * CASES // PARTS))
