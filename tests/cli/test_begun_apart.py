"""Two projects of the same notes that were begun apart."""

from __future__ import annotations

import pytest

from tests.cli.desk import Desk


@pytest.fixture
def apart(desk: Desk) -> Desk:
    """Other.qcode, begun apart: one interview and one code as in P.qcode, a code of nearly one name, and one of its own."""
    desk.write("other/KGZ01 Ministry.txt", (desk.folder / "notes/Kyrgyzstan/KGZ01 Ministry.txt").read_text(encoding="utf-8"))
    desk.write("other.csv", "code,parent\nConstraints,\nLate payments,Constraints\nFood,\n")
    desk.write("k.csv", "source,quote,code\nKGZ01 Ministry.txt,The mayor backed,Food\n")
    for line in (
        "new Other.qcode",
        "import Other.qcode other --case Kyrgyzstan",
        "codebook import Other.qcode other.csv",
        "codings import Other.qcode k.csv",
    ):
        assert desk(line).code == 0, line
    return desk


def names(desk: Desk, what: str) -> list[str]:
    return [line["code" if what == "codes" else "name"] for line in desk(f"{what} P.qcode --json").json]


def test_the_refusal_names_the_option(apart: Desk) -> None:
    answer = apart("merge P.qcode Other.qcode")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err == (
        "Other.qcode has no history in common with P.qcode: it was begun apart; "
        "'qcode merge P.qcode Other.qcode --begun-apart --plan' lists what is the same in both.\n"
    )


def test_the_plan_lists_the_matches_and_writes_nothing(apart: Desk) -> None:
    before = (apart.folder / "P.qcode").read_bytes()
    answer = apart("merge P.qcode Other.qcode --begun-apart --plan --json")
    found = {(one["table"], one["other_title"]): (one["rule"], one["sure"], one["same"]) for one in answer.json["matches"]}
    assert found["codes", "Constraints"] == ("same path", True, True)
    assert found["codes", "Constraints > Late payments"] == ("near name", False, False)
    assert found["cases", "Kyrgyzstan"] == ("same path", True, True)
    assert answer.err.endswith("would be one row each. Nothing was written.\n")
    table = apart("merge P.qcode Other.qcode --begun-apart --plan").out.splitlines()
    assert table[0].split() == ["id", "what", "here", "there", "rule", "alike", "the", "same"]
    assert len(table) == len(found) + 1
    assert (apart.folder / "P.qcode").read_bytes() == before


@pytest.mark.parametrize(("same", "constraints", "near"), [("sure", 1, 2), ("all", 1, 1), ("none", 2, 2)])
def test_what_is_the_same_becomes_one(apart: Desk, same: str, constraints: int, near: int) -> None:
    codings = apart("info P.qcode --json").json["codings"]
    before = apart("info P.qcode --json").json["content_hash"]
    answer = apart(f"merge P.qcode Other.qcode --begun-apart --same {same}")
    assert answer.code == 0
    codes = names(apart, "codes")
    assert sum(name.startswith("Constraints") and ">" not in name for name in codes) == constraints
    assert sum(name.rstrip("s").endswith("Late payment") for name in codes) == near
    assert "Food" in codes
    assert "things to settle: 'qcode conflicts P.qcode' lists them." in answer.err
    assert apart("info P.qcode --json").json["codings"] == codings + 1
    assert apart("check P.qcode").code == 0
    apart("undo P.qcode")
    apart("undo P.qcode")
    assert apart("info P.qcode --json").json["content_hash"] == before


def test_ids_are_taken_as_the_plan_lists_them(apart: Desk) -> None:
    matches = apart("merge P.qcode Other.qcode --begun-apart --plan --json").json["matches"]
    near = next(one["id"] for one in matches if not one["sure"] and one["table"] == "codes")
    answer = apart(f"merge P.qcode Other.qcode --begun-apart --same {near},{near} --json")
    assert [one["id"] for one in answer.json["matches"] if one["same"]] == [near]
    assert f"Other.qcode is merged: 1 pair became one row each, {len(matches) - 1} that were proposed stay apart." in answer.err
    again = apart("merge P.qcode Other.qcode --begun-apart --plan")
    assert (again.code, "history in common: merge it as it is" in again.err) == (1, True)


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("Other.qcode --same all", 2, "use it with --begun-apart"),
        ("Other.qcode Other.qcode --begun-apart", 2, "one project at a time"),
        ("Other.qcode --begun-apart --report r.md", 2, "--report is not written"),
        ("Other.qcode --begun-apart --same x1", 1, "There is no match 'x1'"),
        ("P.qcode --begun-apart", 1, "history in common"),
    ],
)
def test_wrong_use_is_said_and_nothing_is_written(apart: Desk, line: str, code: int, said: str) -> None:
    before = apart("history P.qcode").out
    answer = apart(f"merge P.qcode {line}")
    assert (answer.code, said in answer.err) == (code, True), answer.err
    assert apart("history P.qcode").out == before
