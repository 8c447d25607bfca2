"""The file of an open project is replaced or removed underneath, as programs that synchronise folders do; nothing done is lost."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from sqlite3 import OperationalError

import pytest

from qcode import Project, create_project, open_project
from qcode.errors import UserError
from qcode.operations.sources import add_pasted
from qcode.store import backups, connection
from qcode.store.connection import Connection
from qcode.views.health import check_project
from qcode.views.lists import list_sources


@pytest.fixture(params=[True, False], ids=["with a log", "without"])
def log(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether SQLite keeps a log beside the file; it does not in folders that are synchronised."""
    monkeypatch.setattr(connection, "allows_wal", lambda _: request.param)
    return bool(request.param)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with one source, closed."""
    with create_project(tmp_path / "one.qcode", coder="Anna") as project:
        add_pasted(project, "Before", "Words.")
    return tmp_path / "one.qcode"


def replace(path: Path) -> bytes:
    """Put another whole project there, as a synchronising program does, and give its bytes."""
    other = path.with_name("other.tmp.qcode")
    create_project(other, "Other").close()
    content = other.read_bytes()
    os.replace(other, path)
    return content


def refusing(copy_to: Callable[[Connection, Path], None], folder: Path) -> Callable[[Connection, Path], None]:
    """As `copy_to`, but `folder` takes nothing."""

    def copy(db: Connection, target: Path) -> None:
        if target.parent == folder:
            raise UserError(f"{target} cannot be written.")
        copy_to(db, target)

    return copy


def names(project: Project) -> list[str]:
    return sorted(str(line["name"]) for line in list_sources(project))


def test_what_is_done_after_the_file_was_replaced_is_kept_whole(path: Path, log: bool) -> None:
    project = open_project(path, coder="Anna", quiet=0.01)
    add_pasted(project, "First", "Words.")
    assert not project.is_replaced
    other = replace(path)
    assert project.is_replaced
    add_pasted(project, "Second", "Words.")
    project.settle()
    add_pasted(project, "Third", "Words.")
    project.close()
    assert project.kept == path.with_name("one (kept).qcode")
    with open_project(project.kept) as kept:
        assert names(kept) == ["Before", "First", "Second", "Third"]
        assert check_project(kept) == []
    assert path.read_bytes() == other
    assert sorted(each.name for each in path.parent.iterdir()) == ["one (kept).qcode", "one.qcode"]


def test_a_second_one_is_kept_beside_the_first(path: Path) -> None:
    for _ in range(2):
        project = open_project(path)
        replace(path)
        project.close()
    assert project.kept == path.with_name("one (kept 2).qcode")


def test_where_the_folder_takes_nothing_it_is_kept_among_the_backups(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    project = open_project(path)
    replace(path)
    monkeypatch.setattr(backups, "copy_to", refusing(backups.copy_to, path.parent))
    project.close()
    assert project.kept is not None
    assert project.kept.is_relative_to(tmp_path / "data")


def test_a_thread_that_has_not_read_yet_never_reads_the_other_file(path: Path) -> None:
    refused: list[str] = []
    with open_project(path) as project:
        replace(path)

        def read() -> None:
            try:
                names(project)
            except UserError as error:
                refused.append(str(error))

        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    assert refused == ["Another file lies in the place of one.qcode: save a copy of your work and open that."]


@pytest.mark.parametrize("gone", [True, False])
def test_a_copy_is_complete_though_nothing_was_read_before(path: Path, tmp_path: Path, gone: bool, log: bool) -> None:
    project = open_project(path)
    if gone:
        path.unlink()
    else:
        replace(path)
    add_pasted(project, "After", "Words.")
    project.copy_to(tmp_path / "copy.qcode")
    with open_project(tmp_path / "copy.qcode") as copy:
        assert names(copy) == ["After", "Before"]
    if gone and log:
        # Nothing can be folded into a file that is gone.
        with pytest.raises(OperationalError):
            project.close()
    else:
        project.close()


def test_the_coder_of_the_copy_is_known_when_the_file_is_gone_before_the_first_act(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QCODE_CODER", raising=False)
    with open_project(path) as project:
        project.set_coder("Berik")
        assert project.coder == "Berik"
    project = open_project(path)
    away = path.rename(path.with_name("away.qcode"))
    assert project.coder == "Berik"
    add_pasted(project, "After", "Words.")
    away.rename(path)
    project.close()
    assert project.kept is None
    with open_project(path) as again:
        assert names(again) == ["After", "Before"]
