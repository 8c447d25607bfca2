"""Bringing the files of a team together."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from qcode.errors import PlanOutdated, UserError
from qcode.found import resolved
from qcode.model.merging import MergePlan
from qcode.opening import open_project
from qcode.operations.purge import purge_source
from qcode.progress import Progress
from qcode.project import Project, Step
from qcode.store import merging
from qcode.store.backups import copy_to
from qcode.store.bundle import Bundle, without_sources
from qcode.store.contributions import codings_there, memos_there
from qcode.store.cycles import no_search_for_cycles
from qcode.store.incoming import read_apart, read_incoming
from qcode.store.joined import bury_with_the_same, linked_with
from qcode.store.journal import Act, last_number
from qcode.store.merges import write_plan
from qcode.store.parked import LABEL
from qcode.store.purge import Tombstone, buried, has_history, holds_source, rows_about, telling
from qcode.views.merge_plan import plan_in

if TYPE_CHECKING:
    from qcode.store.connection import Connection


@dataclass
class _Incoming:
    """What the files hold that the project lacks, and the names of the sources that were withdrawn in one of them. `mark` is another one
    for other contents, or another state of the project."""

    names: list[str]
    bundles: list[Bundle]
    withdrawn: dict[str, str]
    mark: str = ""


def merge_files(
    project: Project, paths: Sequence[Path], progress: Progress | None = None, *, planned: str = ""
) -> MergePlan | None:
    """Merge project files and change files into a project as one step that undo takes back, and give what came of it; None, and nothing
    written, when they bring nothing new.

    A backup is made first. Sources withdrawn in one of the files are removed here for good, before the merge and whatever becomes of
    it. Raises UserError, naming the file, when one of them cannot be merged, with nothing done; PlanOutdated, likewise, when `planned` is
    the mark of a plan and the files or the project are not those it was made of; Cancelled when `progress` was asked to stop.
    """
    incoming = _read(project, paths)
    if planned and planned != incoming.mark:
        raise PlanOutdated
    if not any(bundle.operations or bundle.lines or bundle.tombstones for bundle in incoming.bundles):
        return None
    project.back_up("before a merge")
    return _bring(project, incoming, progress)


def plan_merge(project: Project, paths: Sequence[Path], progress: Progress | None = None) -> MergePlan | None:
    """What `merge_files` would do, with nothing written: it is done in a copy that is thrown away. None when nothing is new."""
    incoming = _read(project, paths)
    with tempfile.TemporaryDirectory(prefix="qcode-") as folder:
        copy = Path(folder) / project.path.name
        with project.reading() as db:
            copy_to(db, copy)
        with open_project(copy, coder=project.coder) as scratch:
            plan = _bring(scratch, incoming, progress, scratch=True)
    return plan and replace(plan, mark=incoming.mark)


def bring_apart(
    project: Project, path: Path, withdrawn: Mapping[str, tuple[str, str, str]], join: Step, progress: Progress | None = None
) -> None:
    """Merge everything of a project that was begun apart, and `join` what is the same: two steps to undo, but both are done or neither.

    `withdrawn` are sources of either (UUIDs) of which somebody said that they are what was withdrawn in the other one: SHA-256, coder and
    time. They leave, or do not come in, for good.
    """
    with project.reading() as db:
        bundle = read_apart(db, path)
        bundle.tombstones |= withdrawn
        incoming = _bury(db, [(path, bundle)])
    project.back_up("before a merge")
    _bring(project, incoming, progress, join)


def _read(project: Project, paths: Sequence[Path]) -> _Incoming:
    """What each file has and the project lacks. Raises UserError, naming the file, when one cannot be merged."""
    if not paths:
        raise UserError("There is nothing to merge: name the files that came back.")
    own = [path for path in paths if resolved(path) == project.path]
    if own:
        raise UserError(f"{own[0].name} is the project itself: name the files that came back.")
    with project.reading() as db:
        return _bury(db, read_incoming(db, paths))


def _bury(db: Connection, incoming: Sequence[tuple[Path, Bundle]]) -> _Incoming:
    """The files without what is about sources that were withdrawn, here or in one of them."""
    bundles = [bundle for _, bundle in incoming]
    known = buried(db)
    bury_with_the_same(db, bundles)
    gone = known.union(*(bundle.tombstones for bundle in bundles))
    names = {key: merging.source_name(db, key) for key in sorted(gone - known) if holds_source(db, key)}
    about = set().union(*(rows_about(db, key) for key in names))
    brought = linked_with(db, bundles, gone) - about if gone else set()
    for bundle in bundles:
        bundle.tombstones = telling(db, bundle.tombstones)
        without_sources(bundle, gone, LABEL, lambda row: row in brought or (row not in about and has_history(db, row)))
        brought.update(line.row for line in bundle.lines)
    return _Incoming([path.name for path, _ in incoming], bundles, names, _mark(bundles, last_number(db)))


def _mark(bundles: Iterable[Bundle], newest: int) -> str:
    """A hash of what comes in, however the files are written, and of how far the project is."""
    said = hashlib.sha256(str(newest).encode())
    for bundle in bundles:
        # What an operation did never changes; which of its lines come may.
        named = (*(sent.id for sent in bundle.operations), *(line[:4] for line in bundle.lines), *sorted(bundle.tombstones.items()))
        said.update("\n".join(map(repr, named)).encode())
    return said.hexdigest()


def _tombstone(bundles: Sequence[Bundle], source: str) -> Tombstone:
    """What the files say of a source that was withdrawn; the earliest, where several do."""
    said = (bundle.tombstones[source] for bundle in bundles if source in bundle.tombstones)
    at, coder, sha256 = min((at, coder, sha256) for sha256, coder, at in said)
    return Tombstone(source, coder, at, sha256)


def _bring(
    project: Project, incoming: _Incoming, progress: Progress | None, *more: Step, scratch: bool = False
) -> MergePlan | None:
    for key in incoming.withdrawn:
        # A copy that is thrown away shares its backups with the project.
        purge_source(project, key, backups=not scratch, told=_tombstone(incoming.bundles, key))
    names = incoming.names
    label = f"Merge {names[0]}" if len(names) == 1 else f"Merge {len(names)} files"

    def work(act: Act) -> MergePlan | None:
        before = dict.fromkeys(codings_there(act.db), "") | memos_there(act.db)
        brought = merging.bring_in(act, incoming.bundles)
        if not act.changes.operation and not incoming.withdrawn:
            return None
        plan = plan_in(act.db, names, brought, before, [name for name in incoming.withdrawn.values() if name])
        if act.changes.operation:
            write_plan(act, plan)
        return plan

    with no_search_for_cycles():
        plan, *_ = project.transact_all([Step("merge", label, work), *more], progress)
    return cast("MergePlan | None", plan)
