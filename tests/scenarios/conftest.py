"""The five real reports, where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Path:
    """The folder of the five reports; the test is skipped where it is absent."""
    folder = shared / "corpus"
    if not folder.is_dir():
        pytest.skip("the five evaluation reports, ../shared/corpus, are not beside this checkout")
    return folder
