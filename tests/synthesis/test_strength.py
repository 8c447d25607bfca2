"""The preset level by level, and random small projects weighed by the engine and by a slow count."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.model.matrix import Measure
from qcode.model.strength import PRESET, Evidence, Level, Rule, Strength
from qcode.synthesis.columns import Columns
from qcode.synthesis.counting import count_matrix
from qcode.synthesis.places import place_codings
from qcode.synthesis.standing import Codings
from qcode.synthesis.strength import Asked, judge
from qcode.synthesis.values import PlaceValues, values_of_places
from tests.synthesis.test_counting_laws import CODES, KINDS, ROWS, Project, Slow, engine_columns, place_of, projects, slow_columns

EVERY = st.lists(st.integers(0, 11), unique=True)


@pytest.mark.parametrize(
    ("evidence", "level", "rank"),
    [
        (Evidence(9, 3, 0, 2, 2, 0), "strong", 4),
        (Evidence(9, 9, 9, 1, 2, 0), "moderate", 3),
        (Evidence(9, 9, 9, 2, 1, 0), "moderate", 3),
        (Evidence(9, 2, 9, 2, 2, 0), "moderate", 3),
        (Evidence(9, 1, 9, 2, 2, 0), "weak", 2),
        (Evidence(9, 9, 9, 9, 9, 1), "contested", 1),
        (Evidence(9, 9, 9, None, 9, 0), "moderate", 3),
        (Evidence(9, 9, 9, 9, None, 0), "moderate", 3),
    ],
)
def test_the_preset(evidence: Evidence, level: str, rank: int) -> None:
    assert judge(PRESET, evidence) == Strength(level, rank, evidence, PRESET)


def test_a_rule_of_a_team_may_let_a_quote_against_stand_and_ask_for_cases() -> None:
    rule = Rule((Level("firm", sources=2, cases=3), Level("fair", sources=2, contradicted=True)), contested="open", short="too little")
    assert judge(rule, Evidence(5, 2, 3, None, None, 0)).level == "firm"
    assert judge(rule, Evidence(5, 2, 2, None, None, 0)).level == "fair"
    assert judge(rule, Evidence(5, 2, 3, None, None, 1)).level == "fair"
    assert judge(rule, Evidence(5, 1, 3, None, None, 1)).level == "open"
    assert (judge(rule, Evidence(5, 1, 3, None, None, 0)).level, judge(rule, Evidence(5, 1, 3, None, None, 0)).rank) == ("too little", 0)


def test_strength_wants_what_it_is_judged_by() -> None:
    with pytest.raises(ValueError, match="rule"):
        count_matrix(ROWS, Columns(()), Codings([], []), [], {}, Measure.STRENGTH)


def slow_evidence(
    project: Project, codes: set[int], column: Slow, kinds: list[PlaceValues] | None, groups: list[PlaceValues] | None, against: set[int]
) -> Evidence | None:
    hits = []
    for number, coding in enumerate(project.codings):
        place = place_of(project, coding)
        if coding.code in codes and project.places.index(place) in project.selected and column.has(place) and column.counts(coding.coder):
            hits.append((number, place))

    def distinct(values: list[PlaceValues] | None) -> int | None:
        if values is None:
            return None
        return len(
            {
                value
                for _, place in hits
                for value, having in values[project.places.index(place)].items()
                if not having or set(having) & column.cases(place)
            }
        )

    return (
        Evidence(
            len(hits),
            len({place.source for _, place in hits}),
            len({case for _, place in hits for case in column.cases(place)}),
            distinct(kinds),
            distinct(groups),
            len({number for number, _ in hits} & against),
        )
        if hits
        else None
    )


def slow_level(evidence: Evidence) -> str:
    if evidence.against:
        return "contested"
    if evidence.sources >= 3 and (evidence.kinds or 0) >= 2 and (evidence.groups or 0) >= 2:
        return "strong"
    return "moderate" if evidence.sources >= 2 else "weak"


@given(projects(), st.sampled_from(KINDS), EVERY, st.booleans(), st.booleans(), st.data())
@settings(deadline=None, max_examples=150)
def test_strength_is_what_a_slow_count_finds(
    project: Project, kind: str, marked: list[int], has_kinds: bool, has_groups: bool, data: st.DataObject
) -> None:
    named = slow_columns(project, kind)
    kinds = values_of_places(project.places, project.parents, project.case_values, project.source_values) if has_kinds else None
    sources = data.draw(st.dictionaries(st.sampled_from(list(project.characters)), st.sampled_from("xyz")))
    cases = data.draw(st.dictionaries(st.integers(0, 5), st.sampled_from("xyz")))
    groups = values_of_places(project.places, project.parents, cases, sources) if has_groups else None
    against = {number for number in marked if number < len(project.codings)}
    none = Slow(
        "(none)",
        lambda place: kind == "coder" or not any(column.has(place) for column in named),
        lambda place: set(place.cases),
        lambda coder: kind != "coder" or not any(column.counts(coder) for column in named),
    )
    everything = Slow("all", lambda place: True, lambda place: set(place.cases))

    def codings(numbers: set[int]) -> Codings:
        some = [one for number, one in enumerate(project.codings) if number in numbers]
        placed = place_codings(project.places, [one.source for one in some], [one.start for one in some], [one.end for one in some])
        return Codings([one.code for one in some], placed, [one.coder for one in some])

    matrix = count_matrix(
        ROWS,
        engine_columns(project, kind),
        codings(set(range(len(project.codings)))),
        project.places,
        project.readings,
        Measure.STRENGTH,
        selected=project.selected,
        strength=Asked(PRESET, kinds, groups, codings(against)),
    )

    def found(strength: Strength | None) -> tuple[str, Evidence] | None:
        return (strength.level, strength.evidence) if strength else None

    def expected(codes: set[int], column: Slow) -> tuple[str, Evidence] | None:
        evidence = slow_evidence(project, codes, column, kinds, groups, against)
        return (slow_level(evidence), evidence) if evidence else None

    shown = [*named, none][: len(matrix.columns)]
    for row, code in enumerate(CODES):
        assert [found(cell.strength) for cell in matrix.cells[row]] == [expected({code}, column) for column in shown]
        assert found(matrix.row_totals[row].strength) == expected({code}, everything)
    assert [found(cell.strength) for cell in matrix.column_totals] == [expected(set(CODES), column) for column in shown]
    assert found(matrix.total.strength) == expected(set(CODES), everything)
