"""The marks that tell a qcode project from any other file, read without SQLite."""

from __future__ import annotations

from pathlib import Path

from qcode.errors import UserError

#: 'qcde' in ASCII, SQLite's application_id of a qcode project.
APPLICATION_ID = 0x71636465
#: The newest format this program writes; see `migrations.py`.
FORMAT = 5

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100


def read_format(path: Path) -> int:
    """The format of the project at `path`, from its first 100 bytes.

    Must not be called while this process has the file open in SQLite: closing any descriptor of it would drop SQLite's locks.
    Raises UserError when there is no file, when it is no qcode project, or when a newer program wrote it.
    """
    header = _read_header(path)
    if not header.startswith(_MAGIC) or len(header) < _HEADER:
        raise UserError(f"{path.name} is not a qcode project, whatever its name says: choose a file that qcode made.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise UserError(f"{path.name} is a database of another program, not a qcode project: choose a file that qcode made.")
    version = int.from_bytes(header[60:64], "big")
    if version > FORMAT:
        raise UserError(
            f"{path.name} was written by a newer qcode (format {version}, this one reads up to {FORMAT}): update qcode to open it."
        )
    return version


def _read_header(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEADER)
    except FileNotFoundError:
        raise UserError(f"There is no file {path}: check the name and the folder.") from None
    except IsADirectoryError:
        raise UserError(f"{path} is a folder: choose a file that ends in .qcode.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}): check the permissions of the file.") from None
