"""The lists beside the text follow what is shown, and a filter gives way to where one goes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.screens.coding.driver import Driver
from ui.screens.coding.key_tree import KEY
from ui.workspace import Place


def marked(pane: object) -> str:
    return str(pane.view.currentIndex().data(KEY))  # type: ignore[attr-defined]


def line_of(driver: Driver, label: str) -> str:
    return next(line.uuid for line in driver.screen.source_list.lines if line.label == label)


def test_a_quotes_place_is_marked_in_both_lists_and_clears_their_filters(driver: Driver) -> None:
    screen = driver.screen
    for pane, words in ((screen.sources, "kgz"), (screen.codebook, "late")):
        pane.field.setText(words)
        pane.filter_now()
    screen.sources._statuses.button(3).click()
    source = line_of(driver, "TJK01")
    screen.show_place(Place(source, 0, 34))
    assert marked(screen.sources) == source
    assert marked(screen.codebook) == driver.code("Technical expertise")
    assert [screen.sources.field.text(), screen.codebook.field.text(), screen.sources.status] == ["", "", None]


def test_a_filter_stays_while_one_goes_to_what_it_lets_through(driver: Driver) -> None:
    screen = driver.screen
    for pane, words in ((screen.sources, "kgz"), (screen.codebook, "part")):
        pane.field.setText(words)
        pane.filter_now()
    screen.show_place(Place(line_of(driver, "KGZ02"), 0, 43))
    assert marked(screen.codebook) == driver.code("Participation")
    assert [screen.sources.field.text(), screen.codebook.field.text()] == ["kgz", "part"]


def test_a_source_gone_to_by_name_leaves_the_whole_list(driver: Driver) -> None:
    screen = driver.screen
    screen.filter_sources()
    QTest.keyClicks(screen.sources.field, "uzb")
    QTest.keyClick(screen.sources.field, Qt.Key.Key_Return)
    assert screen.document is not None
    assert screen.document.source.label == "UZB01"
    assert screen.sources.field.text() == ""
    assert len(screen.sources.model.sources()) == 4
    assert marked(screen.sources) == screen.document.source.uuid


def test_folded_groups_stay_folded_and_a_row_filtered_away_is_marked_again(driver: Driver) -> None:
    pane = driver.screen.codebook
    pane.show_current(driver.code("Late money"))
    pane.view.collapse(pane.model.index_of(driver.code("Success factors")))
    for words, rows in (("", 6), ("turnover", 2), ("", 6)):
        pane.field.setText(words)
        pane.filter_now()
        assert len(pane.model.all_keys()) == rows
    assert marked(pane) == driver.code("Late money")


def test_only_the_line_whose_number_changed_is_painted_anew(driver: Driver) -> None:
    touched: list[str] = []
    driver.screen.sources.model.dataChanged.connect(lambda first, last, *_: touched.append(str(first.data(KEY))))
    driver.caret_at("Nobody")
    driver.screen.acts.apply(driver.code("Late money"))
    driver.until(lambda: bool(touched))
    assert touched == [line_of(driver, "KGZ02")]
