from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from ui.screens.coding.wrapping import in_few_lines, without_middle
from ui.theme import Theme

WORDS = "Nobody had asked us before the law was written, and nobody came afterwards. "


@pytest.fixture
def font(theme: Theme) -> QFont:
    return QFont("Inter", 10)


def test_what_fits_stays_whole(font: QFont) -> None:
    assert " ".join(in_few_lines(WORDS.strip(), font, 300, 4)) == WORDS.strip()


@pytest.mark.parametrize("times", [10, 20_000])
@pytest.mark.parametrize("blank", [" ", ""])
def test_of_what_is_too_long_the_middle_goes_however_long_it_is(font: QFont, times: int, blank: str) -> None:
    words = ("First " + WORDS * times + " last.").replace(" ", blank)
    lines = in_few_lines(words, font, 200, 4)
    assert 3 <= len(lines) <= 4
    assert lines[0].startswith("First")
    assert lines[-1].endswith("last.")
    assert "…" in " ".join(lines)
    assert all(QFontMetricsF(font).horizontalAdvance(line) <= 201 for line in lines)


def test_only_what_can_be_seen_is_laid_out(font: QFont, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("ui.screens.coding.wrapping.wrapped", lambda words, *_: (asked.append(len(words)), ("x" * 50,) * 5)[1])
    in_few_lines(WORDS * 20_000, font, 200, 4)
    assert max(asked[1:]) <= 300
    assert len(asked) < 30


def test_the_middle_is_cut_at_blanks() -> None:
    assert without_middle("one two three four five six", 16) == "one two … six"
    assert without_middle("one two", 16) == "one two"
