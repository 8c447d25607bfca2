"""Which coding and which passage an act means: a place's own coding, never one that is hidden, never one of an act that was left."""

from __future__ import annotations

from PySide6.QtCore import Qt

from qcode.operations.codings import apply_code
from tests.ui.screens.coding.driver import Driver
from ui.screens.coding.toolbar import Shows
from ui.workspace import Place


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
