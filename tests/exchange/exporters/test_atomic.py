from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.exchange.exporters import atomic
from qcode.exchange.exporters.atomic import write_text


def test_replaces_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    write_text(path, ["né", "w"])
    assert path.read_bytes() == "néw".encode()
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def chunks() -> Iterator[str]:
        yield "new"
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        write_text(path, chunks())
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link.txt"
    link.symlink_to(tmp_path / "real" / "a.txt")
    write_text(link, ["x"])
    assert link.is_symlink()
    assert (tmp_path / "real" / "a.txt").read_text() == "x"


@pytest.mark.parametrize("name", ["none/a.txt", ".", "file/a.txt", "n" * 300])
def test_a_place_that_cannot_be_written_gives_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(UserError, match=r"^\S.* (choose|give|create) .*\.$"):
        write_text(tmp_path / name, ["x"])
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no /dev/null")
def test_a_device_is_not_replaced() -> None:
    with pytest.raises(UserError, match="is not a file"):
        write_text(Path("/dev/null"), ["x"])


@pytest.mark.parametrize(("number", "words"), [(28, "disk is full"), (13, "closed to writing"), (5, "was not written")])
def test_each_reason_has_its_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(atomic.os, "fsync", fail)
    with pytest.raises(UserError, match=words):
        write_text(tmp_path / "a.txt", ["x"])
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(("name", "content"), [("figures.csv", b"SQLite format 3\0 and more"), ("Damaged.QCODE", b"...")])
def test_a_project_is_not_replaced(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match="is a project or another database and is not replaced; give another name"):
        write_text(tmp_path / name, ["words"])
    assert (tmp_path / name).read_bytes() == content
