"""What holds for every test: no network, a home and a data folder of its own, seeded examples."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import offline

SHARED = Path(__file__).parents[2] / "shared"

# Set before any test is collected: a library that opens a socket on import is caught too.
offline.forbid_network()

settings.register_profile("ci", deadline=None, derandomize=True, database=None, max_examples=100, print_blob=True)
settings.register_profile(
    "long",
    deadline=None,
    database=None,
    max_examples=20_000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.load_profile(os.environ.get("QCODE_HYPOTHESIS", "ci"))


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fails a test that reached for the network, also when the code under test swallowed the refusal."""
    offline.take_refused()
    yield
    reached = offline.take_refused()
    assert not reached, f"this test reached for the network: {reached}"


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home folder for the whole run."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def own_folders(home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Points HOME and QCODE_DATA (backups) into temporary folders, for the test and the programs it starts."""
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "QCODE_CODER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QCODE_DATA", str(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of sample reports beside the checkout; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of sample reports, ../shared, is not beside this checkout")
    return SHARED
