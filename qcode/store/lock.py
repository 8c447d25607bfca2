"""Who has a project open: a small file beside it, so that people on a shared folder are told by name."""

from __future__ import annotations

import getpass
import json
import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from qcode.errors import UserError

_LONGEST = 10_000
_ATTEMPTS = 100
#: A byte of the lock file that is never written, so that locking it on Windows keeps nobody from reading.
_BEYOND = 1 << 20


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
        return _holder_in(lock_path(project).read_bytes())
    except OSError:
        return None


def is_mine(project: Path) -> bool:
    """Whether this very process has `project` open for writing."""
    holder = holder_of(project)
    return holder is not None and holder.host == platform.node() and holder.pid == os.getpid()


def take(project: Path, now: datetime) -> None:
    """Put this process's lock beside `project`, taking over one left by a dead process. Raises UserError when it is held."""
    path = lock_path(project)
    content = json.dumps(asdict(Holder.me(now))).encode()
    try:
        for _ in range(_ATTEMPTS):
            if _written(project, path, content):
                return
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


def _written(project: Path, path: Path, content: bytes) -> bool:
    """Look whose the lock is and write the new one, nobody else doing so meanwhile. False when it has just been removed."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with _alone(descriptor):
            if not path.exists() or not os.path.samestat(os.fstat(descriptor), path.stat()):
                return False
            holder = _holder_in(os.read(descriptor, _LONGEST))
            if holder is not None:
                raise UserError(held_by(project, holder))
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.truncate(descriptor, 0)
            os.write(descriptor, content)
            return True
    finally:
        os.close(descriptor)


@contextmanager
def _alone(descriptor: int) -> Iterator[None]:
    """Keeps others who come through here waiting; the system lets go of it when the process dies.

    On disks that know no such thing (some network drives) two who open within a millisecond may both come through.
    """
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _BEYOND, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            yield
        finally:
            os.lseek(descriptor, _BEYOND, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        return
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:
        yield
        return
    try:
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


def _holder_in(content: bytes) -> Holder | None:
    """Who is named in a lock file and not gone. A lock that cannot be read was cut off by a crash; nobody is behind it."""
    try:
        data = json.loads(content)
        holder = Holder(str(data["host"]), str(data["user"]), int(data["pid"]), str(data["since"]), str(data.get("started", "")))
    except (ValueError, KeyError, TypeError):
        return None
    return None if holder.is_gone() else holder


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
