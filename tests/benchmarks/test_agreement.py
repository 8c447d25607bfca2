"""Agreement of two coders: the counting alone beside bare loops, and the whole answer of a project, texts read and split included."""

from __future__ import annotations

import sqlite3
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qcode.agreement.units import Unit
from qcode.exchange.tables import read_table
from qcode.model.reading import ReadingStatus
from qcode.opening import create_project, open_project
from qcode.operations.codebook import import_codebook
from qcode.operations.coding_table import import_codings
from qcode.operations.readings import mark_readings
from qcode.operations.sources import import_files
from qcode.views.agreement import AgreementQuestion, AgreementView
from tests.benchmarks.corpus import Size, make_corpus
from tests.benchmarks.measure import seconds

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
CODERS = ("Coder 1", "Coder 2")
#: What five consultants leave in 500 sources, and the most a project is built for.
SIZES = {"20,000 codings": 20_000, "100,000 codings": 100_000}
GOAL = 2.0


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
def test_two_coders_over_500_sources(project: tuple[str, Path], unit: Unit) -> None:
    size, path = project
    with open_project(path, read_only=True) as opened:

        def first() -> None:
            measured = AgreementView(opened).measure(AgreementQuestion(CODERS, unit))
            assert measured.agreement.sources == 500
            assert measured.agreement.overall.alpha.low is not None

        view = AgreementView(opened)
        view.measure(AgreementQuestion(CODERS, unit))
        _told(f"{size}, {unit}", first, lambda: floor(path, unit))
        _told(f"{size}, {unit}, asked again", lambda: view.measure(AgreementQuestion(CODERS, unit)), lambda: floor(path, unit))


def test_differences_and_unitising(project: tuple[str, Path]) -> None:
    size, path = project
    with open_project(path, read_only=True) as opened:
        view = AgreementView(opened)
        question = AgreementQuestion(CODERS, Unit.CHARACTER)
        assert view.differences(question)
        _told(f"{size}, list of differences", lambda: view.differences(question), lambda: floor(path, Unit.CHARACTER))
        _told(f"{size}, with unitising", lambda: view.measure(question, unitising=True), lambda: floor(path, Unit.CHARACTER))


def _told(what: str, ours: Callable[[], object], least: Callable[[], object]) -> None:
    """Print the medians; as everywhere here, no time fails a test."""
    times = [(seconds(least), seconds(ours)) for _ in range(3)]
    lowest, taken = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"\nagreement, {what}: {taken:.2f} s (goal {GOAL} s), floor {lowest:.2f} s, × {taken / lowest:.1f}")
