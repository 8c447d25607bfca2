from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from qcode import Project
from qcode.views.matrix import MatrixQuestion
from qcode.views.matrix_cell import read_cell
from qcode.views.matrix_screen import read_table
from ui.screens.matrix.quotes import QuoteModel


def test_quotes_as_a_list(project: Project, qtmodeltester: ModelTester) -> None:
    table = read_table(project, MatrixQuestion())
    cell = read_cell(project, table.question, [row.key for row in table.matrix.rows], None)
    model = QuoteModel()
    qtmodeltester.check(model)
    model.show_quotes(cell.quotes)
    qtmodeltester.check(model)
    spoken = [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]
    assert len(spoken) == 6
    assert all(one.quote.id in words and one.quote.quote in words for one, words in zip(cell.quotes, spoken, strict=True))
