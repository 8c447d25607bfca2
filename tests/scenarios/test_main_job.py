"""The main job of an evaluation from interview notes to the table a client opens, through the command line alone."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from tests.cli.desk import Desk

NOTES = {
    "notes/Kyrgyzstan/KGZ01 Ministry of Labour.txt": "Q: What helped?\n\nShe had our law open in front of her. "
    "The coordinator has her office four streets away.\n\nQ: What hindered?\n\nFive ministers in four years.\n",
    "notes/Kyrgyzstan/KGZ02 Фермеры.txt": "Деньги пришли поздно. Ёлка стоит, а денег нет.\n",
    "notes/Tajikistan/TJK01 Trade union.md": "# Trade union\n\nWe have people and no economists. The money came late, as always.\n",
    "notes/Tajikistan/TJK02 Women's centre.txt": "Nobody asked us anything.\n",
    "report/Report.txt": "Kyrgyzstan\n\nThe committee met each month.\n\nTajikistan\n\nThe committee never met.\n",
}
CASES = """\
case,parent,stakeholder group,year,permission to quote,women
Kyrgyzstan,,,2022,,
Ministry of Labour,Kyrgyzstan,Government,,no,
Farmers,Kyrgyzstan,Workers,,yes,7
Tajikistan,,,2021,,
Trade union,Tajikistan,Workers,,yes,
"""
SOURCES = """\
source;case;language
KGZ01;Ministry of Labour;en
KGZ02;Farmers;ru
TJK01;Trade union;en
REPORT;;en
"""
CODINGS = """\
id,source,start,end,quote,code,coder,memo,case
,KGZ01,,,She had our law open in front of her.,Technical expertise,Anna,,
,KGZ01,,,The coordinator has her office four streets away.,Management on the ground,Anna,,
a1,KGZ01,,,Five ministers in four years.,Political or economic instability,Anna,check the number,
,KGZ02,,,Деньги пришли поздно.,Administrative set-up,Бакыт,,
,TJK01,,,We have people and no economists.,Capacity of social partners,Farrukh,,
,TJK01,,,"The money came late, as always.",Administrative set-up,Farrukh,,
,REPORT,,,The committee met each month.,Constituent participation,Anna,,Kyrgyzstan
,REPORT,,,The committee never met.,Constituent participation,Anna,,Tajikistan
,TJK02,,,Nobody asked anything of us,Constituent participation,Farrukh,,
"""


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path, capsys)
    for name, text in {**NOTES, "cases.csv": CASES, "sources.csv": SOURCES, "codings.csv": CODINGS}.items():
        desk.write(name, text)
    return desk


def done(desk: Desk, line: str) -> str:
    """What a command says, which must be done without a word on standard output."""
    answer = desk(line)
    assert (answer.code, answer.out) == (0, ""), f"{line}: {answer}"
    return answer.err


def table(desk: Desk, question: str) -> dict[str, list[str]]:
    """The rows of a matrix by their first cell, as its csv has them."""
    done(desk, f"matrix study.qcode {question} -o table.csv")
    rows = csv.reader(io.StringIO((desk.folder / "table.csv").read_text(encoding="utf-8-sig")))
    return {row[0]: row[1:] for row in rows}


def test_from_interview_notes_to_the_table(desk: Desk) -> None:
    # 1. A project from a template
    assert done(desk, "new study.qcode --title 'Decent work' --template success-constraints --as Anna") == (
        "study.qcode was created: Decent work, 15 codes.\n"
    )
    # 2. Notes of two countries and a report that speaks of both; cases in a tree that hand attributes down
    assert done(desk, "import study.qcode notes --case-from folder --as Anna") == "Sources: 4 imported.\n"
    done(desk, "import study.qcode report/Report.txt --set method='desk review'")
    assert done(desk, "cases import study.qcode cases.csv") == "Cases: 3 imported, 2 changed.\n"
    done(desk, "sources import-table study.qcode sources.csv")
    assert [line["cases"] for line in desk("sources study.qcode --json").json] == [
        ["Kyrgyzstan > Ministry of Labour"],
        ["Kyrgyzstan > Farmers"],
        [],
        ["Tajikistan > Trade union"],
        ["Tajikistan"],
    ]
    # 3. Passages coded by several people; what cannot be found is said and the rest goes in
    said = done(desk, "codings import study.qcode codings.csv")
    assert "codings.csv, line 10: 'Nobody asked anything of us' does not stand in Tajikistan/TJK02 Women's centre.txt" in said
    assert said.endswith("Codings: 8 imported, 1 refused.\n")
    done(desk, "read study.qcode --coder Anna --source KGZ01 --source REPORT --status finished")
    done(desk, "read study.qcode --coder Бакыт --source KGZ02 --status finished")
    done(desk, "read study.qcode --coder Farrukh --source TJK01 --status finished")
    # 5. The table: counts, and read from not read
    rows = table(desk, "--rows 'Success factors' --rows Constraints --columns case:1")
    assert rows["code"] == ["Kyrgyzstan", "Tajikistan", "Total"]
    assert rows["Success factors > Constituent participation"] == ["1", "1", "2"]
    assert rows["Constraints > Administrative set-up"] == ["1", "1", "2"]
    states = table(desk, "--rows Constraints --columns case:1 --cells presence")
    assert states["Administrative set-up"] == ["+", "+", "+"]
    assert states["Capacity of social partners"] == ["0", "+", "+"]
    assert states["Political or economic instability"] == ["+", "?", "+"]
    assert states["Staff turnover"] == ["0", "?", "?"]
    done(desk, "read study.qcode --coder Farrukh --source TJK02 --status finished")
    assert table(desk, "--rows Constraints --columns case:1 --cells presence")["Staff turnover"] == ["0", "0", "0"]
    assert table(desk, "--rows Constraints --columns 'stakeholder group'")["code"] == ["Government", "Workers", "Total"]
    assert table(desk, "--columns year --where 'stakeholder group=workers'")["Constraints > Administrative set-up"][-1] == "2"
    # Drill down to the quotes of a cell
    quotes = desk("quotes study.qcode --code 'Administrative set-up' --where case=Kyrgyzstan --json").json
    assert [quote["quote"] for quote in quotes] == ["Деньги пришли поздно."]
    assert desk("search study.qcode елка --json").json[0]["found"] == "Ёлка"
    # A mistake, taken back
    before = desk("info study.qcode --json").json["content_hash"]
    desk.write("wrong.csv", "id,source,quote,code\na1,KGZ01,Five ministers in four years.,Staff turnover\n")
    assert done(desk, "codings import study.qcode wrong.csv") == "Codings: 0 imported, 1 changed.\n"
    done(desk, "undo study.qcode")
    assert desk("info study.qcode --json").json["content_hash"] == before
    # 7. The table and the annex for the client, each number with its quotes
    for kind in ("xlsx", "docx", "html", "csv", "md", "json"):
        done(desk, f"matrix study.qcode --rows Constraints --columns case:1 -o table.{kind}")
        done(desk, f"quotes study.qcode --code Constraints -o quotes.{kind}")
    page = (desk.folder / "table.html").read_text(encoding="utf-8")
    assert quotes[0]["id"] in page
    assert "Деньги пришли поздно." in page
    with zipfile.ZipFile(desk.folder / "table.docx") as word:
        assert "Деньги пришли поздно." in word.read("word/document.xml").decode()
    assert desk("check study.qcode").err == "study.qcode is in order.\n"
