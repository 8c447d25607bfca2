from __future__ import annotations

import csv
import sqlite3
from pathlib import Path

import pytest

from tests.cli.desk import Desk

LETTERS = "abcdefghijklmnopqrstuvwx"
FIRST = "001111111100001111110000"  # Krippendorff 1995, A: kappa .385, alpha .329
SECOND = "000011110000000110000000"


@pytest.fixture
def coded(empty: Desk) -> Desk:
    """A source of 24 sentences as two people coded it, a second one that only Bek finished, and a code that nobody used."""
    text = " ".join(f"Sentence {letter} was said." for letter in LETTERS)
    empty.write("notes/one.txt", text + "\n")
    empty.write("notes/two.txt", text + "\n\nMore.\n")
    empty.write("book.csv", "code\nDelay\nUnused\n")
    lines = [
        f"one.txt,Sentence {letter},Delay,{coder}"
        for coder, row in (("Anna", FIRST), ("Bek", SECOND))
        for letter, value in zip(LETTERS, row, strict=True)
        if value == "1"
    ]
    empty.write("codings.csv", "\n".join(["source,quote,code,coder", *lines, "two.txt,More,Delay,Chinara"]) + "\n")
    for line in ("new P.qcode", "import P.qcode notes", "codebook import P.qcode book.csv", "codings import P.qcode codings.csv"):
        assert empty(line).code == 0
    for coder, source in (("Anna", "one.txt"), ("Bek", "one.txt"), ("Bek", "two.txt")):
        assert empty(f"read P.qcode --coder {coder} --source {source} --status finished").code == 0
    return empty


def test_the_table_has_a_line_for_each_code_and_one_for_all(coded: Desk) -> None:
    answer = coded("agreement P.qcode --coders Anna,Bek")
    assert answer.code == 0
    head, delay, unused, every = answer.out.splitlines()
    assert head.split("  ")[0] == "code"
    assert delay.split()[:8] == ["Delay", "sentence", "24", "14", "66.7%", "0.385", "0.314", "0.329"]
    assert unused.split()[:6] == ["Unused", "sentence", "24", "0", "100.0%", "–"]
    assert unused.endswith("nobody used it")
    assert every.split()[2:9] == ["sentence", "24", "14", "66.7%", "0.385", "0.314", "0.329"]
    assert answer.err == "1 source that both finished; unit sentence; too few sources for an interval.\n"


def test_json_has_every_figure(coded: Desk) -> None:
    document = coded("agreement P.qcode --coders Anna,Bek --json").json
    assert list(document) == ["coders", "unit", "sources", "unrevealed", "finished_by_all", "draws", "overlap", "codes", "overall"]
    delay, unused = document["codes"]
    assert (delay["code"], delay["unit"], delay["n"], delay["coded"]) == ("Delay", "sentence", 24, 14)
    figures = [delay[name] for name in ("percent", "cohen_kappa", "fleiss_kappa", "krippendorff_alpha")]
    assert figures == pytest.approx([66.667, 0.385, 0.314, 0.329], abs=0.0005)
    assert delay["prevalence"] == {"Anna": pytest.approx(14 / 24), "Bek": 0.25}
    assert delay["f1"] == pytest.approx(12 / 20)
    assert set(delay["unitising"]) == {"u", "bar_u", "cu", "coverage"}
    assert (unused["cohen_kappa"], unused["krippendorff_alpha"], unused["note"]) == (None, None, "nobody used it")
    assert "NaN" not in coded("agreement P.qcode --coders Anna,Bek --json --unit source").out


@pytest.mark.parametrize(("unit", "units"), [("sentence", 24), ("paragraph", 1), ("source", 1), ("character", 24 * 21)])
def test_the_unit_is_the_one_asked_for(coded: Desk, unit: str, units: int) -> None:
    document = coded(f"agreement P.qcode --coders Anna,Bek --unit {unit} --code Delay --json").json
    assert [(one["code"], one["unit"], one["n"]) for one in document["codes"]] == [("Delay", unit, units)]


def test_too_few_units_show_no_coefficient(coded: Desk) -> None:
    coded("read P.qcode --coder Anna --source two.txt --status finished")
    delay = coded("agreement P.qcode --coders Anna,Bek --unit paragraph").out.splitlines()[1]
    assert delay.endswith("too few to say")
    assert delay.split()[5:9] == ["–"] * 4


def test_two_sources_give_an_interval(coded: Desk) -> None:
    coded("read P.qcode --coder Anna --source two.txt --status finished")
    answer = coded("agreement P.qcode --coders Anna,Bek")
    assert " to " in answer.out.splitlines()[1]
    assert "2,000 draws" in answer.err
    document = coded("agreement P.qcode --coders Anna,Bek --json").json
    low, high = document["codes"][0]["intervals"]["percent"]
    assert 60 < low <= document["codes"][0]["percent"] <= high <= 100
    assert coded("agreement P.qcode --coders Anna,Bek").out == answer.out


def test_three_coders_have_no_kappa_of_cohens(coded: Desk) -> None:
    coded("read P.qcode --coder Chinara --source two.txt --status finished")
    answer = coded("agreement P.qcode --coders Anna,Bek,Chinara")
    assert "Cohen" not in answer.out
    assert "2 sources that two or more of them finished" in answer.err
    document = coded("agreement P.qcode --coders Anna,Bek,Chinara --json").json
    assert (document["finished_by_all"], document["codes"][0]["fleiss_kappa"], document["codes"][0]["n"]) == (0, None, 49)
    assert document["codes"][0]["krippendorff_alpha"] is not None


def test_fleiss_says_on_what_it_rests_and_is_not_shown_on_too_little(coded: Desk) -> None:
    coded("read P.qcode --coder Chinara --source two.txt --status finished")
    coded("read P.qcode --coder Anna --source two.txt --status finished")
    asked = "agreement P.qcode --coders Anna,Bek,Chinara"
    answer = coded(f"{asked} --code Delay")
    head, delay, _ = answer.out.splitlines()
    assert head.split("  ")[0] == "code"
    whole = coded(f"{asked} --code Delay --json").json["codes"][0]
    assert whole["fleiss_basis"] == {"sources": 1, "n": 25, "coded": whole["fleiss_basis"]["coded"], "too_few": True}
    assert delay.endswith("too few for Fleiss' kappa")
    assert delay.split()[5:7] == ["–", str(whole["fleiss_basis"]["coded"])]
    assert answer.err.startswith("2 sources that two or more of them finished; ")
    assert answer.err.endswith("Fleiss' kappa is of those that all of them finished: 1 source.\n")
    coded(f"{asked} -o figures.csv")
    row = next(csv.DictReader((coded.folder / "figures.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert (row["Fleiss kappa"], row["Fleiss kappa low"], row["Fleiss sources"], row["Fleiss n"]) == ("", "", "1", "25")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_it_goes_into_a_file(coded: Desk, kind: str) -> None:
    answer = coded(f"agreement P.qcode --coders Anna,Bek -o figures.{kind}")
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.startswith(f"figures.{kind}: 2 codes.\n")
    path: Path = coded.folder / f"figures.{kind}"
    if kind == "csv":
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
        assert [row["code"] for row in rows] == ["Delay", "Unused", "All codes"]
        assert float(rows[0]["Krippendorff alpha"]) == pytest.approx(0.329, abs=0.0005)
    else:
        assert path.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("coders", "said"),
    [
        ("Anna", "Agreement is between two coders or more, each named once, not 'Anna': name others.\n"),
        ("Anna,Beck", "There is no coder 'Beck': 'Bek' is the nearest there is.\n"),
        (
            "Anna,Chinara",
            "There is no source that both Anna and Chinara finished: agreement is measured only where two people have marked the same "
            "source as finished.\n",
        ),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(coded: Desk, coders: str, said: str) -> None:
    answer = coded(f"agreement P.qcode --coders {coders}")
    assert (answer.code, answer.out, answer.err) == (1, "", said)


def test_wrong_usage_is_two(coded: Desk) -> None:
    assert coded("agreement P.qcode").code == 2
    assert coded("agreement P.qcode --coders Anna,Bek --unit word").code == 2
    assert coded("agreement P.qcode --coders Anna,Bek -o figures.docx").code == 2


def test_a_name_with_a_comma_stands_in_quotation_marks(coded: Desk) -> None:
    coded("read P.qcode --coder 'Osmon, E.' --source one.txt --status finished")
    answer = coded("""agreement P.qcode --coders 'Anna, "Osmon, E."' --json""")
    assert answer.json["coders"] == ["Anna", "Osmon, E."]


def test_it_writes_nothing(coded: Desk) -> None:
    before = (coded.folder / "P.qcode").read_bytes()
    assert coded("agreement P.qcode --coders Anna,Bek --json").code == 0
    assert (coded.folder / "P.qcode").read_bytes() == before
    with sqlite3.connect(coded.folder / "P.qcode") as db:
        assert db.execute("SELECT count(*) FROM codings").fetchone()[0] == 21
    db.close()
