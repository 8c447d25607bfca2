"""What is written: imports, codings, single acts."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from qcode.exchange.tables import read_table
from qcode.model.span import Span
from qcode.opening import create_project, open_project
from qcode.operations.coding_table import import_codings
from qcode.operations.codings import apply_code
from qcode.operations.sources import import_files
from qcode.project import Project
from qcode.store.codes import read_codes
from qcode.store.sources import read_sources
from tests.benchmarks import floors
from tests.benchmarks.conftest import CODER, Bench
from tests.benchmarks.measure import Board, seconds

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
REPEATS = 3
ACTS = 100
#: A name that keeps SQLite's log away, as on any synced folder.
SYNCED = "Dropbox"


def bare(path: Path, mode: str = "WAL") -> Path:
    for old in path.parent.glob(path.name + "*"):
        old.unlink()
    floors.connect(path, mode).close()
    return path


def test_import(bench: Bench, board: Board) -> None:
    corpus = bench.corpus
    taken = []

    def ours() -> None:
        path = bench.folder / "new.qcode"
        path.unlink(missing_ok=True)
        with create_project(path, "New", coder=CODER) as project:
            taken.append(len(import_files(project, [corpus.sources]).imported))

    def floor() -> None:
        db = floors.connect(bare(bench.folder / "floor.db"))
        assert floors.import_texts(db, corpus.sources)
        db.close()

    board.compare("import txt with index and hash", bench.size, ours, floor, REPEATS)
    assert taken == [corpus.size.sources] * REPEATS


def test_codings_by_place(bench: Bench, board: Board) -> None:
    table = bench.corpus.table("codings")
    started = bare(bench.folder / "floor.db")
    db = floors.connect(started)
    floors.import_texts(db, bench.corpus.sources)
    found, bases, closings = [], [], []
    for _ in range(REPEATS):
        db.execute("DELETE FROM codings")
        db.execute("DELETE FROM journal")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        bases.append(seconds(lambda: floors.import_codings(db, table)))
        project = open_project(bench.copy(bench.uncoded), coder=CODER)
        outcome = []
        found.append(seconds(lambda project=project, outcome=outcome: outcome.append(import_codings(project, read_table(table)))))
        closings.append(seconds(project.close))
        assert (len(outcome[0].imported), outcome[0].refused) == (bench.corpus.size.codings, [])
    db.close()
    board.put("codings from csv with journal", bench.size, sorted(found)[1], sorted(bases)[1])
    board.put("folding in and closing after it", bench.size, sorted(closings)[1])
    added = bench.path.stat().st_size - bench.uncoded.stat().st_size
    board.put("megabytes added by the codings", bench.size, added / 1e6)
    board.put("project file", bench.size, bench.path.stat().st_size / 1e6, bench.bare.stat().st_size / 1e6)


def test_codings_by_quote(bench: Bench, board: Board) -> None:
    with open_project(bench.copy(bench.uncoded), coder=CODER) as project:
        table = read_table(bench.corpus.table("codings-by-quote"))
        outcome = []
        board.put("codings from csv, by quote", bench.size, seconds(lambda: outcome.append(import_codings(project, table))))
        assert len(outcome[0].imported) >= 0.999 * bench.corpus.size.codings


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_single_acts(bench: Bench, board: Board, mode: str) -> None:
    """Every act is felt on its own, so the median is over acts and not over runs."""
    base = bench.copy(bench.bare, SYNCED)
    db = floors.connect(base, mode)
    with open_project(bench.copy(bench.path, SYNCED if mode == "DELETE" else "disk"), coder=CODER) as project:
        source, code = some_source_and_code(project)
        before = count(project)
        steps = {
            f"apply a code, {mode}": (
                lambda at: apply_code(project, source, Span(at, at + 50), code),
                lambda at: floors.apply_code(db, at),
            ),
        }
        if mode == "WAL":
            steps["undo it"] = (lambda _: project.undo(), lambda _: floors.take_back(db))
            steps["redo it"] = (lambda _: project.redo(), lambda at: floors.apply_code(db, at))
        for operation, (ours, floor) in steps.items():
            pairs = [(seconds_of_act(ours, at), seconds_of_act(floor, at)) for at in range(ACTS)]
            own, least = (sorted(times)[ACTS // 2] for times in zip(*pairs, strict=True))
            board.put(operation, bench.size, own, least)
        assert count(project) == before + ACTS
    db.close()


def seconds_of_act(work: Callable[[int], object], at: int) -> float:
    start = time.perf_counter()
    work(at)
    return time.perf_counter() - start


def some_source_and_code(project: Project) -> tuple[str, str]:
    with project.reading() as db:
        return read_sources(db)[0].uuid, read_codes(db)[5].uuid


def count(project: Project) -> int:
    with project.reading() as db:
        return int(db.execute("SELECT count(*) FROM codings").fetchone()[0])
