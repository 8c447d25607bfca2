from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.text_positions import TextPositions

TEXTS = st.text(st.sampled_from("aя\u0301\u2028\u00a0😀𝔸\n👩‍🌾é"), max_size=40)


def units_before(text: str, position: int) -> int:
    return len(text[:position].encode("utf-16-le")) // 2


@given(TEXTS)
def test_every_place_goes_there_and_back(text: str) -> None:
    positions = TextPositions(text)
    for position in range(len(text) + 1):
        unit = positions.to_units(position)
        assert unit == units_before(text, position)
        assert positions.to_characters(unit) == position
    assert positions.units == units_before(text, len(text))


@given(TEXTS)
def test_order_is_kept_and_a_halved_character_is_the_one_it_belongs_to(text: str) -> None:
    positions = TextPositions(text)
    found = [positions.to_characters(unit) for unit in range(positions.units + 1)]
    assert found == sorted(found)
    owners = [place for place, letter in enumerate(text) for _ in range(len(letter.encode("utf-16-le")) // 2)]
    assert found == [*owners, len(text)]


@pytest.mark.parametrize(("text", "position", "unit"), [("a😀b", 2, 3), ("ab", 2, 2), ("", 0, 0), ("😀", 1, 2)])
def test_examples(text: str, position: int, unit: int) -> None:
    assert TextPositions(text).to_units(position) == unit
