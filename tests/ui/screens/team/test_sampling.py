"""A sample is drawn for two coders, its progress seen, and revealed; by keys and by mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.model.reading import ReadingStatus
from qcode.operations.handout import handout
from qcode.operations.readings import mark_reading
from qcode.operations.samples import draw_sample
from qcode.views.team import list_samples
from ui.main_window import MainWindow
from ui.screens.team.sampling import SampleSheet
from ui.screens.team.screen import TeamScreen
from ui.widgets.sheet import Question

LEFT, Key = Qt.MouseButton.LeftButton, Qt.Key


def team(window: MainWindow) -> TeamScreen:
    window.show_screen("team")
    shown = window.screen_now()
    assert isinstance(shown, TeamScreen)
    return shown


def project_of(window: MainWindow) -> Project:
    assert window.desk.workspace is not None
    return window.desk.workspace.project


@pytest.fixture
def drawn(opened: MainWindow, qtbot: QtBot) -> TeamScreen:
    """The screen with a sample of Berik and Aida, that Aida has finished."""
    project = project_of(opened)
    sources = draw_sample(project, "Round 1", share=0.1, seed=4, coders=["Berik", "Aida"])
    for source in sources:
        mark_reading(project, source, ReadingStatus.FINISHED, coder="Aida")
    screen = team(opened)
    qtbot.waitUntil(lambda: screen.overview.rounds.samples.rowCount() == 2, timeout=10_000)
    return screen


@pytest.mark.parametrize("by_key", [True, False])
def test_a_sample_is_drawn(opened: MainWindow, qtbot: QtBot, by_key: bool) -> None:
    screen, project = team(opened), project_of(opened)
    button = screen.overview.rounds.drawing
    if by_key:
        button.setFocus()
        QTest.keyClick(button, Key.Key_Space)
    else:
        QTest.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: isinstance(opened.sheets.sheet, SampleSheet), timeout=10_000)
    sheet = opened.sheets.sheet
    assert isinstance(sheet, SampleSheet)
    assert sheet.name.text() == "Round 1"
    assert not sheet.button.isEnabled(), "nobody is named yet"
    sheet.kind.setCurrentIndex(1)
    sheet.amount.setValue(4)
    sheet.seed.setValue(9)
    QTest.keyClicks(sheet.other, "Berik, Aida")
    assert sheet.button.isEnabled()
    if by_key:
        sheet.button.setFocus()
        QTest.keyClick(sheet.button, Key.Key_Space)
    else:
        QTest.mouseClick(sheet.button, LEFT)
    qtbot.waitUntil(lambda: screen.overview.rounds.samples.rowCount() == 2, timeout=10_000)
    (sample,) = list_samples(project)
    assert (sample.name, sample.seed, sample.coders, len(sample.sources)) == ("Round 1", 9, ("Aida", "Berik"), 4)


def test_coders_are_ticked_with_the_space_bar(opened: MainWindow, qtbot: QtBot) -> None:
    team(opened).sampling.ask()
    qtbot.waitUntil(lambda: isinstance(opened.sheets.sheet, SampleSheet), timeout=10_000)
    sheet = opened.sheets.sheet
    assert isinstance(sheet, SampleSheet)
    sheet.coders.setFocus()
    sheet.coders.setCurrentRow(0)
    QTest.keyClick(sheet.coders, Key.Key_Space)
    assert sheet.chosen() == (sheet.coders.item(0).text(),)
    QTest.keyClick(sheet.coders, Key.Key_Escape)
    assert opened.sheets.sheet is None
    assert list_samples(project_of(opened)) == []


def test_progress_is_listed_by_coder(drawn: TeamScreen) -> None:
    rounds = drawn.overview.rounds
    for model in (rounds.samples, rounds.copies):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    count = str(len(rounds.samples.samples[0].sources))
    assert list(rounds.samples.rows) == [
        ("Round 1", "Aida", count, count, "0", "4", "blind"),
        ("Round 1", "Berik", count, "0", "0", "4", "blind"),
    ]


@pytest.mark.parametrize("by_key", [True, False])
def test_a_sample_is_revealed_after_a_question(drawn: TeamScreen, opened: MainWindow, qtbot: QtBot, by_key: bool) -> None:
    project, button = project_of(opened), drawn.overview.rounds.revealing
    QTest.mouseClick(button, LEFT)
    sheet = opened.sheets.sheet
    assert isinstance(sheet, Question)
    assert "Not finished by all coders yet" in sheet.explanation.text()
    QTest.keyClick(sheet, Key.Key_Escape)
    assert not list_samples(project)[0].revealed
    button.setFocus()
    QTest.keyClick(button, Key.Key_Space)
    sheet = opened.sheets.sheet
    assert isinstance(sheet, Question)
    if by_key:
        QTest.keyClick(sheet, Key.Key_Tab)
    reveal = next(one for one in sheet.findChildren(type(button)) if one.text() == "Reveal")
    if by_key:
        reveal.setFocus()
        QTest.keyClick(reveal, Key.Key_Space)
    else:
        QTest.mouseClick(reveal, LEFT)
    qtbot.waitUntil(lambda: list_samples(project)[0].revealed, timeout=10_000)
    qtbot.waitUntil(lambda: drawn.overview.rounds.samples.rows[0][-1] == "revealed", timeout=10_000)
    assert not button.isEnabled()


def test_copies_handed_out_are_listed(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    screen = team(opened)
    handout(project_of(opened), "Berik", tmp_path / "b.qcode", blind=True, locked=True)
    qtbot.waitUntil(lambda: screen.overview.rounds.copies.rowCount() == 1, timeout=10_000)
    (row,) = screen.overview.rounds.copies.rows
    assert (row[0], row[2:]) == ("Berik", ("all", "locked", "left out"))
    assert screen.overview.rounds.handed.isVisible()
