from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import Desk


@pytest.fixture
def empty(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QCODE_CODER", "Ada")
    return Desk(tmp_path, capsys)


@pytest.fixture
def desk(empty: Desk) -> Desk:
    """A desk with the small project P.qcode."""
    empty.fill()
    return empty
