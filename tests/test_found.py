from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from qcode import create_project, open_project
from qcode.errors import UserError
from qcode.exchange.exporters.atomic import write_text
from qcode.exchange.tables import read_table
from qcode.found import look_at, refuse_place, resolved
from qcode.operations.handout import hand_in
from qcode.operations.recover import recover_project
from qcode.operations.sources import find_files

LONG = "ж" * 200


def shut(monkeypatch: pytest.MonkeyPatch, folder: Path, number: int) -> None:
    """Have the system answer every question about what lies in `folder` with this error, as it does of a stick that was pulled."""
    asked = os.stat

    def stat(path: object, *args: object, **named: object) -> os.stat_result:
        if isinstance(path, (str, os.PathLike)) and Path(path).is_relative_to(folder) and Path(path) != folder:
            raise OSError(number, os.strerror(number), str(path))
        return asked(path, *args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", stat)


def test_what_lies_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    file, folder, nothing, below = (look_at(path) for path in (tmp_path / "a.txt", tmp_path, tmp_path / "b", tmp_path / "a.txt" / "c"))
    assert (file.exists, file.is_file, file.is_folder) == (True, True, False)
    assert (folder.exists, folder.is_file, folder.is_folder) == (True, False, True)
    assert not nothing.exists
    assert not below.exists
    assert {found.why_unknown for found in (file, folder, nothing, below)} == {""}


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ESTALE, errno.ENOTCONN])
def test_what_the_system_does_not_say_is_a_sentence(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    shut(monkeypatch, tmp_path, number)
    found = look_at(tmp_path / "a.txt")
    assert (found.exists, found.is_file, found.is_folder) == (False, False, False)
    assert found.why_unknown.startswith(f"{tmp_path / 'a.txt'} cannot be reached")
    with pytest.raises(UserError, match="cannot be reached"):
        found.insist()
    with pytest.raises(UserError, match="cannot be reached"):
        refuse_place(tmp_path / "b.txt")
    with pytest.raises(UserError, match="cannot be reached"):
        recover_project(tmp_path / "a.txt", tmp_path / "b.qcode")
    assert [refusal.reason for refusal in find_files([tmp_path / "a.txt"])[1].refused] == [found.why_unknown]


def test_names_that_no_file_can_have(tmp_path: Path) -> None:
    assert "is too long: choose a shorter one" in look_at(tmp_path / LONG).why_unknown
    assert len(look_at(tmp_path / LONG).why_unknown) < len(str(tmp_path)) + 120
    assert "cannot be the name of a file" in look_at(tmp_path / "a\0b").why_unknown
    with pytest.raises(UserError, match="cannot be the name"):
        resolved(tmp_path / "a\0b")


def test_a_link_to_itself(tmp_path: Path) -> None:
    link = tmp_path / "round.qcode"
    try:
        link.symlink_to(link)
    except OSError:
        pytest.skip("no links can be made here")
    assert "leads back to itself" in look_at(link).why_unknown
    with pytest.raises(UserError, match="cannot be read"):
        open_project(link)


def test_a_place_for_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    refuse_place(tmp_path / "new.txt")
    with pytest.raises(UserError, match="There is no folder"):
        refuse_place(tmp_path / "none" / "new.txt")
    with pytest.raises(UserError, match="is not a folder"):
        refuse_place(tmp_path / "a.txt" / "new.txt")


def test_every_way_to_a_project_says_that_a_name_is_too_long(tmp_path: Path) -> None:
    long = tmp_path / f"{LONG}.qcode"
    with create_project(tmp_path / "p.qcode") as project:
        for act in (
            lambda: create_project(long),
            lambda: open_project(long),
            lambda: project.copy_to(long),
            lambda: recover_project(project.path, long),
            lambda: hand_in(project, long),
            lambda: read_table(long.with_suffix(".csv")),
        ):
            with pytest.raises(UserError):
                act()


def test_backups_that_cannot_be_kept_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").write_text("no folder")
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    with create_project(tmp_path / "p.qcode") as project, pytest.raises(UserError, match="where backups are kept"):
        project.back_up()


def test_a_file_is_not_said_to_lack_a_folder_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    with pytest.raises(UserError, match="is not a folder"):
        write_text(tmp_path / "a.txt" / "b.md", ["x"])
    if Path("/proc/self").is_dir():
        with pytest.raises(UserError, match="the system takes no files in /proc"):
            write_text(Path("/proc/x.md"), ["x"])
