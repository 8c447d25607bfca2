from __future__ import annotations

import pytest

from qcode.text.chips import chip, cited_in, pieces_of, with_ids, with_uuids

ONE = "01811e5b-7840-7f28-9fb1-7c2390c192cf"
TWO = "01811e60-0c20-7a0a-a170-b33839263059"


def test_each_coding_is_cited_once_in_the_order_of_the_text() -> None:
    assert cited_in(f"b [#{TWO}], a [#{ONE}], b again [#{TWO}], no [#K-14], no {ONE}") == (TWO, ONE)


def test_shown_by_id_and_typed_back_it_is_the_same() -> None:
    stored = f"Late [#{ONE}], and [late] again [#{TWO}]."
    ids = {ONE: "KGZ07-Q7F3KD", TWO: "K-14"}
    shown = with_ids(stored, ids)
    assert shown == "Late [#KGZ07-Q7F3KD], and [late] again [#K-14]."
    assert with_uuids(shown, {name: key for key, name in ids.items()}.__getitem__) == stored


def test_a_coding_without_an_id_keeps_its_uuid() -> None:
    assert with_ids(f"[#{ONE}]", {}) == f"[#{ONE}]"


def test_an_id_that_nobody_has_is_said_by_whoever_knows() -> None:
    with pytest.raises(KeyError):
        with_uuids("[#K-14]", {}.__getitem__)


def test_blanks_around_an_id_do_not_count() -> None:
    assert with_uuids("[# K-14 ]", {"K-14": ONE}.__getitem__) == chip(ONE)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("no chip", [("no chip", "")]),
        ("[#A]", [("[#A]", "A")]),
        ("x [#A][#B] y", [("x ", ""), ("[#A]", "A"), ("[#B]", "B"), (" y", "")]),
        ("[#A\n] [[#B]]", [("[#A\n] [", ""), ("[#B]", "B"), ("]", "")]),
    ],
)
def test_the_pieces_of_a_text_are_the_text(text: str, pieces: list[tuple[str, str]]) -> None:
    assert list(pieces_of(text)) == pieces
    assert "".join(piece for piece, _ in pieces) == text
