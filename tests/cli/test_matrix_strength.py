from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from qcode.opening import open_project
from qcode.operations.codings import change_coding
from tests.cli.desk import Desk

CODINGS = (
    "source,quote,code,coder\n"
    "KGZ02,Half the staff left,Late payment,Aida\n"
    "TJK01,The mayor came twice,Support,Bolot\n"
    "TJK01,the mayor left once,Support,Bolot\n"
)
METHODS = "source,method,group\nKGZ01,interview,Government\nKGZ02,survey,Workers\nTJK01,interview,Employers\n"
ASK = "matrix P.qcode --columns case:1 --cells strength"


@pytest.fixture
def strong(desk: Desk) -> Desk:
    """Late payment rests on three sources of two kinds and three groups."""
    desk.write("more.csv", CODINGS)
    desk.write("methods.csv", METHODS)
    for line in ("codings import P.qcode more.csv", "sources import-table P.qcode methods.csv"):
        assert desk(line).code == 0
    return desk


def contradict(folder: Path, words: str) -> None:
    """Mark the quote with these words as contradicting."""
    with open_project(folder / "P.qcode", coder="Aida") as project:
        with project.reading() as db:
            (uuid,) = [row[0] for row in db.execute("SELECT uuid FROM codings WHERE quote = ?", (words,))]
        change_coding(project, uuid, contradicts=True)


def test_each_cell_and_each_total_has_its_level(strong: Desk) -> None:
    assert strong(f"{ASK} -o m.csv").code == 0
    rows = list(csv.reader((strong.folder / "m.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["code", "Kyrgyzstan", "Tajikistan", "Total"]
    assert rows[1:] == [
        ["Constraints", "weak", "?", "weak"],
        ["Constraints > Late payment", "moderate", "weak", "strong"],
        ["Constraints > Staff turnover", "weak", "?", "weak"],
        ["Support", "weak", "weak", "moderate"],
    ]


def test_json_says_what_the_level_rests_on(strong: Desk) -> None:
    document = strong(f"{ASK} --json").json
    assert list(document) == ["rows", "columns", "cells", "totals", "strength", "total_strength"]
    assert document["totals"] == ["weak", "strong", "weak", "moderate"]
    assert document["total_strength"][1] == {
        "level": "strong", "quotes": 3, "sources": 3, "cases": 3, "kinds": 2, "groups": 3, "against": 0,
    }  # fmt: skip
    assert document["strength"][0][1] is None


def test_a_quote_against_makes_its_cell_contested_and_no_other(strong: Desk) -> None:
    contradict(strong.folder, "the mayor left once")
    document = strong(f"{ASK} --json").json
    assert (document["cells"][3], document["totals"][3]) == (["weak", "contested"], "contested")
    assert document["totals"][1] == "strong"
    assert strong(f"{ASK} --where coder=Aida --json").json["totals"][3] == "weak"


def test_what_no_attribute_says_is_null_and_never_strong(desk: Desk) -> None:
    desk.write("more.csv", CODINGS)
    desk("codings import P.qcode more.csv")
    document = desk(f"{ASK} --json").json
    assert (document["totals"][1], document["total_strength"][1]["kinds"]) == ("moderate", None)
    desk(f"{ASK} -o m.md")
    assert "but no attribute says the kind of a source" in (desk.folder / "m.md").read_text("utf-8")


def word_text(path: Path) -> str:
    return ZipFile(path).read("word/document.xml").decode()


def excel_text(path: Path) -> str:
    book = ZipFile(path)
    return "".join(book.read(name).decode() for name in book.namelist() if "sharedStrings" in name or "sheet1.xml" in name)


def plain_text(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.mark.parametrize(("ending", "text"), [("docx", word_text), ("xlsx", excel_text), ("html", plain_text), ("md", plain_text)])
def test_every_format_shows_level_rule_and_values(strong: Desk, ending: str, text: Callable[[Path], str]) -> None:
    assert strong(f"{ASK} -o m.{ending}").code == 0
    written = text(strong.folder / f"m.{ending}")
    assert "at least 3 sources, 2 kinds, 2 stakeholder groups and nothing against" in written
    assert "moderate: 2 sources of 2 kinds and 2 stakeholder groups, nothing against" in written


def test_the_json_file_has_it_too(strong: Desk) -> None:
    strong(f"{ASK} -o m.json")
    document = json.loads((strong.folder / "m.json").read_text("utf-8"))
    assert document["strength"][1][0]["level"] == document["cells"][1][0] == "moderate"
