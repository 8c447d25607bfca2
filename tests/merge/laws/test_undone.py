"""What was done and undone on one side is nothing to the others, also where all who made a row took that back and somebody uses it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from qcode.model.reading import ReadingStatus
from qcode.operations.readings import mark_reading
from qcode.project import Project
from tests.merge.laws.laws import means_what_the_model_says
from tests.merge.laws.team import PEOPLE, Team
from tests.operations.examples import example


class Readers(Team):
    """Ada and Bo begin with the same copy."""

    report = ""

    def do(self, person: str, *work: str) -> None:
        with self.visit(self.files[person], person) as project:
            for step in work:
                self._step(project, step)

    def _step(self, project: Project, step: str) -> None:
        if step == "undo":
            project.undo()
        else:
            mark_reading(project, self.report, ReadingStatus(step), "Farrukh")


@pytest.fixture
def team(tmp_path: Path) -> Readers:
    made = example(tmp_path / "template.qcode")
    made.project.close()
    team = Readers(tmp_path, (tmp_path / "template.qcode").read_bytes(), random.Random(1))
    team.report = made.report
    return team


@pytest.mark.parametrize("undone", [["reading", "undo"], ["finished", "undo"], ["reading", "undo", "finished", "undo"]])
@pytest.mark.parametrize("first", [True, False])
def test_a_row_all_makers_took_back_is_what_its_user_saw(team: Readers, undone: list[str], first: bool) -> None:
    """Bo's reading came to Cy, who changed it; Bo took his back; Ada made and unmade one of her own."""
    if not first:
        team.do("Ada", "undo")
    team.do("Bo", "finished")
    team.receive("Cy", team.files["Bo"].read_bytes())
    team.do("Cy", "reading")
    team.do("Bo", "undo")
    plain = team.merged(team.files["Bo"], [[team.files["Cy"], team.files["Ada"]]], "plain")
    team.do("Ada", *undone)
    busy = team.merged(team.files["Bo"], [[team.files["Cy"], team.files["Ada"]]], "busy")
    assert busy == plain
    with team.visit(team.folder / "busy.qcode", PEOPLE[0]) as project:
        means_what_the_model_says(project)
