"""Merging what four consultants coded into the leader's project: six tenths of the codings are there, four tenths come."""

from __future__ import annotations

import csv
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from qcode.exchange.tables import read_table
from qcode.opening import open_project
from qcode.operations.codes import change_code
from qcode.operations.coding_table import import_codings
from qcode.operations.merging import merge_files, plan_merge
from qcode.project import Project
from qcode.store.codes import read_codes
from qcode.store.content import content_hash
from tests.benchmarks import floors
from tests.benchmarks.conftest import CODER, Bench
from tests.benchmarks.measure import Board, seconds, watch

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
FILES = 4
THERE = 0.6
REPEATS = 3


@dataclass(frozen=True)
class Team:
    """The leader's file, those that come, how many codings there are in the end, and the same in bare tables."""

    leader: Path
    others: list[Path]
    codings: int
    bare: Path
    bare_others: Path


@pytest.fixture(scope="module")
def team(bench: Bench) -> Iterator[Team]:
    folder = bench.folder / "team"
    folder.mkdir()
    parts = list(split(bench.corpus.table("codings"), folder))
    leader = Path(shutil.copyfile(bench.uncoded, folder / "leader.qcode"))
    code_by(leader, CODER, parts[0])
    others = [Path(shutil.copyfile(leader, folder / f"consultant {number}.qcode")) for number in range(FILES)]
    for number, (other, part) in enumerate(zip(others, parts[1:], strict=True)):
        code_by(other, f"Consultant {number}", part)
    bare, bare_others = folder / "bare.db", folder / "bare others.db"
    for path, tables in ((bare, parts[:1]), (bare_others, parts[1:])):
        with closing(floors.connect(path)) as db:
            floors.import_texts(db, bench.corpus.sources)
            for part in tables:
                floors.import_codings(db, part)
    yield Team(leader, others, bench.corpus.size.codings, bare, bare_others)
    shutil.rmtree(folder)


def split(table: Path, folder: Path) -> Iterator[Path]:
    """The leader's codings in one table, and those of each consultant in one."""
    with table.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file)
    there = int(THERE * len(lines))
    for number, part in enumerate((lines[:there], *(lines[there + at :: FILES] for at in range(FILES)))):
        path = folder / f"part {number}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *part])
        yield path


def code_by(path: Path, coder: str, part: Path) -> None:
    with open_project(path, coder=coder) as project:
        assert import_codings(project, read_table(part)).refused == []
        with project.reading() as db:
            codes = read_codes(db)[:20]
        for code in codes:
            change_code(project, code.uuid, definition=f"As {coder} understands it.")


def test_merge(bench: Bench, board: Board, team: Team) -> None:
    times: list[float] = []
    bases: list[float] = []
    plans: list[float] = []
    for _ in range(REPEATS):
        bases.append(seconds(lambda: merge_bare(team, bench.folder)))
        with open_project(bench.copy(team.leader), coder=CODER) as project:
            plans.append(seconds(lambda project=project: plan_merge(project, team.others)))
            times.append(seconds(lambda project=project: merge_and_hash(project, team)))
    board.put_all("merge 40,000 into 60,000, with backup and hash", bench.size, times, bases)
    board.put_all("plan of that merge", bench.size, plans)


def test_memory_of_a_merge(bench: Bench, board: Board, team: Team, tmp_path: Path) -> None:
    ran = watch(["merge", str(bench.copy(team.leader)), *map(str, team.others)], tmp_path / "memory")
    if not ran.megabytes:
        pytest.skip("this system does not say how much memory a process held")
    board.put("peak memory of that merge", bench.size, ran.megabytes)


def merge_and_hash(project: Project, team: Team) -> None:
    """Both definitions of every code that all changed are listed, and every coding is there."""
    plan = merge_files(project, team.others)
    assert plan is not None
    assert (plan.codings, plan.lost, len(plan.conflicts)) == (team.codings, (), 20)
    with project.reading() as db:
        assert content_hash(db)


def merge_bare(team: Team, folder: Path) -> None:
    """A copy, the codings and their journal rows of the other file inserted, and a SHA-256 over all codings."""
    path = Path(shutil.copyfile(team.bare, folder / "merged bare.db"))
    with closing(floors.connect(path)) as db:
        with closing(sqlite3.connect(folder / "backup bare.db")) as backup:
            db.backup(backup)
        db.execute("ATTACH ? AS other", (str(team.bare_others),))
        columns = "uuid, text_id, span_start, span_end, code_id, coder, memo, short_id, quote"
        db.execute("BEGIN")
        db.execute(f"INSERT INTO codings ({columns}) SELECT {columns} FROM other.codings")
        db.execute("INSERT INTO journal (uuid, after) SELECT uuid, after FROM other.journal")
        db.execute("COMMIT")
        digest = hashlib.sha256()
        for row in db.execute(f"SELECT {columns} FROM codings ORDER BY uuid"):
            digest.update(repr(row).encode())
        assert db.execute("SELECT count(*) FROM codings").fetchone() == (team.codings,)
