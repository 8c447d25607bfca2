"""What is read: opening, searching, counting, hashing, checking."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from qcode.exchange.tables import read_table
from qcode.model.matrix import Measure
from qcode.model.span import Span
from qcode.opening import create_project, open_project
from qcode.operations.coders import ensure_coder
from qcode.operations.codes import create_code
from qcode.operations.codings import add_coding
from qcode.operations.sources import add_pasted, import_source_table
from qcode.store.check import check, place_problems
from qcode.store.codes import read_codes
from qcode.store.content import content_hash
from qcode.store.journal import Act
from qcode.store.sources import read_sources
from qcode.views.matrix import MatrixQuestion, build_matrix
from qcode.views.quotes import build_quotes
from tests.benchmarks import floors
from tests.benchmarks.conftest import CODER, Bench
from tests.benchmarks.corpus import write_note
from tests.benchmarks.measure import Board, run

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
COUNTED = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); print(db.execute('SELECT count(*) FROM codings').fetchone())"
PASSAGES = {"1,000 in 20 KB": (1_000, 20_000), "1,000 in 200 KB": (1_000, 200_000), "10,000 in 5 MB": (10_000, 5_000_000)}


def test_info(bench: Bench, board: Board) -> None:
    pytest.importorskip("qcode.__main__", reason="the command line is not built yet")
    board.compare(
        "command line, info",
        bench.size,
        lambda: run(["-m", "qcode", "info", str(bench.path), "--json"]),
        lambda: run(["-c", COUNTED, str(bench.path)]),
    )


def test_opening(bench: Bench, board: Board) -> None:
    views = pytest.importorskip("qcode.views.coding_document", reason="the views of the coding screen are not built yet")
    from qcode.views.coding_codes import CodeList
    from qcode.views.coding_sources import SourceList

    def ours() -> None:
        with open_project(bench.path, coder=CODER) as project:
            sources = SourceList(project, CODER)
            assert len(sources.lines) == bench.corpus.size.sources
            CodeList(project)
            with project.reading() as db:
                first = read_sources(db)[0].uuid
            assert views.open_document(project, first).codings

    board.compare("open to a coding screen", bench.size, ours, lambda: floors.open_screen(bench.bare))


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of three sources, each with many codings."""
    path = tmp_path_factory.mktemp("crowded") / "p.qcode"
    chance = random.Random(1)
    with create_project(path, coder=CODER) as project:
        code = create_code(project, "Reason")
        for name, (codings, length) in PASSAGES.items():
            source = add_pasted(project, name, write_note(chance, 2 * length)[:length])
            starts = [chance.randrange(length - 200) for _ in range(codings)]

            def fill(act: Act, source: str = source, starts: list[int] = starts) -> None:
                coder = ensure_coder(act, CODER)
                for number, start in enumerate(starts):
                    add_coding(act, source, Span(start, start + 50 + number % 100), code, coder, {})

            project.transact("fill", "Fill", fill)
    return path


@pytest.mark.parametrize("name", PASSAGES)
def test_codings_of_a_source(crowded: Path, board: Board, name: str) -> None:
    views = pytest.importorskip("qcode.views.coding_document", reason="the views of the coding screen are not built yet")
    with open_project(crowded, read_only=True) as project, project.reading() as db:
        source = next(source.uuid for source in read_sources(db) if source.name == name)
        found = len(views.open_document(project, source).codings)
        assert found == floors.codings_of(db, source)
        assert found >= 0.9 * PASSAGES[name][0]
        operation = f"codings of a source, {name}"
        board.compare(operation, "large", lambda: views.open_document(project, source), lambda: floors.codings_of(db, source), 9)


@pytest.mark.parametrize(("operation", "query"), [("search words", "villagations credit"), ("search regex", r"villag\w+\s+credit")])
def test_search(bench: Bench, board: Board, operation: str, query: str) -> None:
    views = pytest.importorskip("qcode.views.search", reason="search is not built yet")
    regex = operation.endswith("regex")
    least = floors.search_pattern if regex else floors.search_words
    with bench.open() as project:
        db = floors.connect(bench.bare)
        hits = views.search(project, query, regex=regex)
        assert sum(len(hit.places) for hit in hits) == least(db, query) if regex else len(hits) == least(db, query)
        board.compare(operation, bench.size, lambda: views.search(project, query, regex=regex), lambda: least(db, query))
        db.close()


def test_matrix(bench: Bench, board: Board) -> None:
    views = pytest.importorskip("qcode.views.matrix", reason="the matrix is not built yet")
    question = views.MatrixQuestion(columns="case")
    with bench.open() as project:
        matrix = views.build_matrix(project, question)
        assert (len(matrix.rows), len(matrix.columns), matrix.total.codings) == (200, 60, bench.corpus.size.codings)
        db = bench.tables()
        board.compare(
            "code × country counts, 200 × 60", bench.size, lambda: views.build_matrix(project, question), lambda: floors.count_cells(db), 9
        )
        db.close()


def test_matrix_with_strength(bench: Bench, board: Board) -> None:
    """With a method for each source, and every fiftieth quote marked as contradicting."""
    path = bench.copy(bench.path, "strength")
    with open_project(path, coder=CODER) as project:
        with project.reading() as db:
            names = sorted(source.name for source in read_sources(db))
        rows = "".join(f"{name},{('interview', 'survey', 'report')[at % 3]}\n" for at, name in enumerate(names))
        table = path.with_name("methods.csv")
        table.write_text(f"source,method\n{rows}", encoding="utf-8")
        import_source_table(project, read_table(table))
    with closing(sqlite3.connect(path)) as marked, marked:
        marked.execute("UPDATE codings SET contradicts = 1 WHERE id % 50 = 0")
    question = MatrixQuestion(columns="case", measure=Measure.STRENGTH)
    with open_project(path, coder=CODER, read_only=True) as project:
        total = build_matrix(project, question).total.strength
        assert total
        assert (total.evidence.kinds, total.evidence.against) == (3, bench.corpus.size.codings // 50)
        operation = "code × country counts with strength, 200 × 60"
        board.compare(operation, bench.size, lambda: build_matrix(project, question), repeats=9)


def test_quotes_of_one_code(bench: Bench, board: Board) -> None:
    with bench.open() as project:
        with project.reading() as db:
            code = max(read_codes(db), key=lambda code: len(code.path) and int(code.name.rpartition(" ")[2]))
        db = bench.tables()
        report = build_quotes(project, code=code.path)
        assert len(report.quotes) == floors.quotes_of(db, code.uuid, 1_000_000) > 0.05 * bench.corpus.size.codings
        assert build_quotes(project, code=code.path, first=50).quotes == report.quotes[:50]
        board.compare(
            "quotes of one code, first 50",
            bench.size,
            lambda: build_quotes(project, code=code.path, first=50),
            lambda: floors.quotes_of(db, code.uuid, 50),
        )
        board.compare(
            "quotes of one code, all",
            bench.size,
            lambda: build_quotes(project, code=code.path),
            lambda: floors.quotes_of(db, code.uuid, 1_000_000),
        )
        db.close()


def test_content_hash(bench: Bench, board: Board) -> None:
    db = bench.tables()
    assert content_hash(db) == content_hash(db, from_nothing=True)
    board.compare("content hash", bench.size, lambda: content_hash(db), lambda: floors.hash_codings(db))
    board.compare("content hash, from nothing", bench.size, lambda: content_hash(db, from_nothing=True), lambda: floors.hash_codings(db))
    db.close()


def test_check(bench: Bench, board: Board) -> None:
    db = bench.tables()
    assert check(db) == []
    assert floors.check_quotes(db) == bench.corpus.size.codings
    board.compare("check all anchors", bench.size, lambda: list(place_problems(db)), lambda: floors.check_quotes(db), 3)
    board.compare("check, without the journal", bench.size, lambda: check(db, journal=False), repeats=3)
    board.compare("check, journal and indexes too", bench.size, lambda: check(db), repeats=3)
    db.close()
