"""A source whose consent was withdrawn leaves the project for good."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qcode.model.change import Changes, RowSet
from qcode.project import Project
from qcode.store import purge
from qcode.store.joined import read_oneness
from qcode.store.sources import find_source_row

if TYPE_CHECKING:
    from qcode.store.connection import Connection


def purge_source(project: Project, source_uuid: str, *, backups: bool = True, told: purge.Tombstone | None = None) -> int:
    """Remove a source, its codings and every trace of its words from the project and, with `backups`, from its backups; gives how many
    of these were touched.

    It cannot be undone. Sources that are one with it go with it. A tombstone of each stays: which source it was, the SHA-256 of its text,
    who removed it and when; `told` where somebody else did, so that it is the same in every copy. Raises UserError when there is no such
    source, when the project is open for reading only, or when somebody who reads keeps the old pages.
    """
    at = project.identities.now().isoformat(timespec="seconds")
    changes = Changes("purge", "Remove a source for good")

    def work(db: Connection) -> int:
        touched = [0]
        for one in _with_those_that_are_one(db, told or purge.Tombstone(source_uuid, project.coder, at)):
            for table, uuids in purge.purge_source(db, one).items():
                changes.rows[table] = RowSet(deleted=uuids)
            if backups:
                touched.append(purge.purge_backups(db, one))
        return max(touched)

    return project.outside_transaction(work, changes)


def _with_those_that_are_one(db: Connection, tombstone: purge.Tombstone) -> list[purge.Tombstone]:
    """The tombstone of a source and those of the sources that are one with it. The one that stands for all comes last: what was said of
    the others is in the tables as said of it."""
    joined = read_oneness(db)
    known = purge.buried(db) - {tombstone.source}
    members = [key for key in reversed(joined.members("sources", tombstone.source)) if key not in known]
    there = find_source_row(db, joined.first(tombstone.source))
    sha256 = tombstone.sha256 or (there.text if there else "")
    return [replace(tombstone, source=key, sha256=sha256) for key in members]
