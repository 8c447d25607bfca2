"""Copies for colleagues, and the small files in which their work comes back."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path

from qcode.errors import UserError
from qcode.exchange.exporters.atomic import replacing
from qcode.found import look_at, refuse_place, resolved
from qcode.model.identity import uuid_of
from qcode.opening import open_project
from qcode.operations.coders import ensure_coder
from qcode.project import Project
from qcode.store import handout as copies
from qcode.store.allocations import allocated_to
from qcode.store.backups import copy_to
from qcode.store.change_file import is_change_file, to_bytes
from qcode.store.journal import Act

_LARGEST_LABEL = 80


def handout(
    project: Project,
    coder: str,
    target: Path,
    *,
    sources: Collection[str] = (),
    locked: bool = False,
    blind: bool = False,
) -> None:
    """Write a copy of the project to `target` for `coder` (a name), and note in the project that it was handed out.

    With `sources` (UUIDs) they are assigned to the coder, and all others are withheld: they are not in the file. With `blind` what other
    coders coded, read and decided is withheld too. With `locked` codes cannot be changed in the copy. What Ctrl+Z takes back there begins
    with the hand-out. Raises UserError when there is a file already or it cannot be written; then nothing was handed out.
    """
    coder = " ".join(coder.split())
    if not coder:
        raise UserError("The copy is for nobody: name the colleague who gets it.")
    _refuse_place(project, target)

    def note(act: Act) -> str:
        who = ensure_coder(act, coder)
        at = act.identities.now().isoformat(timespec="seconds")
        codebook = "locked" if locked else "open"
        flags = {"blind": int(blind), "partial": int(bool(sources))}
        act.insert("handouts", {"coder": who, "codebook": codebook, "handed_out": at, **flags})
        _allocate(act, who, sources)
        return who

    who = project.transact("hand out", f"Hand out a copy to {coder[:_LARGEST_LABEL]}", note)
    try:
        with tempfile.TemporaryDirectory(prefix="qcode-") as folder:
            copy = Path(folder) / target.name
            with project.reading() as db:
                copy_to(db, copy)
            _prepare(copy, coder, who, sources, locked=locked, blind=blind, project=project)
            with open_project(copy, read_only=True) as ready, ready.reading() as db:
                copy_to(db, target)
    except BaseException:
        project.undo()
        raise


def hand_in(project: Project, target: Path) -> int:
    """Write what was done in this copy since it was handed out to the change file `target`, and give how many acts that are.

    Whatever other files a merge brought is in it as far as the work goes on from it. It takes the place of an earlier change file and of
    nothing else. Raises UserError when nothing was done, or the file cannot be written.
    """
    if resolved(target) == project.path:
        raise UserError(f"{target.name} is the project itself: give the change file another name.")
    lying = look_at(target).insist()
    if lying.exists and not (lying.is_file and is_change_file(target)):
        raise UserError(f"{target} exists already and is no change file: give another name.")
    with project.reading() as db:
        bundle = copies.undelivered(db)
    if not bundle.operations:
        raise UserError(f"Nothing was done in {project.path.name} since it was handed out, so there is nothing to hand in.")
    with replacing(target) as file:
        file.write(to_bytes(bundle))
    return len(bundle.operations)


def _refuse_place(project: Project, target: Path) -> None:
    if resolved(target) == project.path:
        raise UserError(f"{target.name} is the project itself: give the copy another name.")
    if look_at(target).exists:
        raise UserError(f"{target} exists already: choose another name for the copy.")
    refuse_place(target)


def _allocate(act: Act, coder: str, sources: Collection[str]) -> None:
    """Assign sources to a coder (UUIDs); those assigned already, be it in a sample, stay as they are."""
    known = allocated_to(act.db, coder)
    new = [source for source in dict.fromkeys(sources) if source not in known]
    act.insert_many("allocations", [(uuid_of("allocations", coder, key, ""), {"coder": coder, "source": key}) for key in new])


def _prepare(
    copy: Path, coder: str, who: str, sources: Collection[str], *, locked: bool, blind: bool, project: Project
) -> None:
    """Make of a plain copy what the colleague gets."""
    with open_project(copy, coder=project.coder) as made:

        def leave_out(act: Act) -> None:
            copies.forget_merges(act.db)
            copies.withhold(act, sources or None, who if blind else "")
            copies.restrict(act.db, who, locked=locked, blind=blind)

        made.transact("hand out", "Leave out what is withheld", leave_out)
        made.outside_transaction(copies.pack)
        made.begin_history()
        made.set_coder(coder)
