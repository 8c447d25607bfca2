"""The marks of summaries in the cells, in the legend, and beside the quotes that are new."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.model.span import Span
from qcode.model.summary import SummaryPlace
from qcode.operations.codings import apply_code
from qcode.operations.summaries import give_empty_reason, write_summary
from qcode.views.lists import find_source
from qcode.views.matrix import MatrixQuestion
from qcode.views.written_cell import read_summary_marks, read_written
from ui.screens.matrix.screen import MatrixScreen
from ui.theme import Mode
from ui.workspace import Workspace

Settle = Callable[[], None]
EXPERTISE, TURNOVER = 1, 4
KYRGYZSTAN, TAJIKISTAN, UZBEKISTAN, ALL = 1, 2, 3, 4


@pytest.fixture
def places(screen: MatrixScreen, project: Project) -> dict[str, SummaryPlace]:
    """A cell with a quote, the row it is in, and a cell that was read without finding anything."""
    table = screen.model.table
    assert table is not None
    cells = {"found": (EXPERTISE, KYRGYZSTAN), "row": (EXPERTISE, ALL), "nothing": (TURNOVER, TAJIKISTAN)}
    found = {}
    for name, (row, column) in cells.items():
        code = screen.model.code(row)
        assert code is not None
        written = read_written(project, table.question, code.key, None if column == ALL else screen.model.heads[column - 1].key)
        assert written.place is not None
        found[name] = written.place
    return found


def marks(screen: MatrixScreen) -> dict[tuple[int, int], bool]:
    """The cells that are marked, and whether they are out of date."""
    lines = [row for row in range(screen.model.rowCount()) if screen.model.code(row)]
    shown = {(row, column): screen.model.shown(row, column) for row in lines for column in range(1, screen.model.columnCount())}
    return {at: one.is_stale for at, one in shown.items() if one.is_summarised}


def test_cells_and_totals_are_marked_once_they_have_a_summary(
    screen: MatrixScreen, project: Project, places: dict[str, SummaryPlace], settle: Settle, qtbot: QtBot
) -> None:
    assert marks(screen) == {}
    assert "summary" not in screen.legend.words
    write_summary(project, places["found"], "She answered.")
    qtbot.waitUntil(lambda: marks(screen) == {(EXPERTISE, KYRGYZSTAN): False})
    assert "summary" in screen.legend.words
    assert "summary out of date" not in screen.legend.words
    write_summary(project, places["row"], "They answered.")
    qtbot.waitUntil(lambda: marks(screen) == {(EXPERTISE, KYRGYZSTAN): False, (EXPERTISE, ALL): False})
    project.undo()
    project.undo()
    qtbot.waitUntil(lambda: marks(screen) == {})
    assert "summary" not in screen.legend.words


def test_a_diamond_says_that_it_is_out_of_date_and_the_quote_that_it_is_new(
    screen: MatrixScreen, project: Project, places: dict[str, SummaryPlace], settle: Settle, qtbot: QtBot
) -> None:
    screen.grid.set_current(EXPERTISE, KYRGYZSTAN)
    write_summary(project, places["found"], "She answered.")
    qtbot.waitUntil(lambda: bool(marks(screen)))
    index = screen.model.index(EXPERTISE, KYRGYZSTAN)
    assert str(index.data(Qt.ItemDataRole.AccessibleTextRole)).endswith(". Summary written")
    new = apply_code(project, find_source(project, "KGZ01").uuid, Span(0, 12), places["found"].code)
    qtbot.waitUntil(lambda: marks(screen) == {(EXPERTISE, KYRGYZSTAN): True})
    assert str(index.data(Qt.ItemDataRole.ToolTipRole)).endswith(". Summary out of date")
    assert "summary out of date" in screen.legend.words
    assert "out of date" in screen.legend.accessibleDescription()
    settle()
    quotes = screen.drill_down.model
    assert [one.coding for one in quotes.quotes if quotes.is_new(one)] == [new]
    row = [one.coding for one in quotes.quotes].index(new)
    assert ". new. " in f". {quotes.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)}"
    project.undo()
    qtbot.waitUntil(lambda: marks(screen) == {(EXPERTISE, KYRGYZSTAN): False})


def test_other_columns_have_their_own_marks(
    screen: MatrixScreen, project: Project, places: dict[str, SummaryPlace], settle: Settle, qtbot: QtBot
) -> None:
    write_summary(project, places["found"], "She answered.")
    write_summary(project, places["row"], "They answered.")
    qtbot.waitUntil(lambda: len(marks(screen)) == 2)
    screen.ask(MatrixQuestion(columns="source"))
    settle()
    assert marks(screen) == {(EXPERTISE, screen.model.totals): False}
    screen.ask(MatrixQuestion(columns="coder"))
    settle()
    assert marks(screen) == {(EXPERTISE, screen.model.totals): False}
    screen.ask(MatrixQuestion())
    settle()
    assert len(marks(screen)) == 2


def test_marks_of_another_matrix_are_not_shown(screen: MatrixScreen) -> None:
    code = screen.model.code(EXPERTISE)
    assert code is not None
    screen.model.show_marks(MatrixQuestion(columns="source"), {(code.key, None): True})
    assert marks(screen) == {}


def test_the_reason_of_an_empty_cell_is_marked_as_well(
    screen: MatrixScreen, project: Project, places: dict[str, SummaryPlace], qtbot: QtBot
) -> None:
    give_empty_reason(project, places["nothing"], "not asked")
    qtbot.waitUntil(lambda: marks(screen) == {(TURNOVER, TAJIKISTAN): False})


def has_diamond(screen: MatrixScreen, workspace: Workspace, row: int, column: int) -> bool:
    part = screen.grid.totals if column == screen.model.totals else screen.grid.middle
    image: QImage = part.viewport().grab(part.visualRect(screen.model.index(row, column))).toImage()
    warn = QColor(workspace.theme.colour("warn"))
    ratio = image.devicePixelRatio()
    right = range(int(image.width() - 45 * ratio), image.width())
    return any(image.pixelColor(x, y) == warn for x in right for y in range(image.height() // 2))


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_marks_are_painted_in_whatever_cell_there_is(
    screen: MatrixScreen, project: Project, workspace: Workspace, places: dict[str, SummaryPlace], settle: Settle, qtbot: QtBot, mode: Mode
) -> None:
    workspace.theme.set_mode(mode)
    code = places["found"].code
    for row in (EXPERTISE, TURNOVER):
        for column in range(1, screen.model.columnCount()):
            assert not has_diamond(screen, workspace, row, column)
    for place in places.values():
        write_summary(project, place, "Words.")
    for label in ("KGZ01", "TJK01"):
        for each in {code, places["nothing"].code}:
            apply_code(project, find_source(project, label).uuid, Span(0, 4), each)
    qtbot.waitUntil(lambda: sum(marks(screen).values()) >= 3)
    settle()
    for row, column in (at for at, stale in marks(screen).items() if stale):
        assert has_diamond(screen, workspace, row, column), (row, column)


def test_marks_are_read_by_code_and_column(project: Project, places: dict[str, SummaryPlace]) -> None:
    assert read_summary_marks(project, MatrixQuestion()) == {}
    write_summary(project, places["row"], "They answered.")
    assert read_summary_marks(project, MatrixQuestion(columns="coder")) == {(places["row"].code, None): False}
