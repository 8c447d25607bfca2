"""How strongly a cell is coloured: fixed steps, so that two tables can be compared."""

from __future__ import annotations

from functools import cache
from typing import Any

from qcode.exchange.exporters.assets import read_json
from qcode.exchange.exporters.wording import SEPARATOR
from qcode.model.matrix import Cell, Measure, Presence, Row
from qcode.model.strength import PRESET

COUNT_STEPS = (1, 5, 9, 13)
SHARE_STEPS = (0.0, 0.01, 0.05, 0.1)
COUNT_WORDS = ("1–4", "5–8", "9–12", "13+")
SHARE_WORDS = ("up to 1 %", "up to 5 %", "up to 10 %", "over 10 %")


def colours() -> dict[str, Any]:
    """The report's colours by role, as '#RRGGBB'; 'heat_pos' and 'heat_neg' are lists of five, step 0 first."""
    return read_json("colours.json")


def step_of(cell: Cell, measure: Measure) -> int:
    """0 (paper) to 4 (13 and more, or over a tenth of the text); presence has one step, strength 1 (contested) to 4."""
    if cell.presence is not Presence.FOUND:
        return 0
    if measure is Measure.PRESENCE:
        return 2
    if measure is Measure.STRENGTH:
        return min(cell.strength.rank, 4) if cell.strength else 0
    value = float(cell.value(measure))
    if measure is Measure.COVERAGE:
        return sum(value > step for step in SHARE_STEPS)
    return sum(value >= step for step in COUNT_STEPS)


def step_words(measure: Measure) -> tuple[str, ...]:
    """What each of the four steps stands for; empty for presence."""
    match measure:
        case Measure.PRESENCE:
            return ()
        case Measure.COVERAGE:
            return SHARE_WORDS
        case Measure.STRENGTH:
            return PRESET.names
        case _:
            return COUNT_WORDS


def tone_of(row: Row) -> str:
    """'neg' for a code that is, or stands under, something that hinders (by the word list), else 'pos'."""
    for part in row.path.casefold().split(SEPARATOR):
        if any(word.startswith(_hindering()) for word in part.split()):
            return "neg"
    return "pos"


@cache
def _hindering() -> tuple[str, ...]:
    stems = read_json("hindering.json")
    return tuple(stem for language in sorted(stems) for stem in stems[language])
