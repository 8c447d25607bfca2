from __future__ import annotations

import pytest

from qcode.errors import UserError
from qcode.model.paths import checked_name


@pytest.mark.parametrize("name", ["Staff turnover", " Кыргызстан ", "Ёлка 🙂", "क्षि", "x" * 200, "👩\u200d👩\u200d👧", "\u200fعربي"])
def test_names_people_write_are_names(name: str) -> None:
    assert checked_name(name, "code") == name.strip()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "needs a name"),
        ("  ", "needs a name"),
        ("\u200b", "needs a name"),
        ("\u200d\ufe0f", "needs a name"),
        ("\u0301", "needs a name"),
        ("a > b", "holds '>'"),
        ("a\nb", "on one line"),
        ("a\x07", "control character"),
        ("a\x7f", "control character"),
        ("a\x9b", "control character"),
        ("a\udce9", "control character"),
        ("x" * 201, "has 201 letters: keep it within 200"),
    ],
)
def test_what_nobody_could_read_is_none(name: str, why: str) -> None:
    with pytest.raises(UserError, match=why):
        checked_name(name, "code")
