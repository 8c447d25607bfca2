from __future__ import annotations

import pytest
from hypothesis import given

from qcode.agreement.differences import Difference, Kind, count_confusions, find_differences
from qcode.agreement.measuring import measure_agreement
from qcode.agreement.units import Unit, joined
from tests.agreement.made import Mark, Raw, raw_sources, with_units

X, Y = 1, 2
#: Two paragraphs of two sentences each.
SENTENCES = [(0, 20), (21, 40), (42, 60), (61, 80)]
PARAGRAPHS = [0, 42]


def differ(*marks: Mark) -> tuple[Difference, ...]:
    return find_differences(with_units(Unit.SENTENCE, 81, SENTENCES, {X: 3, Y: 3}, marks), {X, Y}, PARAGRAPHS)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([(X, 0, 0, 20), (X, 1, 0, 20)], None),
        ([(X, 0, 0, 20)], (Kind.ONLY_FIRST, ((0, 20),), (), 1, True)),
        ([(X, 1, 45, 50)], (Kind.ONLY_SECOND, (), ((45, 50),), 2, True)),
        ([(X, 0, 0, 20), (X, 1, 0, 12)], (Kind.ENDS, ((0, 20),), ((0, 12),), 1, False)),
        ([(X, 0, 0, 40), (X, 1, 0, 12)], (Kind.ENDS, ((0, 40),), ((0, 12),), 1, True)),
        ([(X, 0, 0, 40), (X, 1, 0, 12), (X, 1, 15, 30)], (Kind.ENDS, ((0, 40),), ((0, 12), (15, 30)), 1, False)),
        ([(X, 0, 0, 9), (X, 0, 5, 20), (X, 1, 0, 20)], None),
        ([(X, 0, 42, 60), (X, 1, 61, 80)], (Kind.ELSEWHERE, ((42, 60),), ((61, 80),), 2, True)),
        ([(X, 0, 42, 50), (X, 1, 51, 60)], (Kind.ELSEWHERE, ((42, 50),), ((51, 60),), 2, False)),
    ],
)
def test_one_place(marks: list[Mark], expected: tuple[object, ...] | None) -> None:
    found = [(one.kind, one.first, one.second, one.paragraph, one.counted) for one in differ(*marks)]
    assert found == ([] if expected is None else [expected])


def test_in_another_paragraph_they_are_two_differences() -> None:
    assert [one.kind for one in differ((X, 0, 0, 20), (X, 1, 61, 80))] == [Kind.ONLY_FIRST, Kind.ONLY_SECOND]


def test_another_code_on_nearly_the_same_passage_is_one_difference() -> None:
    (found,) = differ((X, 0, 0, 20), (Y, 1, 0, 15))
    assert (found.kind, found.code, found.other, found.first, found.second) == (Kind.OTHER_CODE, X, Y, ((0, 20),), ((0, 15),))
    assert [one.kind for one in differ((X, 0, 0, 20), (Y, 1, 0, 5))] == [Kind.ONLY_FIRST, Kind.ONLY_SECOND]


def test_the_nearest_passage_of_another_code_is_taken() -> None:
    found = differ((X, 0, 0, 20), (X, 0, 25, 38), (Y, 1, 3, 20), (Y, 1, 24, 38))
    assert [(one.first, one.second) for one in found] == [(((0, 20),), ((3, 20),)), (((25, 38),), ((24, 38),))]


def test_a_code_both_gave_is_no_confusion() -> None:
    (found,) = differ((X, 0, 0, 20), (Y, 0, 0, 20), (Y, 1, 0, 20))
    assert (found.kind, found.code) == (Kind.ONLY_FIRST, X)


def test_confusions_are_counted_most_frequent_first() -> None:
    found = differ((X, 0, 0, 20), (Y, 1, 0, 20), (X, 0, 42, 60), (Y, 1, 42, 60), (Y, 0, 61, 80), (X, 1, 61, 80), (X, 0, 25, 30))
    assert count_confusions(found) == [(X, Y, 2), (Y, X, 1)]


def test_what_one_of_them_did_not_judge_is_no_difference() -> None:
    source = with_units(Unit.SENTENCE, 81, SENTENCES, {X: 3, Y: 1}, [(Y, 0, 0, 20), (X, 0, 0, 9)])
    assert [one.code for one in find_differences(source, {X, Y}, PARAGRAPHS)] == [X]
    assert find_differences(source, {Y}, PARAGRAPHS) == ()


@given(raw_sources(2))
def test_every_passage_that_is_not_shared_stands_in_one_difference(raw: Raw) -> None:
    length, bounds, judges, marks = raw
    found = find_differences(with_units(Unit.CHARACTER, length, bounds, judges, marks), judges.keys(), [0])
    for code in judges:
        for coder, of in ((0, "first"), (1, "second")):
            mine = [one for one in found if code == (one.code if coder == 0 or one.other is None else one.other)]
            places = [place for one in mine for place in getattr(one, of)]
            own = set(joined(sorted((start, end) for c, by, start, end in marks if (c, by) == (code, coder)), gap=0))
            others = set(joined(sorted((start, end) for c, by, start, end in marks if (c, by) == (code, 1 - coder)), gap=0))
            assert len(places) == len(set(places))
            assert set(places) <= own
            assert judges[code] != 3 or own - others <= set(places)


@given(raw_sources(2))
def test_there_are_differences_that_count_exactly_where_agreement_is_not_whole(raw: Raw) -> None:
    length, bounds, judges, marks = raw
    for unit in (Unit.CHARACTER, Unit.SENTENCE):
        source = with_units(unit, length, bounds, judges, marks)
        found = find_differences(source, judges.keys(), [0])
        whole = measure_agreement(["A", "B"], list(judges), [source], unit, draws=0).overall.percent.value in (None, 1)
        assert any(one.counted for one in found) is not whole
