from __future__ import annotations

from pathlib import Path

import pytest

from qcode.model.identity import Identities
from qcode.opening import create_project
from qcode.store import place
from tests.store.examples import fill

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/home /mnt/share nfs4 rw 0 0
//server/data /mnt/my\\040share cifs rw 0 0
/dev/sdb1 /mnt/share/stick vfat rw 0 0
host:dir /mnt/ssh fuse.sshfs rw 0 0
"""


@pytest.fixture
def mounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: MOUNTS)


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/users/a/p.qcode", True),
        ("/mnt/share/p.qcode", False),
        ("/mnt/share/deep/er/p.qcode", False),
        ("/mnt/shared/p.qcode", True),
        ("/mnt/my share/p.qcode", False),
        ("/mnt/share/stick/p.qcode", True),
        ("/mnt/ssh/p.qcode", False),
        ("/users/a/Dropbox/p.qcode", False),
        ("/users/a/OneDrive - Office/team/p.qcode", False),
        ("/users/a/Nextcloud2/p.qcode", False),
        ("/volumes/a/Library/Mobile Documents/x/p.qcode", False),
        ("/users/a/My Dropbox notes/p.qcode", True),
    ],
)
def test_a_log_beside_the_file_is_kept_on_local_disks_only(path: str, allowed: bool) -> None:
    assert place.allows_wal(Path(path)) is allowed


def test_where_the_system_does_not_say_a_disk_is_taken_for_local(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: (_ for _ in ()).throw(OSError()))
    assert place.allows_wal(Path("/somewhere/p.qcode"))


def test_in_a_synced_folder_nothing_lies_beside_the_file_but_the_lock(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with create_project(folder / "p.qcode", identities=Identities.seeded(1)) as project:
        fill(project)
        assert sorted(path.name for path in folder.iterdir()) == ["p.qcode", "p.qcode.lock"]
        assert project.settle()
        with project.reading() as db:
            assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
            assert db.execute("SELECT count(*) FROM codings").fetchone() == (28,)
        project.undo()
    assert [path.name for path in folder.iterdir()] == ["p.qcode"]


def test_data_of_this_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    assert place.data_folder() == tmp_path / "data"
    monkeypatch.delenv("QCODE_DATA")
    assert place.data_folder().name == "qcode"
    assert not (tmp_path / "data").exists()
