from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode import Changes, Project, create_project
from qcode.errors import UserError
from qcode.exchange.tables import read_table
from qcode.model.identity import Identities
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.codebook import import_codebook
from qcode.operations.codes import change_code, delete_codes
from qcode.operations.codings import apply_code, change_coding, remove_codings
from qcode.operations.readings import mark_reading
from qcode.operations.sources import Belonging, import_files
from qcode.views.coding_codes import CodeList
from qcode.views.coding_document import CodingDocument, Patch, open_document
from qcode.views.coding_sources import SourceList


class Watched:
    """A small project and the read models of the coding screen, each act taken in."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.sources = SourceList(project, "Ada")
        self.codes = CodeList(project)
        self.document: CodingDocument = open_document(project, self.sources.lines[0].uuid)
        self.lines: set[str] | None = None
        self.counted: set[str] | None = None
        self.patch = Patch(())
        self.waiting: list[Changes] = []
        project.on_change(self.waiting.append)

    def take(self) -> None:
        for changes in self.waiting:
            self.patch = self.document.patch(self.project, changes)
            self.counted = self.codes.patch(changes, self.patch)
            self.lines = self.sources.patch(changes)
        self.waiting.clear()

    def code(self, name: str) -> str:
        return next(code.uuid for code in self.codes.codes.values() if code.name == name)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    for country, label in (("Tajikistan", "TJK01 Union"), ("Kyrgyzstan", "KGZ01 Ministry")):
        (tmp_path / country).mkdir()
        (tmp_path / country / f"{label}.txt").write_text("Who?\n\nThe staff left twice. Nobody came.\n")
    (tmp_path / "codes.csv").write_text("code,parent\nConstraints,\nTurnover,Constraints\nMoney,Constraints\n")
    with create_project(tmp_path / "p.qcode", coder="Ada", identities=Identities.seeded(3)) as project:
        import_files(project, [tmp_path / "Tajikistan", tmp_path / "Kyrgyzstan"], Belonging(case_from="folder"), strict=True)
        import_codebook(project, read_table(tmp_path / "codes.csv"), strict=True)
        yield Watched(project)


def same_as_read_anew(watched: Watched) -> None:
    assert watched.sources.lines == SourceList(watched.project, "Ada").lines
    counts = {code: count for code, count in watched.codes.counts.items() if count}
    assert counts == CodeList(watched.project).counts
    assert watched.document.codings == open_document(watched.project, watched.document.source.uuid).codings


def test_sources_stand_by_country_and_codings_count_as_reading(watched: Watched) -> None:
    assert [(line.group, line.label, line.status.value, line.codings) for line in watched.sources.lines] == [
        ("Kyrgyzstan", "KGZ01", "unread", 0),
        ("Tajikistan", "TJK01", "unread", 0),
    ]
    source = watched.document.source.uuid
    apply_code(watched.project, source, Span(6, 28), watched.code("Turnover"))
    watched.take()
    line = watched.sources.line(source)
    assert line is not None
    assert (line.status, line.codings, watched.lines) == (ReadingStatus.READING, 1, {source})
    mark_reading(watched.project, source, ReadingStatus.FINISHED)
    watched.take()
    assert watched.sources.lines[0].status is ReadingStatus.FINISHED
    same_as_read_anew(watched)


def test_a_document_is_patched_coding_by_coding(watched: Watched) -> None:
    project, source = watched.project, watched.document.source.uuid
    coding = apply_code(project, source, Span(6, 28), watched.code("Turnover"), memo="Twice")
    watched.take()
    assert [(old, new and new.memo) for old, new in watched.patch.pairs] == [(None, "Twice")]
    change_coding(project, coding, code=watched.code("Money"), span=Span(6, 15), important=True)
    watched.take()
    ((old, new),) = watched.patch.pairs
    assert old is not None
    assert new is not None
    assert (old.end, new.end, new.important, new.span.of(watched.document.text)) == (28, 15, True, "The staff")
    assert watched.counted == {watched.code("Turnover"), watched.code("Money")}
    remove_codings(project, [coding])
    watched.take()
    assert watched.patch.pairs == ((new, None),)
    project.undo()
    watched.take()
    assert watched.patch.pairs == ((None, new),)
    same_as_read_anew(watched)


def test_acts_elsewhere_change_counts_but_not_the_document(watched: Watched) -> None:
    other = watched.sources.lines[1].uuid
    apply_code(watched.project, other, Span(0, 4), watched.code("Money"), coder="Berik")
    watched.take()
    assert watched.patch.pairs == ()
    assert watched.codes.counts[watched.code("Money")] == 1
    same_as_read_anew(watched)


def test_codes_renamed_or_deleted_show_the_tree_anew(watched: Watched) -> None:
    source = watched.document.source.uuid
    apply_code(watched.project, source, Span(6, 28), watched.code("Turnover"))
    change_code(watched.project, watched.code("Money"), name="Funds")
    watched.take()
    assert watched.counted is None
    assert [code.name for code in watched.codes.below(watched.code("Constraints"))] == ["Turnover", "Funds"]
    assert watched.codes.branch(watched.code("Constraints")) == set(watched.codes.codes)
    delete_codes(watched.project, [watched.code("Constraints")])
    watched.take()
    assert not watched.codes.codes
    same_as_read_anew(watched)


def test_two_acts_in_one_go_leave_what_reading_anew_finds(watched: Watched) -> None:
    coding = apply_code(watched.project, watched.document.source.uuid, Span(6, 28), watched.code("Turnover"))
    remove_codings(watched.project, [coding])
    watched.take()
    same_as_read_anew(watched)


def test_a_coding_says_when_it_was_made(watched: Watched) -> None:
    apply_code(watched.project, watched.document.source.uuid, Span(6, 28), watched.code("Turnover"))
    watched.take()
    (coding,) = watched.document.codings.values()
    assert coding.made_at.year == 2022


def test_a_source_that_is_gone_is_said(watched: Watched) -> None:
    with pytest.raises(UserError, match="not in the project"):
        open_document(watched.project, "nothing")
