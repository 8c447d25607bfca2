"""An open project in a few words: for the list of recent projects and for Undo and Redo in a menu."""

from __future__ import annotations

from dataclasses import dataclass

from qcode.model.reading import ReadingStatus
from qcode.project import Project
from qcode.store.cases import read_cases
from qcode.store.journal import label_of
from qcode.store.project_info import count_rows, project_title
from qcode.store.settings import COPY_BEGINS_AFTER, read_setting
from qcode.store.sources import read_readings
from qcode.store.undo import read_stack


@dataclass(frozen=True, slots=True)
class Summary:
    """Title, number of sources, of cases at the top, and of sources that somebody finished reading."""

    title: str
    sources: int
    cases: int
    read: int


@dataclass(frozen=True, slots=True)
class NextActs:
    """What Undo would take back and Redo would do again, in words; '' when there is nothing."""

    undo: str = ""
    redo: str = ""


def project_summary(project: Project) -> Summary:
    """The project in a few words."""
    with project.reading() as db:
        finished = {reading.source for reading in read_readings(db) if reading.status is ReadingStatus.FINISHED}
        top = sum(case.depth == 1 for case in read_cases(db))
        return Summary(project_title(db), count_rows(db)["sources"], top, len(finished))


def next_acts(project: Project) -> NextActs:
    """What is next to be undone and redone in this copy."""
    if project.read_only:
        return NextActs()
    with project.reading() as db:
        stack = read_stack(db, int(read_setting(db, COPY_BEGINS_AFTER, "0")))
        undo, redo = (plain_label(label_of(db, acts[-1])) if acts else "" for acts in (stack.undo, stack.redo))
        return NextActs(undo, redo)


def plain_label(label: str) -> str:
    """What an act is called, also when it was undone or redone."""
    return label.removeprefix("Undo: ").removeprefix("Redo: ")
