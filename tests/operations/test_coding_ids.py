from __future__ import annotations

import pytest

from qcode.errors import UserError
from qcode.operations.coding_ids import CodingIds

KEY, OTHER, THIRD = (f"01811e4a-fd80-7893-923f-0824128b2f3{digit}" for digit in "123")


def test_the_exact_form_comes_before_another_case() -> None:
    known = CodingIds([(KEY, "K-ABCDEF", "a1"), (OTHER, "K-GHJKLM", "A1")])
    assert [known.find(written) for written in ("a1", "A1", "k-abcdef", KEY.upper(), "")] == [KEY, OTHER, KEY, KEY, None]


def test_one_that_names_several_is_refused() -> None:
    known = CodingIds([(KEY, "K-ABCDEF", "ab1"), (OTHER, "K-GHJKLM", "AB1"), (THIRD, "K-ABCDEFG", "")])
    with pytest.raises(UserError, match="names several codings"):
        known.find("Ab1")
    assert known.find("K-ABCDEF") == KEY, "a whole ID is not the short form of a longer one"


def test_the_six_letters_of_a_longer_id_open_it_and_its_end_alone_does_not() -> None:
    known = CodingIds([(KEY, "K-ABCDEFG", "")])
    assert known.find("K-ABCDEF") == KEY
    with pytest.raises(UserError, match="only the end of the ID K-ABCDEFG"):
        known.find("abcdefg")


def test_a_new_coding_keeps_an_id_of_the_right_form_and_is_known_from_then_on() -> None:
    known = CodingIds([])
    assert known.name(KEY, "K-ABCDEF ", "L") == {"short_id": "K-ABCDEF"}
    fields = known.name(OTHER, " mine 1", "L")
    assert fields["imported_id"] == "mine 1"
    assert fields["short_id"].startswith("L-")
    assert [known.find(written) for written in ("K-ABCDEF", "MINE 1")] == [KEY, OTHER]
