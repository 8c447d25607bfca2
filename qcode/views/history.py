"""The audit trail of a project."""

from __future__ import annotations

from qcode.model.act import ActRecord
from qcode.project import Project
from qcode.store.journal import read_acts


def read_history(project: Project) -> list[ActRecord]:
    """Every act by every coder, oldest first."""
    with project.reading() as db:
        return read_acts(db)
