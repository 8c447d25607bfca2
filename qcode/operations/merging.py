"""Bringing the files of a team together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qcode.errors import UserError
from qcode.operations.purge import purge_source
from qcode.progress import Progress
from qcode.project import Project
from qcode.store import merging
from qcode.store.bundle import Bundle, Sent, without_sources
from qcode.store.incoming import read_incoming
from qcode.store.journal import Act
from qcode.store.purge import LABEL, buried, has_history, holds_source


def merge_files(project: Project, paths: Sequence[Path], progress: Progress | None = None) -> list[Sent]:
    """Merge project files and change files into a project as one step that undo takes back; gives the operations that are new.

    A backup is made first. Sources withdrawn in one of the files are removed here for good, before the merge and whatever becomes of
    it. When nothing is new nothing is written. Raises UserError, naming the file, when one of them cannot be merged, with nothing done;
    Cancelled when `progress` was asked to stop.
    """
    bundles = read_files(project, paths)
    if not any(bundle.operations or bundle.tombstones for bundle in bundles):
        return []
    project.back_up("before a merge")
    return bring(project, bundles, [path.name for path in paths], progress)


def read_files(project: Project, paths: Sequence[Path]) -> list[Bundle]:
    """What each file has and the project lacks. Raises UserError, naming the file, when one cannot be merged."""
    if not paths:
        raise UserError("There is nothing to merge: name the files that came back.")
    own = [path for path in paths if path.resolve() == project.path]
    if own:
        raise UserError(f"{own[0].name} is the project itself: name the files that came back.")
    with project.reading() as db:
        bundles = [read_incoming(db, path) for path in paths]
        known = buried(db)
        gone = known.union(*(bundle.tombstones for bundle in bundles))
        for bundle in bundles:
            bundle.tombstones = {key: tombstone for key, tombstone in bundle.tombstones.items() if key not in known}
            without_sources(bundle, gone, LABEL, lambda row: has_history(db, row))
    return bundles


def bring(project: Project, bundles: Sequence[Bundle], names: Sequence[str], progress: Progress | None = None) -> list[Sent]:
    """Merge what was read of files called `names`; see `merge_files`."""
    for key in sorted({key for bundle in bundles for key in bundle.tombstones}):
        with project.reading() as db:
            here = holds_source(db, key)
        if here:
            purge_source(project, key)
    label = f"Merge {names[0]}" if len(names) == 1 else f"Merge {len(names)} files"

    def work(act: Act) -> list[Sent]:
        return merging.bring_in(act, bundles)

    return project.transact("merge", label, work, progress)
