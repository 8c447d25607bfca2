"""What can be said of a project file without opening it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qcode.store.backups import refuse_in_use
from qcode.store.lock import holder_of

__all__ = ["FileState", "file_state", "refuse_in_use"]


@dataclass(frozen=True, slots=True)
class FileState:
    """Whether the file is there, and who has it open for writing: machine, user and since when (ISO); '' when nobody has."""

    exists: bool
    host: str = ""
    user: str = ""
    since: str = ""


def file_state(path: Path) -> FileState:
    """The state of the project file at `path`. This is a read-only operation; a disk that does not answer counts as an absent file."""
    try:
        exists = path.is_file()
    except OSError:
        exists = False
    holder = holder_of(path) if exists else None
    return FileState(exists, holder.host, holder.user, holder.since) if holder else FileState(exists)
