"""What the command line promises to programs: keys, codes, streams, files."""

from __future__ import annotations

import csv
import json
import os
import shlex
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from qcode.opening import open_project
from tests.cli.desk import FILES, Desk

INFO = ["title", "format", "content_hash", "sources", "cases", "codes", "codings", "coders", "languages", "bytes"]
SOURCE = ["name", "title", "label", "cases", "language", "characters", "sha256", "reading"]
READING = [
    "info P.qcode",
    "sources P.qcode",
    "cases P.qcode",
    "codes P.qcode",
    "history P.qcode",
    "check P.qcode",
    "quotes P.qcode",
    "search P.qcode mayor",
    "search P.qcode may.r --regex",
    "matrix P.qcode",
    "matrix P.qcode --cells coverage --columns source",
]


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a csv file as the contract has it: UTF-8 with BOM, comma, CRLF."""
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    return list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True)))


def test_info_and_sources_have_the_keys_of_the_contract(desk: Desk) -> None:
    info = desk("info P.qcode --json").json
    assert list(info) == INFO
    assert {key: info[key] for key in ("title", "sources", "cases", "codes", "codings", "coders", "languages")} == {
        "title": "Centres",
        "sources": 4,
        "cases": 3,
        "codes": 4,
        "codings": 5,
        "coders": ["Aida", "Bolot"],
        "languages": ["en", "ru"],
    }
    lines = desk("sources P.qcode --json").json
    assert [list(line) for line in lines] == [SOURCE] * 4
    first = lines[0]
    assert (first["name"], first["label"], first["cases"]) == ("Kyrgyzstan/KGZ01 Ministry.txt", "KGZ01", ["Kyrgyzstan > Ministry"])
    assert first["reading"] == {"Aida": "finished"}


def test_an_import_says_what_became_of_each_file(desk: Desk) -> None:
    desk.write("bad/empty.txt", "")
    desk.write("bad/good.txt", "Good.")
    answer = desk("import P.qcode bad notes --json")
    assert answer.code == 0
    assert list(answer.json) == ["imported", "skipped", "refused"]
    assert answer.json["imported"] == ["good.txt"]
    assert [list(one) for one in answer.json["refused"]] == [["path", "reason"]]
    assert answer.json["refused"][0]["path"] == str(Path("bad/empty.txt"))
    assert "bad" in answer.err
    assert "empty (0 bytes)" in answer.err


def test_strict_is_one_with_every_reason_and_nothing_written(desk: Desk) -> None:
    before = desk("info P.qcode --json").json
    desk.write("k.csv", "source,quote,code\nKGZ01,paid late,Support\nTJK01,mayor,Support\nKGZ01,x,None\n")
    answer = desk("codings import P.qcode k.csv --strict --json")
    assert answer.code == 1
    assert [one["path"] for one in answer.json["refused"]] == ["k.csv, line 3", "k.csv, line 4"]
    assert answer.json["imported"] == []
    assert answer.err.count("\n") == 3
    assert desk("codings import P.qcode k.csv --strict").out == ""
    assert desk("info P.qcode --json").json == before


@pytest.mark.parametrize("columns", ["case:1", "case", "source", "coder", "group", "year", "language"])
def test_a_matrix_has_rows_columns_cells_and_totals(desk: Desk, columns: str) -> None:
    document = desk(f"matrix P.qcode --columns {columns} --json").json
    assert list(document) == ["rows", "columns", "cells", "totals"]
    assert document["rows"] == ["Constraints", "Constraints > Late payment", "Constraints > Staff turnover", "Support"]
    assert document["totals"] == [1, 2, 1, 1]
    shown = [label for label in document["columns"] if label != "(none)"]
    assert shown == sorted(shown, key=str.casefold)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("--columns case:1", [["code", "Kyrgyzstan", "Tajikistan", "Total"], ["Constraints", "1", "0", "1"]]),
        (
            "--columns case",
            [["code", "Kyrgyzstan", "Ministry", "Tajikistan", "Total"], ["Constraints", "1", "0", "0", "1"]],
        ),
        ("--columns coder", [["code", "Aida", "Bolot", "Total"], ["Constraints", "1", "0", "1"]]),
        ("--columns group", [["code", "Government", "(none)", "Total"], ["Constraints", "0", "1", "1"]]),
        (
            "--rows Constraints --columns case:1 --cells presence",
            [
                ["code", "Kyrgyzstan", "Tajikistan", "Total"],
                ["Late payment", "+", "+", "+"],
                ["Staff turnover", "+", "?", "+"],
                ["Constraints", "+", "?", "+"],
            ],
        ),
        ("--rows Support --columns case:1 --cells sources", [["code", "Kyrgyzstan", "Tajikistan", "Total"], ["Support", "1", "0", "1"]]),
        (
            "--rows Constraints --columns case:1 --cells cases",
            [
                ["code", "Kyrgyzstan", "Tajikistan", "Total"],
                ["Late payment", "1", "1", "2"],
                ["Staff turnover", "1", "0", "1"],
                ["Constraints", "1", "0", "1"],
            ],
        ),
    ],
)
def test_the_csv_of_a_matrix_is_bare(desk: Desk, question: str, expected: list[list[str]]) -> None:
    answer = desk(f"matrix P.qcode {question} -o m.csv")
    assert (answer.code, answer.out) == (0, "")
    rows = rows_of(desk.folder / "m.csv")
    assert rows[: len(expected)] == expected


def test_coverage_is_the_share_of_the_text(desk: Desk) -> None:
    desk("matrix P.qcode --rows Constraints --columns source --cells coverage -o m.csv")
    rows = rows_of(desk.folder / "m.csv")
    assert rows[0][2] == "Kyrgyzstan/KGZ02 Union.txt"
    texts = {name.rpartition("/")[2]: len(text) for name, text in FILES.items() if name.startswith("notes/")}
    assert rows[2][:3] == ["Staff turnover", "0.0000", f"{19 / texts['KGZ02 Union.txt']:.4f}"]


def test_nothing_found_is_told_from_not_read(desk: Desk) -> None:
    desk("read P.qcode --coder Bolot --source TJK02 --status finished")
    desk("matrix P.qcode --columns case:1 --cells presence -o m.csv")
    assert rows_of(desk.folder / "m.csv")[3] == ["Constraints > Staff turnover", "+", "0", "+"]
    desk("read P.qcode --coder Bolot --source TJK02 --status reading")
    desk("matrix P.qcode --columns case:1 --cells presence -o m.csv")
    assert rows_of(desk.folder / "m.csv")[3] == ["Constraints > Staff turnover", "+", "?", "+"]


@pytest.mark.parametrize(
    ("where", "total"),
    [
        ("case=Kyrgyzstan", 4),
        ("case=Ministry", 2),
        ("source=KGZ02", 2),
        ("coder=Bolot", 1),
        ("language=ru", 2),
        ("group=government", 2),
        ("year=2022", 1),
        ("group=Government --where year=2021", 2),
        ("case=Ministry --where case=Tajikistan", 3),
        ("coder=Bolot --where case=Kyrgyzstan", 0),
    ],
)
def test_conditions_narrow_matrix_and_quotes_alike(desk: Desk, where: str, total: int) -> None:
    assert sum(desk(f"matrix P.qcode --where {where} --json").json["totals"]) == total
    assert len(desk(f"quotes P.qcode --where {where} --json").json) == total


@pytest.mark.parametrize(
    ("where", "columns"),
    [
        ("group=Government", ["Kyrgyzstan", "Ministry"]),
        ("year=2021", ["Kyrgyzstan", "Ministry"]),
        ("year=2022", ["Tajikistan"]),
        ("year=2021 --where year=2022", ["Kyrgyzstan", "Ministry", "Tajikistan"]),
        ("region=south", ["Tajikistan"]),
    ],
)
def test_a_condition_leaves_the_columns_of_the_cases_it_asks_for(desk: Desk, where: str, columns: list[str]) -> None:
    """A case that lacks the attribute is shown for what has the value in it alone: a case below, or a source of its own."""
    desk.write("more.csv", "source,region\nTJK01,south\n")
    assert desk("sources import-table P.qcode more.csv").code == 0
    assert desk(f"matrix P.qcode --where {where} --json").json["columns"] == columns
    assert desk(f"matrix P.qcode --columns case:1 --where {where} --json").json["columns"] == [one for one in columns if one != "Ministry"]


def test_codings_that_come_in_say_which_cases_were_made(desk: Desk) -> None:
    desk.write("k.csv", "source,quote,code,case\nKGZ01,paid late,Support,Tadjikistan\nKGZ01,mayr,Support,Nowhere\n")
    answer = desk("codings import P.qcode k.csv --json")
    assert list(answer.json) == ["imported", "changed", "skipped", "refused", "created"]
    assert answer.json["created"] == ["Tadjikistan"]
    assert "k.csv: cases that were not there and were made: 'Tadjikistan' (is 'Tajikistan' meant?)." in answer.err


def test_quotes_of_a_code_include_the_codes_below(desk: Desk) -> None:
    quotes = desk("quotes P.qcode --code Constraints --json").json
    assert [quote["code"].rpartition("> ")[2] for quote in quotes] == ["Late payment", "Staff turnover", "Constraints", "Late payment"]
    assert [quote["id"].partition("-")[0] for quote in quotes] == ["KGZ01", "KGZ02", "KGZ02", "TJK01"]
    assert len(desk("quotes P.qcode --code Constraints --coder Bolot --json").json) == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("paid", ["paid", "paid"]),
        ("PAID late", ["paid", "late", "paid", "late"]),
        ('"paid late"', ["paid late", "paid late"]),
        ('"late paid"', []),
        ("may*", ["mayor", "mayor", "mayor"]),
        ("may", []),
        ("елка", ["Ёлка"]),
        ("ЁЛКА", ["Ёлка"]),
        ("o'zi", ["o‘zi"]),
        ("oʻzi", ["o‘zi"]),
        ("left staff", ["staff", "left"]),
        ("nothing", []),
    ],
)
def test_search_words(desk: Desk, query: str, found: list[str]) -> None:
    hits = desk(f"search P.qcode {shlex.quote(query)} --json").json
    assert [hit["found"] for hit in hits] == found
    texts = {path.name: path.read_text(encoding="utf-8") for path in desk.folder.glob("notes/*/*.txt")}
    assert all(texts[Path(hit["source"]).name][hit["start"] : hit["end"]] == hit["found"] for hit in hits)


def test_search_patterns(desk: Desk) -> None:
    hits = desk("search P.qcode 'ma[jy]or \\w+' --regex --json").json
    assert [hit["found"] for hit in hits] == ["mayor backed", "mayor came", "mayor left"]
    assert desk("search P.qcode '(' --regex").err.startswith("'(' is not a regular expression")
    assert desk("search P.qcode '...'").err == "There is no word to search for in '...': write at least one letter or digit.\n"


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("line", READING)
@pytest.mark.parametrize("as_json", ["", " --json"])
def test_reading_commands_write_nothing(desk: Desk, line: str, as_json: str) -> None:
    data = Path(os.environ["QCODE_DATA"])
    before = (snapshot(desk.folder), snapshot(data))
    answer = desk(line + as_json)
    assert answer.code == 0
    assert answer.out or line == "check P.qcode"
    if as_json:
        json.loads(answer.out)
    assert (snapshot(desk.folder), snapshot(data)) == before


def test_a_purge_says_first_what_it_would_do_and_writes_nothing(desk: Desk) -> None:
    before = snapshot(desk.folder)
    answer = desk("purge P.qcode --source KGZ01")
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.endswith("this cannot be undone. Add --yes to do it.\n")
    assert snapshot(desk.folder) == before
    done = desk("purge P.qcode --source KGZ01 --yes --json")
    assert done.code == 0
    assert done.json["purged"] == "Kyrgyzstan/KGZ01 Ministry.txt"
    assert desk("info P.qcode --json").json["sources"] == 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("info none.qcode", "none.qcode"),
        ("info codebook.csv", "codebook.csv"),
        ("info notes", "notes"),
        ("info empty.qcode", "empty.qcode"),
        ("info foreign.db", "foreign.db"),
        ("new P.qcode", "P.qcode"),
        ("new none/x.qcode", "none"),
        ("new x.qcode --template oecd", "There is no template 'oecd': choose one of oecd-dac, success-constraints."),
        ("codebook import P.qcode cases.csv", "cases.csv has no column code, so no codes were imported."),
        ("codebook import P.qcode none.csv", "none.csv"),
        ("codings import P.qcode codebook.csv", "codebook.csv has no column"),
        ("read P.qcode --source KGZ1 --status finished", "There is no source 'KGZ1': 'KGZ01' is the nearest there is."),
        ("quotes P.qcode --code 'late paymnt'", "There is no code 'late paymnt': 'Late payment' is the nearest there is."),
        ("quotes P.qcode --coder Aidaa", "There is no coder 'Aidaa': 'Aida' is the nearest there is."),
        ("matrix P.qcode --rows Suport", "There is no code 'Suport': 'Support' is the nearest there is."),
        ("matrix P.qcode --columns grupo", "There is no attribute 'grupo': 'group' is the nearest there is."),
        ("matrix P.qcode --columns case:9", "There are no cases at level 9: choose one from 1 (the top) to 2."),
        ("matrix P.qcode --columns case:0", "There are no cases at level 0"),
        ("matrix P.qcode --where group=Goverment", "Nothing has 'group' = 'Goverment': 'Government' is the nearest there is."),
        ("matrix P.qcode --where case=Kirgizstan", "There is no case 'Kirgizstan': 'Kyrgyzstan' is the nearest there is."),
        ("matrix P.qcode -o none/m.csv", "none"),
        ("import P.qcode notes --set year=soon", "'soon' is not a value of 'year', which is a number: write it as one."),
        ("redo P.qcode", "There is nothing to redo in P.qcode"),
    ],
)
def test_what_cannot_be_met_is_one_with_one_sentence(desk: Desk, line: str, said: str) -> None:
    (desk.folder / "empty.qcode").write_bytes(b"")
    with sqlite3.connect(desk.folder / "foreign.db") as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    before = (desk("info P.qcode --json").json, desk("history P.qcode").out, sorted(snapshot(desk.folder)))
    answer = desk(line)
    assert (answer.code, answer.out) == (1, "")
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert answer.err.endswith(".\n")
    assert (desk("info P.qcode --json").json, desk("history P.qcode").out, sorted(snapshot(desk.folder))) == before


def test_a_project_open_elsewhere_is_read_but_not_written(desk: Desk) -> None:
    program = "import sys, qcode.opening as o\np = o.open_project('P.qcode')\nprint('open', flush=True)\nsys.stdin.read()\np.close()"
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "open\n"
        answer = desk("undo P.qcode")
        assert (answer.code, answer.out) == (1, "")
        assert "P.qcode" in answer.err
        assert answer.err.count("\n") == 1
        for line in READING:
            assert desk(line).code == 0, line
        other.stdin.close()
        assert other.wait() == 0
    assert desk("undo P.qcode").code == 0


def test_undo_and_redo_through_the_journal(desk: Desk) -> None:
    before = desk("info P.qcode --json").json["content_hash"]
    assert desk("undo P.qcode --json").json == {"act": "Undo: Mark a source finished"}
    assert desk("info P.qcode --json").json["content_hash"] != before
    assert desk("redo P.qcode").err == "Redo: Mark a source finished.\n"
    assert desk("info P.qcode --json").json["content_hash"] == before
    history = desk("history P.qcode --json").json
    assert list(history[0]) == ["number", "at", "coder", "kind", "label", "undoes", "rows"]
    assert [act["kind"] for act in history[-2:]] == ["undo", "redo"]
    for _ in range(len(history)):
        desk("undo P.qcode")
    assert desk("undo P.qcode").err == "There is nothing to undo in P.qcode: all that was done in this copy is undone.\n"


def test_who_did_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("k.csv", "source,quote,code\nTJK02,All went well,Support\n")
    desk("codings import P.qcode k.csv --as Cholpon")
    assert "Cholpon" in desk("info P.qcode --json").json["coders"]
    assert desk("history P.qcode --json").json[-1]["coder"] == "Cholpon"
    desk("read P.qcode --source TJK02 --status finished")
    assert desk("sources P.qcode --json").json[3]["reading"] == {"Ada": "finished"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_come_in_as_people_save_them(desk: Desk, encoding: str, separator: str) -> None:
    rows = [
        ["memo", "quote", "source", "code"],
        ["Стояла там, где всегда стояла, и никто этого не заметил", "Ёлка стояла", "KGZ02", "Support"],
    ]
    with (desk.folder / "k.csv").open("w", encoding=encoding, newline="") as handle:
        csv.writer(handle, delimiter=separator).writerows(rows)
    assert desk("codings import P.qcode k.csv --strict").code == 0
    assert desk("quotes P.qcode --code Support --json").json[-1]["memo"] == rows[1][0]


def test_what_is_exported_comes_back_equal(desk: Desk) -> None:
    before = desk("info P.qcode --json").json["content_hash"]
    for what in ("codings", "codebook"):
        option = "-o " if what == "codings" else ""
        assert desk(f"{what} export P.qcode {option}{what}-out.csv").code == 0
        answer = desk(f"{what} import P.qcode {what}-out.csv --strict --json")
        assert (answer.code, answer.json["imported"], answer.json["changed"]) == (0, [], [])
    assert desk("info P.qcode --json").json["content_hash"] == before
    rows = rows_of(desk.folder / "codings-out.csv")
    assert rows[0] == ["id", "source", "start", "end", "quote", "code", "coder", "memo", "case"]
    assert rows[3][1:] == [
        "Kyrgyzstan/KGZ02 Union.txt",
        "0",
        "19",
        "Half the staff left",
        "Constraints > Staff turnover",
        "Aida",
        "=1+1",
        "Kyrgyzstan",
    ]
    assert rows_of(desk.folder / "codebook-out.csv")[0] == ["code", "parent", "definition", "include", "exclude", "example", "colour"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx", "html", "md", "json"])
@pytest.mark.parametrize("command", ["matrix P.qcode --columns case:1", "quotes P.qcode"])
def test_every_format_is_written(desk: Desk, command: str, kind: str) -> None:
    answer = desk(f"{command} -o out.{kind}")
    assert (answer.code, answer.out) == (0, "")
    assert (desk.folder / f"out.{kind}").stat().st_size > 100
    assert desk(f"{command} -o other.file --format {kind}").code == 0


def test_a_project_that_is_in_order_and_a_copy_of_it(desk: Desk) -> None:
    answer = desk("check P.qcode")
    assert (answer.code, answer.out, answer.err) == (0, "", "P.qcode is in order.\n")
    assert desk("check P.qcode --json").json == {"problems": []}
    copy = Path(desk("backup P.qcode --json").json["backup"])
    assert desk(f"info '{copy}' --json").json["content_hash"] == desk("info P.qcode --json").json["content_hash"]
    with sqlite3.connect(desk.folder / "P.qcode") as db:
        db.execute("UPDATE codings SET quote = 'something else' WHERE id = 1")
    db.close()
    damaged = desk("check P.qcode")
    assert damaged.code == 1
    assert damaged.err.endswith("P.qcode has 1 problem.\n")


def test_a_new_project_begins_with_a_template(empty: Desk) -> None:
    answer = empty("new n.qcode --title 'Youth centres' --template oecd-dac --json")
    assert answer.json["title"] == "Youth centres"
    assert answer.json["codes"] > 20
    assert empty("new m.qcode").err == "m.qcode was created: m, 0 codes.\n"
    assert empty("codes m.qcode").out == "code  definition  colour  codings\n"
    assert empty("cases m.qcode").out == "case  parent\n"


def test_results_read_well(desk: Desk) -> None:
    assert desk("matrix P.qcode --columns case:1").out == (
        "code                          Kyrgyzstan  Tajikistan  Total\n"
        "Constraints                   1           0           1\n"
        "Constraints > Late payment    1           1           2\n"
        "Constraints > Staff turnover  1           0           1\n"
        "Support                       1           0           1\n"
    )
    assert desk("search P.qcode backed").err == "1 paragraph in 1 source.\n"
    assert desk("quotes P.qcode --code Support -o q.csv").err == "q.csv: 1 quote.\n"
    assert desk("quotes P.qcode --code Support").err == "1 quote.\n"
    assert desk("codings export P.qcode -o k.csv").err == "k.csv: 5 codings.\n"
    assert desk("matrix P.qcode --rows Support --columns coder --where coder=Aida -o m.csv").err == "m.csv: 1 row, 2 columns, 1 quote.\n"
    assert desk("codebook export P.qcode b.csv").err == "b.csv: 4 codes.\n"
    assert desk("read P.qcode --source KGZ01 --source TJK01 --coder Aida --status finished").err == (
        "Marked finished: 1 source; 1 had been before.\n"
    )
    assert desk("codings import P.qcode codings.csv").err == "Codings: 0 imported, 5 skipped.\n"


def test_text_cannot_steer_the_terminal(desk: Desk) -> None:
    desk.write("hostile.txt", "Harmless \x1b[2J words.\n")
    desk("import P.qcode hostile.txt")
    assert "\x1b" not in desk("search P.qcode harmless").out
    desk.write("k.csv", "source,quote,code\nhostile.txt,Harmless \x1b[2J words,Support\n")
    desk("codings import P.qcode k.csv")
    assert "\x1b" not in desk("quotes P.qcode").out
    with open_project("P.qcode", read_only=True) as project, project.reading() as db:
        assert db.execute("SELECT count(*) FROM codings WHERE quote LIKE '%' || char(27) || '%'").fetchone() == (1,)


def test_a_name_over_several_lines_is_refused_on_one(desk: Desk) -> None:
    (desk.folder / "bad").mkdir(exist_ok=True)
    (desk.folder / "bad" / "two\nlines.txt").write_bytes(b"")
    lines = desk("import P.qcode bad").err.splitlines()
    assert [line for line in lines if "two lines.txt: " in line], lines


def test_a_damaged_project_is_salvaged_into_another_file(desk: Desk) -> None:
    answer = desk("recover P.qcode -o R.qcode --json")
    assert answer.code == 0
    assert all(sentence.endswith(".") for sentence in answer.json["recovered"])
    assert desk("info R.qcode --json").json["content_hash"] == desk("info P.qcode --json").json["content_hash"]
    again = desk("recover P.qcode -o R.qcode")
    assert (again.code, again.out, again.err.count("\n")) == (1, "", 1)
