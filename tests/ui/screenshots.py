"""Pictures of every screen, to be laid beside the target: python -m tests.ui.screenshots [FOLDER]

Light and dark at 1440 x 900, then at 1280 x 720 and at 200 %, into build/screenshots unless FOLDER is given.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.everywhere import make_stale_summary
from tests.ui.screens.team.examples import LEADER, make_team
from ui.app import make_window
from ui.main_window import MainWindow
from ui.open_file import make_sample
from ui.screens.matrix.screen import MatrixScreen
from ui.screens.team.screen import TeamScreen
from ui.settings import RECENT, THEME, Settings
from ui.theme import Mode

ROOT = Path(__file__).parents[2]
TARGET = ROOT / "build" / "screenshots"
#: Name, size, theme, size of the interface.
KINDS = (
    ("light", (1440, 900), Mode.LIGHT, 1.0),
    ("dark", (1440, 900), Mode.DARK, 1.0),
    ("1280x720", (1280, 720), Mode.LIGHT, 1.0),
    ("200", (1440, 900), Mode.LIGHT, 2.0),
)
_LONGEST_MS = 20_000


def settle(window: MainWindow) -> None:
    """Let everything that is under way come to its end, and be painted."""
    until = QDeadlineTimer(_LONGEST_MS)
    QTest.qWait(200)
    while window.desk.tasks.running and not until.hasExpired():
        QTest.qWait(50)
    QTest.qWait(200)


def take(window: MainWindow, folder: Path, name: str) -> None:
    """One picture of each kind."""
    for kind, size, mode, scale in KINDS:
        window.set_mode(mode)
        window.set_scale(scale)
        window.resize(*size)
        settle(window)
        window.grab().save(str(folder / f"{name}-{kind}.png"))
    window.set_mode(Mode.LIGHT)
    window.set_scale(1.0)
    window.resize(1440, 900)
    settle(window)


def take_team(window: MainWindow, folder: Path, files: list[Path]) -> None:
    """The review of a merge, what came of it, and what is still open."""
    window.show_screen("team")
    team = window.screen_now()
    assert isinstance(team, TeamScreen)
    team.take_files(files)
    settle(window)
    team.page.step(1)
    take(window, folder, "team-review")
    team.page.choose(1)
    team.merge()
    settle(window)
    take(window, folder, "team-merged")
    team.review_open()
    take(window, folder, "team-open")
    team.leave()


def recent(sample: Path, folder: Path) -> list[dict[str, object]]:
    """Recent projects in every state but one that is open elsewhere."""
    now = datetime.now().isoformat(timespec="seconds")  # noqa: DTZ005 - as the window writes it
    names = (("Labour migration, final evaluation", "migration_2011", 31, 3), ("Synthesis of 30 evaluation reports", "social", 30, 17))
    others = [
        {"path": str(folder / f"{file}.qcode"), "title": title, "sources": sources, "cases": cases, "read": sources, "opened": now}
        for title, file, sources, cases in names
    ]
    (folder / "migration_2011.qcode").touch()
    mine = {"path": str(sample), "title": "Decent work programme in Central Asia", "sources": 26, "cases": 5, "read": 24, "opened": now}
    return [mine, *others]


def main(folder: Path) -> None:
    """Take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["QCODE_DATA"] = temporary
        application = QApplication(["qcode"])
        settings = Settings()
        opened = make_sample(Path(temporary) / "Evaluations")
        sample = opened.project.path
        opened.project.close()
        files = make_team(sample, Path(temporary) / "came back")
        os.environ["QCODE_CODER"] = LEADER
        settings.put(RECENT, recent(sample, Path(temporary)))
        settings.put(THEME, "light")
        window = make_window(application, settings)
        window.show()
        take(window, folder, "start")
        window.desk.open(sample)
        settle(window)
        for at, (made, _) in enumerate(window.screens()):
            window.show_nth_screen(at)
            settle(window)
            take(window, folder, made.id)
            shown = window.screen_now()
            if isinstance(shown, MatrixScreen):
                assert window.desk.workspace is not None
                make_stale_summary(window.desk.workspace.project, shown)
                take(window, folder, "matrix-summary")
        take_team(window, folder, files)
        window.bring_in.show_sheet([ROOT / "projects" / "central-asia"])
        settle(window)
        take(window, folder, "import")
        window.sheets.close_sheet()
        window.close()
    print(f"{len(list(folder.glob('*.png')))} pictures are in {folder}.")


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else TARGET)
