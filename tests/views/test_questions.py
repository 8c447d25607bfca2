"""What a question in words means: rows, columns, conditions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.operations.cases import import_cases, set_value
from qcode.operations.coding_table import import_codings
from qcode.operations.codings import remove_codings
from qcode.operations.sources import change_source
from qcode.views.matrix import MatrixQuestion, build_matrix, build_report
from qcode.views.quotes import build_quotes
from tests.operations.examples import Example, example, new_project, table


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Example]:
    made = example(tmp_path / "p.qcode")
    import_codings(
        made.project, table("source,quote,code,coder\nreport.txt,staff left,Support,Bo\nreport.txt,all went well,Late payment,Bo\n")
    )
    yield made
    made.project.close()


def test_several_rows_are_shown_by_whole_paths_each_once(here: Example) -> None:
    matrix = build_matrix(here.project, MatrixQuestion(("Late payment", "Constraints", "Support"), "source"))
    assert [row.label for row in matrix.rows] == ["Constraints > Late payment", "Support"]


def test_a_code_without_codings_or_codes_below_makes_no_rows(here: Example) -> None:
    here.project.undo()
    remove_codings(here.project, [here.coding])
    with pytest.raises(UserError, match="There is no code below 'Constraints > Late payment', and nothing is coded with it"):
        build_matrix(here.project, MatrixQuestion(("Late payment",), "source"))


def test_a_sources_language_counts_beside_an_attribute_of_that_name(here: Example) -> None:
    change_source(here.project, here.note, language="ky")
    import_cases(here.project, table("case,language\nKyrgyzstan,ru\n"))
    matrix = build_matrix(here.project, MatrixQuestion(columns="Language"))
    assert [column.label for column in matrix.columns] == ["ky", "ru", "(none)"]
    assert len(build_quotes(here.project, conditions=[("language", "KY")]).quotes) == 1


def test_columns_of_numbers_stand_in_their_order(here: Example) -> None:
    set_value(here.project, here.person, "round", "10")
    set_value(here.project, here.country, "round", "9")
    assert [column.label for column in build_matrix(here.project, MatrixQuestion(columns="round")).columns] == ["9", "10", "(none)"]


def test_every_cell_leads_to_as_many_quotes_as_it_counts(here: Example) -> None:
    for columns in ("case", "case:1", "source", "coder", "region"):
        report = build_report(here.project, MatrixQuestion(columns=columns))
        counted = {(r, c): cell.codings for r, line in enumerate(report.matrix.cells) for c, cell in enumerate(line) if cell.codings}
        assert {cell: len(behind) for cell, behind in report.behind.items()} == counted
        for (row, _), behind in report.behind.items():
            assert {report.quotes[index].code for index in behind} == {report.matrix.rows[row].path}


def test_an_empty_project_gives_an_empty_table(tmp_path: Path) -> None:
    with new_project(tmp_path / "e.qcode") as project:
        matrix = build_matrix(project, MatrixQuestion())
        assert (matrix.rows, matrix.columns) == ((), ())
        assert build_quotes(project).quotes == ()
