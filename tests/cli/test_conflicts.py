from __future__ import annotations

from typing import Any

import pytest

from tests.cli.desk import Desk
from tests.cli.test_merge import team

__all__ = ["team"]
LINE = ["id", "kind", "row", "field", "base", "values"]


@pytest.fixture
def merged(team: Desk) -> Desk:
    """The leader's project with both copies merged in: a definition with two values, and two codes alike."""
    assert team("merge P.qcode Aida.qcode Bolot.qcode").code == 0
    return team


def listed(desk: Desk) -> dict[str, dict[str, Any]]:
    return {line["kind"]: line for line in desk("conflicts P.qcode --json").json}


def definition(desk: Desk) -> str:
    return str(next(line["definition"] for line in desk("codes P.qcode --json").json if line["code"].endswith("Late payment")))


def test_the_list_has_the_keys_of_the_contract_and_writes_nothing(merged: Desk) -> None:
    before = (merged.folder / "P.qcode").read_bytes()
    lines = merged("conflicts P.qcode --json").json
    assert (merged.folder / "P.qcode").read_bytes() == before
    assert [list(line) for line in lines] == [LINE, LINE]
    conflict, question = lines
    assert (conflict["kind"], conflict["field"], conflict["row"]) == ("two values", "definition", "Late payment (code in Constraints)")
    assert [list(value) for value in conflict["values"]] == [["value", "coder", "at"]] * 2
    assert {value["value"] for value in conflict["values"]} == {"Money after the deadline.", "Late money."}
    assert (question["kind"], question["field"], question["base"]) == ("same code?", "name", None)
    assert {value["value"] for value in question["values"]} == {"Success factor", "Success Factors"}
    answer = merged("conflicts P.qcode")
    assert conflict["id"] in answer.out
    assert answer.err == "2 things to settle.\n"


def test_the_ids_are_the_same_in_every_copy(merged: Desk) -> None:
    merged("merge Aida.qcode P.qcode")
    one, other = (merged(f"conflicts {name}.qcode --json").json for name in ("P", "Aida"))
    assert one == other


@pytest.mark.parametrize(("how", "expected"), [("--take Aida", "Money after the deadline."), ("--text 'Paid late.'", "Paid late.")])
def test_a_value_is_taken_or_written(merged: Desk, how: str, expected: str) -> None:
    conflict = listed(merged)["two values"]
    answer = merged(f"conflicts P.qcode --resolve {conflict['id']} {how}")
    assert (answer.code, answer.err) == (0, f"Settled {conflict['id']}; 1 thing left to settle.\n")
    assert definition(merged) == expected
    assert list(listed(merged)) == ["same code?"]
    assert "Settle a conflict" in merged("history P.qcode").out


def test_a_value_is_taken_by_its_number_and_the_choice_travels(merged: Desk) -> None:
    conflict = listed(merged)["two values"]
    answer = merged(f"conflicts P.qcode --resolve {conflict['id']} --take 2 --json")
    assert answer.json == {"resolved": conflict["id"], "open": 1}
    chosen = conflict["values"][1]["value"]
    assert definition(merged) == chosen
    merged("merge Bolot.qcode P.qcode")
    assert [line["kind"] for line in merged("conflicts Bolot.qcode --json").json] == ["same code?"]
    merged("undo P.qcode")
    assert "two values" in listed(merged)


@pytest.mark.parametrize(("answer", "codes"), [("same", 1), ("different", 2), ("below", 2)])
def test_two_codes_are_the_same_or_not(merged: Desk, answer: str, codes: int) -> None:
    question = listed(merged)["same code?"]
    assert merged(f"conflicts P.qcode --resolve {question['id']} --take {answer}").code == 0
    paths = [line["code"] for line in merged("codes P.qcode --json").json if "uccess" in line["code"]]
    assert len(paths) == codes
    assert any(" > " in path for path in paths) is (answer == "below")
    assert list(listed(merged)) == ["two values"]
    assert merged("info P.qcode --json").json["codings"] == 7
    assert merged("check P.qcode").code == 0


def test_what_cannot_be_settled_is_one_sentence(merged: Desk) -> None:
    lines = listed(merged)
    before = merged("history P.qcode").out
    for line, said in (
        ("--resolve nothing --take 1", "There is no conflict 'nothing' in P.qcode"),
        (f"--resolve {lines['two values']['id']} --take 3", "has 2 values: take one of 1 to 2"),
        (f"--resolve {lines['two values']['id']} --take Chinara", "no value of 'Chinara'"),
        (f"--resolve {lines['same code?']['id']} --take 1", "'1' is no answer: say same, different or below"),
        (f"--resolve {lines['same code?']['id']} --text x", "answer with --take same, different or below"),
    ):
        answer = merged(f"conflicts P.qcode {line}")
        assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1), line
        assert said in answer.err
    for line in ("--resolve x", "--take 1", "--text x", "--resolve x --take 1 --text y"):
        assert merged(f"conflicts P.qcode {line}").code == 2
    assert merged("history P.qcode").out == before


def test_nothing_to_settle_is_said(desk: Desk) -> None:
    assert desk("conflicts P.qcode --json").json == []
    assert desk("conflicts P.qcode").err == "There is nothing to settle in P.qcode.\n"
