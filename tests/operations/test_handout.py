from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.merge.content import Reason
from qcode.model.code import CODEBOOK_COLUMNS
from qcode.model.identity import Identities
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.opening import open_project
from qcode.operations.codebook import import_codebook
from qcode.operations.coders import ensure_coder
from qcode.operations.codes import change_code, create_code, delete_codes, move_code
from qcode.operations.codings import add_coding, apply_code, change_coding
from qcode.operations.handout import hand_in, handout
from qcode.operations.merging import merge_files
from qcode.operations.purge import purge_source
from qcode.operations.readings import mark_reading
from qcode.operations.recover import recover_project
from qcode.operations.sources import add_pasted
from qcode.project import Project
from qcode.store.journal import Act
from qcode.views.conflicts import open_conflicts
from qcode.views.history import read_history
from qcode.views.lists import list_sources
from qcode.views.quotes import build_codings
from qcode.views.search import search
from tests.operations.examples import acts_of, assert_sound, hash_of, table
from tests.operations.team import NAMES, TEXT, WORDS, Team
from tests.store.examples import fill, keys, random_act
from tests.store.examples import new_project as store_project


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def said_in(path: Path, *words: str) -> Iterator[str]:
    """Those of the words that stand in the bytes of a file, in any of the encodings somebody might search for."""
    content = path.read_bytes()
    for word in words:
        if any(word.encode(encoding) in content for encoding in ("utf-8", "utf-16-le", "utf-16-be")):
            yield word


def test_a_copy_has_everything_and_a_history_of_its_own(team: Team) -> None:
    shutil.copyfile(team.path, team.folder / "other.qcode")
    with team.open("other", "Bek") as other:
        create_code(other, "Set aside")
    with team.open() as project:
        merge_files(project, [team.folder / "other.qcode"])
        project.undo()
    path = team.give("copy", "Aida", locked=True)
    assert list(said_in(path, "Set aside")) == []
    with team.open("copy") as copy:
        assert hash_of(copy) == team.hash("leader")
        assert_sound(copy)
        assert copy.coder == "Aida"
        assert copy.undo() is None
        assert "Import 3 files" in [act.label for act in read_history(copy)]
        assert apply_code(copy, team.sources[0], Span(3, 7), team.code)
        assert copy.undo() is not None
        assert copy.undo() is None
    with team.open() as project:
        assert [act.label for act in read_history(project)][-1] == "Hand out a copy to Aida"
        with project.reading() as db:
            assert db.execute("SELECT codebook, blind, partial FROM handouts").fetchall() == [("locked", 0, 0)]
            assert db.execute("SELECT count(*) FROM allocations").fetchone() == (0,)


def test_sources_that_are_not_assigned_are_not_in_the_file(team: Team) -> None:
    path = team.give("part", "Aida", 0)
    away = [*NAMES[1:], *WORDS[1:], *(f"Bek on {word}" for word in WORDS[1:]), "Dushanbe", *team.sources[1:]]
    assert sorted(said_in(team.path, *away)) == sorted(away)
    assert list(said_in(path, *away)) == []
    assert sorted(said_in(path, NAMES[0], WORDS[0], "Bek on alphaword")) == sorted((NAMES[0], WORDS[0], "Bek on alphaword"))
    with team.open("part") as copy:
        assert_sound(copy)
        assert [line["name"] for line in list_sources(copy)] == [NAMES[0]]
        assert {row[6] for row in build_codings(copy).rows} == {"Aida", "Bek"}
        assert "Import 3 files" not in [act.label for act in read_history(copy)]
    with team.open() as project, project.reading() as db:
        assert db.execute("SELECT s.name FROM allocations a JOIN sources s ON s.id = a.source_id").fetchall() == [(NAMES[0],)]
        assert db.execute("SELECT partial FROM handouts").fetchall() == [(1,)]


def test_texts_originals_and_the_search_are_those_of_the_assigned_sources(tmp_path: Path) -> None:
    with store_project(tmp_path / "p.qcode") as project:
        fill(project, sources=3, codings=9)
        source = project.transact("look", "Look", lambda act: keys(act, "sources"))[0]
        handout(project, "Ada", tmp_path / "copy.qcode", sources=[source])
    with open_project(tmp_path / "copy.qcode") as copy, copy.reading() as db:
        for table in ("texts", "originals", "sources", "allocations"):
            assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,), table
        paragraphs = db.execute("SELECT count(*) FROM paragraphs").fetchone()
        assert db.execute("SELECT count(*) FROM paragraph_words_docsize").fetchone() == paragraphs
        assert search(copy, "end") != []


def test_a_blind_copy_has_nothing_that_others_coded(team: Team) -> None:
    path = team.give("blind", "Aida", blind=True)
    assert list(said_in(path, *(f"Bek on {word}" for word in WORDS))) == []
    with team.open("blind") as copy:
        assert_sound(copy)
        assert {row[6] for row in build_codings(copy).rows} == {"Aida"}
        assert [line["reading"] for line in list_sources(copy)] == [{"Aida": "finished"}] * 3
        before = acts_of(copy)
        with pytest.raises(UserError, match="nothing is coded or read in another's name here"):
            apply_code(copy, team.sources[0], Span(1, 5), team.code, coder="Bek")
        with pytest.raises(UserError, match="nothing is coded or read in another's name here"):
            mark_reading(copy, team.sources[0], ReadingStatus.FINISHED, "Chinara")
        assert acts_of(copy) == before
        apply_code(copy, team.sources[0], Span(1, 5), team.code, memo="my own")
    final = team.merge("leader", "blind")
    assert team.merge("blind", "leader") == final
    with team.open() as project:
        assert len(build_codings(project).rows) == 7


def test_a_locked_codebook_stays_as_it_is(team: Team) -> None:
    team.give("locked", "Aida", locked=True)
    with team.open("locked") as copy:
        before = acts_of(copy)
        for refused in (
            lambda: create_code(copy, "New"),
            lambda: change_code(copy, team.code, name="Faith"),
            lambda: change_code(copy, team.code, definition="Something else"),
            lambda: move_code(copy, team.code, None, 7.0),
            lambda: delete_codes(copy, [team.code]),
        ):
            with pytest.raises(UserError, match=r"^The codebook is locked in this copy"):
                refused()
        outcome = import_codebook(copy, table(f"{','.join(CODEBOOK_COLUMNS)}\nNew,,,,,,\n"))
        assert "locked" in outcome.refused[0].reason
        assert acts_of(copy) == before
        apply_code(copy, team.sources[0], Span(1, 5), team.code)
    with team.open() as project:
        create_code(project, "By the leader")
    assert team.merge("locked", "leader") == team.merge("leader", "locked")


def test_a_copy_of_a_restricted_copy_is_restricted(team: Team) -> None:
    team.give("first", "Aida", 0, 1, locked=True, blind=True)
    path = team.give("second", "Chinara", 1, of="first")
    assert list(said_in(path, WORDS[0], WORDS[2], "Bek on bravoword")) == []
    with team.open("second") as copy:
        assert_sound(copy)
        with pytest.raises(UserError, match="locked"):
            create_code(copy, "New")
        with pytest.raises(UserError, match="another's name"):
            apply_code(copy, team.sources[1], Span(1, 5), team.code, coder="Aida")
        apply_code(copy, team.sources[1], Span(1, 5), team.code)
    final = team.merge("leader", "first", "second")
    assert team.merge("second", "leader") == final


def test_what_was_withheld_stays_and_comes_with_the_whole_project(team: Team) -> None:
    team.give("part", "Aida", 0, blind=True)
    with team.open("part") as copy:
        apply_code(copy, team.sources[0], Span(1, 5), team.code)
        change_code(copy, team.code, definition="What people rely on.")
        own = hash_of(copy)
    final = team.merge("leader", "part")
    with team.open() as project:
        assert len(build_codings(project).rows) == 7
    assert team.merge("part", "leader") == final
    with team.open("part") as copy:
        assert merge_files(copy, [team.path]) is None
        apply_code(copy, team.sources[2], Span(2, 9), team.code)
        copy.undo()
        copy.undo()
        assert hash_of(copy) == own
        assert_sound(copy)
        copy.redo()
        assert hash_of(copy) == final
        assert_sound(copy)
        copy.undo()
        merge_files(copy, [team.path])
        assert hash_of(copy) == final


def test_two_partial_copies_complete_each_other(team: Team) -> None:
    for name, number in (("one", 0), ("two", 1)):
        team.give(name, name.title(), number)
        with team.open(name) as copy:
            apply_code(copy, team.sources[number], Span(1, 5), team.code)
    assert team.merge("one", "two") == team.merge("two", "one")
    with team.open("one") as copy:
        assert [line["name"] for line in list_sources(copy)] == [NAMES[1], NAMES[0]]
    assert team.merge("leader", "one") == team.merge("one", "leader")


def test_rows_wait_for_the_source_that_only_another_file_has(team: Team) -> None:
    team.give("two", "Two", 1)
    team.give("one", "One", 0)
    with team.open("two") as copy:
        apply_code(copy, team.sources[1], Span(1, 5), team.code, memo="It waits.")
        assert hand_in(copy, team.folder / "two.qchange") == 1
    before = team.hash("one")
    assert team.merge("one", "two.qchange") == before
    with team.open("one") as copy:
        assert [conflict.kind for conflict in open_conflicts(copy)] == [Reason.WAITING]
        assert_sound(copy)
    team.merge("one", "two")
    with team.open("one") as copy:
        assert [row[7] for row in build_codings(copy).rows if row[6] == "Two"] == ["It waits."]
        assert open_conflicts(copy) == []
    final = team.merge("leader", "one")
    assert team.merge("one", "leader") == final


def test_a_merged_copy_handed_on_still_lacks_what_it_lacked(team: Team) -> None:
    """Somebody who has the whole project but not yet the import gets it by halves, and the rest later."""
    shutil.copyfile(team.path, team.folder / "late.qcode")
    with team.open() as project:
        names = ("x.txt", "y.txt")
        project.transact("import sources", "Import 2 files", lambda act: [add_pasted(project, name, TEXT.format(name)) for name in names])
        with project.reading() as db:
            (x,) = db.execute("SELECT uuid FROM sources WHERE name = 'x.txt'").fetchone()
        handout(project, "Aida", team.folder / "part.qcode", sources=[x])
    team.merge("late", "part")
    assert team.merge("late", "leader") == team.hash("leader")


def test_a_withdrawn_source_does_not_come_back_with_what_was_withheld(team: Team) -> None:
    team.give("part", "Aida", 0)
    shutil.copyfile(team.path, team.folder / "old.qcode")
    with team.open() as project:
        purge_source(project, team.sources[1])
    team.merge("part", "leader")
    team.merge("part", "old")
    assert list(said_in(team.folder / "part.qcode", WORDS[1])) == []
    assert team.hash("part") == team.hash("leader")


def test_a_partial_copy_that_was_recovered_is_completed_too(team: Team) -> None:
    damaged = team.give("part", "Aida", 0, blind=True)
    data = bytearray(damaged.read_bytes())
    data[:100] = bytes(100)
    damaged.write_bytes(data)
    recover_project(damaged, team.folder / "again.qcode")
    with team.open("again") as copy:
        assert_sound(copy)
    final = team.merge("leader", "again")
    assert team.merge("again", "leader") == final


@pytest.mark.parametrize("seed", range(12))
def test_random_work_in_copies_of_every_kind_comes_together(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)

    def work(path: Path, acts: int) -> None:
        with open_project(path, identities=Identities.seeded(rng.randrange(10**9)), quiet=1000.0) as project:
            for _ in range(acts):
                # What the copy was handed out not to allow is refused whole.
                with suppress(UserError):
                    random_act(project, rng)
                if rng.random() < 0.3:
                    project.undo()
            assert_sound(project)

    leader = tmp_path / "leader.qcode"
    with store_project(leader, seed) as project:
        fill(project, sources=4, codings=12, seed=seed)
        for _ in range(4):
            random_act(project, rng)
    copies = []
    for number in range(3):
        with open_project(leader, coder="Ada", identities=Identities.seeded(seed * 100 + number), quiet=1000.0) as project:
            sources = project.transact("look", "Look", lambda act: keys(act, "sources"))
            copies.append(tmp_path / f"{number}.qcode")
            some = rng.sample(sources, k=rng.randint(1, len(sources))) if rng.random() < 0.7 else ()
            handout(project, f"Coder {number}", copies[-1], sources=some, blind=rng.random() < 0.4, locked=rng.random() < 0.3)
        work(leader, 2)
        work(copies[-1], 5)
    hashes = set()
    for into in (*copies, leader):
        order = [path for path in (leader, *copies) if path != into]
        rng.shuffle(order)
        target = tmp_path / f"{into.stem} merged.qcode"
        shutil.copyfile(into, target)
        with open_project(target, identities=Identities.seeded(seed + 17), quiet=1000.0) as project:
            before = hash_of(project)
            for path in order:
                merge_files(project, [path])
                assert_sound(project)
            after = hash_of(project)
            hashes.add(after)
            assert merge_files(project, order) is None
            while merges_to_take_back(project):
                project.undo()
                assert_sound(project)
            assert hash_of(project) == before
    assert len(hashes) == 1


def merges_to_take_back(project: Project) -> list[int]:
    """The merges of this copy that can still be taken back."""
    with project.reading() as db:
        every = db.execute("SELECT id, undoes_id FROM merges ORDER BY id DESC").fetchall()
    undone = {target for _, target in every if target}
    return [number for number, target in every if target is None and number not in undone]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("leader.qcode", "is the project itself"),
        ("there.qcode", "exists already"),
        ("nowhere/copy.qcode", "There is no folder"),
    ],
)
def test_where_no_copy_can_be_nothing_is_handed_out(team: Team, name: str, sentence: str) -> None:
    (team.folder / "there.qcode").write_text("mine")
    with team.open() as project:
        before = acts_of(project)
        with pytest.raises(UserError, match=sentence):
            handout(project, "Aida", team.folder / name)
        assert acts_of(project) == before
    assert (team.folder / "there.qcode").read_text() == "mine"


def test_a_copy_that_cannot_be_finished_is_not_handed_out(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    from qcode.store import handout as copies

    def full(db: object) -> None:
        raise UserError("the disk is full")

    monkeypatch.setattr(copies, "pack", full)
    with team.open() as project:
        before = hash_of(project)
        with pytest.raises(UserError, match="the disk is full"):
            handout(project, "Aida", team.folder / "copy.qcode")
        assert hash_of(project) == before
    assert sorted(path.name for path in team.folder.iterdir()) == ["leader.qcode"]


def test_a_hand_in_is_small_and_brings_everything(team: Team) -> None:
    team.give("copy", "Aida", blind=True)
    with team.open("copy") as copy:
        long = add_pasted(copy, "long.txt", "Words that somebody said and wrote down. " * 4000)

        def code(act: Act, start: int) -> None:
            add_coding(act, long, Span(start, start + 17), team.code, ensure_coder(act, "Aida"), {"memo": f"Note {start}"})

        for start in range(1, 3001):
            copy.transact("apply code", "Apply a code", lambda act, start=start: code(act, start))
        target = team.folder / "aida.qchange"
        assert hand_in(copy, target) == 3001
    assert target.stat().st_size <= 2 * 1024 * 1024
    with team.open() as project:
        merge_files(project, [target])
        assert len(build_codings(project).rows) == 3006
    assert team.hash("leader") == team.merge("copy", "leader")


def test_a_hand_in_replaces_an_earlier_one_and_nothing_else(team: Team) -> None:
    other, notes, target = team.folder / "other.qcode", team.folder / "notes.docx", team.folder / "mine.qchange"
    shutil.copyfile(team.path, other)
    before = other.read_bytes()
    notes.write_bytes(b"words")
    team.give("copy", "Aida")
    with team.open("copy") as copy:
        create_code(copy, "New")
        for taken in (other, notes, team.folder):
            with pytest.raises(UserError, match="exists already and is no change file: give another name"):
                hand_in(copy, taken)
        hand_in(copy, target)
        create_code(copy, "Newer")
        assert hand_in(copy, target) == 2
    assert other.read_bytes() == before
    assert notes.read_bytes() == b"words"


def test_a_hand_in_brings_what_its_work_goes_on_from(team: Team) -> None:
    team.give("one", "Aida")
    team.give("two", "Bek")
    with team.open("two") as copy:
        create_code(copy, "Seen by Aida")
    team.merge("one", "two")
    with team.open("one") as copy:
        with pytest.raises(UserError, match=r"^Nothing was done in one\.qcode since it was handed out"):
            hand_in(copy, team.folder / "one.qchange")
        create_code(copy, "After that")
        assert hand_in(copy, team.folder / "one.qchange") == 3
    with team.open() as project:
        merge_files(project, [team.folder / "one.qchange"])
        assert merge_files(project, [team.folder / "two.qcode"]) is None
        assert_sound(project)


def test_a_hand_in_for_an_older_copy_says_what_lacks(team: Team) -> None:
    shutil.copyfile(team.path, team.folder / "older.qcode")
    team.give("copy", "Aida")
    with team.open("copy") as copy:
        change_coding(copy, apply_code(copy, team.sources[0], Span(1, 5), team.code), memo="new")
        hand_in(copy, team.folder / "aida.qchange")
        with pytest.raises(UserError, match="is the project itself"):
            hand_in(copy, team.folder / "copy.qcode")
    with pytest.raises(UserError, match=r"^aida\.qchange goes on from work that is not in this project: ask Aida for the whole project"):
        team.merge("older", "aida.qchange")


def test_a_name_is_one_name_whatever_the_blanks(team: Team) -> None:
    team.give("copy", "  Aida ")
    with team.open() as project, project.reading() as db:
        assert sorted(name for (name,) in db.execute("SELECT name FROM coders")) == ["Aida", "Bek"]
    with team.open("copy") as copy:
        assert copy.coder == "Aida"
    with pytest.raises(UserError, match="The copy is for nobody"):
        team.give("other", " ")
