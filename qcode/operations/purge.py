"""A source whose consent was withdrawn leaves the project for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qcode.model.change import Changes, RowSet
from qcode.project import Project
from qcode.store import purge

if TYPE_CHECKING:
    from qcode.store.connection import Connection


def purge_source(project: Project, source_uuid: str, *, backups: bool = True, told: purge.Tombstone | None = None) -> int:
    """Remove a source, its codings and every trace of its words from the project and, with `backups`, from its backups; gives how many
    of these were touched.

    It cannot be undone. A tombstone stays: which source it was, the SHA-256 of its text, who removed it and when; `told` where somebody
    else did, so that it is the same in every copy. Raises UserError when there is no such source, when the project is open for reading
    only, or when somebody who reads keeps the old pages.
    """
    tombstone = told or purge.Tombstone(source_uuid, project.coder, project.identities.now().isoformat(timespec="seconds"))
    changes = Changes("purge", "Remove a source for good")

    def work(db: Connection) -> int:
        for table, uuids in purge.purge_source(db, tombstone).items():
            changes.rows[table] = RowSet(deleted=uuids)
        return purge.purge_backups(db, tombstone) if backups else 0

    return project.outside_transaction(work, changes)
