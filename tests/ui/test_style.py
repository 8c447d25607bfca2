from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from qcode.model.colours import PALETTE
from ui.style import apply_style, set_look, style_sheet
from ui.theme import Mode, Theme, contrast

GROUNDS = ("chrome", "panel", "paper", "raised", "hover", "row_selected", "field")
TEXTS = ("text", "text_muted", "text_faint")
MARKS = ("accent", "ok", "warn", "bad")
PAIRS = [
    *((text, ground, 4.5) for text in TEXTS for ground in GROUNDS),
    *((mark, ground, 3.0) for mark in MARKS for ground in GROUNDS),
    *((kind, f"{kind}_soft", 4.5) for kind in ("ok", "warn", "bad", "accent")),
    *(("text", f"{kind}_soft", 4.5) for kind in ("ok", "warn", "bad", "accent")),
    ("accent_ink", "accent", 4.5),
    ("accent_ink", "accent_hover", 4.5),
    ("text", "pressed", 4.5),
    ("doc_text", "paper", 4.5),
    ("doc_question", "paper", 4.5),
    ("text", "hatch_bg", 4.5),
    ("focus", "paper", 3.0),
    ("focus", "panel", 3.0),
    ("focus", "chrome", 3.0),
]


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize(("above", "ground", "least"), PAIRS)
def test_every_pair_of_roles_can_be_told_apart(above: str, ground: str, least: float, mode: Mode) -> None:
    theme = Theme(mode)
    assert contrast(theme.colour(above), theme.colour(ground)) >= least


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("name", PALETTE)
def test_every_code_colour_can_be_read(name: str, mode: Mode) -> None:
    theme = Theme(mode)
    colours = theme.code(name)
    assert contrast(colours.ink, colours.solid) >= 4.5
    assert contrast(theme.colour("doc_text"), colours.wash) >= 4.5
    assert contrast(theme.colour("doc_text"), colours.wash_overlap) >= 4.5
    assert contrast(colours.solid, theme.colour("panel")) >= 3.0
    assert contrast(colours.solid, theme.colour("paper")) >= 3.0


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("kind", ["pos", "neg"])
@pytest.mark.parametrize("step", range(5))
def test_numbers_stand_out_on_every_heat(kind: str, step: int, mode: Mode) -> None:
    theme = Theme(mode)
    assert contrast(theme.colour("heat_ink"), theme.heat(kind, step)) >= 4.5


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_sheet_has_no_gap_and_grows(scale: float) -> None:
    sheet = style_sheet(Theme(Mode.LIGHT, scale))
    assert not re.search(r"\$|\[\d+\]px|url\(@", sheet)
    assert f"font-size: {round(15 * scale)}px" in sheet


def test_qt_reads_the_sheet_and_a_look_can_change(qapp: QApplication, theme: Theme, qtbot: QtBot) -> None:
    before = qapp.palette(), qapp.font()
    apply_style(qapp, theme)
    button = QPushButton("Export")
    qtbot.addWidget(button)
    button.show()
    plain = button.grab().toImage().pixelColor(8, 8)
    set_look(button, "primary")
    assert button.grab().toImage().pixelColor(8, 8) == theme.colour("accent") != plain
    qapp.setStyleSheet("")
    qapp.setPalette(before[0])
    qapp.setFont(before[1])
