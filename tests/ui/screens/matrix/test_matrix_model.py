from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qcode import Project
from qcode.exchange.exporters.wording import Look
from qcode.model.matrix import Measure
from qcode.model.span import Span
from qcode.operations.codings import apply_code
from qcode.views.lists import find_source
from qcode.views.matrix import MatrixQuestion
from qcode.views.matrix_screen import MatrixTable, read_table
from ui.screens.matrix.model import MatrixModel

SENTENCE = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def table(project: Project) -> MatrixTable:
    return read_table(project, MatrixQuestion())


@pytest.fixture
def model(table: MatrixTable, qtmodeltester: ModelTester) -> MatrixModel:
    made = MatrixModel()
    qtmodeltester.check(made)
    made.show_table(table, Measure.CODINGS)
    return made


def column_of(model: MatrixModel, column: int) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_names_columns_and_totals(model: MatrixModel) -> None:
    assert column_of(model, 0) == ["Success factors", "Technical expertise", "Participation", "Constraints", "Staff turnover", "Late money"]
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert heads == ["Code", "Kyrgyzstan", "Tajikistan", "Uzbekistan", "All"]
    assert column_of(model, 1) == ["3", "1", "2", "2", "1", "1"]
    assert column_of(model, 4) == ["4", "2", "2", "2", "1", "1"]


def test_a_cell_says_all_in_one_sentence(model: MatrixModel) -> None:
    assert model.index(3, 1).data(SENTENCE) == "Constraints, Kyrgyzstan: 2 quotes under 2 codes"
    assert model.index(4, 2).data(SENTENCE) == "Staff turnover, Tajikistan: nothing found in 1 source, all read"
    assert model.headerData(1, Qt.Orientation.Horizontal, SENTENCE) == "Kyrgyzstan: 1 of 2 read"
    assert model.index(4, 0).data(SENTENCE) == "Constraints > Staff turnover"


def test_looks(model: MatrixModel) -> None:
    assert [model.shown(4, column).look for column in (1, 2, 3)] == [Look.FOUND, Look.NOTHING, Look.NOTHING]
    shown = model.shown(4, 1)
    assert (shown.tone, shown.step, shown.unread, shown.is_total) == ("neg", 1, 0.5, False)
    assert (model.shown(4, 4).beneath, model.shown(4, 4).is_total) == ("1 of 3 cases", True)


def test_folding_takes_lines_away_and_brings_them_back(model: MatrixModel, qtmodeltester: ModelTester) -> None:
    group = model.line(0).group
    model.toggle(group)
    assert column_of(model, 0) == ["Success factors", "Constraints", "Staff turnover", "Late money"]
    model.toggle(group, fold=True)
    assert model.rowCount() == 4
    qtmodeltester.check(model)
    model.toggle(group)
    assert model.rowCount() == 6


def test_what_is_sorted_stays_sorted_when_the_numbers_are_other_ones(model: MatrixModel, table: MatrixTable, project: Project) -> None:
    model.sort_by_column(1)
    assert column_of(model, 0)[1:3] == ["Participation", "Technical expertise"]
    expertise = next(row.key for row in table.matrix.rows if row.path.endswith("Technical expertise"))
    source = find_source(project, "KGZ01").uuid
    for start in range(5):
        apply_code(project, source, Span(start, start + 9), expertise)
    model.show_table(read_table(project, MatrixQuestion()), Measure.CODINGS)
    assert column_of(model, 0)[1:3] == ["Technical expertise", "Participation"]
    model.set_measure(Measure.SOURCES)
    model.sort_by_column(1)
    before = column_of(model, 0)
    for measure in (Measure.CODINGS, Measure.SOURCES):
        model.set_measure(measure)
    assert column_of(model, 0) == before


def test_sorting_stays_inside_the_groups(model: MatrixModel) -> None:
    model.sort_by_column(1)
    assert column_of(model, 0)[:3] == ["Success factors", "Participation", "Technical expertise"]
    assert column_of(model, 0)[3] == "Constraints"
    model.sort_by_column(None)
    assert column_of(model, 0)[1] == "Technical expertise"


def test_only_the_lines_that_changed_are_told(model: MatrixModel, table: MatrixTable, project: Project, qtbot: QtBot) -> None:
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.modelReset.connect(lambda: told.append((-1, -1)))
    turnover = next(row.key for row in table.matrix.rows if row.path.endswith("Staff turnover"))
    apply_code(project, find_source(project, "UZB01").uuid, Span(0, 12), turnover)
    model.show_table(read_table(project, MatrixQuestion()), Measure.CODINGS)
    assert told == [(3, 3), (4, 4)]
    assert model.index(4, 3).data() == "1"


def test_other_columns_are_another_table(model: MatrixModel, project: Project, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.modelReset):
        model.show_table(read_table(project, MatrixQuestion(columns="source")), Measure.CODINGS)
    assert model.columnCount() == 6


@pytest.mark.parametrize(("measure", "cell"), [(Measure.SOURCES, "1"), (Measure.PRESENCE, "+"), (Measure.CASES, "1")])
def test_measures_need_no_new_count(model: MatrixModel, measure: Measure, cell: str) -> None:
    model.set_measure(measure)
    assert (model.index(4, 1).data(), model.measure) == (cell, measure)
    assert model.index(3, 1).data() == "2 of 2"


def test_without_headings_there_are_only_codes(project: Project, qtmodeltester: ModelTester) -> None:
    table = read_table(project, MatrixQuestion(("Constraints",)))
    model = MatrixModel()
    model.show_table(replace(table, groups=(replace(table.groups[0], path=""),)), Measure.CODINGS)
    assert column_of(model, 0) == ["Staff turnover", "Late money"]
    qtmodeltester.check(model)
