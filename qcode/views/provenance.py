"""Where an export comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qcode import __version__
from qcode.model.report import Provenance
from qcode.project import Project
from qcode.store.content import content_hash
from qcode.store.journal import last_act_at
from qcode.store.project_info import project_title

if TYPE_CHECKING:
    from qcode.store.connection import Connection


def provenance(project: Project, db: Connection, filters: str = "none", layer: str = "any coder") -> Provenance:
    """What an export says of itself: project, content, program, filter and layer in words, and the date of the last act."""
    return Provenance(
        project=project_title(db),
        file=project.path.name,
        content_hash=content_hash(db),
        program=f"qcode {__version__}",
        filters=filters,
        layer=layer,
        last_act=last_act_at(db)[:10],
    )
