from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode import Project, create_project
from qcode.model.matrix import Presence
from qcode.model.span import Span
from qcode.operations.cases import assign_source, create_case, name_level, set_value
from qcode.operations.codes import create_code
from qcode.operations.codings import apply_code
from qcode.operations.sources import Belonging, add_pasted
from qcode.views.matrix import MatrixQuestion, build_matrix, build_report
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


@pytest.mark.parametrize(("conditions", "is_shown"), [((), True), ((("case", "Armenia"),), False)])
def test_a_group_nobody_was_heard_of_has_a_column_until_a_filter_is_set(
    tmp_path: Path, conditions: tuple[tuple[str, str], ...], is_shown: bool
) -> None:
    with create_project(tmp_path / "p.qcode", coder="Anna") as made:
        for name, region in {**REGIONS, "Moldova": "Europe"}.items():
            set_value(made, create_case(made, name), "region", region)
        code = create_code(made, "Turnover")
        for name in ("Kazakhstan", "Armenia"):
            source = add_pasted(made, name, "They left.", Belonging(name))
            apply_code(made, source, Span(0, 4), code)
        matrix = build_matrix(made, MatrixQuestion(columns="region", conditions=conditions))
        unheard = [cell for cell, column in zip(matrix.cells[0], matrix.columns, strict=True) if column.label == "Europe"]
        assert [(cell.known, cell.presence) for cell in unheard] == ([(0, Presence.UNREAD)] if is_shown else [])


def test_a_value_given_to_a_source_alone_has_a_column_too(tmp_path: Path) -> None:
    with create_project(tmp_path / "p.qcode", coder="Anna") as made:
        create_code(made, "Turnover")
        set_value(made, create_case(made, "Armenia"), "round", "first")
        add_pasted(made, "note", "They left.", Belonging("Armenia", values=[("round", "second")]))
        assert [column.label for column in build_matrix(made, MatrixQuestion(columns="round")).columns] == ["first", "second"]


@pytest.mark.parametrize(
    ("columns", "each", "title"),
    [
        ("case:1", "Country", "Codes × countries"),
        ("Country", "Country", "Codes × countries"),
        ("case", "case", "Codes × cases"),
        ("case:2", "case", "Codes × cases"),
        ("region", "column", "Codes × region"),
        ("source", "source", "Codes × sources"),
    ],
)
def test_what_one_column_is(tmp_path: Path, columns: str, each: str, title: str) -> None:
    with create_project(tmp_path / "p.qcode", coder="Anna") as made:
        set_value(made, create_case(made, "Armenia"), "region", "Caucasus")
        create_case(made, "Armenia > Ministry")
        create_code(made, "Turnover")
        name_level(made, 1, "Country")
        report = build_report(made, MatrixQuestion(columns=columns))
        assert (report.matrix.each, report.title) == (each, title)


def test_an_attribute_goes_before_a_level_of_that_name(tmp_path: Path) -> None:
    with create_project(tmp_path / "p.qcode", coder="Anna") as made:
        create_code(made, "Turnover")
        name_level(made, 1, "Country")
        set_value(made, create_case(made, "Armenia"), "country", "AM")
        assert [column.label for column in build_matrix(made, MatrixQuestion(columns="Country")).columns] == ["AM"]
