"""Who has a project open: a small file beside it, so that people on a shared folder are told by name."""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from qcode.errors import UserError


@dataclass(frozen=True, slots=True)
class Holder:
    """Who opened the project: host, user and process; `started` tells a process from a later one with the same number."""

    host: str
    user: str
    pid: int
    since: str
    started: str = ""

    @classmethod
    def me(cls, now: datetime) -> Holder:
        """This process."""
        return cls(platform.node(), _user(), os.getpid(), now.isoformat(timespec="seconds"), _started(os.getpid()))

    def is_gone(self) -> bool:
        """Whether the process is known to have ended: it ran on this machine and is no longer there."""
        if self.host != platform.node():
            return False
        if not _alive(self.pid):
            return True
        return bool(self.started) and self.started != _started(self.pid)


def lock_path(project: Path) -> Path:
    """Where the lock of `project` lies."""
    return project.with_name(project.name + ".lock")


def holder_of(project: Path) -> Holder | None:
    """Who has `project` open for writing; None when nobody has, or when whoever had it is gone."""
    try:
        data = json.loads(lock_path(project).read_text(encoding="utf-8"))
        holder = Holder(str(data["host"]), str(data["user"]), int(data["pid"]), str(data["since"]), str(data.get("started", "")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        # A lock that cannot be read was cut off while being written; nobody can be behind it for long.
        return None
    return None if holder.is_gone() else holder


def take(project: Path, now: datetime) -> None:
    """Put this process's lock beside `project`, taking over one left by a dead process. Raises UserError when it is held."""
    path = lock_path(project)
    content = json.dumps(asdict(Holder.me(now)))
    for _ in range(2):
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(content)
            return
        except FileExistsError:
            holder = holder_of(project)
            if holder is not None:
                raise UserError(held_by(project, holder)) from None
            _put_aside(path)
        except OSError as error:
            raise UserError(
                f"{project.parent} cannot be written to ({error.strerror}): open {project.name} read only, or copy it elsewhere."
            ) from None
    raise UserError(f"{project.name} is being opened by another program: try again in a moment.")


def held_by(project: Path, holder: Holder) -> str:
    """The sentence that says who has the project open."""
    return (
        f"{project.name} is open on {holder.host} by {holder.user} since {holder.since} (process {holder.pid}): "
        "close it there, or open it read only."
    )


def release(project: Path) -> None:
    """Remove the lock this process put beside `project`."""
    lock_path(project).unlink(missing_ok=True)


def _put_aside(path: Path) -> None:
    """Of several processes that find a dead lock only one renames it; the others meet the next owner's."""
    aside = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return
    aside.unlink()


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def _alive(pid: int) -> bool:
    if sys.platform == "win32":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _started(pid: int) -> str:
    """When the process began, in the kernel's words; '' where the system does not say."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="utf-8").strip()
    except OSError:
        return ""
    return f"{boot}:{stat.rpartition(')')[2].split()[19]}"
