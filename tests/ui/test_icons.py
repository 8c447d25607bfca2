from __future__ import annotations

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from qcode.errors import BugError
from qcode.resources import resource
from ui.icons import icon, keep_icon, pixmap
from ui.theme import Mode, Theme

NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))



@pytest.mark.parametrize("name", NAMES)
def test_each_icon_is_drawn_in_the_colour_of_its_role(theme: Theme, name: str) -> None:
    image = pixmap(theme, name, 48, "text").toImage()
    colours = {image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255}
    assert colours == {theme.colour("text").name()}


def test_states_have_their_colours(theme: Theme) -> None:
    made = icon(theme, "tag")
    disabled = made.pixmap(16, QIcon.Mode.Disabled).toImage()
    on = made.pixmap(16, QIcon.Mode.Normal, QIcon.State.On).toImage()
    assert disabled != on


def test_an_icon_follows_the_theme(theme: Theme, qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    keep_icon(theme, button, "tag")
    keep_icon(theme, button, "pin", 20)
    before = button.icon().pixmap(20).toImage()
    theme.set_mode(Mode.DARK)
    assert button.icon().pixmap(20).toImage() != before
    assert button.iconSize().width() == 20


def test_an_unknown_icon_is_a_bug(theme: Theme) -> None:
    with pytest.raises(BugError):
        pixmap(theme, "no-such-icon")
