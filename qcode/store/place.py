"""What kind of disk a project lies on, and where this user's own data goes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NETWORK_TYPES = frozenset(
    "nfs nfs4 cifs smb smb3 smbfs afpfs webdav davfs 9p afs ncpfs ceph glusterfs".split()
)
_SYNCED_FOLDERS = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "nextcloud",
    "owncloud",
    "icloud",
    "mobile documents",
    "yandex.disk",
    "seafile",
    "syncthing",
)
_DRIVE_REMOTE = 4


def allows_wal(path: Path) -> bool:
    """Whether SQLite's write-ahead log is safe beside `path`: not on network disks (it needs shared memory) nor in synced folders
    (which would carry half of it away)."""
    folder = path.resolve().parent
    if any(part.lower().startswith(_SYNCED_FOLDERS) for part in folder.parts):
        return False
    return not _on_network(folder)


def _on_network(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        return str(folder).startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE
    kind = _filesystem_type(folder)
    return kind in _NETWORK_TYPES or kind.startswith("fuse.")


def _filesystem_type(folder: Path) -> str:
    """The type of the file system `folder` is on, '' where the system does not say (macOS: no mount table in a file)."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best = ("", "")
    for line in mounts:
        _, mount, kind, *_ = line.split(" ")
        mount = mount.replace("\\040", " ")
        if len(mount) >= len(best[0]) and folder.is_relative_to(mount):
            best = (mount, kind)
    return best[1]


def data_folder() -> Path:
    """The folder for what belongs to this user and not to a project (backups); QCODE_DATA overrides it. Not made here."""
    chosen = os.environ.get("QCODE_DATA")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("qcode", appauthor=False)


class Lying:
    """Knows the file that lies at `path` now from others that may come to lie there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = self._now()

    def is_there(self) -> bool:
        """Whether that very file lies there still."""
        return self._now() == self._file

    def is_replaced(self) -> bool:
        """Whether another file lies there."""
        return self._now() not in (self._file, None)

    def _now(self) -> tuple[int, int] | None:
        # Asked of the path alone: opening the file and closing it again would drop SQLite's locks on it.
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_dev, stat.st_ino
