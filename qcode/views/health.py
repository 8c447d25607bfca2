"""Whether a project is in order."""

from __future__ import annotations

from qcode.project import Project
from qcode.store.check import check
from qcode.store.problem import Problem


def check_project(project: Project) -> list[Problem]:
    """Everything that is wrong with the file: pages, references, texts, places of codings, rules between rows, the journal."""
    with project.reading() as db:
        return check(db)
