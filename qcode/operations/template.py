"""Projects that begin with a codebook."""

from __future__ import annotations

from pathlib import Path

from qcode.errors import UserError
from qcode.exchange.tables import read_table
from qcode.model.identity import Identities
from qcode.opening import create_project
from qcode.operations.cases import name_level
from qcode.operations.codebook import import_codebook
from qcode.project import Project
from qcode.resources import resource

#: What the cases at the top are in evaluations that these codebooks are for.
TOP_CASES = "Country"


def template_names() -> list[str]:
    """The names of the codebooks a project can begin with."""
    return sorted(path.stem for path in resource("codebooks").glob("*.csv"))


def create_from_template(
    path: Path, title: str = "", template: str = "", *, coder: str = "", identities: Identities | None = None
) -> Project:
    """A new project at `path`, open for writing, with the codebook called `template` ('' for none), its top cases called countries.

    Raises UserError, with no file made, for an unknown template, a file that is there or a folder that cannot be written.
    """
    if template and template not in template_names():
        raise UserError(f"There is no template '{template}': choose one of {', '.join(template_names())}.")
    project = create_project(path, title, coder=coder, identities=identities)
    if template:
        import_codebook(project, read_table(resource(f"codebooks/{template}.csv")), strict=True)
        name_level(project, 1, TOP_CASES)
        project.begin_history()
    return project
