from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qcode import Project, create_project
from qcode.model.identity import Identities
from qcode.model.matrix import Cell, Measure, Presence
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.cases import assign_source, create_case, set_value
from qcode.operations.codes import create_code
from qcode.operations.codings import apply_code
from qcode.operations.readings import mark_readings
from qcode.operations.sources import Belonging, add_pasted
from qcode.views.matrix import MatrixQuestion, build_report, count_permissions
from qcode.views.matrix_cell import initials, read_cell
from qcode.views.matrix_screen import MatrixChoices, fitting, read_choices, read_table, second_line, shown_value
from qcode.views.permission import Permission

TEXT = "They left one by one. Nobody stayed. The money came late."


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    path = tmp_path_factory.mktemp("matrix") / "p.qcode"
    with create_project(path, "Title", coder="Anna", identities=Identities.seeded(1)) as made:
        kgz, uzb = create_case(made, "KGZ"), create_case(made, "UZB")
        sources = {name: add_pasted(made, name, TEXT, Belonging(case)) for name, case in (("one", "KGZ"), ("two", "KGZ"), ("three", "UZB"))}
        helps = create_code(made, "Success factors")
        hinders = create_code(made, "Constraints")
        speed, turnover = create_code(made, "Speed", helps), create_code(made, "Turnover", hinders)
        mark_readings(made, ["one"], ReadingStatus.FINISHED)
        create_code(made, "New", hinders)
        apply_code(made, sources["one"], Span(0, 21), turnover)
        apply_code(made, sources["one"], Span(22, 36), turnover, coder="Berik T.")
        apply_code(made, sources["two"], Span(0, 21), turnover)
        apply_code(made, sources["one"], Span(37, 57), speed)
        apply_code(made, sources["one"], Span(37, 50), hinders)
        set_value(made, kgz, "stakeholder group", "Government")
        set_value(made, kgz, "permission to quote", "no")
        set_value(made, uzb, "women", "3")
        yield made


def test_codes_stand_under_the_code_they_belong_to(project: Project) -> None:
    table = read_table(project, MatrixQuestion())
    paths = {group.path: [table.matrix.rows[row].path.rpartition(" > ")[2] for row in group.rows] for group in table.groups}
    assert paths == {"Success factors": ["Speed"], "Constraints": ["Turnover", "New", "Constraints"]}
    assert dict(zip((row.path for row in table.matrix.rows), table.tones, strict=True))["Constraints > Turnover"] == "neg"


def test_headings_add_quotes_and_nothing_else(project: Project) -> None:
    table = read_table(project, MatrixQuestion())
    constraints = table.groups[1]
    assert [table.heading_value(constraints, column, Measure.CODINGS) for column in range(3)] == ["4", "0", "4"]
    assert table.heading_value(constraints, 0, Measure.SOURCES) == "2 of 3"
    assert table.heading_sentence(constraints, 0, Measure.CODINGS) == "Constraints, KGZ: 4 quotes under 3 codes"
    assert table.heading_sentence(constraints, 0, Measure.CASES) == "Constraints, KGZ: 2 of 3 codes found, 4 quotes"


def test_heads_cells_and_figures(project: Project) -> None:
    table = read_table(project, MatrixQuestion(("Constraints",)))
    assert [(head.label, head.read, head.sources) for head in table.heads] == [("KGZ", 1, 2), ("UZB", 0, 1), ("All", 1, 3)]
    assert table.sentence(0, 0, Measure.CODINGS).startswith("Turnover, KGZ: 3 quotes from 2 of 2 sources")
    assert table.spread(0) == (1, 2)
    assert table.figures() == (6, 2, 0, 4)
    assert (table.has(Measure.SOURCES), table.has(Measure.COVERAGE)) == (True, False)
    assert read_table(project, MatrixQuestion(measure=Measure.COVERAGE)).has(Measure.COVERAGE)


def test_what_can_be_asked_for(project: Project) -> None:
    choices = read_choices(project)
    assert choices.groups == ("Success factors", "Constraints")
    assert choices.attributes == (("stakeholder group", ("Government",)), ("permission to quote", ("no",)))
    assert choices.levels == ("",)
    assert (choices.depth, choices.coders, choices.codes, choices.sources) == (1, ("Anna", "Berik T."), 5, 3)


def test_a_question_loses_what_the_project_does_not_have() -> None:
    asked = MatrixQuestion(("Gone", "Here"), "gone", Measure.CASES, (("a", "x"), ("a", "y"), ("coder", "Anna"), ("coder", "Gone")))
    choices = MatrixChoices(("Here",), 0, (("a", ("x",)),), ("Anna",))
    assert fitting(asked, choices) == MatrixQuestion(("Here",), "source", Measure.CASES, (("a", "x"), ("coder", "Anna")))
    assert fitting(MatrixQuestion(columns="case:3"), MatrixChoices(depth=2)).columns == "case:1"


@pytest.mark.parametrize(
    ("cell", "measure", "value", "second"),
    [
        (Cell(9, 6, 2, Presence.FOUND, 21, 19), Measure.CODINGS, "9", "6 of 19 sources"),
        (Cell(9, 6, 2, Presence.FOUND, 21, 19), Measure.SOURCES, "6", "9 quotes"),
        (Cell(9, 6, 2, Presence.FOUND, 21, 19), Measure.PRESENCE, "+", "9 quotes"),
        (Cell(9, 6, 2, Presence.FOUND, 21, 19, 0.042), Measure.COVERAGE, "4.2 %", "9 quotes"),
        (Cell(0, 0, 0, Presence.NOTHING, 18, 18), Measure.CODINGS, "0", "nothing in 18 read"),
        (Cell(0, 0, 0, Presence.UNREAD, 11, 6), Measure.PRESENCE, "–", "5 not yet read"),
        (Cell(0, 0, 0, Presence.UNREAD, 11, 0), Measure.CODINGS, "–", "0 of 11 for this code"),
        (Cell(0, 0, 0, Presence.UNREAD, 0, 0), Measure.CODINGS, "–", ""),
    ],
)
def test_a_cell_in_two_lines(cell: Cell, measure: Measure, value: str, second: str) -> None:
    assert (shown_value(cell, measure), second_line(cell, measure)) == (value, second)


def test_the_quotes_of_a_cell_are_those_it_counts(project: Project) -> None:
    question = MatrixQuestion()
    table = read_table(project, question)
    for row, code in enumerate(table.matrix.rows):
        for column, head in enumerate(table.matrix.columns):
            assert len(read_cell(project, question, [code.key], head.key).quotes) == table.cell(row, column).codings
        assert len(read_cell(project, question, [code.key], None).quotes) == table.matrix.row_totals[row].codings


def test_what_is_known_of_a_quote(project: Project) -> None:
    table = read_table(project, MatrixQuestion(("Constraints",)))
    cell = read_cell(project, table.question, [table.matrix.rows[0].key], table.matrix.columns[0].key)
    one = cell.quotes[1]
    assert (one.quote.quote, one.group, one.permission, one.origin) == ("Nobody stayed.", "Government", Permission.NO, "ONE · BT")
    assert one.text == f"“Nobody stayed.” [{one.quote.id}] (ONE, KGZ)"
    assert cell.facts() == ((3, "quotes"), (2, "sources"), (1, "group"), (2, "coders"))
    assert replace(cell, quotes=cell.quotes[:1]).facts() == ((1, "quote"), (1, "source"), (1, "group"))
    assert cell.group_name == "stakeholder group"
    against = [replace(quote, contradicts=number > 0) for number, quote in enumerate(cell.quotes)]
    assert replace(cell, quotes=tuple(against)).facts()[-1] == (2, "contradict")
    assert replace(cell, quotes=tuple(against[:2])).facts()[-1] == (1, "contradicts")


def test_quotes_of_other_columns_and_coders(project: Project) -> None:
    question = MatrixQuestion(columns="coder", conditions=(("stakeholder group", "Government"),))
    table = read_table(project, question)
    turnover = next(row.key for row in table.matrix.rows if row.path.endswith("Turnover"))
    by_coder = {head.label: len(read_cell(project, question, [turnover], head.key).quotes) for head in table.matrix.columns}
    assert by_coder == {"Anna": 2, "Berik T.": 1}


def test_quotes_by_group_leave_the_unknown_to_the_end(tmp_path: Path) -> None:
    with create_project(tmp_path / "p.qcode", coder="Anna") as project:
        code = create_code(project, "Code")
        for name, group in (("a", ""), ("b", "Unions"), ("c", "Employers")):
            case = create_case(project, name)
            source = add_pasted(project, name, TEXT, Belonging(name))
            apply_code(project, source, Span(0, 4), code)
            if group:
                set_value(project, case, "group", group)
        cell = read_cell(project, MatrixQuestion(), [code], None)
        assert [one.group for one in cell.by_group()] == ["Employers", "Unions", ""]
        assert {one.permission for one in cell.quotes} == {Permission.UNASKED}


@pytest.mark.parametrize(("name", "short"), [("Baktygul T.", "BT"), ("Anna", "Anna"), ("coder 1", "C1")])
def test_initials(name: str, short: str) -> None:
    assert initials(name) == short


def test_quotes_that_may_not_be_quoted_can_be_left_out_and_still_count(project: Project) -> None:
    assert count_permissions(project, MatrixQuestion()) == {Permission.NO: 5}
    report = build_report(project, MatrixQuestion(), leave_out={Permission.NO})
    assert (report.quotes, report.behind, report.matrix.total.codings) == ((), {}, 5)
    assert len(build_report(project, MatrixQuestion(), leave_out={Permission.UNKNOWN}).quotes) == 5


def test_permission_is_refused_where_cases_do_not_agree(tmp_path: Path) -> None:
    with create_project(tmp_path / "p.qcode", coder="Anna") as project:
        cases = [create_case(project, name) for name in ("A", "B")]
        code = create_code(project, "Code")
        for name, belongs in (("both", cases), ("one", cases[:1]), ("none", [])):
            source = add_pasted(project, name, TEXT)
            apply_code(project, source, Span(0, 4), code)
            for case in belongs:
                assign_source(project, case, source)
        for case, said in zip(cases, ("yes", "no"), strict=True):
            set_value(project, case, "permission to quote", said)
        assert count_permissions(project, MatrixQuestion()) == {Permission.NO: 1, Permission.YES: 1, Permission.UNKNOWN: 1}
