"""What can be saved of a damaged file is saved, and what comes out is sound."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.model.case import LEVEL_TYPES
from qcode.model.identity import Identities
from qcode.opening import open_project
from qcode.store.check import check
from qcode.store.content import content_hash
from qcode.store.recover import RecoverReport, recover
from qcode.store.replay import read_rows
from qcode.store.schema import CONTENT, Values
from tests.store.examples import add_source, fill, hash_of, new_project, random_act, reopen

PAGE = 4096


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of some 100 pages with texts of several pages, undone acts and two sessions."""
    path = tmp_path_factory.mktemp("recover") / "p.qcode"
    rng = random.Random(5)
    with new_project(path) as project:
        fill(project, sources=6, codings=120)
        long_text = "".join(f"Sentence {n}: довольно длинное предложение о доходах. " + "\n" * (n % 3) for n in range(300))
        project.transact("long", "Long", lambda act: add_source(act, rng, "long.txt", long_text))
    with reopen(path, 2) as project:
        for _ in range(12):
            project.transact("code", "Code", lambda act: act.insert("codes", {"name": f"later {rng.random()}"}))
        project.undo()
    return path


def rows_of(path: Path) -> dict[str, dict[str, Values]]:
    db = sqlite3.connect(path)
    rows = {name: dict(read_rows(db, table)) for name, table in CONTENT.items()}
    db.close()
    return rows


def recovered(damaged: Path, tmp_path: Path) -> tuple[Path, RecoverReport]:
    """The project made of a damaged one, which must come out sound, open, and leave the damaged one as it was."""
    before = hashlib.sha256(damaged.read_bytes()).digest()
    target = tmp_path / "recovered.qcode"
    report = recover(damaged, target, Identities.seeded(77))
    assert hashlib.sha256(damaged.read_bytes()).digest() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({damaged.name, target.name})
    db = sqlite3.connect(target)
    assert check(db) == []
    db.close()
    return target, report


def spoilt(made: Path, tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "damaged.qcode"
    path.write_bytes(content)
    return path


def test_a_sound_file_comes_out_as_it_was(made: Path, tmp_path: Path) -> None:
    target, report = recovered(spoilt(made, tmp_path, made.read_bytes()), tmp_path)
    assert rows_of(target) == rows_of(made)
    assert report.lost == {}
    assert sum(report.rebuilt.values()) == 0
    assert f"Codings: {len(rows_of(made)['codings'])} read." in report.sentences
    ours, theirs = sqlite3.connect(target), sqlite3.connect(made)
    for table in ("sessions", "operations", "row_changes", "codebooks", "originals"):
        found, wanted = ([row[1:] for row in db.execute(f"SELECT * FROM {table} ORDER BY id")] for db in (ours, theirs))
        assert found == wanted, table
    assert content_hash(ours) == content_hash(theirs)
    ours.close()
    theirs.close()


@pytest.mark.parametrize("first", [bytes(PAGE), b"\xff" * PAGE, b"not a database at all" * 20])
def test_a_destroyed_first_page_costs_nothing(made: Path, tmp_path: Path, first: bytes) -> None:
    content = first + made.read_bytes()[len(first) :]
    target, _ = recovered(spoilt(made, tmp_path, content), tmp_path)
    assert rows_of(target) == rows_of(made)


@pytest.mark.parametrize(("share", "codes"), [(0.95, 16), (0.7, 5), (0.4, 5), (0.2, 0)])
def test_a_file_cut_off(made: Path, tmp_path: Path, share: float, codes: int) -> None:
    content = made.read_bytes()
    target, _ = recovered(spoilt(made, tmp_path, content[: int(len(content) * share)]), tmp_path)
    assert len(rows_of(target)["codes"]) >= codes


def assert_what_is_left_is_right(path: Path, made: Path) -> None:
    """With pages zeroed nothing is read wrongly: every row is as it was, but for what stands in for the lost."""
    original, left = rows_of(made), rows_of(path)
    db = sqlite3.connect(path)
    quotes = dict(db.execute("SELECT uuid, quote FROM codings"))
    db.close()
    db = sqlite3.connect(made)
    wanted = dict(db.execute("SELECT uuid, quote FROM codings"))
    db.close()
    assert {key: quote for key, quote in quotes.items() if wanted.get(key) != quote} == {}
    for key in left["codings"].keys() & original["codings"].keys():
        assert left["codings"][key]["memo"] == original["codings"][key]["memo"]


def test_zeroed_pages(made: Path, tmp_path: Path) -> None:
    """Each page alone; together with the journal, one page costs no coding."""
    content = made.read_bytes()
    codings = rows_of(made)["codings"].keys()
    for number in range(1, len(content) // PAGE, 3):
        folder = tmp_path / str(number)
        folder.mkdir()
        damaged = spoilt(made, folder, content[: number * PAGE] + bytes(PAGE) + content[(number + 1) * PAGE :])
        target, _ = recovered(damaged, folder)
        assert rows_of(target)["codings"].keys() == codings, number
        assert_what_is_left_is_right(target, made)
        shutil.rmtree(folder)


@pytest.mark.parametrize("seed", range(25))
def test_many_zeroed_pages(made: Path, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    content = bytearray(made.read_bytes())
    pages = len(content) // PAGE
    for number in rng.sample(range(pages), rng.randint(2, pages // 2)):
        content[number * PAGE : (number + 1) * PAGE] = bytes(PAGE)
    target, _ = recovered(spoilt(made, tmp_path, bytes(content)), tmp_path)
    assert_what_is_left_is_right(target, made)


@pytest.mark.parametrize("seed", range(25))
def test_random_bytes(made: Path, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    content = bytearray(made.read_bytes())
    for _ in range(rng.choice([3, 30, 300, 3000])):
        content[rng.randrange(len(content))] = rng.randrange(256)
    recovered(spoilt(made, tmp_path, bytes(content)), tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 1400))
def test_random_damage_of_random_projects(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    path = tmp_path / "damaged.qcode"
    with new_project(path, seed) as project:
        fill(project, seed=seed)
        for _ in range(rng.randrange(40)):
            random_act(project, rng)
    content = bytearray(path.read_bytes())
    for _ in range(rng.randint(1, 12)):
        start = rng.randrange(len(content))
        length = rng.choice([1, 8, 512, PAGE, 3 * PAGE])
        content[start : start + length] = rng.randbytes(min(length, len(content) - start))
    path.write_bytes(content)
    recovered(path, tmp_path)


def test_a_letter_of_the_journal_that_changed_costs_no_row(tmp_path: Path) -> None:
    """The journal can be read whole and yet say of a reading that it is of a source nobody ever made."""
    made = tmp_path / "p.qcode"
    with new_project(made) as project:
        fill(project)
    db = sqlite3.connect(made)
    ((change, right, reading),) = db.execute(
        "SELECT c.id, json_extract(c.after, '$.source'), c.row_uuid FROM row_changes c WHERE c.table_name = 'readings' LIMIT 1"
    )
    other = right[:-1] + ("0" if right.endswith("f") else "f")
    db.execute("UPDATE row_changes SET after = replace(after, ?, ?) WHERE id = ?", (right, other, change))
    db.commit()
    db.close()
    folder = tmp_path / "damaged"
    folder.mkdir()
    target, report = recovered(made.rename(folder / "p.qcode"), folder)
    assert rows_of(target)["readings"][reading]["source"] == right
    assert report.lost == {}


def test_a_recovered_project_goes_on(made: Path, tmp_path: Path) -> None:
    content = made.read_bytes()
    target, _ = recovered(spoilt(made, tmp_path, content[: len(content) // 2]), tmp_path)
    with open_project(target, identities=Identities.seeded(9)) as project:
        assert project.undo() is None
        before = hash_of(project)
        random_act(project, random.Random(1))
        project.transact("new", "New", lambda act: act.insert("codes", {"name": "new"}))
        while project.undo():
            pass
        assert hash_of(project) == before
        with project.reading() as db:
            assert check(db) == []


def test_a_lost_text_is_made_of_what_was_read_and_its_quotes(made: Path, tmp_path: Path) -> None:
    content = made.read_bytes()
    place = content.index(b"Sentence 200")
    damaged = spoilt(made, tmp_path, content[:place] + bytes(3000) + content[place + 3000 :])
    target, report = recovered(damaged, tmp_path)
    assert any(sentence.startswith("long.txt: its text could not be read whole") for sentence in report.sentences)
    db = sqlite3.connect(target)
    (text,) = db.execute("SELECT t.content FROM sources s JOIN texts t ON t.id = s.text_id WHERE s.name = 'long.txt'").fetchone()
    db.close()
    assert "Sentence 3:" in text
    assert "\0" not in text
    assert report.lost["texts"] == 1


def test_a_log_left_by_a_crash_is_folded_in(tmp_path: Path) -> None:
    folder = tmp_path / "crashed"
    folder.mkdir()
    with new_project(tmp_path / "p.qcode") as project:
        project.settle()
        fill(project)
        for name in ("p.qcode", "p.qcode-wal"):
            shutil.copyfile(tmp_path / name, folder / name)
    recover(folder / "p.qcode", folder / "out.qcode", Identities.seeded(3))
    assert len(rows_of(folder / "out.qcode")["codings"]) == 28
    assert sorted(path.name for path in folder.iterdir()) == ["out.qcode", "p.qcode", "p.qcode-wal"]


@pytest.mark.parametrize("content", [b"", b"\x89PNG" * 2000, bytes(9 * PAGE), b"\x0d" * 5 * PAGE])
def test_nothing_to_read_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p.qcode"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"^Nothing of a project can be read in p\.qcode: go back to a backup\.$"):
        recover(path, tmp_path / "out.qcode", Identities.seeded(1))
    assert not (tmp_path / "out.qcode").exists()


def test_what_is_there_is_not_overwritten_and_what_is_missing_is_said(made: Path, tmp_path: Path) -> None:
    (tmp_path / "there.qcode").write_bytes(b"mine")
    with pytest.raises(UserError, match=r"^there\.qcode exists already"):
        recover(made, tmp_path / "there.qcode", Identities.seeded(1))
    with pytest.raises(UserError, match=r"^There is no file"):
        recover(tmp_path / "nothing.qcode", tmp_path / "out.qcode", Identities.seeded(1))
    with pytest.raises(UserError, match="There is no folder"):
        recover(made, tmp_path / "no folder" / "out.qcode", Identities.seeded(1))


def test_the_names_of_case_levels_are_saved(tmp_path: Path) -> None:
    path = tmp_path / "p.qcode"
    with new_project(path) as project:
        fill(project, sources=1, codings=1)
        project.transact("name", "Name", lambda act: act.insert("attributes", {"name": "Country", "type": LEVEL_TYPES[0]}))
    target, report = recovered(path, tmp_path)
    assert (LEVEL_TYPES[0], report.lost) in [(row["type"], {}) for row in rows_of(target)["attributes"].values()]
