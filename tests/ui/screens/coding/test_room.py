"""Words keep their room in narrow panes, beside long titles, and where a filter leaves nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qcode.model.reading import ReadingStatus
from qcode.views.coding_document import CodingDocument
from tests.ui.screens.coding.driver import Driver
from ui.screens.coding.document_head import DocumentHead
from ui.screens.coding.inspector import QuoteLines
from ui.theme import Theme

LONG = "A title that goes on for longer than any window of this size has room for, and then for some words more"


def _document(driver: Driver) -> CodingDocument:
    assert driver.screen.document is not None
    return driver.screen.document


def test_the_quote_is_whole_when_its_pane_becomes_narrow(theme: Theme, qtbot: QtBot) -> None:
    pane, quote = QWidget(), QuoteLines(theme)
    qtbot.addWidget(pane)
    column = QVBoxLayout(pane)
    column.addWidget(quote)
    column.addWidget(QPlainTextEdit(), 1)
    quote.show_quote("Nobody had asked us before the law was written. " * 2, "Gold")
    pane.resize(500, 400)
    pane.show()
    pane.resize(240, 400)
    QApplication.processEvents()
    assert quote.heightForWidth(quote.width()) > quote.heightForWidth(500)
    assert quote.height() == quote.heightForWidth(quote.width())


def test_a_label_stays_whole_beside_a_long_title_at_twice_the_size(driver: Driver, theme: Theme) -> None:
    head, document = driver.screen.head, _document(driver)
    titled = replace(document.source, title=LONG)
    document.source = titled
    head.show_document(document)
    theme.set_scale(2.0)
    driver.screen.resize(1128, 600)
    QApplication.processEvents()
    assert head.label.width() >= head.label.fontMetrics().horizontalAdvance("KGZ02")
    assert head.title.width() < head.title.fontMetrics().horizontalAdvance(LONG)


def test_the_permission_begins_at_the_edge_when_there_are_no_attributes(driver: Driver) -> None:
    head = driver.screen.head
    assert isinstance(head, DocumentHead)
    assert head.facts.isHidden()
    QApplication.processEvents()
    assert head.permission.text() == "permission unknown"
    # The icon stands between the edge and the words.
    assert head.permission.x() - head.label.x() <= 24


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ("zebra", None, "The filter shows sources with “zebra”."),
        ("", ReadingStatus.FINISHED, "The filter shows sources by status: finished."),
        ("zebra", ReadingStatus.UNREAD, "The filter shows sources with “zebra”, not read."),
    ],
)
def test_no_sources_says_which_filter_hides_them(driver: Driver, words: str, status: ReadingStatus | None, said: str) -> None:
    pane = driver.screen.sources
    statuses = (None, ReadingStatus.UNREAD, ReadingStatus.READING, ReadingStatus.FINISHED)
    pane._statuses.button(statuses.index(status)).click()
    QTest.keyClicks(pane.field, words)
    QTest.keyClick(pane.field, Qt.Key.Key_Return)
    pane.filter_now()
    assert pane.nothing.isVisible()
    assert pane.nothing.words.text() == said


def test_the_glass_in_a_filter_grows_with_the_interface(driver: Driver, theme: Theme) -> None:
    before = driver.screen.sources.field.textMargins().left()
    assert before > 0
    theme.set_scale(2.0)
    assert driver.screen.sources.field.textMargins().left() == 2 * before


def test_an_id_chip_is_as_wide_as_its_words(driver: Driver) -> None:
    driver.caret_at("before the law")
    chip = driver.screen.inspector.short_id
    driver.until(lambda: bool(chip.text()))
    assert 0 < chip.sizeHint().width() - chip.fontMetrics().horizontalAdvance(chip.text()) <= 14
