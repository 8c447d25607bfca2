"""Two people began a project each: what is the same is proposed, near things are asked about, and nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qcode import create_project, open_project
from qcode.errors import UserError
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.cases import create_case
from qcode.operations.codes import create_code
from qcode.operations.codings import apply_code
from qcode.operations.merging import merge_files
from qcode.operations.merging_apart import merge_apart, propose_matches
from qcode.operations.purge import purge_source
from qcode.operations.readings import mark_reading
from qcode.operations.sources import Belonging, add_pasted
from qcode.project import Project
from qcode.store.bundle import project_rows
from qcode.store.check import check
from qcode.store.codes import read_codes
from qcode.store.sources import read_sources
from qcode.views.conflicts import open_conflicts
from tests.store.examples import hash_of

TEXT = "The person who prepared the drafts left for an international organization. Nobody took over."
EDITED = "Seen by the ministry. " + TEXT


class Apart:
    """Ada's and Bea's projects, begun apart, with one interview that is the same, one that was edited, and one each of their own."""

    def __init__(self, folder: Path) -> None:
        self.ada, self.bea = folder / "ada.qcode", folder / "bea.qcode"
        with create_project(self.ada, "Ours", coder="Ada") as project:
            self.fill(project, "Staff turnover", TEXT, "Return migration")
        with create_project(self.bea, "Theirs", coder="Bea") as project:
            self.fill(project, "Staff turnover", EDITED, "Returned migrants")

    def fill(self, project: Project, code: str, edited: str, near: str) -> None:
        top = create_code(project, "Constraints")
        name = create_code(project, code, top, definition=f"by {project.coder}")
        near = create_code(project, near)
        create_case(project, "Kyrgyzstan > Osh")
        same = add_pasted(project, "same.txt", TEXT, Belonging(case="Kyrgyzstan"))
        second = add_pasted(project, "edited.txt", edited + " Second.", Belonging(case="Kyrgyzstan"))
        own = add_pasted(project, f"{project.coder}.txt", f"Only {project.coder} has this.")
        for source in (same, second):
            start = (TEXT if source == same else edited).index("prepared")
            apply_code(project, source, Span(start, start + 8), name, memo=f"{project.coder}'s memo")
        apply_code(project, own, Span(0, 4), near)
        mark_reading(project, same, ReadingStatus.FINISHED)


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Apart:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    return Apart(tmp_path)


def counted(project: Project) -> tuple[list[str], list[str], int]:
    """Sources, codes and the number of codings; all sound."""
    with project.reading() as db:
        assert check(db) == []
        codings = db.execute("SELECT count(*) FROM codings").fetchone()[0]
        return sorted(source.name for source in read_sources(db)), sorted(code.path for code in read_codes(db)), codings


def test_the_same_is_proposed_and_the_near_only_asked(apart: Apart) -> None:
    with open_project(apart.ada, coder="Ada") as project:
        found = {(match.title, match.other_title): (match.rule, match.sure) for match in propose_matches(project, apart.bea)}
    assert found == {
        ("same.txt", "same.txt"): ("same text and case", True),
        ("edited.txt", "edited.txt"): ("same name, near text", False),
        ("Kyrgyzstan", "Kyrgyzstan"): ("same path", True),
        ("Kyrgyzstan > Osh", "Kyrgyzstan > Osh"): ("same path", True),
        ("Constraints", "Constraints"): ("same path", True),
        ("Constraints > Staff turnover", "Constraints > Staff turnover"): ("same path", True),
        ("Return migration", "Returned migrants"): ("near name", False),
    }


def test_everything_that_is_the_same_becomes_one(apart: Apart) -> None:
    with open_project(apart.ada, coder="Ada") as project:
        before = hash_of(project)
        matches = propose_matches(project, apart.bea)
        assert merge_apart(project, apart.bea, [match.id for match in matches]) == len(matches)
        sources, codes, codings = counted(project)
        assert sources == ["Ada.txt", "Bea.txt", "edited.txt", "same.txt"]
        assert codes[:2] == ["Constraints", "Constraints > Staff turnover"]
        assert codes[2:] in (["Return migration"], ["Returned migrants"])
        assert codings == 6
        with project.reading() as db:
            assert len(project_rows(db)) == 1
            quotes = db.execute("SELECT quote, count(*) FROM codings GROUP BY quote ORDER BY quote").fetchall()
            assert quotes == [("Only", 2), ("prepared", 4)]
            assert db.execute("SELECT count(*) FROM readings WHERE status = 'finished'").fetchone() == (2,)
        told = {(one.table, one.field): {said.words for said in one.values} for one in open_conflicts(project)}
        assert told["codes", "name"] == {"Return migration", "Returned migrants"}
        assert told["codes", "definition"] == {"by Ada", "by Bea"}
        project.undo()
        project.undo()
        assert hash_of(project) == before
        project.redo()
        project.redo()
        assert counted(project) == (sources, codes, codings)


def test_only_what_is_sure_where_the_rest_is_refused(apart: Apart) -> None:
    with open_project(apart.ada, coder="Ada") as project:
        merge_apart(project, apart.bea, [match.id for match in propose_matches(project, apart.bea) if match.sure])
        sources, codes, codings = counted(project)
        assert sources == ["Ada.txt", "Bea.txt", "edited (2).txt", "edited.txt", "same.txt"]
        assert codes == ["Constraints", "Constraints > Staff turnover", "Return migration", "Returned migrants"]
        assert codings == 6


def test_nothing_is_joined_unasked(apart: Apart) -> None:
    with open_project(apart.ada, coder="Ada") as project:
        assert merge_apart(project, apart.bea, []) == 0
        sources, codes, codings = counted(project)
        assert (len(sources), len(codes), codings) == (6, 6, 6)


def test_from_then_on_they_have_a_common_history(apart: Apart) -> None:
    with open_project(apart.ada, coder="Ada") as project:
        with pytest.raises(UserError, match="begun apart"):
            merge_files(project, [apart.bea])
        merge_apart(project, apart.bea, [match.id for match in propose_matches(project, apart.bea)])
        with pytest.raises(UserError, match="history in common"):
            merge_apart(project, apart.bea, [])
        after = hash_of(project)
        assert merge_files(project, [apart.bea]) is None
    with open_project(apart.bea, coder="Bea") as project:
        merge_files(project, [apart.ada])
        assert hash_of(project) == after
        assert counted(project)[2] == 6


def withdraw(path: Path, name: str) -> None:
    with open_project(path, coder="Ada") as project:
        with project.reading() as db:
            same = next(source.uuid for source in read_sources(db) if source.name == name)
        purge_source(project, same)


@pytest.mark.parametrize("by", ["ada", "bea"])
def test_a_withdrawn_interview_does_not_come_back_by_another_project(apart: Apart, by: str) -> None:
    """Whoever of the two withdrew it: it is in neither project any more, and what is done to it later comes to nothing."""
    withdraw(apart.ada if by == "ada" else apart.bea, "same.txt")
    later = apart.bea.with_name("later.qcode")
    shutil.copyfile(apart.bea, later)
    with open_project(apart.ada, coder="Ada") as project:
        (match,) = [match for match in propose_matches(project, apart.bea) if "withdrawn" in match.rule]
        assert (match.title, match.other_title, match.sure) == ("same.txt", "same.txt", False), "a short text may be another's by chance"
        merge_apart(project, apart.bea, [match.id])
        assert "same.txt" not in counted(project)[0]
    with open_project(apart.ada, read_only=True) as project, project.reading() as db:
        assert TEXT not in {text for (text,) in db.execute("SELECT content FROM texts")}
    with open_project(apart.bea, coder="Bea") as project:
        merge_files(project, [apart.ada])
        assert "same.txt" not in counted(project)[0]
        after = hash_of(project)
    with open_project(later, coder="Bea") as project, project.reading() as db:
        sources = {source.name: source.uuid for source in read_sources(db)}
        code = read_codes(db)[0].uuid
    with open_project(later, coder="Bea") as project:
        apply_code(project, sources.get("same.txt", sources["Bea.txt"]), Span(0, 3), code)
    with open_project(apart.ada, coder="Ada") as project:
        assert hash_of(project) == after
        merge_files(project, [later])
        assert "same.txt" not in counted(project)[0]


def test_another_interview_of_the_same_few_words_comes_in(apart: Apart) -> None:
    withdraw(apart.ada, "same.txt")
    with open_project(apart.ada, coder="Ada") as project:
        merge_apart(project, apart.bea, [match.id for match in propose_matches(project, apart.bea) if match.sure])
        assert "same.txt" in counted(project)[0]
        after = hash_of(project)
    with open_project(apart.bea, coder="Bea") as project:
        merge_files(project, [apart.ada])
        assert hash_of(project) == after
        counted(project)


def test_a_long_text_is_the_same_interview_unless_somebody_says_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QCODE_DATA", str(tmp_path / "data"))
    for name in ("a", "b"):
        with create_project(tmp_path / f"{name}.qcode", name, coder=name) as project:
            add_pasted(project, f"{name}.txt", "Nobody took over when she left. " * 10)
    withdraw(tmp_path / "a.qcode", "a.txt")
    with open_project(tmp_path / "a.qcode", coder="a") as project:
        assert [match.sure for match in propose_matches(project, tmp_path / "b.qcode")] == [True]


def test_an_unknown_match_is_refused_before_anything_is_done(apart: Apart) -> None:
    with open_project(apart.ada, coder="Ada") as project:
        before = hash_of(project)
        with pytest.raises(UserError, match="There is no match 'nothing'"):
            merge_apart(project, apart.bea, ["nothing"])
        assert hash_of(project) == before
