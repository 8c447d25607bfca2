from __future__ import annotations

from collections.abc import Iterator

import pytest

from qcode import Project, create_project
from qcode.model.span import Span
from qcode.operations.cases import assign_source, create_case, set_value
from qcode.operations.codes import create_code
from qcode.operations.codings import apply_code
from qcode.operations.sources import add_pasted
from qcode.views.matrix import MatrixQuestion, build_matrix
from qcode.views.quotes import build_quotes

REGIONS = {"Kazakhstan": "Central Asia", "Kyrgyzstan": "Central Asia", "Armenia": "Caucasus"}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with create_project(tmp_path_factory.mktemp("filters") / "p.qcode", coder="Anna") as made:
        cases = {name: create_case(made, name) for name in REGIONS}
        for name, region in REGIONS.items():
            set_value(made, cases[name], "region", region)
        code = create_code(made, "Turnover")
        both = add_pasted(made, "both", "They left. Nobody stayed.")
        for name in ("Kazakhstan", "Armenia"):
            assign_source(made, cases[name], both)
        apply_code(made, both, Span(0, 10), code)
        yield made


@pytest.mark.parametrize(
    ("condition", "columns"),
    [
        (("region", "Central Asia"), ["Kazakhstan", "Kyrgyzstan"]),
        (("Region", "central asia"), ["Kazakhstan", "Kyrgyzstan"]),
        (("case", "Armenia"), ["Armenia"]),
        (("source", "both"), ["Armenia", "Kazakhstan", "Kyrgyzstan"]),
    ],
)
def test_a_filter_leaves_out_the_cases_it_speaks_against(project: Project, condition: tuple[str, str], columns: list[str]) -> None:
    matrix = build_matrix(project, MatrixQuestion(columns="case:1", conditions=[condition]))
    assert [column.label for column in matrix.columns] == columns
    assert matrix.row_totals[0].codings == 1


def test_several_values_are_alternatives_and_several_attributes_are_not(project: Project) -> None:
    both = [("region", "Central Asia"), ("region", "Caucasus")]
    assert len(build_matrix(project, MatrixQuestion(columns="case:1", conditions=both)).columns) == 3
    assert build_quotes(project, conditions=[("case", "Kyrgyzstan")]).quotes == ()
    assert len(build_quotes(project, conditions=[("region", "Caucasus"), ("case", "Kazakhstan")]).quotes) == 1
