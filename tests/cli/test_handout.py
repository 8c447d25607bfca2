from __future__ import annotations

from tests.cli.desk import Desk


def test_a_copy_for_a_colleague(desk: Desk) -> None:
    answer = desk("handout P.qcode --coder Aida -o aida.qcode")
    assert (answer.code, answer.out, answer.err) == (0, "", "aida.qcode is for Aida: all sources.\n")
    mine, theirs = desk("info P.qcode --json").json, desk("info aida.qcode --json").json
    assert theirs["content_hash"] == mine["content_hash"]
    assert desk("check aida.qcode").code == 0
    assert desk("undo aida.qcode").code == 1
    assert "Hand out a copy to Aida" in desk("history P.qcode").out


def test_only_some_sources_locked_and_blind(desk: Desk) -> None:
    answer = desk("handout P.qcode --coder Bolot --source KGZ01 TJK01 --source KGZ02 --locked --blind -o bolot.qcode --json")
    sources = ["Kyrgyzstan/KGZ01 Ministry.txt", "Tajikistan/TJK01 Union.txt", "Kyrgyzstan/KGZ02 Centre.txt"]
    assert answer.json["sources"] == [line["name"] for name in ("KGZ01", "TJK01", "KGZ02") for line in named(desk, name)]
    assert len(sources) == len(desk("sources bolot.qcode --json").json)
    assert (answer.json["locked"], answer.json["blind"], answer.json["copy"]) == (True, True, "bolot.qcode")
    assert answer.err == "bolot.qcode is for Bolot: 3 sources, codebook locked, blind.\n"
    assert desk("info bolot.qcode --json").json["coders"] == ["Aida", "Bolot"]
    assert {line["coder"] for line in desk("history bolot.qcode --json").json} == {"Ada"}
    desk.write("more.csv", "code\nNew\n")
    refused = desk("codebook import bolot.qcode more.csv")
    assert (refused.code, "The codebook is locked in this copy" in refused.err) == (0, True)
    refused = desk("read bolot.qcode --coder Aida --source KGZ01 --status finished")
    assert (refused.code, "nothing is coded or read in another's name here" in refused.err) == (1, True)
    assert desk("read bolot.qcode --source KGZ01 --status finished --coder Bolot").code == 0


def test_a_source_that_is_named_twice_is_one(desk: Desk) -> None:
    (line,) = named(desk, "KGZ01")
    answer = desk("handout P.qcode --coder Bolot --source KGZ01 KGZ01 -o bolot.qcode")
    assert answer.err == "bolot.qcode is for Bolot: 1 source.\n"
    answer = desk(f"handout P.qcode --coder Aida -o aida.qcode --json --source KGZ01 '{line['name']}'")
    assert answer.json["sources"] == [line["name"]]


def named(desk: Desk, label: str) -> list[dict[str, str]]:
    return [line for line in desk("sources P.qcode --json").json if line["label"] == label]


def test_what_cannot_be_handed_out_is_one_sentence(desk: Desk) -> None:
    before = desk("history P.qcode").out
    for line, said in (
        ("handout P.qcode --coder Aida -o P.qcode", "is the project itself"),
        ("handout P.qcode --coder Aida -o codebook.csv", "exists already"),
        ("handout P.qcode --coder Aida --source NONE -o a.qcode", "There is no source 'NONE'"),
        ("handout P.qcode --coder agreed -o a.qcode", "cannot be a coder's name"),
        ("handin P.qcode -o P.qcode", "is the project itself"),
        ("handin P.qcode -o nowhere/a.qchange", "the folder nowhere does not exist"),
    ):
        answer = desk(line)
        assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1), line
        assert said in answer.err
    assert desk("history P.qcode").out == before
    assert not (desk.folder / "a.qcode").exists()
    assert desk("handout P.qcode -o a.qcode").code == 2
    assert desk("handin P.qcode").code == 2


def test_work_comes_back_as_a_small_file(desk: Desk) -> None:
    desk("handout P.qcode --coder Bolot -o bolot.qcode")
    nothing = desk("handin bolot.qcode -o bolot.qchange")
    assert (nothing.code, nothing.err) == (1, "Nothing was done in bolot.qcode since it was handed out, so there is nothing to hand in.\n")
    desk("read bolot.qcode --source TJK02 --status finished --as Bolot")
    before = (desk.folder / "bolot.qcode").read_bytes()
    answer = desk("handin bolot.qcode -o bolot.qchange --json")
    assert (answer.code, answer.json) == (0, {"changes": "bolot.qchange", "acts": 1})
    assert answer.err == "bolot.qchange has 1 act: whoever handed bolot.qcode out can merge it.\n"
    assert (desk.folder / "bolot.qcode").read_bytes() == before
    assert desk("merge P.qcode bolot.qchange").code == 0
    assert named(desk, "TJK02")[0]["reading"] == {"Bolot": "finished"}
