from __future__ import annotations

import csv
import io

import pytest

from tests.cli.desk import Desk


def quote_id(desk: Desk) -> str:
    return str(desk('quotes P.qcode --code "Late payment" --where case=Kyrgyzstan --json').json[0]["id"])


def read(desk: Desk, name: str) -> str:
    with (desk.folder / name).open(encoding="utf-8-sig", newline="") as file:
        return file.read()


@pytest.fixture
def chain(desk: Desk) -> str:
    """A finding on a quote and a cell, a conclusion on it, a recommendation on that; gives the quote's ID."""
    name = quote_id(desk)
    cell = '--row "Late payment" --column Kyrgyzstan'
    assert desk(f"findings write P.qcode finding --text 'Money comes late.' --criterion efficiency --quote {name} {cell}").err == (
        "F1: written.\n"
    )
    assert desk("findings write P.qcode conclusion --text 'Late money stops work.' --on F1").code == 0
    assert desk("findings write P.qcode recommendation --text 'Pay in advance.' --on C1 --set 'unit=Bishkek office'").code == 0
    return name


def test_where_a_recommendation_comes_from_and_what_comes_of_a_finding(desk: Desk, chain: str) -> None:
    lines = desk("findings chain P.qcode R1").out.splitlines()
    heads = ["R1  Pay in advance.", "  C1  Late money stops work.", "    F1  Money comes late."]
    assert [line.split("  (")[0] for line in lines[:3]] == heads
    assert lines[3].split("  (")[0] == "      Late payment × Kyrgyzstan"
    assert sum(f"#{chain}" in line for line in lines) == 2
    up = desk("findings chain P.qcode f1 --up --json").json
    assert [(line["depth"], line["title"]) for line in up] == [(0, "F1"), (1, "C1"), (2, "R1")]


def test_a_quote_that_is_recoded_is_told_of_until_it_is_reviewed_or_undone(desk: Desk, chain: str) -> None:
    desk.write("recode.csv", f"id,source,start,end,code\n{chain},KGZ01,4,12,Support\n")
    assert desk("codings import P.qcode recode.csv --as Bolot").code == 0
    (line,) = desk("findings P.qcode --stale --json").json
    assert (line["number"], "recoded to Support by Bolot" in "; ".join(line["changed"])) == ("F1", True)
    assert desk("findings review P.qcode F1 C1").err == "F1, C1: reviewed.\n"
    assert desk("findings P.qcode --stale --json").json == []
    desk("undo P.qcode")
    desk("undo P.qcode")
    assert desk("findings P.qcode --stale --json").json == []
    assert desk("check P.qcode").code == 0


def test_the_list_in_a_terminal(desk: Desk, chain: str) -> None:
    answer = desk("findings P.qcode")
    assert [line.split()[0] for line in answer.out.splitlines()] == ["number", "F1", "C1", "R1"]
    assert answer.err.startswith("3 statements, 0 with changed evidence, ")
    assert [one["number"] for one in desk("findings P.qcode --sort conclusion --sort recommendation --json").json] == ["C1", "R1"]
    assert [one["number"] for one in desk("findings P.qcode --criterion EFFICIENCY --json").json] == ["F1"]
    assert desk("findings P.qcode --sort lesson").err == "There is nothing of that kind in P.qcode: write it with 'qcode findings write'.\n"


def test_editing_linking_and_deleting(desk: Desk, chain: str) -> None:
    assert desk("findings edit P.qcode R1 --set response=accepted --set 'reply=At once.' --status reviewed").err == "R1: changed.\n"
    assert desk("findings edit P.qcode R1 --set response=accepted --json").json == {"number": "R1", "changed": False}
    assert desk("findings P.qcode --sort recommendation --json").json[0]["reply"] == "At once."
    desk("findings write P.qcode finding --text Second. --criterion Efficiency")
    assert desk("findings edit P.qcode F2 --before F1").err == "F1: changed.\n"
    assert desk("findings edit P.qcode F1 --last --json").json == {"number": "F2", "changed": True}
    assert desk(f"findings link P.qcode F2 --quote '#{chain}' --column Kyrgyzstan").err == "F2: linked with 2 things.\n"
    assert desk(f"findings link P.qcode F2 --quote {chain}").err == "F2: It rests on that already.\n"
    assert desk("findings unlink P.qcode F2 --column Kyrgyzstan --json").json == {"number": "F2", "changed": 1}
    assert desk("findings unlink P.qcode F2 --column Kyrgyzstan").err == "F2: It does not rest on that.\n"
    assert desk("findings delete P.qcode F2").code == 0
    assert [one["number"] for one in desk("findings P.qcode --json").json] == ["F1", "C1", "R1"]


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("findings write P.qcode finding --text ' '", 1, "The finding has no words"),
        ("findings write P.qcode opinion --text x", 2, "'opinion' is not one of finding"),
        ("findings write P.qcode finding --text x --set colour=red", 2, "is not FIELD=TEXT"),
        ("findings write P.qcode finding --text x --set unit=red", 1, "A finding has no field 'Responsible unit'"),
        ("findings write P.qcode finding --text x --on F1", 1, "A finding rests on quotes and cells, not on a finding."),
        ("findings write P.qcode finding --text x --quote NOPE-1", 1, "There is no quote 'NOPE-1'"),
        ("findings edit P.qcode F1", 2, "nothing is to be changed"),
        ("findings edit P.qcode F9 --text x", 1, "There is no finding 'F9'"),
        ("findings link P.qcode F1", 2, "nothing is named"),
        ("findings chain P.qcode X", 1, "There is no finding 'X'"),
        ("findings export P.qcode --table glance --stale -o x.md", 2, "are for the list"),
        ("findings export P.qcode -o x.pdf", 2, "is not a format of this command"),
    ],
)
def test_refused(desk: Desk, chain: str, line: str, code: int, says: str) -> None:
    before = desk("info P.qcode --json").json["content_hash"]
    answer = desk(line)
    assert (answer.code, says in answer.err) == (code, True), answer.err
    assert desk("info P.qcode --json").json["content_hash"] == before


def test_out_and_in_again(desk: Desk, chain: str) -> None:
    assert desk("findings export P.qcode -o findings.csv").err == "findings.csv: 3 rows.\n"
    text = read(desk, "findings.csv")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(row["number"], row["rests on"], row["quotes"], row["cells"]) for row in rows] == [
        ("F1", "", chain, "Constraints > Late payment × Kyrgyzstan"),
        ("C1", "F1", "", ""),
        ("R1", "C1", "", ""),
    ]
    before = desk("info P.qcode --json").json["content_hash"]
    assert len(desk("findings import P.qcode findings.csv --json").json["skipped"]) == 3
    assert desk("info P.qcode --json").json["content_hash"] == before
    desk("findings delete P.qcode F1 C1 R1")
    rows[0]["id"] = rows[1]["id"] = rows[2]["id"] = ""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows[::-1])
    desk.write("again.csv", out.getvalue())
    assert desk("findings import P.qcode again.csv --json").json["imported"] == ["R1", "C1", "F1"]
    assert desk("findings export P.qcode -o again-out.csv").code == 0
    keep = [{key: row[key] for key in row if key not in ("id", "date")} for row in rows]
    after = csv.DictReader(io.StringIO(read(desk, "again-out.csv"), newline=""))
    assert [{key: row[key] for key in row if key not in ("id", "date")} for row in after] == keep


@pytest.mark.parametrize("table", ["findings", "recommendations", "glance", "review-grid", "lessons"])
@pytest.mark.parametrize("form", ["docx", "html", "md", "xlsx", "csv", "json"])
def test_tables_of_a_report_in_every_format(desk: Desk, chain: str, table: str, form: str) -> None:
    answer = desk(f"findings export P.qcode --table {table} -o out.{form} --json")
    assert (answer.code, answer.json["written"]) == (0, f"out.{form}")
    assert answer.json["quotes"] == (0 if table == "lessons" else 1)
    assert (desk.folder / f"out.{form}").stat().st_size > 0


def test_bad_lines_are_refused_one_by_one_each_with_a_sentence(desk: Desk, chain: str) -> None:
    desk.write(
        "bad.csv",
        "id,sort,text,status,rests on,quotes,cells\n"
        ",opinion,x,,,,\n,finding,,,,,\n,finding,x,done,,,\nNOPE22,finding,x,,,,\n,conclusion,New.,,F9,,\n,finding,Other.,,,NOPE-1,\n"
        ",finding,Third.,,,,Late payment\n,finding,Money comes late.,reviewed,,,\n,finding,Money comes late.,,,,\n",
    )
    answer = desk("findings import P.qcode bad.csv")
    assert (answer.code, answer.err.splitlines()[-1]) == (0, "Findings: 3 imported, 1 changed, 8 refused.")
    for line, says in (
        (2, "'opinion' is no sort"),
        (3, "The finding has no words"),
        (4, "'done' is not a status"),
        (5, "There is no finding 'NOPE22'"),
        (6, "There is no finding 'F9'"),
        (7, "There is no quote 'NOPE-1'"),
        (8, "'Late payment' is no cell"),
        (10, "This finding stands in another line as well"),
    ):
        assert f"bad.csv, line {line}: {says}" in answer.err
    before = desk("info P.qcode --json").json["content_hash"]
    assert desk("findings import P.qcode bad.csv --strict").code == 1
    assert desk("info P.qcode --json").json["content_hash"] == before
