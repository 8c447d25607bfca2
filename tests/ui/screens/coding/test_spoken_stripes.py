"""What a screen reader finds in the column of stripes."""

from __future__ import annotations

import gc

from PySide6.QtGui import QAccessible, QAccessibleInterface

from qcode.model.span import Span
from qcode.operations.codings import apply_code, change_coding
from tests.ui.screens.coding.driver import Driver


def column(driver: Driver) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(driver.screen.text.stripes)
    assert found is not None
    return found


def spoken(driver: Driver) -> list[str]:
    above = column(driver)
    return [above.child(number).text(QAccessible.Text.Name) for number in range(above.childCount())]


def test_each_coding_is_an_entry_of_a_list_in_the_order_of_the_text(driver: Driver) -> None:
    assert column(driver).role() is QAccessible.Role.List
    assert column(driver).text(QAccessible.Text.Name) == "Codings in the margin"
    assert spoken(driver) == [
        "Participation, paragraph 1, by Anna: They came to us before the law was written.",
        "Late money, paragraph 2, by Berik: The money came late. 😀 Very late.",
    ]
    first = column(driver).child(0)
    assert first.role() is QAccessible.Role.ListItem
    assert column(driver).indexOfChild(first) == 0
    assert first.parent().text(QAccessible.Text.Name) == "Codings in the margin"


def test_entries_follow_what_is_coded_and_selected_and_where_it_is(driver: Driver) -> None:
    screen = driver.screen
    screen.grab()
    last = column(driver).child(1)
    screen.selected.go_to(driver.codings[0].uuid)
    first = column(driver).child(0)
    assert (first.state().selected, last.state().selected, first.state().offscreen) == (1, 0, 0)
    stripe = next(one for one in screen.text.stripes.shown if one.uuid == driver.codings[0].uuid)
    assert first.rect().contains(screen.text.stripes.mapToGlobal(stripe.rect(5).center()).toPoint())
    change_coding(screen.project, driver.codings[0].uuid, memo="By telephone.")
    apply_code(screen.project, screen.document.source.uuid, Span(0, 4), driver.code("Late money"))
    driver.until(lambda: len(driver.codings) == 3)
    gc.collect()
    assert spoken(driver)[0] == "Late money, paragraph 1, by Anna: They"
    assert first.text(QAccessible.Text.Description) == "By telephone."
    driver.open("TJK01")
    gc.collect()
    assert not first.isValid()
    assert first.text(QAccessible.Text.Name) == ""
    assert column(driver).childCount() == 1
