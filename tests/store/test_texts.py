from __future__ import annotations

from pathlib import Path

import pytest

from qcode.model.document import Block, BlockKind, PageMark
from qcode.project import Project
from qcode.store import texts
from qcode.store.journal import Act
from qcode.text.structure import find_blocks
from tests.store.examples import new_project

TEXT = "Заголовок\n\nR: Ёлка o‘zbek.\n\nThe end\N{NO-BREAK SPACE}of it."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    with new_project(tmp_path / "p.qcode") as project:
        yield project  # type: ignore[misc]


def found(project: Project, query: str) -> list[int]:
    with project.reading() as db:
        return [key for (key,) in db.execute("SELECT rowid FROM paragraph_words WHERE paragraph_words MATCH ?", (f'"{query}"',))]


def test_a_text_is_kept_once_as_it_is_and_found_folded(project: Project) -> None:
    blocks = (Block(0, 9, BlockKind.HEADING, 2), Block(11, 26, BlockKind.TURN, 0, "R"), Block(28, len(TEXT)))

    def work(act: Act) -> str:
        name = texts.add_text(act, TEXT, blocks)
        assert texts.add_text(act, TEXT, ()) == name
        return name

    name = project.transact("text", "Text", work)
    with project.reading() as db:
        assert db.execute("SELECT content, characters FROM texts WHERE sha256 = ?", (name,)).fetchall() == [(TEXT, len(TEXT))]
        assert texts.blocks_of(db, name) == blocks
    assert found(project, "елка") == [2]
    assert found(project, "o'zbek") == [2]
    assert found(project, "the") == [3]
    assert found(project, "nothing") == []


def test_removed_from_the_index_it_is_found_no_more(project: Project) -> None:
    for text in (TEXT, "plain ascii end"):
        project.transact("text", "Text", lambda act, text=text: texts.add_text(act, text, find_blocks(text)))
    project.outside_transaction(lambda db: texts.remove_from_index(db, 1))
    assert found(project, "елка") == []
    assert len(found(project, "end")) == 1


def test_an_original_comes_back_with_its_pages(project: Project) -> None:
    data = bytes(range(256)) * 40
    pages = (PageMark("i", 0), PageMark("12", 30))

    def work(act: Act) -> str:
        assert texts.add_original(act, "a.pdf", data, "t", pages) == texts.add_original(act, "b.pdf", data, "t", ())
        return texts.add_original(act, "a.pdf", data, "t", pages)

    key = project.transact("original", "Original", work)
    with project.reading() as db:
        assert texts.original_of(db, key) == data
        assert texts.pages_of(db, key) == pages
        assert texts.original_of(db, "none") is None
        assert texts.pages_of(db, "none") == ()
        assert db.execute("SELECT count(*) FROM originals").fetchone() == (1,)


def test_an_original_that_is_too_large_is_not_kept(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "LARGEST_ORIGINAL", 3)
    assert project.transact("original", "Original", lambda act: texts.add_original(act, "a", b"1234", "t", ())) == ""
