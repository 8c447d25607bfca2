"""An open project: acts, notices, threads, and what opening refuses."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from qcode.errors import BugError, Cancelled, UserError
from qcode.model.change import Changes
from qcode.model.identity import Identities
from qcode.opening import create_project, open_project
from qcode.progress import Progress
from qcode.project import Project
from qcode.store.backups import KEPT, backups_of, project_uuid
from qcode.store.check import check
from qcode.store.format import FORMAT
from qcode.store.journal import Act
from tests.store.examples import fill, hash_of, new_project, reopen


@pytest.fixture
def project(tmp_path: Path) -> Project:
    with new_project(tmp_path / "p.qcode") as project:
        yield project  # type: ignore[misc]


def count(project: Project, table: str) -> int:
    with project.reading() as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def new_code(act: Act, name: str = "code") -> str:
    return act.insert("codes", {"name": name})


def clocks(project: Project) -> list[tuple[int, int, int]]:
    with project.reading() as db:
        return db.execute("SELECT session_id, seq, clock FROM operations ORDER BY id").fetchall()


def test_each_act_is_told_once_in_order_on_the_writers_thread(project: Project) -> None:
    told: list[tuple[str, str]] = []

    def observe(changes: Changes) -> None:
        told.append((changes.label, threading.current_thread().name))

    stop = project.on_change(observe)
    waiting = [project.submit("code", f"Code {n}", lambda act, n=n: new_code(act, str(n))) for n in range(20)]
    for future in waiting:
        future.result()
    project.undo()
    stop()
    project.redo()
    assert [label for label, _ in told] == [f"Code {n}" for n in range(20)] + ["Undo: Code 19"]
    assert {thread for _, thread in told} == {"writer of p.qcode_0"}


def test_changes_say_which_rows(project: Project) -> None:
    told: list[Changes] = []
    project.on_change(told.append)
    fill(project)
    (changes,) = told
    assert changes.operation == 2
    assert len(changes.of("codings").inserted) == count(project, "codings")
    assert changes.of("nothing").inserted == []


def test_an_act_within_an_act_is_part_of_it(project: Project) -> None:
    told: list[Changes] = []
    project.on_change(told.append)

    def outer(act: Act) -> str:
        first = new_code(act)
        inner = project.transact("inner", "Inner", lambda same: new_code(same, "inner"))
        with project.reading() as db:
            assert db.execute("SELECT count(*) FROM codes").fetchone() == (2,)
        act.update("codes", inner, {"parent": first})
        return inner

    inner = project.transact("outer", "Outer", outer)
    assert [changes.label for changes in told] == ["Outer"]
    assert told[0].of("codes").inserted[1] == inner
    project.undo()
    assert count(project, "codes") == 0


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt(), Cancelled("stop")])
def test_what_fails_leaves_nothing_and_the_next_act_goes_on(project: Project, error: BaseException) -> None:
    told: list[Changes] = []
    project.on_change(told.append)
    new = project.transact("code", "Code", new_code)
    before, times = hash_of(project), clocks(project)

    def fail(act: Act) -> None:
        act.update("codes", new, {"name": "changed"})
        fill_one = new_code(act, "more")
        act.insert("codes", {"name": "below", "parent": fill_one})
        raise error

    with pytest.raises(type(error)):
        project.transact("fail", "Fail", fail)
    assert (hash_of(project), clocks(project)) == (before, times)
    project.transact("next", "Next", lambda act: act.insert("codes", {"name": "next", "parent": new}))
    assert clocks(project) == [*times, (1, 3, 3)]
    assert [changes.label for changes in told] == ["Code", "Next"]
    with project.reading() as db:
        assert check(db) == []


def test_an_import_that_is_cancelled_is_rolled_back(project: Project) -> None:
    steps: list[int] = []

    def report(_: str, done: int, __: int) -> None:
        steps.append(done)
        if len(steps) == 2:
            progress.cancel()

    progress = Progress(report)
    rows = ((f"00000000-0000-4000-8000-{n:012d}", {"name": str(n)}) for n in range(9000))
    with pytest.raises(Cancelled):
        project.transact("many", "Many", lambda act: act.insert_many("coders", rows), progress)
    assert steps == [2000, 4000]
    assert count(project, "coders") == 0
    assert len(clocks(project)) == 1


def test_an_act_that_changes_nothing_leaves_no_trace(project: Project) -> None:
    new = project.transact("code", "Code", new_code)
    told: list[Changes] = []
    project.on_change(told.append)
    assert project.transact("same", "Same", lambda act: act.update("codes", new, {"name": "code"})) is False
    project.transact("nothing", "Nothing", lambda act: act.delete("codes", ["nobody"]))
    assert told == []
    assert len(clocks(project)) == 2


def test_an_observer_that_writes_or_waits_is_a_bug(project: Project) -> None:
    raised: list[BaseException] = []

    def observe(_: Changes) -> None:
        for wait in (lambda: project.transact("a", "A", new_code), project.undo, project.redo, lambda: project.set_coder("B")):
            with pytest.raises(BugError) as caught:
                wait()
            raised.append(caught.value)

    project.on_change(observe)
    project.transact("code", "Code", new_code)
    assert len(raised) == 4
    assert count(project, "codes") == 1


def test_a_reader_sees_one_state_and_never_half_an_act(project: Project) -> None:
    with project.reading() as db:
        before = db.execute("SELECT count(*) FROM codes").fetchone()
        project.transact("code", "Code", new_code)
        with project.reading() as same:
            assert same is db
            assert same.execute("SELECT count(*) FROM codes").fetchone() == before
    assert count(project, "codes") == 1


def test_every_thread_has_its_own_reading_connection(project: Project) -> None:
    seen: list[sqlite3.Connection] = []

    def read() -> None:
        with project.reading() as db:
            seen.append(db)

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    read()
    read()
    assert seen[0] is not seen[1]
    assert seen[1] is seen[2]


def test_what_breaks_a_rule_of_the_file_is_a_bug_and_leaves_nothing(project: Project) -> None:
    fill(project)
    with pytest.raises(BugError, match="FOREIGNKEY"):
        project.transact("bad", "Bad", lambda act: act.delete("coders", [act.db.execute("SELECT uuid FROM coders").fetchone()[0]]))
    with pytest.raises(BugError, match="codes has no row nobody"):
        project.transact("bad", "Bad", lambda act: act.insert("codes", {"name": "x", "parent": "nobody"}))
    with project.reading() as db:
        assert check(db) == []


def test_who_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with create_project(tmp_path / "p.qcode", identities=Identities.seeded(1)) as project:
        import getpass

        monkeypatch.setattr(getpass, "getuser", lambda: "login")
        assert project.coder == "login"
        project.set_coder("of the copy")
        assert project.coder == "of the copy"
        monkeypatch.setenv("QCODE_CODER", "of the day")
        assert project.coder == "of the day"
        assert len(clocks(project)) == 1
    with open_project(tmp_path / "p.qcode", coder="as opened") as project:
        assert project.coder == "as opened"
    with open_project(tmp_path / "p.qcode", read_only=True) as project:
        monkeypatch.delenv("QCODE_CODER")
        assert project.coder == "of the copy"

    def nobody() -> str:
        raise KeyError

    monkeypatch.setattr(getpass, "getuser", nobody)
    with create_project(tmp_path / "q.qcode", identities=Identities.seeded(1)) as project:
        assert project.coder == "Coder"


def test_a_session_begins_with_the_first_act_after_opening(tmp_path: Path) -> None:
    path = tmp_path / "p.qcode"
    new_project(path, 1).close()
    for seed in (2, 3, 4):
        with reopen(path, seed) as project:
            if seed != 3:
                project.transact("code", "Code", lambda act, seed=seed: new_code(act, str(seed)))
            found = clocks(project)
    assert found == [(1, 1, 1), (2, 1, 2), (3, 1, 3)]


def test_the_same_seed_makes_the_same_project(tmp_path: Path) -> None:
    hashes = set()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        with new_project(tmp_path / name / "p.qcode", 5) as project:
            fill(project)
            hashes.add(hash_of(project))
            with project.reading() as db:
                hashes.add(str(db.execute("SELECT * FROM operations").fetchall()))
    assert len(hashes) == 2


def test_reading_only_writes_nothing_and_says_so(tmp_path: Path) -> None:
    new_project(tmp_path / "p.qcode").close()
    with open_project(tmp_path / "p.qcode", read_only=True) as project:
        assert project.settle() is True
        for write in (lambda: project.transact("a", "A", new_code), project.undo, project.redo, lambda: project.set_coder("B")):
            with pytest.raises(UserError, match=r"^p\.qcode is open for reading only: open it for writing to change it\.$"):
                write()
        with project.reading() as db, pytest.raises(sqlite3.OperationalError, match="readonly"):
            db.execute("DELETE FROM project")


def test_a_closed_project_takes_nothing_more(tmp_path: Path) -> None:
    project = new_project(tmp_path / "p.qcode")
    project.close()
    project.close()
    with pytest.raises(BugError, match="has been closed"):
        project.transact("a", "A", new_code)
    with pytest.raises(BugError, match="has been closed"), project.reading():
        pass


@pytest.mark.parametrize("name", ["Проект 100% #1?.qcode", "a b&c=d.qcode", "ünïcode;'\".qcode"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    with new_project(tmp_path / name) as project:
        fill(project)
        expected = hash_of(project)
    with open_project(tmp_path / name, read_only=True) as project:
        assert hash_of(project) == expected
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_row_that_is_not_there_cannot_be_changed(project: Project) -> None:
    with pytest.raises(BugError, match="codes has no row nobody"):
        project.transact("a", "A", lambda act: act.update("codes", "nobody", {"name": "x"}))


def test_the_last_five_backups_stay_and_open(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.qcode") as project:
        fill(project)
        made = [project.back_up(f"number {n}") for n in range(7)]
        with project.reading() as db:
            assert backups_of(project_uuid(db)) == made[:1:-1]
        assert len(made[:1:-1]) == KEPT
        expected = hash_of(project)
    with open_project(made[-1], read_only=True) as backup:
        assert hash_of(backup) == expected
    assert [path.suffix for path in made[-1].parent.iterdir()] == [".qcode"] * 5


def test_a_quiet_project_is_backed_up_at_intervals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qcode import project as module

    made = threading.Event()
    monkeypatch.setattr(module, "INTERVAL_SECONDS", 0)
    monkeypatch.setattr(module, "back_up_from", lambda *_: made.set())
    with create_project(tmp_path / "p.qcode", quiet=0.01):
        assert made.wait(20)


NOT_PROJECTS = {
    "empty": (b"", "is not a qcode project, whatever its name says: choose a file that qcode made."),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(500), "is not a qcode project, whatever its name says: choose a file that qcode made."),
    "cut off": (b"SQLite format 3\x00" + bytes(20), "is not a qcode project, whatever its name says: choose a file that qcode made."),
}


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("name", NOT_PROJECTS)
def test_what_is_no_project_is_refused_in_one_sentence(tmp_path: Path, name: str, read_only: bool) -> None:
    content, sentence = NOT_PROJECTS[name]
    (tmp_path / "x.qcode").write_bytes(content)
    with pytest.raises(UserError) as caught:
        open_project(tmp_path / "x.qcode", read_only=read_only)
    assert str(caught.value) == f"x.qcode {sentence}"
    assert [path.name for path in tmp_path.iterdir()] == ["x.qcode"]
    assert (tmp_path / "x.qcode").read_bytes() == content


UPDATE = "update qcode to open it."


@pytest.mark.parametrize("read_only", [True, False])
def test_databases_of_others_and_of_the_future_are_refused(tmp_path: Path, read_only: bool) -> None:
    for name, pragma, sentence in (
        ("foreign.qcode", "application_id = 7", "is a database of another program, not a qcode project: choose a file that qcode made."),
        ("newer.qcode", "user_version = 99", f"was written by a newer qcode (format 99, this one reads up to {FORMAT}): {UPDATE}"),
    ):
        new_project(tmp_path / name).close()
        db = sqlite3.connect(tmp_path / name)
        db.execute(f"PRAGMA {pragma}")
        db.close()
        with pytest.raises(UserError) as caught:
            open_project(tmp_path / name, read_only=read_only)
        assert str(caught.value) == f"{name} {sentence}"


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^There is no file .*none\.qcode: check the name and the folder\.$"):
        open_project(tmp_path / "none.qcode")
    with pytest.raises(UserError, match=r"is a folder: choose a file that ends in \.qcode\.$"):
        open_project(tmp_path)
    with pytest.raises(UserError, match=r"^There is no folder .*: make it first, or choose another\.$"):
        create_project(tmp_path / "none" / "p.qcode")
    new_project(tmp_path / "p.qcode").close()
    with pytest.raises(UserError, match=r"^p\.qcode exists already: choose another name, or open it\.$"):
        create_project(tmp_path / "p.qcode")
    assert [path.name for path in tmp_path.iterdir()] == ["p.qcode"]


def test_an_observer_that_fails_spoils_neither_the_act_nor_the_next_observer(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    told: list[Changes] = []

    def fail(_: Changes) -> None:
        raise ValueError("no room")

    project.on_change(fail)
    project.on_change(told.append)
    project.transact("code", "Code", new_code)
    assert count(project, "codes") == len(told) == 1
    assert "no room" in caplog.text
