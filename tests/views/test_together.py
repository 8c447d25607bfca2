"""Tables on what all coders of a source agree on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode import create_project
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.codes import create_code
from qcode.operations.codings import apply_code
from qcode.operations.readings import mark_reading
from qcode.operations.sources import Belonging, add_pasted
from qcode.project import Project
from qcode.views.matrix import MatrixQuestion, build_matrix, build_report
from qcode.views.quotes import build_quotes

TEXT = "The staff left twice and nobody took over what they had begun."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "p.qcode", "T", coder="Ada") as project:
        yield project


def test_all_counts_what_everybody_who_finished_coded_alike(project: Project) -> None:
    code, other = create_code(project, "Turnover"), create_code(project, "Memory")
    source = add_pasted(project, "note.txt", TEXT, Belonging(case="Osh"))
    for coder, span, which in (
        ("Ada", Span(0, 20), code),
        ("Bea", Span(10, 30), code),
        ("Ada", Span(40, 50), code),
        ("Bea", Span(50, 60), code),
        ("Ada", Span(0, 20), other),
        ("Cem", Span(0, 20), other),
    ):
        apply_code(project, source, span, which, coder=coder)
    for coder in ("Ada", "Bea"):
        mark_reading(project, source, ReadingStatus.FINISHED, coder)
    found = build_quotes(project, coder="all").quotes
    assert [(quote.code, quote.coder, quote.start) for quote in found] == [("Turnover", "Ada", 0), ("Turnover", "Bea", 10)]
    matrix = build_matrix(project, MatrixQuestion(conditions=(("coder", "all"),)))
    counts = {row.label: cells[0].codings for row, cells in zip(matrix.rows, matrix.cells, strict=True)}
    assert counts == {"Turnover": 2, "Memory": 0}
    report = build_report(project, MatrixQuestion(conditions=(("coder", "all"),)))
    assert len(report.quotes) == 2
    assert "all coders of a source" in str(report.provenance)
    mark_reading(project, source, ReadingStatus.FINISHED, "Cem")
    assert build_quotes(project, coder="all").quotes == ()


def test_one_reader_alone_agrees_with_nobody(project: Project) -> None:
    code = create_code(project, "Turnover")
    source = add_pasted(project, "note.txt", TEXT)
    apply_code(project, source, Span(0, 20), code)
    mark_reading(project, source, ReadingStatus.FINISHED)
    assert build_quotes(project, coder="all").quotes == ()
