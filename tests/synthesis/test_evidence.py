from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.synthesis.evidence import Seen, decode, encode

ONE, TWO = "01811e5b-7840-7f28-9fb1-7c2390c192cf", "01811e60-0c20-7a0a-a170-b33839263059"
NAMES = st.sampled_from(["a", "b", "c", "ё", 'quote "']) | st.text(max_size=3)
CASES = st.none() | st.lists(NAMES, unique=True, max_size=3).map(lambda cases: tuple(sorted(cases)))
SEEN = st.builds(Seen, NAMES, NAMES, NAMES, st.integers(0, 9), st.integers(10, 99), CASES)
EVIDENCE = st.dictionaries(st.uuids().map(str), SEEN, max_size=6)


@settings(max_examples=60)
@given(EVIDENCE)
def test_what_is_written_down_comes_back(evidence: dict[str, Seen]) -> None:
    assert decode(encode(evidence)) == evidence


@settings(max_examples=60)
@given(EVIDENCE)
def test_the_same_codings_give_the_same_text_in_whatever_order(evidence: dict[str, Seen]) -> None:
    assert encode(dict(reversed(evidence.items()))) == encode(evidence)


def test_what_codings_share_stands_there_once() -> None:
    seen = Seen("code", "source", "text", 0, 4, ("case",))
    document = json.loads(encode({ONE: seen, TWO: seen._replace(start=2)}))
    assert document == {
        "cases": ["case"],
        "codes": ["code"],
        "codings": [[ONE, 0, 0, 0, 4, [0]], [TWO, 0, 0, 2, 4, [0]]],
        "texts": [["source", "text"]],
    }


@pytest.mark.parametrize(
    "written",
    [
        "",
        "{}",
        "[]",
        "null",
        "7",
        '{"codes":1}',
        '{"cases":[],"codes":[],"codings":[["x",0,0,0,1,null]],"texts":[]}',
        '{"cases":[],"codes":["c"],"codings":[["x",0,0,"soon",1,null]],"texts":[["s","t"]]}',
        '{"cases":[],"codes":["c"],"codings":[["x",0]],"texts":[["s","t"]]}',
        '{"cases":[],"codes":["c"],"codings":[["x",0,0,0,1,null]],"texts":[["s","t"]]}',
        '{"cases":[],"codes":["c"],"codings":[[7,0,0,0,1,null]],"texts":[["s","t"]]}',
        '{"cases":[],"codes":["c"],"codings":[["0179c4e1-7320-75af-8a1a-5f5c7c7f120e",0,0,1e999,1,null]],"texts":[["s","t"]]}',
        "[" * 5000,
    ],
)
def test_what_cannot_be_understood_is_none(written: str) -> None:
    assert decode(written) is None
