"""What is dragged between the panes, and the ends of stripes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QHelpEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QTreeView
from pytestqt.qtbot import QtBot

from qcode.model.span import Span
from qcode.operations.cases import create_case
from qcode.operations.codings import apply_code
from qcode.store.content import content_hash
from tests.ui.screens.coding.driver import ALT, CTRL, NONE, Driver, drop
from ui.screens.coding.mime import CODE, CODING, PASSAGE, SOURCE

LEFT = Qt.MouseButton.LeftButton


def carrying(kind: str, uuid: str) -> QMimeData:
    data = QMimeData()
    data.setData(kind, QByteArray(uuid.encode()))
    return data


def participation(driver: Driver) -> str:
    return next(one.uuid for one in driver.codings if driver.screen.codes.name(one.code) == "Participation")


def point_at(driver: Driver, words: str) -> QPoint:
    """Where a passage of the text begins, in pixels of the viewport."""
    text = driver.screen.text
    cursor = QTextCursor(text.editor.document())
    cursor.setPosition(text.shown.positions.to_units(text.text.index(words)))
    return text.editor.cursorRect(cursor).center()


@pytest.mark.parametrize(("modifiers", "words"), [(NONE, "They came to us before the law"), (ALT, "They came to us before the la")])
def test_an_end_is_dragged_by_words_and_with_alt_by_letters(driver: Driver, modifiers: Qt.KeyboardModifier, words: str) -> None:
    text = driver.screen.text
    driver.screen.selected.go_to(participation(driver))
    text.grab()
    stripe = next(one for one in text.stripes.shown if one.uuid == participation(driver))
    begin = QPointF(stripe.x + 2, stripe.bottom)
    end = QPointF(text.stripes.mapFromGlobal(text.editor.viewport().mapToGlobal(point_at(driver, "w was written"))))
    for kind, place, held in (
        (QEvent.Type.MouseButtonPress, begin, LEFT),
        (QEvent.Type.MouseMove, end, LEFT),
        (QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.NoButton),
    ):
        where = text.stripes.mapToGlobal(place)
        QApplication.sendEvent(text.stripes, QMouseEvent(kind, place, where, LEFT, held, modifiers))
    driver.until(lambda: ("Participation", words) in driver.made())


def test_a_stripe_drawn_away_is_dragged_as_its_coding(driver: Driver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    carried = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, *_: carried.append(bytes(drag.mimeData().data(CODING).data()).decode()))
    stripes = driver.screen.text.stripes
    driver.screen.text.grab()
    stripe = next(one for one in stripes.shown if one.uuid == participation(driver))
    middle = QPoint(int(stripe.x) + 2, int(stripe.top + stripe.bottom) // 2)
    qtbot.mousePress(stripes, LEFT, pos=middle)
    for far in (1, 40):
        move = QPointF(middle + QPoint(far, 0))
        QApplication.sendEvent(stripes, QMouseEvent(QEvent.Type.MouseMove, move, stripes.mapToGlobal(move), LEFT, LEFT, NONE))
        assert carried == ([participation(driver)] if far > 1 else [])


@pytest.mark.parametrize("modifiers", [NONE, CTRL])
def test_a_stripe_dropped_on_a_code_becomes_one_of_it_and_with_ctrl_one_more(driver: Driver, modifiers: Qt.KeyboardModifier) -> None:
    view, words = driver.screen.codebook.view, "They came to us before the law was written."
    index = driver.screen.codebook.model.index_of(driver.code("Staff turnover"))
    assert drop(view.viewport(), carrying(CODING, participation(driver)), view.visualRect(index).center(), modifiers)
    driver.until(lambda: ("Staff turnover", words) in driver.made())
    assert (("Participation", words) in driver.made()) is (modifiers == CTRL)
    assert "Staff turnover" in driver.told[-1]
    driver.screen.project.undo()
    driver.until(lambda: ("Participation", words) in driver.made() and ("Staff turnover", words) not in driver.made())


def test_a_source_is_dropped_on_another_country_and_undone(driver: Driver) -> None:
    screen, view = driver.screen, driver.screen.sources.view
    source = screen.document.source.uuid
    with screen.project.reading() as db:
        before = content_hash(db)
    beside = next(line for line in screen.source_list.lines if line.label == "KGZ01")
    there = next(line for line in screen.source_list.lines if line.label == "UZB01")
    assert not drop(view.viewport(), carrying(SOURCE, source), view.visualRect(screen.sources.model.index_of(beside.uuid)).center())
    assert drop(view.viewport(), carrying(SOURCE, source), view.visualRect(screen.sources.model.index_of(there.uuid)).center())
    driver.until(lambda: (line := screen.source_list.line(source)) is not None and line.group == "Uzbekistan")
    assert screen.sources.view.currentIndex().data(Qt.ItemDataRole.UserRole) == source
    assert driver.told[-1] == "Moved KGZ02 to Uzbekistan. Ctrl+Z takes it back."
    screen.project.undo()
    driver.until(lambda: (line := screen.source_list.line(source)) is not None and line.group == "Kyrgyzstan")
    with screen.project.reading() as db:
        assert content_hash(db) == before


def test_the_open_source_is_marked_again_when_another_one_was_dragged(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    screen, view = driver.screen, driver.screen.sources.view
    source = screen.document.source.uuid
    other = next(line for line in screen.source_list.lines if line.uuid != source)
    monkeypatch.setattr(QDrag, "exec", lambda *_: Qt.DropAction.IgnoreAction)
    monkeypatch.setattr(QTreeView, "startDrag", lambda *_: None)
    view.setCurrentIndex(screen.sources.model.index_of(other.uuid))
    view.startDrag(Qt.DropAction.CopyAction)
    assert view.currentIndex().data(Qt.ItemDataRole.UserRole) == source


def test_the_keys_move_a_source_to_any_case_at_the_top(driver: Driver) -> None:
    screen = driver.screen
    create_case(screen.project, "Turkmenistan > Ashgabat")
    driver.until(lambda: "Turkmenistan" in screen.source_list.groups)
    screen.do(next(action for action in screen.actions_of() if action.id == "coding.move_source"))
    menu = screen.sources.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan", "No country"]
    assert [action.isChecked() for action in menu.actions()] == [True, False, False, False, False]
    menu.actions()[2].trigger()
    menu.close()
    driver.until(lambda: (line := screen.source_list.line(screen.document.source.uuid)) is not None and line.group == "Turkmenistan")


def test_where_more_codes_lie_than_have_a_line_the_tooltip_names_the_others(driver: Driver) -> None:
    screen = driver.screen
    words, port = "They came to us", screen.text.editor.viewport()
    place = point_at(driver, "came")
    assert screen.text.page.words_at(place) == ""
    for number, name in enumerate(("Late money", "Staff turnover", "Technical expertise")):
        apply_code(screen.project, screen.document.source.uuid, Span(0, len(words) - number), driver.code(name))
    driver.until(lambda: len(driver.codings) == 5)
    QApplication.sendEvent(port, QHelpEvent(QEvent.Type.ToolTip, place, port.mapToGlobal(place)))
    assert QToolTip.text() == "Technical expertise, Staff turnover, Late money\n+1: Participation"
    QToolTip.hideText()


@pytest.mark.parametrize("kind", [CODING, SOURCE, CODE, PASSAGE], ids=["coding", "source", "code", "passage"])
def test_what_is_dragged_in_another_window_is_not_taken(driver: Driver, kind: str) -> None:
    """Another window has another project open: its places are other words here, its names nobody's."""
    screen = driver.screen
    of_another = f"{kind.rpartition('-')[0]}-{'0' * 32}"
    assert of_another != kind
    places = (screen.codebook.view.viewport(), screen.text.editor.viewport(), screen.sources.view.viewport())
    assert not any(drop(place, carrying(of_another, "0 40"), QPoint(30, 60)) for place in places)
