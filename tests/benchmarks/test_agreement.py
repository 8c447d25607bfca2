"""Agreement of two coders: the counting alone beside bare loops, and the whole answer of a project, texts read and split included."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from qcode.agreement.units import Unit
from qcode.exchange.tables import read_table
from qcode.model.decision import Outcome
from qcode.model.reading import ReadingStatus
from qcode.opening import create_project, open_project
from qcode.operations.adjudication import settle, take_over
from qcode.operations.codebook import import_codebook
from qcode.operations.coding_table import import_codings
from qcode.operations.readings import mark_readings
from qcode.operations.sources import import_files
from qcode.views.adjudication import AdjudicationView
from qcode.views.agreement import AgreementQuestion, AgreementView
from tests.benchmarks.corpus import Size, make_corpus
from tests.benchmarks.measure import Board, seconds

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
CODERS = ("Coder 1", "Coder 2")
NAME = "agreement of two coders over 500 sources"
#: What five consultants leave in 500 sources, and the most a project is built for.
SIZES = {"medium": 20_000, "large": 100_000}


@pytest.fixture(scope="module", params=SIZES)
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    corpus = make_corpus(Size(f"agreement-{SIZES[request.param]}", 500, 15, SIZES[request.param], coders=2))
    path = tmp_path_factory.mktemp("agreement") / "p.qcode"
    with create_project(path, coder=CODERS[0]) as made:
        import_files(made, [corpus.sources])
        import_codebook(made, read_table(corpus.table("codebook")))
        import_codings(made, read_table(corpus.table("codings")))
        for coder in CODERS:
            mark_readings(made, [one.name for one in corpus.sources.iterdir()], ReadingStatus.FINISHED, coder)
    yield request.param, path
    path.unlink()


def floor(path: Path, unit: Unit) -> int:
    """The least: every coding read and, for each code and source, how many each coder has; for sentences every text read and split."""
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    counts: dict[tuple[int, int, int], int] = {}
    for source, code, coder, start, end in db.execute("SELECT source_id, code_id, coder_id, span_start, span_end FROM codings"):
        key = source, code, coder
        counts[key] = counts.get(key, 0) + end - start
    found = len(counts)
    if unit is Unit.SENTENCE:
        found += sum(len(text.split(". ")) for (text,) in db.execute("SELECT content FROM texts"))
    db.close()
    return found


@pytest.mark.parametrize("unit", Unit)
def test_two_coders_over_500_sources(project: tuple[str, Path], board: Board, unit: Unit) -> None:
    size, path = project
    with open_project(path, read_only=True) as opened:

        def first() -> None:
            measured = AgreementView(opened).measure(AgreementQuestion(CODERS, unit))
            assert measured.agreement.sources == 500
            assert measured.agreement.overall.alpha.low is not None

        view = AgreementView(opened)
        view.measure(AgreementQuestion(CODERS, unit))
        board.compare(f"{NAME}, {unit}", size, first, lambda: floor(path, unit), 3)
        again = AgreementQuestion(CODERS, unit)
        board.compare(f"{NAME}, {unit}, asked again", size, lambda: view.measure(again), lambda: floor(path, unit), 3)


def test_differences_and_unitising(project: tuple[str, Path], board: Board) -> None:
    size, path = project
    with open_project(path, read_only=True) as opened:
        view = AgreementView(opened)
        question = AgreementQuestion(CODERS, Unit.CHARACTER)
        assert view.differences(question)
        least = partial(floor, path, Unit.CHARACTER)
        board.compare(f"{NAME}, list of differences", size, lambda: view.differences(question), least, 3)
        board.compare(f"{NAME}, with unitising", size, lambda: view.measure(question, unitising=True), least, 3)


def test_settling(project: tuple[str, Path], board: Board, tmp_path: Path) -> None:
    size, path = project
    copy = Path(shutil.copyfile(path, tmp_path / "copy.qcode"))
    with open_project(copy, coder=CODERS[0]) as opened:
        board.put(f"{NAME}, take over what is alike", size, seconds(lambda: take_over(opened, CODERS)))
        assert AdjudicationView(opened).count_waiting(AgreementQuestion(CODERS)) == 0
        each = iter(AgreementView(opened).differences(AgreementQuestion(CODERS))[::97])
        board.compare(f"{NAME}, settle a difference", size, lambda: settle(opened, CODERS, next(each), Outcome.FIRST), repeats=9)
