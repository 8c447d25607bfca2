"""Colours and fonts of the window: tokens from `resources/themes`, light, dark or as the system has it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

from qcode.model.colours import PALETTE
from qcode.resources import resource
from ui.measures import Type

FAMILIES = {
    "ui": ["Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "sans-serif"],
    "doc": ["Source Serif 4", "Georgia", "Noto Serif", "serif"],
    "mono": ["DejaVu Sans Mono", "Consolas", "Menlo", "monospace"],
}
_ROLE_OF = {
    QPalette.ColorRole.Window: "chrome",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "paper",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "field",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.Highlight: "doc_selection",
    QPalette.ColorRole.PlaceholderText: "text_faint",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line_strong",
    QPalette.ColorRole.Accent: "accent",
}


class Mode(StrEnum):
    """Which theme the user chose."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class CodeColours:
    """How one code colour is shown: `solid` for swatch and stripe, `ink` for text on it, `wash` behind text, `wash_overlap` where
    several codings meet."""

    solid: QColor
    ink: QColor
    wash: QColor
    wash_overlap: QColor


class Theme(QObject):
    """The theme of the window; made once by the application and given to every screen.

    `changed` is emitted when colours or sizes are other ones: whoever paints drops what it kept and paints again.
    """

    changed = Signal()

    def __init__(self, mode: Mode = Mode.SYSTEM, scale: float = 1.0) -> None:
        super().__init__()
        self._mode = mode
        self._scale = scale

    @property
    def name(self) -> str:
        """'light' or 'dark', whichever is shown."""
        if self._mode is not Mode.SYSTEM:
            return self._mode.value
        return "dark" if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"

    def set_mode(self, mode: Mode) -> None:
        """Show another theme."""
        self._mode = mode
        self.changed.emit()

    def set_scale(self, scale: float) -> None:
        """Show the interface at `scale` times its size (1.0-2.0)."""
        self._scale = scale
        self.changed.emit()

    def px(self, measure: float) -> int:
        """A measure of `measures.py` in pixels of this window."""
        return round(measure * self._scale)

    def colour(self, role: str) -> QColor:
        """The colour of a role such as 'panel' or 'text_muted'."""
        return QColor(_tokens(self.name)["roles"][role])

    def heat(self, kind: str, step: int) -> QColor:
        """The ground of a matrix cell: kind 'pos' or 'neg', steps 0 (nothing) to 4."""
        return QColor(_tokens(self.name)["roles"][f"heat_{kind}"][step])

    def code(self, colour: str) -> CodeColours:
        """The colours of a code whose `colour` is a name of the palette, or '#rrggbb', from which they are mixed."""
        if colour in PALETTE:
            named = _tokens(self.name)["codes"][colour]
            return CodeColours(*(QColor(named[part]) for part in ("solid", "ink", "wash", "wash_overlap")))
        solid = QColor(colour or PALETTE["Slate"])
        paper = self.colour("paper")
        shares = (0.26, 0.38) if self.name == "dark" else (0.20, 0.34)
        ink = QColor("#ffffff") if contrast(solid, QColor("#ffffff")) >= contrast(solid, QColor("#111417")) else QColor("#111417")
        return CodeColours(solid, ink, mix(solid, paper, shares[0]), mix(solid, paper, shares[1]))

    def font(self, step: Type, *, figures: bool = False) -> QFont:
        """The font of one step of the type scale, at the size of this window; with `figures` all digits are of one width.

        Not in running text: Inter widens its hyphen as well then ('COVID - 19').
        """
        font = QFont(FAMILIES[step.family])
        font.setPixelSize(self.px(step.size))
        font.setWeight(QFont.Weight(step.weight))
        if figures and step.family == "ui":
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def palette(self) -> QPalette:
        """Qt's palette in this theme."""
        palette = QPalette()
        for role, token in _ROLE_OF.items():
            palette.setColor(role, self.colour(token))
        palette.setColor(QPalette.ColorRole.HighlightedText, QColor("#ffffff"))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("text_disabled"))
        return palette


def mix(colour: QColor, ground: QColor, share: float) -> QColor:
    """`share` (0-1) of `colour` laid over `ground`."""
    parts = ((getattr(colour, part)(), getattr(ground, part)()) for part in ("red", "green", "blue"))
    return QColor(*(round(top * share + below * (1 - share)) for top, below in parts))


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def _tokens(name: str) -> dict[str, dict[str, Any]]:
    tokens: dict[str, dict[str, Any]] = json.loads(resource(f"themes/{name}.json").read_text(encoding="utf-8"))
    return tokens
