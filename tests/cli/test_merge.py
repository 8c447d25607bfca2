from __future__ import annotations

import csv
from pathlib import Path

import pytest

from qcode.store.backups import backups_of
from tests.cli.desk import Desk


@pytest.fixture
def team(desk: Desk) -> Desk:
    """Two copies that went on: both redefine one code, each codes and makes a code; the two new codes are alike."""
    for coder in ("Aida", "Bolot"):
        assert desk(f"handout P.qcode --coder {coder} -o {coder}.qcode").code == 0
    for coder, definition, name, quote in (
        ("Aida", "Money after the deadline.", "Success factor", "Nobody was paid"),
        ("Bolot", "Late money.", "Success Factors", "The mayor came"),
    ):
        desk.write(f"{coder}.csv", f"code,parent,definition\nLate payment,Constraints,{definition}\n{name},,\n")
        desk.write(f"{coder} codings.csv", f'source,quote,code,coder,memo\nTJK01,{quote},{name},{coder},"{coder}, on the spot"\n')
        assert desk(f"codebook import {coder}.qcode {coder}.csv --as {coder}").code == 0
        answer = desk(f"codings import {coder}.qcode '{coder} codings.csv' --as {coder}")
        assert (answer.code, "refused" in answer.err) == (0, False), answer.err
    return desk


def test_the_plan_says_what_would_change_and_writes_nothing(team: Desk) -> None:
    before = {path.name: path.read_bytes() for path in team.folder.glob("*.qcode")}
    answer = team("merge P.qcode Aida.qcode Bolot.qcode --plan --json")
    assert answer.code == 0
    assert {path.name: path.read_bytes() for path in team.folder.glob("*.qcode")} == before
    document = answer.json
    assert document["files"] == ["Aida.qcode", "Bolot.qcode"]
    assert [(one["coder"], one["new_codings"], one["new_codes"]) for one in document["contributions"]] == [("Aida", 1, 1), ("Bolot", 1, 1)]
    assert sorted(one["kind"] for one in document["conflicts"]) == ["same code?", "two values"]
    assert (document["codings"], document["lost"], document["withdrawn"]) == (7, [], [])
    assert answer.err.splitlines()[-1] == "2 things would be open. Nothing was written."
    assert team("info P.qcode --json").json["codings"] == 5


def test_a_merge_is_one_step_in_any_order(team: Desk) -> None:
    hashes = set()
    for order in ("Aida.qcode Bolot.qcode", "Bolot.qcode Aida.qcode"):
        answer = team(f"merge P.qcode {order}")
        assert answer.code == 0
        assert "Nothing is lost: 7 codings, " in answer.err
        assert "2 things to settle: 'qcode conflicts P.qcode' lists them." in answer.err
        assert answer.out.splitlines()[0].split("  ")[0] == "coder"
        hashes.add(team("info P.qcode --json").json["content_hash"])
        again = team(f"merge P.qcode {order}")
        assert (again.code, again.out) == (0, "")
        assert again.err.startswith("There is nothing new for P.qcode: ")
        assert "Merge 2 files" in team("history P.qcode").out
        assert team("undo P.qcode").err == "Undo: Merge 2 files.\n"
        assert team("info P.qcode --json").json["codings"] == 5
    assert len(hashes) == 1
    assert team("redo P.qcode").code == 0
    assert team("info P.qcode --json").json["content_hash"] in hashes
    assert team("merge P.qcode Aida.qcode --json").json is None


@pytest.mark.parametrize("kind", ["md", "html", "docx", "xlsx", "csv"])
def test_the_report_has_everything(team: Desk, kind: str) -> None:
    answer = team(f"merge P.qcode Aida.qcode Bolot.qcode --report merge.{kind}")
    assert answer.code == 0
    assert f"merge.{kind}: the merge in full." in answer.err
    text = words_of(team.folder / f"merge.{kind}")
    said = ["Aida", "Bolot.qcode", "Money after the deadline.", "Late money.", "Success factor", "Success Factors", "two values"]
    if kind != "csv":
        said += ["Nothing is lost: 7 codings", "Who did what", "Tajikistan"]
    assert [one for one in said if one not in text] == []


def words_of(path: Path) -> str:
    """The words of a report, whatever it is written in."""
    match path.suffix:
        case ".docx":
            import docx

            document = docx.Document(str(path))
            cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
            return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
        case ".xlsx":
            from python_calamine import CalamineWorkbook

            book = CalamineWorkbook.from_path(str(path))
            rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
            return "\n".join([*book.sheet_names, *(str(cell) for row in rows for cell in row)])
        case ".csv":
            rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
            assert {len(row) for row in rows} == {len(rows[0])}
            assert rows[0][0] == "part"
    return path.read_text(encoding="utf-8")


def test_the_plan_has_a_report_too(team: Desk) -> None:
    before = (team.folder / "P.qcode").read_bytes()
    assert team("merge P.qcode Aida.qcode --plan --report plan.md").code == 0
    assert (team.folder / "plan.md").read_text(encoding="utf-8").startswith("# Plan of a merge of 1 file\n")
    assert (team.folder / "P.qcode").read_bytes() == before


def test_a_withdrawn_source_leaves_with_the_merge_and_not_with_the_plan(team: Desk) -> None:
    team("backup P.qcode")
    assert team("purge Aida.qcode --source KGZ01 --yes").code == 0
    before = sorted(path.read_bytes() for path in backups(team))
    plan = team("merge P.qcode Aida.qcode --plan")
    assert "KGZ01 Ministry.txt would leave the project for good: consent was withdrawn." in plan.err
    assert sorted(path.read_bytes() for path in backups(team)) == before
    assert "KGZ01 Ministry.txt has left the project for good" in team("merge P.qcode Aida.qcode").err
    assert [line["label"] for line in team("sources P.qcode --json").json] == ["KGZ02", "TJK01", "TJK02"]
    assert all(b"KGZ01 Ministry" not in path.read_bytes() for path in backups(team))


def backups(desk: Desk) -> list[Path]:
    from qcode.opening import open_project
    from qcode.store.backups import project_uuid

    with open_project(desk.folder / "P.qcode", read_only=True) as project, project.reading() as db:
        return backups_of(project_uuid(db), "P")


def test_what_cannot_be_merged_is_one_sentence(team: Desk) -> None:
    team("new Other.qcode")
    team.write("x.qcode", "nonsense")
    before = team("history P.qcode").out
    for line, said in (
        ("merge P.qcode P.qcode", "is the project itself"),
        ("merge P.qcode nothing.qcode", "There is no file nothing.qcode"),
        ("merge P.qcode x.qcode", "x.qcode is not a qcode project"),
        ("merge P.qcode Aida.qcode Other.qcode", "Other.qcode has no history in common"),
    ):
        answer = team(line)
        assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1), line
        assert said in answer.err
    assert team("merge P.qcode").code == 2
    assert "'pdf' is not a format of a report: use md, html" in team("merge P.qcode Aida.qcode --report r.pdf").err
    assert "is one of the files to merge" in team("merge P.qcode Aida.csv --report Aida.csv").err
    assert team("history P.qcode").out == before


def test_what_had_been_withheld_is_said_to_come(desk: Desk) -> None:
    assert desk("handout P.qcode --coder Aida --source KGZ01 -o aida.qcode").code == 0
    assert len(desk("sources aida.qcode --json").json) == 1
    plan = desk("merge aida.qcode P.qcode --plan --json").json
    assert plan["completed"] > 3
    answer = desk("merge aida.qcode P.qcode")
    assert answer.err.startswith(f"{plan['completed']} rows that had been withheld from aida.qcode came.\n")
    assert desk("info aida.qcode --json").json["content_hash"] == desk("info P.qcode --json").json["content_hash"]
    assert "There is nothing new" in desk("merge aida.qcode P.qcode").err
