"""What lies at a path, asked so that no answer of the system is a surprise: a stick that was pulled, a folder that is closed, a name that
is too long."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from qcode.errors import UserError

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Found:
    """Whether anything lies at a path, and whether that is a file or a folder; all False where nothing does or the system does not say.

    `why_unknown` is then the sentence that says why it does not, and what to do; '' when it does.
    """

    exists: bool = False
    is_file: bool = False
    is_folder: bool = False
    why_unknown: str = ""

    def insist(self) -> Found:
        """This, for those who must know. Raises UserError when the system does not say."""
        if self.why_unknown:
            raise UserError(self.why_unknown)
        return self


def look_at(path: Path) -> Found:
    """What lies at `path`, links followed. Raises nothing."""
    try:
        mode = os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return Found()
    except OSError as error:
        return Found(why_unknown=_sentence(path, error))
    except ValueError:
        return Found(why_unknown=f"{shown(path)} cannot be the name of a file: choose another name.")
    return Found(exists=True, is_file=S_ISREG(mode), is_folder=S_ISDIR(mode))


def resolved(path: Path) -> Path:
    """`path` from the root on, links followed as far as the system says where they lead. Raises UserError when it cannot be a path."""
    try:
        return Path(os.path.realpath(path))
    except OSError as error:
        raise UserError(_sentence(path, error)) from None
    except ValueError:
        raise UserError(f"{shown(path)} cannot be the name of a file: choose another name.") from None


def refuse_place(path: Path) -> None:
    """Raises UserError when no file can come to lie at `path`: its name is too long, or its folder is not there, closed or no folder."""
    look_at(path).insist()
    folder = look_at(path.parent).insist()
    if not folder.exists:
        raise UserError(f"There is no folder {path.parent}: make it first, or choose another.")
    if not folder.is_folder:
        raise UserError(f"{path.parent} is not a folder: choose another place.")


def shown(path: Path) -> str:
    """`path` for a sentence: a name nobody could read to its end is cut."""
    name = path.name if len(path.name) <= _SHOWN else path.name[:_SHOWN] + "…"
    return str(path.with_name(name) if path.name else path).replace("\0", "\N{REPLACEMENT CHARACTER}")


def _sentence(path: Path, error: OSError) -> str:
    match error.errno:
        case errno.ENAMETOOLONG:
            return f"The name {shown(path)} is too long: choose a shorter one."
        case errno.EACCES | errno.EPERM:
            return f"{shown(path)} cannot be reached, for you may not enter a folder on the way: ask for access to it, or choose another."
        case errno.ELOOP:
            return f"{shown(path)} is a link that leads back to itself: choose the file itself."
        case _:
            what = error.strerror or type(error).__name__
            return f"{shown(path)} cannot be reached ({what}): see that its drive or network is connected, or choose another place."
