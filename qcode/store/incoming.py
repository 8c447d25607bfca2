"""What comes from another file, looked at before anything is done with it: is it of this project, whole, sound in itself and with what is
here?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

from qcode.errors import BegunApart, UserError
from qcode.found import look_at
from qcode.merge.history import OperationId
from qcode.store.arrived import Arrived
from qcode.store.bundle import Bundle, Sent, is_lacking, read_bundle, read_operations, withheld_rows
from qcode.store.change_file import is_change_file, read_change_file
from qcode.store.connection import UNREADABLE, ReadOnlyFile, damaged, open_reader
from qcode.store.cycles import no_search_for_cycles
from qcode.store.format import FORMAT, read_format
from qcode.store.resolving import insist_on_references
from qcode.store.soundness import insist_on_soundness

#: How many acts anybody may have seen, and not sent along, between two that he or she sends.
_UNSEEN = 2**24
_JOURNAL = ("sessions", "operations", "row_changes", "tombstones", "withheld")
_TABLES_READ = (*_JOURNAL, "texts", "codebooks", "originals", "paragraphs", "project")


def read_incoming(db: sqlite3.Connection, paths: Sequence[Path]) -> list[tuple[Path, Bundle]]:
    """What each of the project and change files at `paths` has and the project that `db` has open lacks; a file that goes on from what
    another one brings comes after it.

    Raises UserError when there is no such file, when it is of another project, damaged, or goes on from work that is nowhere.
    """
    with no_search_for_cycles():
        waiting = [(path, _read_sound(db, path)) for path in paths]
        arrived, ready = Arrived(db), list[tuple[Path, Bundle]]()
        while waiting:
            following = next((one for one in waiting if _goes_on_from_nothing(arrived, one[1]) is None), waiting[0])
            waiting.remove(following)
            path, bundle = following
            _refuse_damage(arrived, bundle, path.name)
            arrived.add(bundle)
            ready.append(following)
    return ready


def read_apart(db: sqlite3.Connection, path: Path) -> Bundle:
    """Everything in the project at `path`, which was begun apart from the one that `db` has open and shares no history with it.

    Raises UserError when there is no such file, when it is damaged, or when the two have history in common after all.
    """
    _insist_on_file(path)
    with no_search_for_cycles():
        bundle = _from_project(path, read_bundle)
        refuse_common(db, (sent.id for sent in bundle.operations), path.name)
        _refuse_unsound(bundle, path.name)
        _refuse_damage(Arrived(db), bundle, path.name)
    return bundle


def refuse_common(db: sqlite3.Connection, operations: Iterable[OperationId], name: str) -> None:
    """Raise UserError when one of the operations of the file called `name` is one of this project's too."""
    if not {sent.id for sent in read_operations(db)}.isdisjoint(operations):
        raise UserError(f"{name} and this project have history in common: merge it as it is.")


def _read_sound(db: sqlite3.Connection, path: Path) -> Bundle:
    """What a file has and the project lacks, sound in itself."""
    _insist_on_file(path)
    if is_change_file(path):
        bundle = read_change_file(path)
        _refuse_strangers(db, bundle, path.name)
    else:
        bundle = _from_project(path, lambda theirs: _read_project(db, theirs, path.name))
    _refuse_unsound(bundle, path.name)
    return bundle


def _insist_on_file(path: Path) -> None:
    if not look_at(path).insist().is_file:
        raise UserError(f"There is no file {path}: check the name and the folder.")


def _from_project(path: Path, read: Callable[[sqlite3.Connection], Bundle]) -> Bundle:
    file = ReadOnlyFile(path.resolve(), _migration() if read_format(path) < FORMAT else None)
    try:
        with closing(open_reader(file.path)) as theirs:
            return read(theirs)
    except UNREADABLE as error:
        raise damaged(path, error) from None
    except (ValueError, TypeError, AttributeError, RecursionError):
        # A column holds what none of this program's own could.
        raise _damaged(path.name) from None
    finally:
        file.close()


def _migration() -> Callable[[Path], None]:
    from qcode.store.create import migrate

    return migrate


def _read_project(db: sqlite3.Connection, theirs: sqlite3.Connection, name: str) -> Bundle:
    kinds = dict(theirs.execute("SELECT name, type FROM sqlite_master").fetchall())
    if any(kinds.get(table) != "table" for table in _TABLES_READ):
        raise UserError(f"{name} was not made by qcode alone: ask for a fresh copy of the project.")
    ours = {sent.id: sent for sent in read_operations(db)}
    if not _refuse_contradiction(ours, read_operations(theirs), name):
        raise BegunApart(name)
    return read_bundle(theirs, ours.keys(), withheld_rows(db))


def _refuse_strangers(db: sqlite3.Connection, bundle: Bundle, name: str) -> None:
    ours = {key for (key,) in db.execute("SELECT row_uuid FROM row_changes WHERE table_name = 'project'")}
    if not ours & set(bundle.projects):
        raise UserError(f"{name} holds changes of another project: merge it into the project it was handed in for.")


def _refuse_contradiction(ours: dict[OperationId, Sent], theirs: Iterable[Sent], name: str) -> bool:
    """Whether some acts are known already. Raise UserError when the file tells one of them otherwise than it stands here."""
    common = [sent for sent in theirs if sent.id in ours]
    if any(ours[sent.id].clock != sent.clock or ours[sent.id].undoes != sent.undoes for sent in common):
        raise UserError(f"{name} and this project tell the same acts differently: one of them is damaged. Go back to a backup of it.")
    return bool(common)


def _refuse_unsound(bundle: Bundle, name: str) -> None:
    try:
        insist_on_soundness(bundle)
    except (ValueError, TypeError):
        raise _damaged(name) from None


def _refuse_damage(arrived: Arrived, bundle: Bundle, name: str) -> None:
    """Raise UserError unless every operation of a sound bundle follows on what is there or comes with it, and what lines refer to is
    there. What has arrived already is left out of it."""
    _refuse_contradiction(arrived.operations, bundle.operations, name)
    if (sent := _goes_on_from_nothing(arrived, bundle)) is not None:
        raise UserError(f"{name} goes on from work that is not in this project: ask {sent.coder or 'its coder'} for the whole project.")
    try:
        _leave_out_known(arrived, bundle)
        _refuse_wrong_clocks(arrived, bundle)
        insist_on_references(arrived, bundle)
    except (ValueError, TypeError):
        raise _damaged(name) from None


def _damaged(name: str) -> UserError:
    return UserError(f"{name} is damaged: ask for a fresh copy, or run 'qcode recover' on it.")


def _leave_out_known(arrived: Arrived, bundle: Bundle) -> None:
    """Keep the operations that are new, in the order of their ranks, with the lines that will be brought in. Raises ValueError for a line
    of no operation."""
    known = arrived.operations.keys()
    bundle.operations = sorted((sent for sent in bundle.operations if sent.id not in known), key=lambda sent: (sent.clock, *sent.id))
    new = {sent.id for sent in bundle.operations}
    if not {line[:2] for line in bundle.lines} <= new | known:
        raise ValueError("a line of no act")
    bundle.lines = [line for line in bundle.lines if line[:2] in new or is_lacking(line, arrived.withheld)]


def _goes_on_from_nothing(arrived: Arrived, bundle: Bundle) -> Sent | None:
    """The first of its operations that goes on from one that is nowhere."""
    known = arrived.operations.keys() | {sent.id for sent in bundle.operations}
    return next((sent for sent in bundle.operations if not known >= set(_continued(bundle, sent))), None)


def _refuse_wrong_clocks(arrived: Arrived, bundle: Bundle) -> None:
    """Raise ValueError when an operation is no later than what it goes on from, or later by more than people have done."""
    clocks = {key: sent.clock for key, sent in arrived.operations.items()}
    latest = max(clocks.values(), default=0)
    clocks |= {sent.id: sent.clock for sent in bundle.operations}
    for sent in bundle.operations:
        before = max((clocks[one] for one in _continued(bundle, sent)), default=0)
        if not before < sent.clock <= max(before, latest) + _UNSEEN:
            raise ValueError("a clock that is wrong")


def _continued(bundle: Bundle, sent: Sent) -> list[OperationId]:
    """What an operation follows on: the one before it in its session, or what the session continues; and what it takes back."""
    before = [(sent.session, sent.seq - 1)] if sent.seq > 1 else list(bundle.sessions[sent.session][1])
    return [*before, sent.undoes] if sent.undoes else before
