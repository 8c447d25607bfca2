from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from qcode import Project
from qcode.model.matrix import Measure
from qcode.operations.codings import change_coding
from qcode.views.matrix import MatrixQuestion
from qcode.views.matrix_cell import read_cell
from qcode.views.matrix_screen import MatrixTable, read_table
from ui.screens.matrix.bars import HEIGHT, WIDTH, paint_bars
from ui.screens.matrix.legend import Legend
from ui.screens.matrix.model import MatrixModel
from ui.theme import Theme

INK = QColor("black")


def drawn(theme: Theme, filled: int, contested: bool = False) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    paint_bars(painter, theme, QPointF(0, 0), filled, INK, contested=contested)
    painter.end()
    return image


@pytest.mark.parametrize("filled", range(5))
def test_as_many_bars_are_filled_as_the_level_has(theme: Theme, filled: int) -> None:
    foot = [drawn(theme, filled).pixelColor(5 * bar + 1, HEIGHT - 1) for bar in range(4)]
    assert foot == [INK] * filled + [theme.colour("line_strong")] * (4 - filled)


def test_contested_is_struck_through(theme: Theme) -> None:
    plain, struck = drawn(theme, 1), drawn(theme, 1, contested=True)
    assert plain.pixelColor(3, 3) == QColor("white")
    assert struck.pixelColor(3, 3).lightness() < 200


def contested_table(project: Project) -> MatrixTable:
    """The table after the quote under 'Late money' was marked as contradicting."""
    table = read_table(project, MatrixQuestion())
    assert not table.is_contested
    code = next(row.key for row in table.matrix.rows if row.path.endswith("Late money"))
    change_coding(project, read_cell(project, MatrixQuestion(), [code], None).quotes[0].coding, contradicts=True)
    return read_table(project, MatrixQuestion())


def test_cells_and_totals_have_bars_where_something_was_found(project: Project) -> None:
    model = MatrixModel()
    table = contested_table(project)
    model.show_table(table, Measure.CODINGS)
    bars = [[(model.shown(row, column).strength, model.shown(row, column).contested) for column in (1, 2, 4)] for row in (1, 5)]
    assert bars == [[(2, False), (2, False), (3, False)], [(1, True), (None, False), (1, True)]]
    assert table.is_contested


def test_a_cell_says_its_rule_and_its_values(project: Project) -> None:
    model = MatrixModel()
    model.show_table(contested_table(project), Measure.CODINGS)
    said = [str(model.index(row, 4).data(Qt.ItemDataRole.ToolTipRole)) for row in (1, 5)]
    assert "2 quotes from" in said[0]
    assert "Strength 3 of 4, moderate: 2 sources, nothing against; strong asks for 3 sources, 2 kinds, 2 stakeholder groups" in said[0]
    assert "Strength 1 of 4, contested: 1 source, 1 quote against" in said[1]
    model.set_measure(Measure.STRENGTH)
    assert str(model.index(1, 4).data(Qt.ItemDataRole.AccessibleTextRole)).count("moderate") == 1


def test_the_legend_says_contested_only_where_something_is(theme: Theme, qtbot: object) -> None:
    legend = Legend(theme)
    legend.explain("Quotes", Measure.CODINGS, frozenset({"pos"}))
    assert "evidence strength, 1 to 4" in legend.words
    assert "contested" not in legend.words
    legend.explain("Quotes", Measure.CODINGS, frozenset({"pos"}), contested=True)
    assert "contested" in legend.words
    assert "struck through: contested" in legend.accessibleName()
