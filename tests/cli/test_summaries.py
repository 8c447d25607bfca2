from __future__ import annotations

import csv
import io
import json
from zipfile import ZipFile

import pytest

from tests.cli.desk import Desk

CELL = '--row "Late payment" --column Kyrgyzstan'


def quote_id(desk: Desk, code: str = "Late payment") -> str:
    return str(desk(f'quotes P.qcode --code "{code}" --where case=Kyrgyzstan --json').json[0]["id"])


def test_write_recode_review_and_undo(desk: Desk) -> None:
    name = quote_id(desk)
    answer = desk(f"summaries write P.qcode {CELL} --text 'Paid late [#{name}].' --status reviewed --as Aida")
    assert (answer.code, answer.out, answer.err) == (0, "", "Late payment × Kyrgyzstan: written.\n")
    desk.write("recode.csv", f"id,source,start,end,code\n{name},KGZ01,4,12,Support\n")
    assert desk("codings import P.qcode recode.csv --as Bolot").code == 0
    (line,) = desk("summaries P.qcode --stale --json").json
    said = [line[key] for key in ("row", "column", "columns", "status")]
    assert said == ["Constraints > Late payment", "Kyrgyzstan", "case", "reviewed"]
    assert line["stale"].startswith(f"#{name} is no longer coded here: recoded to Support by Bolot, ")
    assert desk(f"summaries review P.qcode {CELL}").err == "Late payment × Kyrgyzstan: reviewed.\n"
    assert desk("summaries P.qcode --stale").err == "There is no stale summary in P.qcode.\n"
    desk("undo P.qcode")
    assert len(desk("summaries P.qcode --stale --json").json) == 1
    desk("undo P.qcode")
    assert desk("summaries P.qcode --stale --json").json == []
    assert desk("check P.qcode").code == 0


def test_the_list_in_a_terminal(desk: Desk) -> None:
    desk("summaries write P.qcode --row Support --column Tajikistan --empty 'asked, nothing said'")
    answer = desk("summaries P.qcode")
    assert answer.out.splitlines()[1].split() == ["Support", "Tajikistan", "draft", "(asked,", "nothing", "said)"]
    assert answer.err == "1 summary, 0 stale.\n"


def test_the_same_again_and_clearing(desk: Desk) -> None:
    write = f"summaries write P.qcode {CELL} --text Late. --json"
    assert desk(write).json == {"cell": "Late payment × Kyrgyzstan", "changed": True}
    assert desk(write).json["changed"] is False
    assert desk(f"summaries review P.qcode {CELL} --json").json["changed"] is True
    assert desk(f"summaries review P.qcode {CELL}").err == "Late payment × Kyrgyzstan: reviewed before, over the same quotes.\n"
    assert desk(f"summaries clear P.qcode {CELL} --json").json["changed"] is True
    answer = desk(f"summaries clear P.qcode {CELL}")
    assert (answer.code, answer.err) == (1, "Late payment × Kyrgyzstan has no summary: list them with 'qcode summaries'.\n")


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("summaries write P.qcode --text x", 1, "Neither a row nor a column is named"),
        ("summaries write P.qcode --row Nowhere --text x", 1, "There is no code 'Nowhere'"),
        ("summaries write P.qcode --row Support --columns coder --column Aida --text x", 1, "No summary is written about the codings"),
        ("summaries write P.qcode --row Support --columns group --column Nobody --text x", 1, "Nothing has 'group' = 'Nobody'"),
        ("summaries write P.qcode --row Support", 2, "one of the arguments --text --empty is required"),
        ("summaries review P.qcode --row Support", 1, "One of the cells has no summary to review"),
        ("summaries export P.qcode -o s.docx", 2, "'docx' is not a format of this command"),
    ],
)
def test_what_cannot_be_done_is_said(desk: Desk, line: str, code: int, says: str) -> None:
    answer = desk(line)
    assert (answer.code, says in answer.err) == (code, True), answer


def test_a_table_goes_out_and_comes_back(desk: Desk) -> None:
    desk.write("s.csv", "row,column,text,status\nSupport,Government,Backed.,reviewed\nSupport,Nobody,x,\n")
    answer = desk("summaries import P.qcode s.csv --columns group --json")
    assert (answer.code, answer.json["imported"], len(answer.json["refused"])) == (0, ["Support × Government"], 1)
    assert desk("summaries import P.qcode s.csv --columns group --strict").code == 1
    assert desk("summaries export P.qcode -o out.csv --json").json == {"written": "out.csv", "summaries": 1}
    assert desk("summaries import P.qcode out.csv --json").json["skipped"][0]["path"] == "out.csv, line 2"


@pytest.mark.parametrize("columns", ["case:1", "group", "source"])
def test_a_grid_in_every_format(desk: Desk, columns: str) -> None:
    column = {"case:1": "Kyrgyzstan", "group": "Government", "source": "'Kyrgyzstan/KGZ01 Ministry.txt'"}[columns]
    name = quote_id(desk)
    desk(f"summaries write P.qcode --row 'Late payment' --columns {columns} --column {column} --text 'Late [#{name}].'")
    desk(f"summaries write P.qcode --columns {columns} --column {column} --text 'All in all.'")
    desk("summaries write P.qcode --row 'Late payment' --text 'Everywhere.'")
    for form in ("csv", "xlsx", "docx", "html", "md", "json"):
        assert desk(f"matrix P.qcode --cells summary --columns {columns} -o grid.{form}").code == 0
    rows = list(csv.reader(io.StringIO((desk.folder / "grid.csv").read_bytes().decode("utf-8-sig"), newline="")))
    at = rows[0].index(column.strip("'"))
    lines = {row[0]: row for row in rows}
    assert (lines["Constraints > Late payment"][at], lines["Constraints > Late payment"][-1]) == (f"Late [#{name}].", "Everywhere.")
    assert (rows[-1][0], rows[-1][at]) == ("Total", "All in all.")
    document = json.loads((desk.folder / "grid.json").read_text(encoding="utf-8"))
    printed = desk(f"matrix P.qcode --cells summary --columns {columns} --json").json
    assert {key: document[key] for key in printed} == printed
    assert printed["summaries"][1][at - 1]["cites"] == [name]
    assert f'class="chip" href="#Q_{name.replace("-", "_")}"' in (desk.folder / "grid.html").read_text(encoding="utf-8")
    with ZipFile(desk.folder / "grid.docx") as packed:
        assert f'anchor="Q_{name.replace("-", "_")}"' in packed.read("word/document.xml").decode("utf-8")
    shown = desk(f"matrix P.qcode --cells summary --columns {columns}")
    assert "Everywhere." in shown.out
    assert shown.err.endswith("0 reviewed, 0 stale.\n")


def test_a_filter_leaves_summaries_what_they_are(desk: Desk) -> None:
    desk(f"summaries write P.qcode {CELL} --text Late.")
    printed = desk("matrix P.qcode --cells summary --columns case:1 --where group=Government --json").json
    assert printed["summaries"][1][0]["stale"] == []


def test_a_grid_by_coder_has_no_cells(desk: Desk) -> None:
    desk("summaries write P.qcode --row 'Late payment' --text 'Everywhere.'")
    printed = desk("matrix P.qcode --cells summary --columns coder --json").json
    assert (printed["totals"][1], set(map(str, printed["cells"][1]))) == ("Everywhere.", {""})


def test_reading_a_grid_writes_nothing(desk: Desk) -> None:
    desk(f"summaries write P.qcode {CELL} --text Late.")
    before = (desk.folder / "P.qcode").read_bytes()
    desk("summaries P.qcode")
    desk("matrix P.qcode --cells summary -o g.html")
    assert (desk.folder / "P.qcode").read_bytes() == before
