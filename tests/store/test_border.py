"""What comes back is damaged in one place, anywhere: it is refused in a sentence and changes nothing, or it is merged and all is well."""

from __future__ import annotations

import copy
import gzip
import hashlib
import json
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from qcode.cli.main import main
from qcode.errors import UserError
from qcode.model.statement import Ground, Sort
from qcode.model.summary import SummaryPlace
from qcode.operations.handout import hand_in
from qcode.operations.merging import merge_files, plan_merge
from qcode.operations.purge import purge_source
from qcode.operations.statements import write_statement
from qcode.operations.summaries import write_summary
from qcode.project import Project
from qcode.store.change_file import read_change_file
from qcode.store.check import check
from qcode.store.journal import Act
from qcode.views.adjudication import AdjudicationView
from qcode.views.agreement import AgreementQuestion
from tests.old_projects.make_format_1 import passage
from tests.old_projects.make_format_2 import team
from tests.store.examples import add_source, fill, hash_of, keys, new_project, random_act, reopen

COMMANDS = (
    ["info"], ["sources"], ["cases"], ["codes"], ["history"], ["conflicts"], ["summaries"], ["sample"], ["check"],
    ["codings", "export"], ["matrix"], ["quotes"],
)  # fmt: skip
WRITING = {"codings": "codings.csv", "matrix": "matrix.html", "quotes": "quotes.docx"}
STRANGE: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 1.5, 2**31, 2**53, 2**63 - 1, 2**70, -(2**70), 1e300, "", "x", "%", "\ud800", "a\0b", [], {}, [[]],
    {"name": 5}, "never", "case level 77", "'; drop table codes;--", "01811e4c-d240-7bda-ad3c-2d6d1a3d1fa7", "0" * 64,
)  # fmt: skip
LOOSE = (
    "project", "sessions", "operations", "row_changes", "withheld", "tombstones", "texts", "paragraphs", "codebooks", "originals",
)  # fmt: skip
NOON = "2022-06-01T12:00:00+00:00"
Lines = list[Any]
Honest = tuple[Path, Path, Path]


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Honest:
    """A leader's project, that of a colleague who went on from it and wrote to every table, and what he handed in."""
    return make_honest(tmp_path_factory.mktemp("honest"))


def make_honest(folder: Path) -> Honest:
    leader, colleague, sent = folder / "leader.qcode", folder / "colleague.qcode", folder / "sent.qchange"
    with new_project(leader, 5) as project:
        fill(project, sources=2, codings=8, seed=5)
        project.transact("team", "Divide the work", team)
        project.transact("add code", "Add a code", lambda act: act.insert("codes", {"name": "of the leader"}))
    shutil.copyfile(leader, colleague)
    with reopen(colleague, 6) as project:
        project.begin_history()
        rng = random.Random(6)
        project.transact("assign", "Assign a passage", passage)
        project.transact("numbers", "Give numbers", numbers)
        project.transact("import sources", "Import", lambda act: add_source(act, rng, "of the colleague.txt"))
        codes = project.transact("look", "Look", lambda act: keys(act, "codes"))
        write_summary(project, SummaryPlace(code=codes[1]), "What they say.")
        (coding, *_) = project.transact("look", "Look", lambda act: keys(act, "codings"))
        grounds = [Ground(coding=coding), Ground(cell=SummaryPlace(codes[1]))]
        finding = write_statement(project, Sort.FINDING, "It is so.", grounds=grounds)
        write_statement(project, Sort.CONCLUSION, "It matters.", grounds=[Ground(statement=finding)])
        withdrawn = project.transact("import sources", "Import", lambda act: add_source(act, rng, "withdrawn.txt"))
        purge_source(project, withdrawn)
        for _ in range(6):
            random_act(project, rng)
        project.undo()
        assert hand_in(project, sent)
    with reopen(leader, 7) as project:
        project.transact("add code", "Add a code", lambda act: act.insert("codes", {"name": "later"}))
    return leader, colleague, sent


def numbers(act: Act) -> None:
    """A typed attribute with values, a level of the cases, and a row more in each table of the team."""
    attribute = act.insert("attributes", {"name": "people", "type": "count"})
    for case in keys(act, "cases"):
        act.insert("case_values", {"case": case, "attribute": attribute, "value": "12"})
    act.insert("attributes", {"name": "Country", "type": "case level 1"})
    team(act)


def lines_of(path: Path) -> Lines:
    """The lines of a change file, what they write down of rows unpacked."""
    lines = [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().split("\n")]
    for line in lines:
        if line[0] == "change":
            line[5:] = [None if payload is None else json.loads(payload) for payload in line[5:]]
    return lines


def write_lines(path: Path, lines: Lines) -> None:
    packed = [
        [*line[:5], *(pack(side) if isinstance(side, dict) else side for side in line[5:])] if line[:1] == ["change"] else line
        for line in lines
    ]
    path.write_bytes(gzip.compress("\n".join(json.dumps(line) for line in packed).encode()))


def pack(values: object) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def changes_in(lines: Lines, table: str = "") -> Lines:
    return [line for line in lines if line[0] == "change" and table in ("", line[3])]


def places_in(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a value, as what holds it and the key there."""
    for key in range(len(value)) if isinstance(value, list) else list(value) if isinstance(value, dict) else ():
        yield value, key
        yield from places_in(value[key])


def replace(lines: Lines, rng: random.Random) -> None:
    """Another value somewhere: a strange one, or one that stands somewhere else."""
    holder, key = rng.choice(list(places_in(rng.choice(lines))))
    other, there = rng.choice(list(places_in(rng.choice(lines))))
    holder[key] = copy.deepcopy(rng.choice([rng.choice(STRANGE), other[there]]))


def drop(lines: Lines, rng: random.Random) -> None:
    del lines[rng.randrange(len(lines))]


def drop_part(lines: Lines, rng: random.Random) -> None:
    holder, key = rng.choice(list(places_in(rng.choice(lines))))
    del holder[key]


def double(lines: Lines, rng: random.Random) -> None:
    lines.insert(rng.randrange(1, len(lines)), copy.deepcopy(rng.choice(lines)))


def reorder(lines: Lines, rng: random.Random) -> None:
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def make_row(lines: Lines, rng: random.Random) -> None:
    """One more row like another, of which one value is otherwise."""
    line = copy.deepcopy(rng.choice([line for line in changes_in(lines) if line[5] is None]))
    line[4] = f"{rng.getrandbits(32):08x}-d240-7bda-ad3c-2d6d1a3d1fa7"
    others = [other[6] for other in changes_in(lines) if other[6]]
    key = rng.choice(list(line[6]))
    line[6][key] = rng.choice([rng.choice(STRANGE), rng.choice(list(rng.choice(others).values()) or [0])])
    lines.append(line)


def bury(lines: Lines, rng: random.Random) -> None:
    """A tombstone for any row."""
    row = rng.choice(changes_in(lines))[4]
    lines.append(["tombstone", row, rng.choice(["", "0" * 64, "zz"]), "Eve", rng.choice([NOON, "never"])])


DAMAGE: tuple[Callable[[Lines, random.Random], None], ...] = (
    replace, replace, replace, replace, make_row, make_row, drop, drop_part, double, reorder, bury,
)  # fmt: skip


def all_is_well(project: Project) -> None:
    """The file is in order, and the merge can be taken back and done again."""
    with project.reading() as db:
        assert [str(problem) for problem in check(db)] == []
        coders = tuple(name for (name,) in db.execute("SELECT name FROM coders ORDER BY name LIMIT 2"))
    with suppress(UserError):
        AdjudicationView(project).points(AgreementQuestion(coders))
    after = hash_of(project)
    project.undo()
    with project.reading() as db:
        assert [str(problem) for problem in check(db)] == []
    project.redo()
    assert hash_of(project) == after


def read_all(path: Path, folder: Path) -> None:
    for command in COMMANDS:
        target = ["-o", str(folder / WRITING[command[0]])] if command[0] in WRITING else []
        assert main([*command, str(path), *target]) == 0, command


def merge_damaged(leader: Path, sent: Path, folder: Path) -> bool:
    """Whether a file was merged. Where it is refused, nothing is changed."""
    target = folder / "target.qcode"
    shutil.copyfile(leader, target)
    with reopen(target, 9) as project:
        before = hash_of(project)
        try:
            plan = plan_merge(project, [sent])
        except UserError:
            with pytest.raises(UserError, match=sent.stem):
                merge_files(project, [sent])
            assert hash_of(project) == before
            assert project.undo() is not None
            return False
        assert merge_files(project, [sent]) == plan
        if plan:
            all_is_well(project)
    if plan:
        read_all(target, folder)
    return True


@pytest.mark.parametrize("seed", range(60))
def test_a_hand_in_damaged_in_one_place_harms_nothing(honest: Honest, tmp_path: Path, seed: int) -> None:
    leader, _, sent = honest
    lines, rng = lines_of(sent), random.Random(seed)
    rng.choice(DAMAGE)(lines, rng)
    write_lines(tmp_path / "back.qchange", lines)
    merge_damaged(leader, tmp_path / "back.qchange", tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1_000, 3_000))
def test_the_same_two_thousand_times(honest: Honest, tmp_path: Path, seed: int) -> None:
    test_a_hand_in_damaged_in_one_place_harms_nothing(honest, tmp_path, seed)


def test_what_is_not_damaged_is_merged(honest: Honest, tmp_path: Path) -> None:
    leader, colleague, sent = honest
    write_lines(tmp_path / "back.qchange", lines_of(sent))
    assert merge_damaged(leader, tmp_path / "back.qchange", tmp_path)
    assert merge_damaged(leader, colleague, tmp_path)


def damage_cell(path: Path, rng: random.Random) -> None:
    """Another value in a cell of a project that somebody edits by hand, without the rules about what columns hold."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for table in LOOSE:
            db.execute(f"CREATE TABLE loose AS SELECT * FROM {table}")
            db.execute(f"DROP TABLE {table}")
            db.execute(f"ALTER TABLE loose RENAME TO {table}")
        table = rng.choice([name for name in LOOSE if db.execute(f"SELECT 1 FROM {name}").fetchone()])
        column = rng.choice([name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")])
        values = [value for (value,) in db.execute(f"SELECT {column} FROM {table}")]
        # In what came since the leader's copy.
        row = f"(SELECT rowid FROM {table} ORDER BY rowid DESC LIMIT 1 OFFSET {rng.randrange(len(values))})"
        value = rng.choice([rng.choice(STRANGE), rng.choice(values), b"\xff\x00", "[]", '{"name":5}'])
        with suppress(UnicodeEncodeError, OverflowError, sqlite3.Error):
            db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = {row}", (value,))


@pytest.mark.parametrize("seed", range(40))
def test_a_project_edited_by_hand_harms_nothing(honest: Honest, tmp_path: Path, seed: int) -> None:
    leader, colleague, _ = honest
    edited = Path(shutil.copyfile(colleague, tmp_path / "back.qcode"))
    damage_cell(edited, random.Random(seed))
    merge_damaged(leader, edited, tmp_path)


@pytest.mark.parametrize("keep", [0, 1, 9, 10, 0.5, 0.99])
def test_a_hand_in_that_ends_early_is_refused(honest: Honest, tmp_path: Path, keep: float) -> None:
    leader, _, sent = honest
    whole = sent.read_bytes()
    cut = tmp_path / "back.qchange"
    cut.write_bytes(whole[: keep if isinstance(keep, int) else int(keep * len(whole))])
    assert not merge_damaged(leader, cut, tmp_path)


BAD_NAMES: dict[str, Lines] = {
    "no JSON": ["codebook", "abc", "not json"],
    "no list of UUIDs": ["codebook", hashlib.sha256(b'["x"]').hexdigest(), '["x"]'],
    "another codebook": ["codebook", "0" * 64, "[]"],
    "another text": ["text", "0" * 64, "words", []],
}


@pytest.mark.parametrize("line", BAD_NAMES.values(), ids=BAD_NAMES)
def test_what_is_not_what_it_is_named_after_is_refused(honest: Honest, tmp_path: Path, line: Lines) -> None:
    leader, _, sent = honest
    write_lines(tmp_path / "back.qchange", [*lines_of(sent), line])
    assert not merge_damaged(leader, tmp_path / "back.qchange", tmp_path)


OTHERWISE_WRITTEN = {
    "blank before": lambda text: " " + text,
    "blank after a colon": lambda text: text.replace('"source":', '"source": '),
    "blank before a colon": lambda text: text.replace('"source":', '"source" :'),
    "a letter as its number": lambda text: text.replace('"source":', '"\\u0073ource":'),
    "a digit as its number": lambda text: text.replace('"source":"0', '"source":"\\u0030'),
    "said twice": lambda text: text.replace('"source":', '"source":"01811e4c-d240-7bda-ad3c-2d6d1a3d1fa7","source":'),
}


@pytest.mark.parametrize("rewrite", OTHERWISE_WRITTEN.values(), ids=OTHERWISE_WRITTEN)
def test_a_source_that_withdrawing_would_not_find_is_refused(honest: Honest, tmp_path: Path, rewrite: Callable[[str], str]) -> None:
    leader, _, sent = honest
    lines = lines_of(sent)
    line = next(line for line in changes_in(lines, "codings") if line[5] is None)
    line[6] = rewrite(pack(line[6]))
    write_lines(tmp_path / "back.qchange", lines)
    assert not merge_damaged(leader, tmp_path / "back.qchange", tmp_path)


@pytest.mark.parametrize("table", ["codes", "codings", "coders"])
@pytest.mark.parametrize("known", [True, False])
def test_only_sources_are_withdrawn(honest: Honest, tmp_path: Path, table: str, known: bool) -> None:
    leader, _, sent = honest
    with closing(sqlite3.connect(leader)) as db:
        rows = [row for (row,) in db.execute(f"SELECT uuid FROM {table}")]
    row = rows[0] if known else next((line[4] for line in changes_in(lines_of(sent), table) if line[4] not in rows), rows[1])
    write_lines(tmp_path / "back.qchange", [*lines_of(sent), ["tombstone", row, "", "Eve", NOON]])
    assert not merge_damaged(leader, tmp_path / "back.qchange", tmp_path)


def test_a_tombstone_of_what_nobody_knows_takes_no_code_away(honest: Honest, tmp_path: Path) -> None:
    leader, _, sent = honest
    lines = lines_of(sent)
    code = next(line[4] for line in changes_in(lines, "codes") if line[5] is None)
    write_lines(tmp_path / "buries.qchange", [lines[0], ["tombstone", code, "", "Eve", NOON]])
    with reopen(Path(shutil.copyfile(leader, tmp_path / "target.qcode")), 9) as project:
        merge_files(project, [tmp_path / "buries.qchange", sent])
        with project.reading() as db:
            assert check(db) == []
            assert db.execute("SELECT 1 FROM codes WHERE uuid = ?", (code,)).fetchone()


def test_nobody_can_end_all_writing_by_a_late_clock(honest: Honest, tmp_path: Path) -> None:
    leader, _, sent = honest
    lines = lines_of(sent)
    late = [line for line in lines if line[0] == "operation"]
    for line in late:
        line[3] += 2**62
    write_lines(tmp_path / "back.qchange", lines)
    assert not merge_damaged(leader, tmp_path / "back.qchange", tmp_path)
    for line in late:
        line[3] -= 2**62 - 2**20
    write_lines(tmp_path / "back.qchange", lines)
    assert merge_damaged(leader, tmp_path / "back.qchange", tmp_path)


BOMBS = {
    "a line without an end": b"[" + b" " * 40_000_000,
    "lists in lists": b"[" * 200_000 + b"]" * 200_000,
    "very many small values": b"\n".join([b'["session","a","b",[' + b",".join([b'["a",1]'] * 1_000) + b"]]"] * 2_000),
    "very many lines": b"\n".join([b'["withheld","a",1]'] * 1_000_000),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_before_it_goes_off(honest: Honest, tmp_path: Path, bomb: str) -> None:
    _, _, sent = honest
    damaged = tmp_path / "back.qchange"
    damaged.write_bytes(gzip.compress(pack(lines_of(sent)[0]).encode() + b"\n" + BOMBS[bomb]))
    with pytest.raises(UserError, match=r"back.qchange (holds more|is damaged)"):
        read_change_file(damaged)
