"""The matrix in the window: another measure, another current cell and a scroll step, each until it is painted; counts beside it."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytest.importorskip("PySide6.QtWidgets", reason="the window's libraries are not installed")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qcode.exchange.tables import read_table as read_csv
from qcode.model.identity import Identities
from qcode.model.matrix import Measure
from qcode.opening import create_project, open_project
from qcode.operations.cases import import_assignments, import_cases
from qcode.operations.codebook import import_codebook
from qcode.operations.coding_table import import_codings
from qcode.operations.sources import import_files
from qcode.project import Project
from qcode.views.matrix import MatrixQuestion
from qcode.views.matrix_screen import read_table
from tests.benchmarks.corpus import LARGE, make_corpus
from ui.changes import ChangeSignal
from ui.fonts import load_fonts
from ui.screens.matrix.screen import MatrixScreen
from ui.settings import Settings
from ui.tasks import Tasks
from ui.theme import Mode, Theme
from ui.workspace import Workspace

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
QUESTION = MatrixQuestion(columns="case")
MEDIAN_MS, WORST_MS = 16, 50
SCROLL_MS = 8


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    corpus, path = make_corpus(LARGE), tmp_path_factory.mktemp("window") / "large.qcode"
    with create_project(path, "Benchmark", coder="Coder 1", identities=Identities.seeded(1)) as made:
        import_files(made, [corpus.sources])
        import_codebook(made, read_csv(corpus.table("codebook")))
        import_cases(made, read_csv(corpus.table("cases")))
        import_assignments(made, read_csv(corpus.table("assign")))
        import_codings(made, read_csv(corpus.table("codings")))
    with open_project(path, coder="Coder 1") as opened:
        yield opened


@pytest.fixture
def screen(project: Project, qtbot: QtBot, tmp_path: Path) -> Iterator[MatrixScreen]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    load_fonts()
    tasks, changes = Tasks(), ChangeSignal(project)
    made = MatrixScreen(Workspace(project, Theme(Mode.LIGHT), Settings(tmp_path / "settings.json"), tasks, changes))
    made.ask(QUESTION)
    qtbot.addWidget(made)
    made.resize(1364, 816)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.model.rowCount() > 0 and not made.is_busy, timeout=20_000)
    assert (made.model.columnCount(), len(made.model.table.matrix.rows) if made.model.table else 0) >= (60, 200)
    yield made
    tasks.stop_all()
    changes.stop()


def until_painted(made: MatrixScreen, act: Callable[[], object]) -> float:
    """Milliseconds on the window's thread from the act until its pixels are there: whatever Qt marked is painted at once."""
    start = time.perf_counter()
    act()
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)
    return (time.perf_counter() - start) * 1000


def tell(what: str, times: list[float], median: float, worst: float) -> None:
    print(f"\n{what}: median {statistics.median(times):.1f} ms, worst {max(times):.1f} ms (goal {median} / {worst})", end="")


def test_another_measure(screen: MatrixScreen) -> None:
    measures = (Measure.SOURCES, Measure.CASES, Measure.PRESENCE, Measure.CODINGS) * 5
    buttons = [screen.choosing._measures.button(list(Measure).index(measure)) for measure in measures]
    tell("another measure, 200 × 60", [until_painted(screen, button.click) for button in buttons], MEDIAN_MS, WORST_MS)


def test_another_current_cell(screen: MatrixScreen) -> None:
    keys = [Qt.Key.Key_Down, Qt.Key.Key_Right] * 30
    times = [until_painted(screen, lambda key=key: QTest.keyClick(screen.grid.middle, key)) for key in keys]  # type: ignore[misc]
    tell("another current cell, 200 × 60", times, MEDIAN_MS, WORST_MS)


def test_the_quotes_of_the_current_cell(screen: MatrixScreen, qtbot: QtBot) -> None:
    times = []
    for number in range(12):
        start = time.perf_counter()
        screen.grid.set_current(2 + number, 1 + number)
        qtbot.waitUntil(lambda: not screen.is_busy, timeout=10_000)
        times.append((time.perf_counter() - start) * 1000)
    print(f"\nquotes of another cell, until shown: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms", end="")


def test_a_scroll_step(screen: MatrixScreen) -> None:
    bar = screen.grid.middle.verticalScrollBar()
    times = [until_painted(screen, lambda: bar.setValue(bar.value() + 45)) for _ in range(60)]
    tell("a scroll step down, 200 × 60", times, SCROLL_MS, WORST_MS)
    bar = screen.grid.middle.horizontalScrollBar()
    times = [until_painted(screen, lambda: bar.setValue(bar.value() + 45)) for _ in range(60)]
    tell("a scroll step across, 200 × 60", times, SCROLL_MS, WORST_MS)


def test_another_sort_and_fold(screen: MatrixScreen) -> None:
    tell("sort by a column, 200 × 60", [until_painted(screen, screen.grid.sort_by_current) for _ in range(8)], MEDIAN_MS, WORST_MS)
    times = [until_painted(screen, lambda folded=folded: screen.grid.fold(folded)) for folded in (True, False) * 4]  # type: ignore[misc]
    tell("fold and unfold a group, 200 × 60", times, MEDIAN_MS, WORST_MS)


def test_a_new_count_beside_the_window(screen: MatrixScreen, project: Project) -> None:
    """How long the window is held up when a new count comes in, and how long the count takes beside it."""
    start = time.perf_counter()
    table = read_table(project, QUESTION)
    counted = (time.perf_counter() - start) * 1000
    times = [until_painted(screen, lambda: screen.model.show_table(table, Measure.CODINGS)) for _ in range(5)]
    print(f"\ncounted beside the window in {counted:.0f} ms", end="")
    tell("a new count is shown, 200 × 60", times, MEDIAN_MS, WORST_MS)
