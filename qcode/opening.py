"""Making and opening projects."""

from __future__ import annotations

from pathlib import Path

from qcode.found import resolved
from qcode.model.identity import Identities
from qcode.project import Project
from qcode.store import lock
from qcode.store.connection import ReadOnlyFile
from qcode.store.format import FORMAT, read_format
from qcode.store.writer import QUIET_SECONDS


def create_project(
    path: Path | str, title: str = "", *, coder: str = "", identities: Identities | None = None, quiet: float = QUIET_SECONDS
) -> Project:
    """A new, empty project at `path`, open for writing. `identities` makes ids and times reproducible.

    Raises UserError when there is a file already or the folder cannot be written.
    """
    # sqlite-utils takes a tenth of a second to import, which no command that only reads should pay.
    from qcode.store.create import create_file

    place = resolved(Path(path))
    create_file(place)
    project = open_project(place, coder=coder, identities=identities, quiet=quiet)
    name = title or place.stem
    project.transact("create project", f"Create project {name}", lambda act: act.insert("project", {"title": name}))
    project.begin_history()
    return project


def open_project(
    path: Path | str,
    *,
    read_only: bool = False,
    coder: str = "",
    identities: Identities | None = None,
    quiet: float = QUIET_SECONDS,
) -> Project:
    """The project at `path`, an older format brought up to date after a backup; with `read_only` nothing is written anywhere.

    `coder` is who works in it (see `Project.coder`). `quiet` are the seconds without an act after which everything is folded into the
    one file. Raises UserError when the file is no project, damaged, newer than this program, or open elsewhere for writing.
    """
    place = resolved(Path(path))
    source = identities or Identities.of_machine()
    # Looking at the header of a file that is open in this process would drop SQLite's locks on it.
    version = FORMAT if lock.is_mine(place) else read_format(place)
    if read_only:
        return Project(place, identities=source, coder=coder, quiet=quiet, file=_read_only(place, version))
    lock.take(place, source.now())
    try:
        if version < FORMAT:
            from qcode.store.create import bring_up_to_date

            bring_up_to_date(place)
        return Project(place, identities=source, coder=coder, quiet=quiet)
    except BaseException:
        lock.release(place)
        raise


def _read_only(path: Path, version: int) -> ReadOnlyFile:
    if version == FORMAT:
        return ReadOnlyFile(path)
    from qcode.store.create import migrate

    return ReadOnlyFile(path, migrate)
