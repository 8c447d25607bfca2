from __future__ import annotations

import pytest

from qcode.text.ranking import Match, rank_names

NAMES = ["Return migration", "Staff turnover", "Turn", "Turning point", "Ёлка", "Monitoring"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("turn", ["Turn", "Turning point", "Staff turnover", "Return migration"]),
        ("ELKA".translate(str.maketrans("ELKA", "елка")), ["Ёлка"]),
        ("monitring", ["Monitoring"]),
        ("zz", []),
    ],
)
def test_the_nearest_answer_comes_first(typed: str, found: list[str]) -> None:
    assert [NAMES[one.index] for one in rank_names(typed, NAMES)] == found


def test_the_typed_letters_are_marked_and_blank_gives_all_as_they_stand() -> None:
    (first, *_) = rank_names("turnov", NAMES)
    assert (first.match, NAMES[first.index][first.start : first.end]) == (Match.WORD_PREFIX, "turnov")
    assert [one.index for one in rank_names("  ", NAMES)] == list(range(len(NAMES)))
