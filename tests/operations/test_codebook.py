from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.exchange.registry import TABLE_WRITERS, writer
from qcode.exchange.tables import read_table
from qcode.operations.codebook import import_codebook
from qcode.operations.codes import create_code
from qcode.project import Project
from qcode.views.lists import codebook_report, list_codes
from tests.operations.examples import acts_of, hash_of, new_project, table


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with new_project(tmp_path / "p.qcode") as made:
        yield made


def paths(project: Project) -> list[str]:
    return [line["code"] for line in list_codes(project)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code\nA\nB\n", ["A", "B"]),
        ("code\nA > B\n", ["A", "A > B"]),
        ("code,parent\nB,A\nA,\n", ["A", "A > B"]),
        ("code,parent\nC,B\nB,A\nA,\n", ["A", "A > B", "A > B > C"]),
        ("code,parent\nC,A > B\n", ["A", "A > B", "A > B > C"]),
        ("code,parent\n B , A \n", ["A", "A > B"]),
        ("code,parent\nA,\nX,A\nX,\nY,X\n", ["A", "A > X", "X", "X > Y"]),
        ("code,parent\nB,\nB,B\n", ["B", "B > B"]),
        ("code,parent\nA > B,\nC,B\n", ["A", "A > B", "A > B > C"]),
    ],
)
def test_parents_by_path_by_bare_name_in_any_line_or_none(project: Project, text: str, expected: list[str]) -> None:
    assert not import_codebook(project, table(text)).refused
    assert paths(project) == expected
    acts = acts_of(project)
    assert not import_codebook(project, table(text)).imported
    assert acts_of(project) == acts


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("code,parent\nA,B\nB,A\n", "stand below each other"),
        ("code,parent\nA,A\n", "stand below each other"),
        ("code,parent\nX,A\nX,B\nY,X\n", "There are 2 codes called 'X' in the table: write the parent as a whole path."),
        ("code\na>b\n", "The code name 'a>b' holds '>'"),
        ("code\n > b\n", "A code needs a name"),
        ("code,definition\n ,d\n", "The line has no code name"),
        ("code,parent\nA > B,C\n", "'A > B' is a whole path and has the parent 'C' as well"),
        ("code,colour\nA,red\n", "is not a colour"),
    ],
)
def test_refused_lines_leave_nothing(project: Project, text: str, reason: str) -> None:
    outcome = import_codebook(project, table(text, "b.csv"))
    assert any(reason in one.reason for one in outcome.refused)
    assert all(one.path.startswith("b.csv, line ") for one in outcome.refused)
    made = [name for name in paths(project) if name not in ("A", "B", "A > X", "B > X")]
    assert made == []


def test_importing_again_updates_the_columns_given_and_an_empty_cell_changes_nothing(project: Project) -> None:
    import_codebook(project, table("code,parent,definition,include,exclude,example,colour\nA,,d,i,x,e,#aabbcc\nB,A,d,i,x,e,#AABBCC\n"))
    outcome = import_codebook(project, table("code,definition,example\nB,new,\nA > B,newer,\nNew,n,n\n"))
    assert (outcome.imported, outcome.changed) == (["New"], ["A > B", "A > B"])
    line = next(line for line in list_codes(project) if line["code"] == "A > B")
    assert [line[name] for name in ("definition", "include", "exclude", "example")] == ["newer", "i", "x", "e"]


def test_a_bare_name_of_two_codes_is_not_guessed(project: Project) -> None:
    create_code(project, "B", create_code(project, "A"))
    create_code(project, "B", create_code(project, "C"))
    (refused,) = import_codebook(project, table("code,definition\nB,x\n")).refused
    assert refused.reason == "There are 2 codes called 'B': write the whole path, such as 'A > B'."


def test_unknown_columns_are_named(project: Project) -> None:
    assert import_codebook(project, table("code,Kommentar\nA,x\n", "b.csv")).notes == ["b.csv: the column 'Kommentar' was not used."]


NAME = st.sampled_from(["A", "B", "C", "Ёлка", "a b"])
CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=8) | st.sampled_from(
    ['"', "=1", "a,b;c", "two\nlines", "\u2028", ""]
)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.lists(NAME, min_size=1, max_size=3), CELL, CELL), min_size=1, max_size=8))
def test_what_is_exported_comes_back_equal(tmp_path_factory: pytest.TempPathFactory, codes: list[tuple[list[str], str, str]]) -> None:
    folder = tmp_path_factory.mktemp("codebook")
    with new_project(folder / "p.qcode") as project, new_project(folder / "q.qcode") as fresh:
        for names, definition, example in codes:
            book = "code,parent\n" + " > ".join(names) + ",\n"
            import_codebook(project, table(book), strict=True)
            code = next(line for line in list_codes(project) if line["code"] == " > ".join(names))
            cells = {"code": [code["code"]], "definition": [definition], "example": [example]}
            import_codebook(project, type(table(book))("t.csv", tuple(cells), cells, [2]), strict=True)
        writer(TABLE_WRITERS, "csv")(codebook_report(project), folder / "first.csv")
        before = hash_of(project)
        import_codebook(project, read_table(folder / "first.csv"), strict=True)
        assert hash_of(project) == before
        import_codebook(fresh, read_table(folder / "first.csv"), strict=True)
        writer(TABLE_WRITERS, "csv")(codebook_report(fresh), folder / "second.csv")
        assert (folder / "second.csv").read_bytes() == (folder / "first.csv").read_bytes()
