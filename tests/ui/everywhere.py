"""Every screen and sheet of the window, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.model.decision import Outcome
from qcode.model.reading import ReadingStatus
from qcode.operations.codings import change_coding
from qcode.operations.readings import mark_readings
from qcode.operations.summaries import write_summary
from qcode.views.matrix_cell import read_cell
from qcode.views.written_cell import read_written
from tests.ui.screens.team.examples import make_team
from ui.main_window import MainWindow
from ui.screens.agreement.screen import AgreementScreen
from ui.screens.coding.screen import CodingScreen
from ui.screens.matrix.screen import MatrixScreen
from ui.screens.team.screen import TeamScreen
from ui.widgets.sheet import Question

TEAM = ("team", "review", "question of two codes", "merged", "to decide", "take back", "hand out")
SUMMARIES = ("matrix", "summary out of date", "writing a summary")
PLACES = ("start", "coding", "find", "picker", *SUMMARIES, *TEAM, "agreement", "settled", "import", "paste", "export", "question", "keys")


def go_everywhere(window: MainWindow, project_file: Path, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """The name of each place and the widget that holds it, while it is shown."""

    def settled() -> bool:
        return not window.desk.tasks.running

    files = make_team(project_file, project_file.parent / "came back")
    yield "start", window
    with qtbot.waitSignal(window.desk.opened):
        window.verbs.open_path(project_file)
    qtbot.waitUntil(settled)
    window.show_nth_screen(0)
    coding = window.screen_now()
    assert isinstance(coding, CodingScreen)
    coding.acts.step(1)
    yield "coding", window
    coding.finding.open()
    yield "find", coding.find_bar
    coding.find_bar.close_bar()
    coding.text.put_caret(0)
    coding.acts.pick()
    yield "picker", coding.picker
    coding.picker.hide()
    # The platform without a screen does not give the keyboard back by itself.
    window.activateWindow()
    window.show_nth_screen(1)
    qtbot.waitUntil(settled)
    yield "matrix", window
    yield from _summaries(window, qtbot)
    yield from _team(window, files, qtbot)
    yield from _agreement(window, qtbot)
    window.show_nth_screen(1)
    qtbot.waitUntil(settled)
    notes = project_file.parent / "notes"
    notes.mkdir()
    (notes / "note.txt").write_text("Words.", encoding="utf-8")
    (notes / "table.xyz").write_text("?", encoding="utf-8")
    window.bring_in.show_sheet([notes])
    qtbot.waitUntil(lambda: window.sheets.sheet is not None)
    yield "import", _sheet(window)
    window.sheets.close_sheet()
    _copy("Words of a note.")
    window.actions_made.run("project.paste")
    yield "paste", _sheet(window)
    window.sheets.close_sheet()
    window.actions_made.run("matrix.export")
    qtbot.waitUntil(lambda: window.sheets.sheet is not None)
    yield "export", _sheet(window)
    window.sheets.close_sheet()
    text = "It may be on a stick or a drive that is not connected, or it was moved."
    window.sheets.show_sheet(Question(window.theme, "The project was not found", text, ["Forget it", "Locate…"]))
    yield "question", _sheet(window)
    QTest.keyClick(_sheet(window), Qt.Key.Key_Escape)
    window.show_keys()
    yield "keys", _sheet(window)
    window.sheets.close_sheet()


def _summaries(window: MainWindow, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    screen = window.screen_now()
    assert isinstance(screen, MatrixScreen)
    panel = screen.drill_down.summary
    assert window.desk.workspace is not None
    make_stale_summary(window.desk.workspace.project, screen)
    qtbot.waitUntil(lambda: bool(panel.reasons.lines) and not window.desk.tasks.running)
    yield "summary out of date", window
    screen.write_summary()
    panel.edit.moveCursor(QTextCursor.MoveOperation.End)
    panel.edit.insertPlainText(" #")
    yield "writing a summary", window
    panel.leave()
    qtbot.waitUntil(lambda: not screen.is_busy and not window.desk.tasks.running)


def make_stale_summary(project: Project, screen: MatrixScreen) -> None:
    """Have the current cell of a matrix hold a summary that names two quotes, one of which does not stand there any more."""
    table = screen.model.table
    assert table is not None
    row = screen.model.line(screen.grid.current.row()).row
    assert row is not None
    code, column = table.matrix.rows[row].key, table.heads[screen.grid.current.column() - 1].key
    quotes = read_cell(project, table.question, [code], column).quotes
    place = read_written(project, table.question, code, column).place
    assert place is not None
    named = " ".join(f"[#{one.quote.id}]" for one in quotes[:2])
    write_summary(project, place, f"Officials were moved before agreements could be signed {named}. The unions kept the knowledge.")
    change_coding(project, quotes[0].coding, code=next(one.key for one in table.matrix.rows if one.key != code))


def _team(window: MainWindow, files: list[Path], qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    def settled() -> bool:
        return not window.desk.tasks.running

    window.show_screen("team")
    team = window.screen_now()
    assert isinstance(team, TeamScreen)
    qtbot.waitUntil(settled)
    yield "team", window
    team.take_files(files)
    qtbot.waitUntil(lambda: team.plan is not None)
    yield "review", window
    team.page.go_to(team.page.review.names[-1])
    yield "question of two codes", window
    team.merge()
    qtbot.waitUntil(lambda: team.overview.number and settled())
    window.strips.clear()
    yield "merged", window
    team.review_open()
    qtbot.waitUntil(settled)
    yield "to decide", window
    team.leave()
    team.ask_to_take_back()
    qtbot.waitUntil(lambda: window.sheets.sheet is not None)
    yield "take back", _sheet(window)
    window.sheets.close_sheet()
    team.handing.ask()
    qtbot.waitUntil(lambda: window.sheets.sheet is not None)
    yield "hand out", _sheet(window)
    window.sheets.close_sheet()


def _agreement(window: MainWindow, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    assert window.desk.workspace is not None
    for coder in ("Anna", "Berik"):
        mark_readings(window.desk.workspace.project, ["KGZ01", "KGZ02"], ReadingStatus.FINISHED, coder)
    window.show_screen("agreement")
    screen = window.screen_now()
    assert isinstance(screen, AgreementScreen)

    def settled() -> bool:
        return screen.list.rows.rowCount() > 0 and not screen.is_busy and not window.desk.tasks.running

    qtbot.waitUntil(settled)
    yield "agreement", window
    screen.decide(Outcome.FIRST)
    qtbot.waitUntil(settled)
    screen.step(-1)
    yield "settled", window


def _sheet(window: MainWindow) -> QWidget:
    assert window.sheets.sheet is not None
    return window.sheets.sheet


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
