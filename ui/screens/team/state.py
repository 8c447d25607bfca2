"""What the project says of its team."""

from __future__ import annotations

from dataclasses import dataclass, field

from qcode.model.merging import Conflict, MergeReport, Question
from qcode.project import Project
from qcode.views.conflicts import open_conflicts
from qcode.views.merges import Member, read_merges, team_members
from qcode.views.questions import open_questions
from qcode.views.team import HandedOut, Headway, Sample, handed_out_copies, headway, list_samples


@dataclass(frozen=True, slots=True)
class State:
    """All of one moment; each sample with how far its coders are."""

    members: list[Member] = field(default_factory=list)
    merges: list[MergeReport] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    samples: list[tuple[Sample, list[Headway]]] = field(default_factory=list)
    copies: list[HandedOut] = field(default_factory=list)


def read_state(project: Project) -> State:
    """The state of now; on any thread."""
    return State(
        team_members(project),
        read_merges(project),
        open_conflicts(project),
        open_questions(project),
        [(sample, headway(project, sample.uuid)) for sample in list_samples(project)],
        handed_out_copies(project),
    )
