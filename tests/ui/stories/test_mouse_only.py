"""From Start to the exported page without touching the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QListView, QPushButton

from qcode.views.health import check_project
from tests.ui.stories.person import RIGHT, Person
from ui.screens.coding.codebook_pane import CodesModel
from ui.sheets.export_sheet import ExportSheet

SOURCE = "KGZ02"
FIRST = ("Intervention design", "asked for a poster")
SECOND = ("Use of research", "We asked for a poster and got it a year later.")
THIRD = "Child labour"


def open_the_sample(person: Person) -> None:
    person.click_button("Open the sample")
    person.until(lambda: person.window.desk.workspace)
    person.settle()
    assert "Decent work programme" in person.window.windowTitle()


def go_to_the_source(person: Person) -> None:
    pane = person.coding.sources
    line = next(line for line in pane.model.sources() if (known := pane.model.line(line)) and known.label == SOURCE)
    person.click_row(pane.view, pane.model.index_of(line))
    person.until(lambda: person.source() == SOURCE)


def code_of(person: Person, name: str) -> QModelIndex:
    model: CodesModel = person.coding.codebook.model
    return next(model.index_of(key) for key in model.all_keys() if (code := model.code(key)) and code.name == name)


def select_with_the_mouse(person: Person, words: str) -> None:
    person.wheel_to(words)
    start = person.coding.text.text.index(words)
    port = person.coding.text.editor.viewport()
    person.drag(port, person.point_in_text(start), person.point_in_text(start + len(words)))
    assert person.selected() == words


def code_three_passages(person: Person) -> list[tuple[str, str]]:
    select_with_the_mouse(person, FIRST[1])
    person.click_row(person.coding.codebook.view, code_of(person, FIRST[0]))
    person.until(lambda: len(person.mine()) == 1)
    # The caret stands in the sentence: without a selection the button takes it whole.
    port = person.coding.text.editor.viewport()
    person.click(port, person.point_in_text(person.coding.text.text.index("got it a year")))
    person.click_button("Apply code")
    assert person.selected() == SECOND[1]
    choose_in_picker(person, SECOND[0])
    person.until(lambda: len(person.mine()) == 2)
    third = select_a_paragraph(person, "There is a man in Osh")
    person.click(port, person.point_in_text(person.coding.text.caret() - 20), RIGHT)
    person.picture("menu")
    assert person.selected() == third
    person.choose("Apply code")
    choose_in_picker(person, THIRD)
    person.until(lambda: len(person.mine()) == 3)
    made = [FIRST, SECOND, (THIRD, third)]
    assert sorted(kept[:2] for kept in person.kept(SOURCE)) == sorted(made)
    person.coding.text.stripes.repaint()
    assert {one.uuid for one in person.mine()} <= {stripe.uuid for stripe in person.coding.text.stripes.shown}
    person.picture("coded")
    return made


def choose_in_picker(person: Person, name: str) -> None:
    picker = person.coding.picker
    assert picker.isVisible()
    row = next(row for row, offer in enumerate(picker.model.offers) if offer.code and offer.code.name == name)
    person.click_row(picker.list, picker.model.index_at(row))
    assert not picker.isVisible()


def select_a_paragraph(person: Person, beginning: str) -> str:
    """Click in the gutter beside it."""
    person.wheel_to(beginning)
    gutter = person.coding.text.gutter
    middle = person.point_in_text(person.coding.text.text.index(beginning)).y()
    person.click(gutter, QPoint(gutter.width() // 2, middle))
    assert person.selected().startswith(beginning)
    assert len(person.selected()) > 300
    return person.selected()


def write_a_memo(person: Person, made: list[tuple[str, str]]) -> str:
    """With nothing to type on, a memo is what was copied: the ID of another coding."""
    screen = person.coding
    first = next(one for one in person.mine() if screen.codes.name(one.code) == made[0][0])
    click_stripe(person, first.uuid)
    person.until(lambda: screen.inspector.coding == first.uuid)
    person.click(screen.inspector.short_id)
    assert QGuiApplication.clipboard().text() == first.short_id
    last = next(one for one in person.mine() if screen.codes.name(one.code) == made[2][0])
    click_stripe(person, last.uuid, double=True)
    assert screen.inspector.memo.hasFocus()
    person.click(screen.inspector.memo.viewport(), button=RIGHT)
    person.choose("Paste")
    assert screen.inspector.memo.toPlainText() == first.short_id
    person.click(screen.text.editor.viewport(), QPoint(40, 40))
    person.until(lambda: (*made[2], first.short_id) in person.kept(SOURCE))
    person.picture("memo")
    return first.short_id


def click_stripe(person: Person, uuid: str, *, double: bool = False) -> None:
    stripes = person.coding.text.stripes
    stripes.repaint()
    stripe = next(one for one in stripes.shown if one.uuid == uuid)
    (person.double_click if double else person.click)(stripes, QPoint(round(stripe.x) + 2, round(stripe.top + stripe.bottom) // 2))


def undo_and_redo(person: Person, made: list[tuple[str, str]], memo: str) -> None:
    for name, memos, count in (("Undo", 0, 3), ("Undo", 0, 2), ("Redo", 0, 3), ("Redo", 1, 3)):
        words = person.window.actions_made.qt(f"edit.{name.lower()}").text()
        assert words.startswith(f"{name}: ")
        # The toolbar's; the status bar offers the same for a while.
        person.click_button(words, person.window.bar)
        person.until(lambda count=count: len(person.mine()) == count)
        person.until(lambda memos=memos: [kept[2] for kept in person.kept(SOURCE)].count(memo) == memos)
        person.settle()
        assert len(person.kept(SOURCE)) == count
    assert sorted(kept[:2] for kept in person.kept(SOURCE)) == sorted(made)


def go_to_the_cell(person: Person) -> None:
    person.click_button("Matrix")
    matrix = person.matrix
    person.until(lambda: matrix.model.rowCount() and not matrix.is_busy)
    row = next(row for row in range(matrix.model.rowCount()) if matrix.model.index(row, 0).data() == SECOND[0])
    heads = [matrix.model.headerData(column, Qt.Orientation.Horizontal) for column in range(matrix.model.columnCount())]
    person.click_row(matrix.grid.middle, matrix.model.index(row, heads.index("Kyrgyzstan")))
    person.until(lambda: not matrix.is_busy)
    assert matrix.grid.current.row() == row
    assert SECOND[1] in [one.quote.quote for one in matrix.drill_down.model.quotes]
    person.picture("matrix")


def go_to_the_place(person: Person) -> None:
    pane = person.matrix.drill_down
    row = next(row for row, one in enumerate(pane.model.quotes) if one.quote.quote == SECOND[1])
    person.click_row(pane.list, pane.model.index(row, 0), double=True)
    person.until(lambda: person.source() == SOURCE and person.selected() == SECOND[1])
    current = person.coding.acts.current()
    assert current is not None
    assert person.coding.codes.name(current.code) == SECOND[0]
    person.picture("place")


def export(person: Person, target: Path) -> None:
    person.click_button("Matrix")
    person.until(lambda: not person.matrix.is_busy)
    person.click_button("Export")
    person.until(lambda: isinstance(person.window.sheets.sheet, ExportSheet))
    sheet = person.window.sheets.sheet
    assert isinstance(sheet, ExportSheet)
    formats = sheet.findChild(QComboBox)
    assert formats is not None
    person.click(formats)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    listed = popup.findChild(QListView)
    assert listed is not None
    person.click_row(listed, formats.model().index(formats.findData("html"), 0))
    assert sheet.kind == "html"
    person.click_button("Choose the file")
    person.picture("export")
    person.click(next(each for each in sheet.findChildren(QPushButton) if each.text() == "Export"))
    person.until(lambda: person.window.strips.messages())
    person.settle()
    assert person.window.sheets.sheet is None
    assert person.window.strips.messages()[0].text.startswith(f"{target.name} was written")
    assert SECOND[1] in target.read_text(encoding="utf-8")
    person.picture("exported")


def test_mouse_only(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "synthesis.html"
    # The system's own dialog is not the program's.
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    open_the_sample(person)
    go_to_the_source(person)
    made = code_three_passages(person)
    memo = write_a_memo(person, made)
    undo_and_redo(person, made, memo)
    go_to_the_cell(person)
    go_to_the_place(person)
    export(person, target)
    assert check_project(person.project) == []
    assert QApplication.activePopupWidget() is None
