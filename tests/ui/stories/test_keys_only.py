"""From Start to the exported table without touching the mouse."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from qcode.views.health import check_project
from tests.ui.stories.person import CTRL, SHIFT, Person
from ui.sheets.export_sheet import ExportSheet

Key = Qt.Key
SOURCE = "KGZ02"
FIRST = ("Intervention design", "The manuals. Sixty pages")
SECOND = ("Use of research", "Sixty pages on hazards for children in agriculture, very correct.")
MEMO = "Poster: ask Нурлан."


def open_the_sample(person: Person) -> None:
    person.tab_to("Open the sample")
    person.picture("start")
    person.key(Key.Key_Space)
    person.until(lambda: person.window.desk.workspace)
    person.settle()
    assert "Decent work programme" in person.window.windowTitle()
    assert len(person.kept(SOURCE)) == 0


def go_to_the_source(person: Person) -> None:
    person.key(Key.Key_T, CTRL)
    person.type("farm workers")
    person.until(lambda: len(person.coding.sources.model.sources()) == 1)
    person.key(Key.Key_Return)
    person.until(lambda: person.source() == SOURCE)
    assert person.coding.text.editor.hasFocus()
    person.picture("source")


def code(person: Person, name: str) -> None:
    """Space, a part of the name, Enter."""
    person.key(Key.Key_Space)
    assert person.coding.picker.isVisible()
    person.type(name)
    person.picture("picker")
    person.key(Key.Key_Return)
    assert not person.coding.picker.isVisible()


def code_three_passages(person: Person) -> list[tuple[str, str]]:
    person.key(Key.Key_F, CTRL)
    person.type(FIRST[1])
    person.until(lambda: person.selected() == FIRST[1])
    person.key(Key.Key_Escape)
    assert person.selected() == FIRST[1]
    code(person, "design")
    person.until(lambda: len(person.mine()) == 1)
    person.key(Key.Key_L)
    assert person.selected() == SECOND[1]
    code(person, "research")
    person.until(lambda: len(person.mine()) == 2)
    person.key(Key.Key_Down, times=4)
    person.key(Key.Key_P)
    third = ("Child labour", person.selected())
    assert len(third[1]) > 100
    code(person, "child lab")
    person.until(lambda: len(person.mine()) == 3)
    assert [kept[:2] for kept in person.kept(SOURCE)] == [FIRST, SECOND, third]
    person.coding.text.stripes.repaint()
    assert {one.uuid for one in person.mine()} <= {stripe.uuid for stripe in person.coding.text.stripes.shown}
    person.picture("coded")
    return [FIRST, SECOND, third]


def write_a_memo(person: Person) -> None:
    person.key(Key.Key_M)
    assert person.coding.inspector.memo.hasFocus()
    person.type(MEMO)
    person.key(Key.Key_Escape)
    person.until(lambda: [kept[2] for kept in person.kept(SOURCE)] == ["", "", MEMO])
    assert person.coding.text.editor.hasFocus()
    assert person.coding.inspector.memo.toPlainText() == MEMO
    person.picture("memo")


def undo_and_redo(person: Person, made: list[tuple[str, str]]) -> None:
    person.key(Key.Key_Z, CTRL)
    person.until(lambda: [kept[2] for kept in person.kept(SOURCE)] == ["", "", ""])
    person.settle()
    person.until(lambda: person.coding.inspector.memo.toPlainText() == "")
    person.key(Key.Key_Z, CTRL)
    person.until(lambda: len(person.mine()) == 2)
    person.settle()
    assert [kept[:2] for kept in person.kept(SOURCE)] == made[:2]
    person.picture("undone")
    for count in (3, 3):
        person.key(Key.Key_Z, CTRL | SHIFT)
        person.until(lambda count=count: len(person.mine()) == count)
        person.settle()
    person.until(lambda: [kept[2] for kept in person.kept(SOURCE)] == ["", "", MEMO])
    assert [kept[:2] for kept in person.kept(SOURCE)] == made


def go_to_the_cell(person: Person) -> None:
    person.key(Key.Key_2, CTRL)
    matrix = person.matrix
    person.until(lambda: matrix.model.rowCount() and not matrix.is_busy)
    for column in range(1, matrix.model.columnCount()):
        if matrix.model.headerData(column, Qt.Orientation.Horizontal) == "Kyrgyzstan":
            break
        person.key(Key.Key_Right)
    for _ in range(matrix.model.rowCount()):
        if matrix.model.index(matrix.grid.current.row(), 0).data() == SECOND[0]:
            break
        person.key(Key.Key_Down)
    person.until(lambda: not matrix.is_busy)
    assert matrix.grid.current.column() == column
    assert SECOND[1] in [one.quote.quote for one in matrix.drill_down.model.quotes]
    person.picture("matrix")


def go_to_the_place(person: Person) -> None:
    matrix = person.matrix
    listed = matrix.drill_down.list
    person.key(Key.Key_Return)
    assert listed.hasFocus()
    for _ in range(matrix.drill_down.model.rowCount()):
        if matrix.drill_down.model.quote(listed.currentIndex()).quote.quote == SECOND[1]:
            break
        person.key(Key.Key_Down)
    person.picture("quote")
    person.key(Key.Key_Return)
    person.until(lambda: person.source() == SOURCE and person.selected() == SECOND[1])
    current = person.coding.acts.current()
    assert current is not None
    assert person.coding.codes.name(current.code) == SECOND[0]
    person.picture("place")


def export(person: Person, target: Path) -> None:
    person.key(Key.Key_2, CTRL)
    person.until(lambda: not person.matrix.is_busy)
    person.key(Key.Key_E, CTRL)
    person.until(lambda: isinstance(person.window.sheets.sheet, ExportSheet))
    person.tab_to("File")
    person.key(Key.Key_A, CTRL)
    person.type(str(target))
    person.picture("export")
    person.tab_to("Export")
    person.key(Key.Key_Space)
    person.until(lambda: person.window.strips.messages())
    person.settle()
    assert person.window.sheets.sheet is None
    assert person.window.strips.messages()[0].text.startswith(f"{target.name} was written")
    person.picture("exported")
    book = load_workbook(target, read_only=True)
    values = {value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if isinstance(value, str)}
    assert any(SECOND[1] in value for value in values)


def test_keys_only(person: Person, tmp_path: Path) -> None:
    open_the_sample(person)
    go_to_the_source(person)
    made = code_three_passages(person)
    write_a_memo(person)
    undo_and_redo(person, made)
    go_to_the_cell(person)
    go_to_the_place(person)
    export(person, tmp_path / "synthesis.xlsx")
    assert check_project(person.project) == []
    assert QApplication.activePopupWidget() is None
