"""Opening and making project files, away from the window's thread."""

from __future__ import annotations

import importlib.util
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qcode import Project, open_project
from qcode.errors import UserError
from qcode.exchange.tables import read_table
from qcode.found import refuse_place, resolved
from qcode.operations.codebook import import_codebook
from qcode.operations.template import create_from_template
from qcode.resources import resource
from qcode.views.file_state import file_state, refuse_in_use
from qcode.views.summary import NextActs, Summary, next_acts, project_summary

_SAMPLE = Path(__file__).parents[1] / "projects" / "central-asia" / "build.py"
SUFFIX = ".qcode"
#: The ending of the small files in which work is handed in.
CHANGES = ".qchange"


@dataclass(frozen=True, slots=True)
class Opened:
    """A project that is open, what is known of it, why it is open for reading only ('' when it is open for writing), and when its file
    was written last before it was opened, by the clock on the wall (None when that is not known)."""

    project: Project
    summary: Summary
    acts: NextActs
    why_read_only: str = ""
    saved_at: datetime | None = None


def open_file(path: Path) -> Opened:
    """The project at `path`, open for writing, or for reading only if it can only be read.

    Raises UserError when it cannot be read either: it is no project, damaged, gone, or newer than this program.
    """
    saved_at = _saved_at(path)
    try:
        return _opened(open_project(path), saved_at=saved_at)
    except UserError as refused:
        reason = _why_read_only(path, refused)
        try:
            return _opened(open_project(path, read_only=True), reason, saved_at)
        except UserError:
            raise refused from None


def make_file(path: Path, template: str) -> Opened:
    """A new project at `path` with the codebooks `template` names, joined by '+'; what stood there is replaced once the new one is whole.

    Raises UserError when there is a project that is open, or the folder cannot be written; what stood there is there still.
    """
    path = resolved(path)
    refuse_place(path)
    refuse_in_use(path)
    temporary = path.with_name(f"{path.stem}.begun{SUFFIX}")
    refuse_in_use(temporary)
    try:
        temporary.unlink(missing_ok=True)
        _make(temporary, path.stem, template)
        os.replace(temporary, path)
    except OSError as error:
        raise UserError(f"{path} could not be written ({error.strerror}): choose another folder.") from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return _opened(open_project(path), saved_at=_saved_at(path))


def _make(path: Path, title: str, template: str) -> None:
    first, *more = template.split("+")
    with create_from_template(path, title, first) as project:
        for name in more:
            import_codebook(project, read_table(resource(f"codebooks/{name}.csv")), strict=True)


def has_sample() -> bool:
    """Whether the worked example can be built here: in a checkout, not in an installed copy."""
    return _SAMPLE.is_file()


def make_sample(folder: Path) -> Opened:
    """The worked example, built anew in `folder`, open. Raises UserError when the one of before is open elsewhere."""
    spec = importlib.util.spec_from_file_location("central_asia_build", _SAMPLE)
    if spec is None or spec.loader is None:
        raise UserError("The sample is not part of this copy of qcode: open a project of your own.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    path = folder / f"central-asia{SUFFIX}"
    state = file_state(path)
    if state.host:
        raise UserError(f"The sample is open on {state.host} already: close it there first.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"The sample cannot be built: {folder} cannot be made ({error.strerror}). See that you may write there.") from None
    module.build(path).close()
    return open_file(path)


def copy_to(project: Project, target: Path) -> Path:
    """A complete copy of an open project at `target`, which is given back. Raises UserError when it cannot be written, or is open."""
    project.copy_to(target)
    return target


def _opened(project: Project, why_read_only: str = "", saved_at: datetime | None = None) -> Opened:
    return Opened(project, project_summary(project), next_acts(project), why_read_only, saved_at)


def _saved_at(path: Path) -> datetime | None:
    # Before opening: that may touch the file.
    try:
        return datetime.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ006 - the clock on the user's wall
    except OSError:
        return None


def _why_read_only(path: Path, refused: UserError) -> str:
    state = file_state(path)
    if not state.host:
        return str(refused)
    try:
        since = datetime.fromisoformat(state.since).astimezone().strftime("%H:%M")
    except ValueError:
        since = state.since
    return f"This project is open on {state.host} by {state.user} since {since}."
