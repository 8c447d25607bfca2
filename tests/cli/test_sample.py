from __future__ import annotations

import pytest

from tests.cli.desk import Desk

DRAW = "sample P.qcode --name 'Round 1' --share 50% --seed 7 --coders Aida,Bolot"


def test_a_sample_is_drawn_by_country_and_listed_with_progress(desk: Desk) -> None:
    answer = desk(DRAW)
    assert (answer.code, answer.err) == (0, "Round 1: 2 sources for Aida and Bolot, seed 7.\n")
    drawn = answer.out.splitlines()
    assert [name.split("/")[0] for name in drawn] == ["Kyrgyzstan", "Tajikistan"]
    (listed,) = desk("sample P.qcode --json").json
    assert (listed["sample"], listed["seed"], listed["revealed"], sorted(listed["sources"])) == ("Round 1", 7, False, drawn)
    assert [(one["coder"], one["assigned"]) for one in listed["coders"]] == [("Aida", 2), ("Bolot", 2)]
    done = {one["coder"]: one["finished"] for one in listed["coders"]}
    for name in drawn:
        assert desk(f"read P.qcode --coder Bolot --source '{name}' --status finished").code == 0
    (after,) = desk("sample P.qcode --json").json
    assert [one["finished"] for one in after["coders"]] == [done["Aida"], 2]
    assert desk("sample P.qcode").out.splitlines()[-1].split() == ["Round", "1", "7", "no", "Bolot", "2", "2", "0"]


def test_the_same_seed_draws_the_same(desk: Desk) -> None:
    first = desk(f"{DRAW} --json").json["sources"]
    assert desk("undo P.qcode").err == "Undo: Draw the sample Round 1.\n"
    assert desk("sample P.qcode").err == "There is no sample in P.qcode.\n"
    assert desk("sample P.qcode --name Again --count 2 --seed 7 --coders Aida,Bolot --json").json["sources"] == first


def test_a_sample_is_revealed_once(desk: Desk) -> None:
    desk(DRAW)
    answer = desk("sample P.qcode --reveal 'Round 1'")
    assert answer.err == "Round 1 is revealed.\n2 sources of it are not finished by all coders.\n"
    assert desk("sample P.qcode --json").json[0]["revealed"] is True
    assert desk("sample P.qcode --reveal 'Round 1' --json").json == {"sample": "Round 1", "revealed": True, "changed": False}


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("--name R --count 2", 2, "two coders or more"),
        ("--name R --coders A,B", 2, "say how many sources"),
        ("--count 2 --coders A,B", 2, "a sample needs a name"),
        ("--name R --share 1.2 --coders A,B", 2, "'1.2' is not a share"),
        ("--name R --share 0.1 --count 2", 2, "not allowed with"),
        ("--name R --count -2", 2, "--count"),
        ("--name R --reveal R", 2, "--reveal stands alone"),
        ("--name R --count 99 --coders A,B", 1, "A sample of 99 cannot be drawn from 4 sources"),
        ("--name R --count 2 --coders A,agreed", 1, "cannot be a coder's name"),
        ("--reveal R", 1, "There is no sample 'R': draw one first."),
    ],
)
def test_what_cannot_be_drawn_is_said(desk: Desk, line: str, code: int, said: str) -> None:
    before = desk("history P.qcode").out
    answer = desk(f"sample P.qcode {line}")
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert desk("history P.qcode").out == before
