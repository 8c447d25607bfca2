from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode import create_project
from qcode.agreement.differences import Kind
from qcode.model.change import Changes
from qcode.model.decision import AGREED, Outcome
from qcode.model.matrix import Matrix, Presence
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.adjudication import settle, take_over
from qcode.operations.codes import create_code
from qcode.operations.codings import apply_code
from qcode.operations.readings import mark_readings
from qcode.operations.sources import add_pasted
from qcode.project import Project
from qcode.views.adjudication import AdjudicationView, read_agreement_choices, read_side_by_side
from qcode.views.agreement import AgreementQuestion
from qcode.views.coding_document import open_document
from qcode.views.lists import find_source, list_codes
from qcode.views.matrix import MatrixQuestion, build_matrix, count_permissions
from qcode.views.quotes import build_codings, build_quotes

PAIR = ("Anna", "Bek")
TEXT = "One came. Two left.\n\nThree stayed."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Two sources coded alike but for one passage of Anna's in the second; the differences are not settled."""
    with create_project(tmp_path / "p.qcode", coder="Anna") as made:
        code = create_code(made, "Delay")
        create_code(made, "Staff")
        sources = [add_pasted(made, name, TEXT) for name in ("one", "two")]
        for source in sources:
            for coder in PAIR:
                apply_code(made, source, Span(0, 9), code, coder=coder)
        apply_code(made, sources[1], Span(21, 34), code, coder="Anna")
        for coder in PAIR:
            mark_readings(made, ["one", "two"], ReadingStatus.FINISHED, coder)
        yield made


def matrix(project: Project, coder: str = "", columns: str = "source") -> Matrix:
    return build_matrix(project, MatrixQuestion(columns=columns, conditions=[("coder", coder)] if coder else []))


def test_tables_do_not_count_the_layer_a_second_time(project: Project) -> None:
    before = matrix(project), build_quotes(project).quotes, build_codings(project).rows, list_codes(project)
    take_over(project, PAIR)
    assert (matrix(project), build_quotes(project).quotes, build_codings(project).rows, list_codes(project)) == before
    assert sum(count_permissions(project, MatrixQuestion()).values()) == 5
    assert [column.label for column in matrix(project, columns="coder").columns] == ["Anna", "Bek"]


def test_a_table_of_the_layer_counts_what_was_agreed_and_knows_what_is_not_settled(project: Project) -> None:
    take_over(project, PAIR)
    cells = matrix(project, AGREED).cells
    assert [[cell.codings for cell in line] for line in cells] == [[1, 1], [0, 0]]
    assert [cell.presence for cell in cells[1]] == [Presence.NOTHING, Presence.UNREAD]
    (open_point,) = AdjudicationView(project).points(AgreementQuestion(PAIR))
    settle(project, PAIR, open_point.disagreement, Outcome.FIRST)
    assert [cell.codings for cell in matrix(project, AGREED).cells[0]] == [1, 2]
    assert matrix(project, AGREED).cells[1][1].presence is Presence.NOTHING
    assert [column.label for column in matrix(project, AGREED, "coder").columns] == [AGREED, "Anna", "Bek"]


def test_a_code_that_one_of_them_never_saw_is_not_read_in_the_layer(project: Project) -> None:
    create_code(project, "Late")
    mark_readings(project, ["one"], ReadingStatus.FINISHED, "Anna")
    take_over(project, PAIR)
    assert [line[0].presence for line in matrix(project, AGREED).cells] == [Presence.FOUND, Presence.NOTHING, Presence.UNREAD]


def test_a_source_side_by_side(project: Project) -> None:
    (one,) = AdjudicationView(project).points(AgreementQuestion(PAIR))
    assert one.disagreement.difference.kind is Kind.ONLY_FIRST
    found = read_side_by_side(project, one.disagreement.source, PAIR)
    assert (found.text, len(found.blocks)) == (TEXT, 2)
    assert [(lane.start, lane.end, lane.same) for lane in found.first] == [(0, 9, True), (21, 34, False)]
    assert [(lane.start, lane.end, lane.same) for lane in found.second] == [(0, 9, True)]


def test_a_text_that_is_coded_shows_the_coders_own_codings(project: Project) -> None:
    source = find_source(project, "one").uuid
    shown = open_document(project, source)
    before = dict(shown.codings)
    told: list[Changes] = []
    project.on_change(told.append)
    take_over(project, PAIR)
    assert shown.patch(project, told[0]).pairs == ()
    assert shown.codings == open_document(project, source).codings == before


def test_what_waits_to_be_taken_over_is_counted(project: Project) -> None:
    view, question = AdjudicationView(project), AgreementQuestion(PAIR)
    assert view.count_waiting(question) == 2
    take_over(project, PAIR)
    assert view.count_waiting(question) == 0


def test_nobody_to_compare_is_no_failure(tmp_path: Path) -> None:
    with create_project(tmp_path / "empty.qcode", coder="Anna") as empty:
        assert read_agreement_choices(empty).best == ("", "")


def test_the_layer_is_not_among_the_coders_to_choose_from(project: Project) -> None:
    take_over(project, PAIR)
    mark_readings(project, ["one"], ReadingStatus.READING, "Chinara")
    found = read_agreement_choices(project)
    assert (found.coders, found.best) == (PAIR, PAIR)
    assert found.codes == ("Delay", "Staff")
