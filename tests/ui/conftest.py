"""A window for tests: no screen, the bundled fonts, a small project, and no patience for warnings of Qt."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The platform would look for a session bus and a theme of the desktop, and say so when there is none.
os.environ.setdefault("NO_AT_BRIDGE", "1")

pytest.importorskip("PySide6.QtWidgets", reason="the window's libraries are not installed")

from PySide6.QtCore import QCoreApplication, QEvent, QtMsgType
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qcode import Project, create_project, open_project
from qcode.exchange.tables import read_table
from qcode.model.identity import Identities
from qcode.operations.codebook import import_codebook
from qcode.operations.coding_table import import_codings
from qcode.operations.sources import Belonging, import_files
from ui.app import make_window
from ui.changes import ChangeSignal
from ui.fonts import load_fonts
from ui.main_window import MainWindow
from ui.settings import THEME, Settings
from ui.tasks import Tasks
from ui.theme import Mode, Theme
from ui.workspace import Workspace


@pytest.fixture(autouse=True)
def garbage_is_collected_here() -> Iterator[None]:
    """As in the program (`ui/collector.py`): a worker that collected what an earlier test left would destroy widgets under Qt's feet."""
    was_on = gc.isenabled()
    gc.disable()
    yield
    gc.collect()
    if was_on:
        gc.enable()


TEXTS = {
    "Kyrgyzstan/KGZ01 Ministry.txt": (
        "What helped?\n\nThe borders closed within days and we had no instructions. The specialist answered the same evening. "
        "In two weeks we had a draft.\n\nWhat hindered?\n\nIn three years I have worked with four heads of department.\n"
    ),
    "Kyrgyzstan/KGZ02 Union.txt": (
        "They came to us before the law was written. Nobody had asked us before.\n\nThe money came late. 😀 Very late.\n"
    ),
    "Tajikistan/TJK01 Министерство.txt": (
        "Специалист ответил в тот же вечер. Через две недели у нас был проект.\n\nЛюди уходят каждый год.\n"
    ),
    "Uzbekistan/UZB01 Cluster.txt": "The monitors came every week.\u2028The buyers\u00a0read the reports, and the price went up.\n",
}
CODEBOOK = """code,parent,definition,colour
Success factors,,What helped.,
Technical expertise,Success factors,Knowledge that was brought in.,Blue
Participation,Success factors,People were asked and heard.,Orange
Constraints,,What hindered.,
Staff turnover,Constraints,People with knowledge leave.,Magenta
Late money,Constraints,Payments came late.,Gold
"""
CODINGS = """source,quote,code,coder,memo
KGZ01,The specialist answered the same evening.,Technical expertise,Anna,By telephone.
KGZ01,The specialist answered the same evening. In two weeks we had a draft.,Participation,Anna,
KGZ01,In three years I have worked with four heads of department.,Staff turnover,Anna,
KGZ02,They came to us before the law was written.,Participation,Anna,
KGZ02,The money came late. 😀 Very late.,Late money,Berik,
TJK01,Специалист ответил в тот же вечер.,Technical expertise,Anna,
"""


# What the platform without a screen says of itself whenever a window is shown.
NOT_OF_OURS = {
    "This plugin does not support propagateSizeHints()",
    "This plugin does not support raise()",
    "This plugin does not support grabbing the keyboard",
    "This plugin does not support grabbing the mouse",
}


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The name Qt is started under."""
    return ["qcode"]


@pytest.fixture(autouse=True)
def no_qt_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test during which Qt warned of anything."""
    if "qtlog" not in request.fixturenames:
        request.fixturenames.append("qtlog")
    log = request.getfixturevalue("qtlog")
    yield
    loud = (record for record in log.records if record.type not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg))
    bad = [record.message for record in loud if record.message not in NOT_OF_OURS]
    assert not bad, f"Qt warned: {bad}"


@pytest.fixture(scope="session")
def fonts(qapp: QApplication) -> list[str]:
    """The bundled fonts, loaded; their families."""
    qapp.setStyle("Fusion")
    return load_fonts()


@pytest.fixture(params=[Mode.LIGHT])
def theme(fonts: list[str], request: pytest.FixtureRequest) -> Theme:
    """The light theme at 100 %."""
    return Theme(request.param)


@pytest.fixture(scope="session")
def project_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project file with 4 sources in 3 countries, 6 codes and 6 codings by two coders; copy it, never open it."""
    folder = tmp_path_factory.mktemp("template")
    for name, text in TEXTS.items():
        path = folder / "sources" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    (folder / "codebook.csv").write_text(CODEBOOK, encoding="utf-8")
    (folder / "codings.csv").write_text(CODINGS, encoding="utf-8")
    with create_project(folder / "small.qcode", "Small project", coder="Anna", identities=Identities.seeded(1)) as project:
        import_files(project, [folder / "sources"], Belonging(case_from="folder"), strict=True)
        import_codebook(project, read_table(folder / "codebook.csv"), strict=True)
        import_codings(project, read_table(folder / "codings.csv"), strict=True)
    return folder / "small.qcode"


@pytest.fixture
def project_file(project_template: Path, tmp_path: Path) -> Path:
    """A copy of the small project, closed."""
    return Path(shutil.copy(project_template, tmp_path / "small.qcode"))


@pytest.fixture
def project(project_file: Path) -> Iterator[Project]:
    """The small project, open for writing, by the coder Anna."""
    with open_project(project_file, coder="Anna") as opened:
        yield opened


@pytest.fixture
def settings(qapp: QApplication, tmp_path: Path) -> Settings:
    """Settings of nobody yet."""
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def workspace(project: Project, theme: Theme, settings: Settings, qtbot: QtBot) -> Iterator[Workspace]:
    """The small project with everything a screen is given."""
    changes = ChangeSignal(project)
    tasks = Tasks()
    yield Workspace(project, theme, settings, tasks, changes)
    tasks.stop_all()
    changes.stop()
    settings.save()


@pytest.fixture
def window(settings: Settings, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window on Start, shown, with the program's fonts and style; everything is as before afterwards."""
    before = qapp.palette(), qapp.font()
    settings.put(THEME, "light")
    made = make_window(qapp, settings)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.desk.tasks.stop_all()
    made.close()
    made.deleteLater()
    # The style sheet's caches must not outlive the widgets they know.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")
    qapp.setPalette(before[0])
    qapp.setFont(before[1])


@pytest.fixture
def opened(window: MainWindow, project_file: Path, qtbot: QtBot) -> MainWindow:
    """The window with a copy of the small project open."""
    with qtbot.waitSignal(window.desk.opened):
        window.verbs.open_path(project_file)
    return window
