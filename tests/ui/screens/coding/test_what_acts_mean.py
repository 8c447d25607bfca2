"""Which coding and which passage an act means: a place's own coding, never one that is hidden, never one of an act that was left."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from qcode.model.span import Span
from qcode.operations.codings import apply_code
from tests.ui.screens.coding.driver import SHIFT, Driver
from ui.screens.coding.toolbar import Shows
from ui.workspace import Place

THEY = "They came to us before the law was written."
LATE = "The money came late. 😀 Very late."


def test_a_place_shows_its_own_coding_among_those_on_the_same_words(driver: Driver) -> None:
    screen = driver.screen
    assert screen.document is not None
    source, there = screen.document.source.uuid, next(one for one in driver.codings if screen.codes.name(one.code) == "Participation")
    second = apply_code(screen.project, source, there.span, driver.code("Late money"))
    driver.until(lambda: len(driver.codings) == 3)
    for wanted in (second, there.uuid):
        screen.toolbar._group.button(Shows.MINE).click()
        screen.show_place(Place(source, there.start, there.end, wanted))
        current = screen.acts.current()
        assert current is not None
        assert current.uuid == wanted
    driver.key(Qt.Key.Key_Delete)
    driver.until(lambda: len(driver.codings) == 2)
    assert second in [one.uuid for one in driver.codings]


def test_a_recode_that_was_left_has_no_part_in_what_comes_after(driver: Driver) -> None:
    driver.caret_at("came to us")
    driver.key(Qt.Key.Key_Space, SHIFT)
    driver.pick(Qt.Key.Key_Escape)
    driver.until(lambda: not driver.screen.picker.isVisible())
    start = driver.screen.text.text.index("asked us")
    driver.screen.text.select(Span(start, start + 8))
    driver.key("v")
    driver.until(lambda: ("asked us", "asked us") in driver.made())
    assert ("Participation", THEY) in driver.made()


def test_tab_in_a_recode_adds_the_next_code_to_the_same_passage(driver: Driver) -> None:
    driver.caret_at("came to us")
    driver.screen.inspector.pin.setChecked(True)
    driver.caret_at("Very late")
    driver.screen.inspector.buttons["recode"].click()
    driver.type("late")
    driver.pick(Qt.Key.Key_Tab)
    driver.until(lambda: ("Late money", THEY) in driver.made())
    driver.type("partic")
    driver.pick(Qt.Key.Key_Return)
    driver.until(lambda: ("Participation", THEY) in driver.made())
    assert sorted(driver.made()) == sorted([("Late money", THEY), ("Participation", THEY), ("Late money", LATE)])


def test_what_the_filter_hides_is_not_acted_on(driver: Driver) -> None:
    driver.caret_at("The money")
    assert driver.screen.acts.current() is not None
    driver.screen.toolbar._group.button(Shows.MINE).click()
    driver.key(Qt.Key.Key_Delete)
    assert driver.said[-1] == "The coding here is hidden. Choose All above the text to see it."
    assert driver.screen.inspector.coding == ""
    assert ("Late money", LATE) in driver.made()
    driver.screen.toolbar._group.button(Shows.ALL).click()
    assert driver.screen.acts.current() is not None


def test_an_end_is_left_when_something_else_is_selected_or_opened(driver: Driver) -> None:
    before = driver.made()
    driver.caret_at("came to us")
    driver.key("]")
    driver.key("q")
    assert driver.said[-1].startswith("Arrows move the end")
    driver.key(Qt.Key.Key_Left)
    assert driver.said[-1].startswith("Arrows move the end")
    start = driver.screen.text.text.index("Very")
    driver.screen.text.select(Span(start, start + 4))
    assert not driver.screen.ends.is_taken
    driver.key(Qt.Key.Key_Return)
    assert driver.made() == before
    driver.caret_at("came to us")
    driver.key("]")
    driver.open("TJK01")
    driver.key("l")
    assert driver.words() == "Специалист ответил в тот же вечер."


def test_the_menu_of_the_text_is_in_groups(driver: Driver) -> None:
    driver.caret_at("came to us")
    driver.screen.text.menu_wanted.emit(QPoint(0, 0))
    menu = driver.screen.findChildren(QMenu)[-1]
    words = ["" if one.isSeparator() else one.text().partition("\t")[0] for one in menu.actions()]
    menu.close()
    starts = [words[at + 1] for at, word in enumerate(words) if not word]
    assert starts == ["Select the sentence", "Other code…", "Remove coding", "Go to the inspector"]
