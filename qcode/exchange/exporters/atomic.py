"""Writing a file whole or not at all, so that a failed export leaves yesterday's file as it was."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from qcode.errors import UserError
from qcode.exchange.guards import SQLITE
from qcode.found import look_at


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A binary file that becomes `path` when the block ends without an error; until then, and on any error, `path` is untouched.

    The bytes are on the disk before the old file goes. Raises UserError when the place cannot be written, or holds a project.
    """
    try:
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            raise UserError(f"{path} is not a file and cannot be replaced; give the name of a file.")
        if target.exists() and _is_project(target):
            raise UserError(f"{path} is a project or another database and is not replaced; give another name.")
        yield from _beside(target)
    except OSError as error:
        raise UserError(_sentence(path, error)) from error


def _is_project(path: Path) -> bool:
    """Whether a file is a project, by its name where damage has hidden what it is."""
    with path.open("rb") as file:
        return path.suffix.casefold() == ".qcode" or file.read(len(SQLITE)) == SQLITE


def _beside(target: Path) -> Iterator[BinaryIO]:
    """The file that will replace `target`, under a name of its own in the same folder until it is whole."""
    beside = target.with_name(f".{target.name[:80]}.{secrets.token_hex(4)}.tmp")
    try:
        with open(beside, "xb") as handle:
            yield handle
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def write_text(path: Path, chunks: Iterable[str]) -> None:
    """Writes the chunks to `path` as UTF-8 without BOM, whole or not at all; raises UserError when it cannot."""
    with replacing(path) as handle:
        for chunk in chunks:
            handle.write(chunk.encode("utf-8"))


def _sentence(path: Path, error: OSError) -> str:
    match error.errno:
        case errno.ENOTDIR:
            return f"{path} was not written because {path.parent} is not a folder; choose another place."
        case errno.ENOENT if look_at(path.parent).is_folder:
            return f"{path} was not written because the system takes no files in {path.parent}; choose another place."
        case errno.ENOENT:
            return f"{path} was not written because the folder {path.parent} does not exist; create it or choose another place."
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return f"{path} was not written because the place is closed to writing; close the file elsewhere or choose another place."
        case errno.ENOSPC | errno.EDQUOT:
            return f"{path} was not written because the disk is full; free some space and export again."
        case errno.ENAMETOOLONG:
            return f"{path} was not written because the name is too long; choose a shorter one."
        case _:
            return f"{path} was not written ({error.strerror or error}); choose another place."
