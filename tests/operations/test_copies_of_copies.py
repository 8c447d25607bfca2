"""Change files of copies that were handed out from copies: each goes on from the work of the one before."""

from __future__ import annotations

import shutil
from itertools import permutations
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.model.span import Span
from qcode.operations.codes import change_code, create_code
from qcode.operations.codings import apply_code, change_coding
from qcode.operations.handout import hand_in
from qcode.operations.purge import purge_source
from tests.operations.examples import assert_sound, hash_of
from tests.operations.team import Team

COPIES = (("one", "Aida"), ("two", "Bek"), ("three", "Chinara"))


@pytest.fixture
def chain(tmp_path: Path) -> Team:
    """Change files of a copy, of a copy of that copy, and of one more; each changes what the one before had done and goes on itself."""
    team, before = Team(tmp_path), "leader"
    parent, coding = team.code, ""
    for number, (name, coder) in enumerate(COPIES):
        team.give(name, coder, of=before)
        with team.open(name) as copy:
            if coding:
                change_coding(copy, coding, memo=f"Read by {coder}")
            coding = apply_code(copy, team.sources[number], Span(1, 5), team.code, memo=coder)
            parent = create_code(copy, f"Code of {coder}", parent)
        before = name
    for name, _ in COPIES:
        with team.open(name) as copy:
            change_code(copy, parent if name == before else team.code, definition=f"Put better by {name}")
            hand_in(copy, team.folder / f"{name}.qchange")
    return team


@pytest.mark.parametrize("order", list(permutations(("one", "two", "three"))), ids=" ".join)
def test_change_files_of_copies_of_copies_come_in_one_step_in_any_order(chain: Team, order: tuple[str, ...]) -> None:
    shutil.copyfile(chain.path, chain.folder / "slowly.qcode")
    before = chain.hash("leader")
    slowly = [chain.merge("slowly", f"{name}.qchange") for name in ("one", "two", "three")][-1]
    assert chain.merge("leader", *(f"{name}.qchange" for name in order)) == slowly
    with chain.open() as project:
        project.undo()
        assert hash_of(project) == before
        assert_sound(project)


def test_a_change_file_that_goes_on_from_one_that_is_not_there_refuses_them_all(chain: Team) -> None:
    before = chain.hash("leader")
    with pytest.raises(UserError, match=r"^three\.qchange goes on from work that is not in this project: ask Chinara for"):
        chain.merge("leader", "three.qchange", "one.qchange")
    assert chain.hash("leader") == before


def test_what_is_withdrawn_in_a_later_copy_is_withdrawn_in_the_earlier_ones_too(chain: Team) -> None:
    with chain.open("three") as copy:
        purge_source(copy, chain.sources[0])
        (chain.folder / "three.qchange").unlink()
        hand_in(copy, chain.folder / "three.qchange")
    shutil.copyfile(chain.path, chain.folder / "slowly.qcode")
    slowly = [chain.merge("slowly", f"{name}.qchange") for name in ("one", "two", "three")][-1]
    assert chain.merge("leader", "three.qchange", "two.qchange", "one.qchange") == slowly
    with chain.open() as project, project.reading() as db:
        assert chain.sources[0] not in {key for (key,) in db.execute("SELECT uuid FROM sources")}
