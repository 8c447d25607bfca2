"""What the picker says before a second code of a name is made."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.screens.coding.driver import CTRL, Driver

WORDS = "Nobody had asked us before."


def _names(driver: Driver) -> list[str]:
    return [code.name for code in driver.screen.codes.codes.values()]


def _name_an_existing_one(driver: Driver) -> None:
    driver.caret_at(WORDS)
    driver.key(Qt.Key.Key_Space)
    driver.type("late money")
    driver.pick(Qt.Key.Key_Return, CTRL)


def test_a_name_that_is_there_is_told_first_and_enter_uses_it(driver: Driver) -> None:
    _name_an_existing_one(driver)
    picker = driver.screen.picker
    assert picker.isVisible()
    assert picker.notice.text() == "There is Late money under Constraints: Enter uses it, Ctrl+Enter once more makes another."
    assert not picker.notice.isHidden()
    driver.pick(Qt.Key.Key_Return)
    driver.until(lambda: ("Late money", WORDS) in driver.made())
    assert _names(driver).count("Late money") == 1
    assert "late money" not in _names(driver)


def test_ctrl_enter_once_more_makes_another_of_the_name(driver: Driver) -> None:
    before = _names(driver)
    _name_an_existing_one(driver)
    assert _names(driver) == before
    driver.pick(Qt.Key.Key_Return, CTRL)
    driver.until(lambda: ("late money", WORDS) in driver.made())
    assert len(_names(driver)) == len(before) + 1


def test_another_letter_takes_the_notice_back(driver: Driver) -> None:
    _name_an_existing_one(driver)
    driver.type("!")
    assert driver.screen.picker.notice.isHidden()
    driver.pick(Qt.Key.Key_Backspace)
    driver.pick(Qt.Key.Key_Return, CTRL)
    assert driver.screen.picker.isVisible()
    assert not driver.screen.picker.notice.isHidden()


@pytest.mark.parametrize("name", ["Transport > rural", "<b>bold</b>"])
def test_a_name_that_is_refused_stays_to_be_mended(driver: Driver, name: str) -> None:
    driver.caret_at(WORDS)
    driver.key(Qt.Key.Key_Space)
    picker = driver.screen.picker
    picker.field.setText(name)
    driver.pick(Qt.Key.Key_Return, CTRL)
    assert picker.isVisible()
    assert "code name" in picker.notice.text()
    assert picker.field.text() == name
    picker.field.setText("Transport")
    driver.pick(Qt.Key.Key_Return, CTRL)
    driver.until(lambda: ("Transport", WORDS) in driver.made())
    assert not picker.isVisible()
