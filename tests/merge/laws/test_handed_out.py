"""What a team adds to a project does not stand in the way of what one could do before."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.operations.coders import ensure_coder
from qcode.operations.codes import delete_codes
from qcode.operations.handout import handout
from qcode.operations.sources import delete_sources
from qcode.project import Project
from qcode.store.journal import Act
from qcode.store.sources import text_of
from tests.operations.examples import Example, assert_sound, example, hash_of


@pytest.fixture
def here(tmp_path: Path) -> Example:
    return example(tmp_path / "p.qcode")


def decide(project: Project, source: str, code: str) -> None:
    """A decision about a passage on which two coders differ."""

    def work(act: Act) -> None:
        who = {one: ensure_coder(act, name) for one, name in (("first", "Aida"), ("second", "Bo"), ("coder", "Ada"))}
        place = {"source": source, "text": text_of(act.db, source)[0], "span_start": 0, "span_end": 4}
        act.insert("decisions", {**place, **who, "code": code, "outcome": "first", "reason": "see the codebook"})

    project.transact("decide", "Decide", work)


def rows(project: Project, table: str) -> int:
    with project.reading() as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_source_that_was_handed_out_and_decided_on_can_be_removed(here: Example, tmp_path: Path) -> None:
    project = here.project
    handout(project, "Bo", tmp_path / "Bo.qcode", sources=[here.note, here.report])
    decide(project, here.note, here.code)
    before = hash_of(project)
    delete_sources(project, [here.note])
    assert (rows(project, "allocations"), rows(project, "decisions")) == (1, 0)
    assert_sound(project)
    project.undo()
    assert hash_of(project) == before
    project.close()


def test_a_code_that_was_decided_on_can_be_removed(here: Example) -> None:
    project = here.project
    decide(project, here.note, here.code)
    before = hash_of(project)
    delete_codes(project, [here.code])
    assert rows(project, "decisions") == 0
    assert_sound(project)
    project.undo()
    assert hash_of(project) == before
    project.close()
