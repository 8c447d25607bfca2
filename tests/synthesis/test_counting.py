"""A small project counted by hand; `test_counting_laws` compares random ones with a slow count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qcode.model.matrix import Cell, Matrix, Measure, Presence, Row
from qcode.synthesis.columns import Columns, columns_by_case, columns_by_coder, columns_by_source
from qcode.synthesis.counting import count_matrix
from qcode.synthesis.places import Place
from qcode.synthesis.standing import Codings

FOUND, NOTHING, UNREAD = Presence.FOUND, Presence.NOTHING, Presence.UNREAD

# 1 Kyrgyzstan > 3 Government, 4 Civil society; 2 Tajikistan
PARENTS = {1: None, 2: None, 3: 1, 4: 1}
LABELS = {1: "Kyrgyzstan", 2: "Tajikistan", 3: "Government", 4: "Civil society"}
# a note of the Kyrgyz government; a Tajik report that speaks of Kyrgyz civil society once; a note of nobody
PLACES = [Place(10, (3,)), Place(11, (2,)), Place(11, (4,), 20, 40), Place(12)]
CHARACTERS = {10: 100, 11: 100, 12: 50}
TRUST, FUNDS, STAFF, OTHER = 100, 101, 102, 103
ROWS = [(code, Row(str(code), label, label)) for code, label in ((TRUST, "Trust"), (FUNDS, "Funds"), (STAFF, "Staff"))]
AIDA, NURLAN = 1, 2
CODINGS = Codings(
    codes=[TRUST, TRUST, TRUST, TRUST, FUNDS, OTHER],
    places=[0, 0, 2, 1, 3, 0],
    coders=[AIDA, NURLAN, AIDA, AIDA, AIDA, AIDA],
    starts=[0, 5, 20, 30, 0, 0],
    ends=[10, 20, 30, 60, 25, 100],
)
READINGS = {10: [(AIDA, frozenset({TRUST, FUNDS, STAFF}))], 11: [(NURLAN, frozenset({TRUST, FUNDS}))]}
COUNTRIES = columns_by_case(PLACES, PARENTS, LABELS, 1)


def count(columns: Columns = COUNTRIES, codings: Codings = CODINGS, **options: object) -> Matrix:
    arguments = {"rows": ROWS, "places": PLACES, "readings": READINGS, "measure": Measure.CODINGS} | options
    return count_matrix(columns=columns, codings=codings, **arguments)  # type: ignore[arg-type]


def test_cells_count_codings_sources_and_cases() -> None:
    assert count().cells == (
        (Cell(3, 2, 2, FOUND, 2, 2), Cell(1, 1, 1, FOUND, 1, 1), Cell(0, 0, 0, UNREAD, 1, 0)),
        (Cell(0, 0, 0, NOTHING, 2, 2), Cell(0, 0, 0, NOTHING, 1, 1), Cell(1, 1, 0, FOUND, 1, 0)),
        (Cell(0, 0, 0, UNREAD, 2, 1), Cell(0, 0, 0, UNREAD, 1, 0), Cell(0, 0, 0, UNREAD, 1, 0)),
    )


def test_row_totals_count_everything_once() -> None:
    assert count().row_totals == (Cell(4, 2, 3, FOUND, 3, 2), Cell(1, 1, 0, FOUND, 3, 2), Cell(0, 0, 0, UNREAD, 3, 1))


def test_column_totals_count_as_read_what_was_read_for_every_row() -> None:
    assert count().column_totals == (Cell(3, 2, 2, FOUND, 2, 1), Cell(1, 1, 1, FOUND, 1, 0), Cell(1, 1, 0, FOUND, 1, 0))
    assert count().total == Cell(5, 3, 3, FOUND, 3, 1)


def test_columns_tell_how_many_sources_they_have_and_how_many_somebody_finished() -> None:
    assert [(column.label, column.sources, column.read) for column in count().columns] == [
        ("Kyrgyzstan", 2, 2),
        ("Tajikistan", 1, 1),
        ("(none)", 1, 0),
    ]


def test_the_column_of_what_falls_in_none_is_absent_without_such_codings() -> None:
    matrix = count(rows=ROWS[:1])
    assert [column.label for column in matrix.columns] == ["Kyrgyzstan", "Tajikistan"]
    assert matrix.row_totals == (Cell(4, 2, 3, FOUND, 2, 2),)
    assert matrix.total == Cell(4, 2, 3, FOUND, 3, 2), "the grand total knows all sources of the selection"


def test_a_coding_stands_in_the_column_of_its_case_and_of_every_case_above() -> None:
    matrix = count(columns_by_case(PLACES, PARENTS, LABELS))
    assert [column.label for column in matrix.columns] == ["Civil society", "Government", "Kyrgyzstan", "Tajikistan", "(none)"]
    assert [cell.codings for cell in matrix.cells[0]] == [1, 2, 3, 1, 0]
    assert matrix.row_totals[0].codings == 4


def test_a_source_in_two_places_of_a_column_counts_once() -> None:
    matrix = count(columns_by_source(PLACES, {10: "a", 11: "b", 12: "c"}))
    assert matrix.cells[0] == (Cell(2, 1, 1, FOUND, 1, 1), Cell(2, 1, 2, FOUND, 1, 1), Cell(0, 0, 0, UNREAD, 1, 0))


def test_a_coders_column_counts_only_the_coders_own_codings_and_readings() -> None:
    matrix = count(columns_by_coder({AIDA: "Aida", NURLAN: "Nurlan"}))
    assert matrix.cells[0] == (Cell(3, 2, 3, FOUND, 3, 1), Cell(1, 1, 1, FOUND, 3, 1))
    assert matrix.cells[1] == (Cell(1, 1, 0, FOUND, 3, 1), Cell(0, 0, 0, UNREAD, 3, 1))
    assert [cell.read for cell in matrix.row_totals] == [2, 2, 1]
    assert [(column.sources, column.read) for column in matrix.columns] == [(3, 1), (3, 1)]


def test_codings_and_readings_of_an_unlisted_coder_fall_in_no_column() -> None:
    matrix = count(columns_by_coder({AIDA: "Aida"}))
    assert [column.label for column in matrix.columns] == ["Aida", "(none)"]
    assert matrix.cells[0] == (Cell(3, 2, 3, FOUND, 3, 1), Cell(1, 1, 1, FOUND, 3, 1))


def test_nothing_is_found_where_nobody_can_look() -> None:
    columns = columns_by_case(PLACES, PARENTS | {5: None}, LABELS | {5: "Uzbekistan"}, 1)
    assert count(columns).cells[0][2] == Cell(0, 0, 0, UNREAD, 0, 0)


def test_a_reading_that_knew_other_codes_does_not_count() -> None:
    two = {11: [(AIDA, frozenset({STAFF})), (NURLAN, frozenset({FUNDS}))]}
    matrix = count(readings=two)
    assert [line[1].read for line in matrix.cells] == [0, 1, 1]
    assert matrix.column_totals[1].read == 0
    assert matrix.columns[1].read == 1


def test_coverage_is_the_share_of_the_columns_characters() -> None:
    matrix = count(measure=Measure.COVERAGE, characters=CHARACTERS)
    # Kyrgyzstan has 100 + 20 characters, Tajikistan 100 - 20, nobody 50; of Trust in Tajikistan 10 lie in the passage
    assert [[cell.coverage for cell in line] for line in matrix.cells] == [[0.25, 0.25, 0], [0, 0, 0.5], [0, 0, 0]]
    assert [cell.coverage for cell in matrix.row_totals] == [60 / 250, 25 / 250, 0]
    assert [cell.coverage for cell in matrix.column_totals] == [0.25, 0.25, 0.5]
    assert matrix.total.coverage == 85 / 250
    assert matrix.cells[0][0].value(Measure.COVERAGE) == 0.25


def test_a_column_without_characters_has_no_coverage() -> None:
    columns = columns_by_case(PLACES, PARENTS | {5: None}, LABELS | {5: "Uzbekistan"}, 1)
    assert count(columns, measure=Measure.COVERAGE, characters=CHARACTERS).cells[0][2].coverage == 0


def test_other_measures_leave_coverage_open() -> None:
    assert count(measure=Measure.PRESENCE).cells[0][0].coverage is None


@pytest.mark.parametrize(("starts", "characters"), [([], CHARACTERS), (CODINGS.starts, None)])
def test_coverage_without_lengths_or_spans_is_refused(starts: list[int], characters: dict[int, int] | None) -> None:
    with pytest.raises(ValueError, match="coverage needs"):
        count(codings=replace(CODINGS, starts=starts), measure=Measure.COVERAGE, characters=characters)


def test_codings_may_come_grouped() -> None:
    grouped = Codings(codes=[TRUST, TRUST, TRUST, FUNDS], places=[0, 2, 1, 3], counts=[2, 1, 1, 1])
    assert count(codings=grouped) == count()


def test_only_selected_places_count() -> None:
    matrix = count(selected=[0, 1])
    assert [column.label for column in matrix.columns] == ["Kyrgyzstan", "Tajikistan"]
    assert matrix.cells[0] == (Cell(2, 1, 1, FOUND, 1, 1), Cell(1, 1, 1, FOUND, 1, 1))
    assert matrix.total == Cell(3, 2, 2, FOUND, 2, 1)


def test_an_unselected_passage_still_belongs_elsewhere() -> None:
    matrix = count(selected=[1], measure=Measure.COVERAGE, characters=CHARACTERS)
    assert matrix.cells[0][1].coverage == 20 / 80
    assert matrix.total.coverage == 20 / 80


def test_without_rows_there_is_nothing_to_find() -> None:
    matrix = count(rows=[])
    assert (matrix.rows, matrix.cells, matrix.row_totals) == ((), (), ())
    assert matrix.column_totals == (Cell(0, 0, 0, NOTHING, 2, 2), Cell(0, 0, 0, NOTHING, 1, 1))
    assert matrix.total == Cell(0, 0, 0, UNREAD, 3, 2)


def test_the_rows_and_the_measure_come_back() -> None:
    matrix = count(measure=Measure.SOURCES)
    assert matrix.rows == tuple(row for _, row in ROWS)
    assert matrix.cells[0][0].value(matrix.measure) == 2


def test_the_head_of_the_totals_counts_what_anybody_finished() -> None:
    everything = count().everything
    assert (everything.sources, everything.read) == (3, 2), "read for some code, if not for every row"
