from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qcode import Project, open_project
from tests.ui.screens.team.examples import LEADER, make_team
from ui.action_set import ActionSet
from ui.screens.team.screen import TeamScreen
from ui.workspace import Workspace


@pytest.fixture(scope="session")
def team_template(project_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a leader's project and, in 'in', the files of three colleagues; copy it, never open them."""
    folder = tmp_path_factory.mktemp("team")
    make_team(Path(shutil.copy(project_template, folder / "small.qcode")), folder / "in")
    return folder


@pytest.fixture
def project_file(team_template: Path, tmp_path: Path) -> Path:
    """The leader's project, closed."""
    shutil.copytree(team_template, tmp_path, dirs_exist_ok=True)
    return tmp_path / "small.qcode"


@pytest.fixture
def project(project_file: Path) -> Iterator[Project]:
    """The leader's project, open for writing by the leader."""
    with open_project(project_file, coder=LEADER) as opened:
        yield opened


@pytest.fixture
def files(project_file: Path) -> list[Path]:
    """The colleagues' files."""
    return sorted((project_file.parent / "in").iterdir())


@pytest.fixture
def screen(workspace: Workspace, qtbot: QtBot) -> TeamScreen:
    """The team screen in a window of its own, with its toolbar and keys, at rest."""
    holder = QWidget()
    qtbot.addWidget(holder)
    made = TeamScreen(workspace, holder)
    layout = QVBoxLayout(holder)
    for widget in made.toolbar_widgets():
        layout.addWidget(widget)
    layout.addWidget(made, 1)
    ActionSet(holder, workspace.theme).add(made.actions_of(), made)
    holder.resize(1300, 860)
    holder.show()
    qtbot.waitExposed(holder)
    holder.activateWindow()
    qtbot.waitUntil(lambda: not workspace.tasks.running)
    return made


@pytest.fixture
def settle(workspace: Workspace, qtbot: QtBot) -> Callable[[], None]:
    """Waits until nothing is under way, what follows an act included."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not workspace.tasks.running)

    return wait
