"""Sizes of the window's parts in logical pixels at 100 %, and the type scale; `Theme.px` turns them into pixels of this window."""

from __future__ import annotations

from dataclasses import dataclass

RAIL = 76
RAIL_BUTTON = (68, 52)
SCREEN_TOOLBAR = 44
PANE_HEADER = 36
STATUS_BAR = 26
TREE_ROW = 26
LIST_ROW = 28
TWO_LINE_ROW = 44
MATRIX_ROW = 45
MATRIX_HEAD = 58
MATRIX_GROUP = 28
BUTTON = 28
BUTTON_SMALL = 24
FIELD = 28
CHIP = 22
STRIPE = 5
STRIPE_PITCH = 11
STRIPE_AREA = 184
STRIPE_AREA_LEAST = 60
STRIPE_LABEL_PITCH = 17
DOCUMENT_CHARACTERS = (66, 76)
DOCUMENT_LEFT = 20
PANE_LEFT = 264
PANE_RIGHT = 308
PANE_COLLAPSES = 180
DRILL_DOWN = 384
SPLITTER = 7
LEAST_WINDOW = (1024, 680)
RADIUS_CONTROL = 4
RADIUS_CARD = 6
RADIUS_CHIP = 3
PANE_PADDING = 12


@dataclass(frozen=True, slots=True)
class Type:
    """One step of the type scale: pixel size, line height, weight (400-600), and which of the three families."""

    size: int
    line: int
    weight: int = 400
    family: str = "ui"


TITLE = Type(20, 28, 600)
SCREEN = Type(15, 20, 600)
BODY = Type(13, 18)
SMALL = Type(12, 16)
LABEL = Type(11, 14, 500)
METRIC = Type(22, 28, 600)
SHORT_ID = Type(11, 16, 500, "mono")
QUOTE = Type(14, 20, 400, "doc")
DOCUMENT = Type(16, 26, 400, "doc")
DOCUMENT_QUESTION = Type(13, 22, 500)
