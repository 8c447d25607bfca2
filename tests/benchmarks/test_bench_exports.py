"""What leaves the project, and how much memory each part of the work needs in a process of its own."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from qcode.exchange.registry import QUOTE_WRITERS
from qcode.model.report import QuoteReport
from tests.benchmarks import floors
from tests.benchmarks.conftest import Bench
from tests.benchmarks.measure import Board, watch

pytestmark = [pytest.mark.bench, pytest.mark.timeout(1800)]
MOST = {"all codings to xlsx": None, "html report, up to 20,000 quotes": 20_000, "Word report, up to 10,000 quotes": 10_000}
KINDS = {"all codings to xlsx": "xlsx", "html report, up to 20,000 quotes": "html", "Word report, up to 10,000 quotes": "docx"}
FLOORS = {"xlsx": floors.write_xlsx, "html": floors.write_html, "docx": floors.write_docx}


@pytest.mark.parametrize("operation", MOST)
def test_quotes_out(bench: Bench, board: Board, tmp_path: Path, operation: str) -> None:
    views = pytest.importorskip("qcode.views.quotes", reason="quotes are not built yet")
    kind = KINDS[operation]
    writer = import_module(QUOTE_WRITERS[kind])
    path = tmp_path / f"quotes.{kind}"
    with bench.open() as project:
        rows = [(q.id, q.source, q.start, q.end, q.quote, q.code, q.coder, q.memo) for q in views.build_quotes(project).quotes]

        def ours() -> None:
            report = views.build_quotes(project)
            writer.write(QuoteReport(report.title, report.quotes[: MOST[operation]], report.provenance), path)

        board.compare(operation, bench.size, ours, lambda: FLOORS[kind](rows[: MOST[operation]], tmp_path / f"floor.{kind}"), 2)
    assert path.stat().st_size > 1000
    if kind == "html":
        board.put("size of the html report", bench.size, path.stat().st_size / 1e6)


def test_memory(bench: Bench, board: Board, tmp_path: Path) -> None:
    """The main job as one would type it, each command a process; the one that needs most stands in the table, all are printed."""
    pytest.importorskip("qcode.__main__", reason="the command line is not built yet")
    project, corpus = str(tmp_path / "p.qcode"), bench.corpus
    steps = (
        ("new", project),
        ("import", project, str(corpus.sources)),
        ("codebook", "import", project, str(corpus.table("codebook"))),
        ("cases", "import", project, str(corpus.table("cases"))),
        ("cases", "assign", project, str(corpus.table("assign"))),
        ("codings", "import", project, str(corpus.table("codings"))),
        ("info", project),
        ("matrix", project, "--columns", "case", "-o", str(tmp_path / "m.csv")),
        ("search", project, r"villag\w+ credit", "--regex"),
        ("check", project),
        ("codings", "export", project, "-o", str(tmp_path / "codings.csv")),
        ("quotes", project, "-o", str(tmp_path / "quotes.xlsx")),
    )
    took = {" ".join(step[: step.index(project)]): watch(step, tmp_path / "memory") for step in steps}
    print(f"\n{bench.size}: " + "; ".join(f"{name} {one.seconds:.2f} s {one.megabytes:.0f} MB" for name, one in took.items()))
    board.put("peak memory", bench.size, max(one.megabytes for one in took.values()))
