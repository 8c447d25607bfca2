from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.synthesis.heard import CASE, SOURCE, Key, Said, find_partners, one_of
from qcode.synthesis.places import Place

# 1 Kyrgyzstan > 2 Focus group > 3 R1, 4 R2; 1 > 5 Ministry > 6 Minister
PARENTS = {1: None, 2: 1, 3: 2, 4: 2, 5: 1, 6: 5}
GROUP = Said({"people": {2: 6}, "women": {2: 4}, "men": {2: 2}}, {3: "woman"}, {5: "Government"})


def who(*places: Place, cases: Said = GROUP, sources: Said | None = None) -> set[Key]:
    return set(find_partners(places, PARENTS, cases, sources or Said()))


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ([Place(1, (2,))], {(CASE, 2)}),
        ([Place(1, (2,)), Place(1, (3,), 0, 9), Place(1, (4,), 9, 12)], {(CASE, 2)}),
        ([Place(1, (3,), 0, 9)], {(CASE, 2)}),
        ([Place(1, (5,)), Place(2, (5,))], {(CASE, 5)}),
        ([Place(1, (6,))], {(CASE, 6)}),
        ([Place(1, (1,))], set()),
        ([Place(1)], set()),
        ([Place(1, (2, 5))], {(CASE, 2), (CASE, 5)}),
    ],
    ids=["group", "speakers of the group", "a speaker alone", "one in two talks", "below a stakeholder group", "country", "no case", "two"],
)
def test_who_is_heard(places: list[Place], found: set[Key]) -> None:
    assert who(*places) == found


def test_a_group_below_a_group_is_part_of_it_when_both_are_heard() -> None:
    both = Said({"people": {5: 3, 6: 1}})
    assert who(Place(1, (6,)), cases=both) == {(CASE, 6)}
    assert who(Place(1, (6,)), Place(2, (5,)), cases=both) == {(CASE, 5)}
    assert find_partners([Place(1, (6,)), Place(2, (5,))], PARENTS, both, Said()) == {(CASE, 5): [(1, 5), (0, 6)]}


def test_a_source_is_somebody_where_it_has_numbers_or_its_cases_are_nobody() -> None:
    numbers = Said({"people": {1: 17}})
    assert who(Place(1, (5,)), sources=numbers) == {(SOURCE, 1)}
    assert who(Place(1, (1,)), sources=Said(group={1: "Government"})) == {(SOURCE, 1)}
    assert who(Place(1, (5,)), sources=Said(group={1: "Government"})) == {(CASE, 5)}
    assert who(Place(1, (1,), 0, 9), sources=numbers) == set()


@pytest.mark.parametrize(
    ("people", "women", "men", "numbers"), [(6, 4, 2, (6, 4, 2)), (0, 4, 2, (6, 4, 2)), (6, 4, 0, (6, 4, 0)), (3, 4, 2, (6, 4, 2))]
)
def test_numbers_that_do_not_add_up_are_taken_as_people(people: int, women: int, men: int, numbers: tuple[int, int, int]) -> None:
    assert Said({"people": {1: people}, "women": {1: women}, "men": {1: men}}).numbers(1) == numbers


@pytest.mark.parametrize(
    ("gender", "one"), [("woman", (1, 1, 0)), ("Male", (1, 0, 1)), ("Женщина", (1, 1, 0)), ("mixed", (1, 0, 0)), ("", (1, 0, 0))]
)
def test_one_person(gender: str, one: tuple[int, int, int]) -> None:
    assert one_of(gender) == one


@given(
    places=st.lists(
        st.builds(Place, st.integers(1, 3), st.lists(st.sampled_from(list(PARENTS)), max_size=3, unique=True).map(tuple)), max_size=6
    ),
    counted=st.sets(st.sampled_from(list(PARENTS))),
    gendered=st.sets(st.sampled_from(list(PARENTS))),
)
def test_nobody_is_heard_twice_and_no_place_is_lost(places: list[Place], counted: set[int], gendered: set[int]) -> None:
    cases = Said({"people": dict.fromkeys(counted, 2)}, dict.fromkeys(gendered, "man"))
    found = find_partners(places, PARENTS, cases, Said())
    heard = {key for _, key in found}
    for key in heard & counted:
        above = PARENTS[key]
        while above is not None:
            assert not (above in heard and above in counted)
            above = PARENTS[above]
    speaking = {at for of_one in found.values() for at, _ in of_one}
    for at, place in enumerate(places):
        ways = [[case, *_above(case)] for case in place.cases]
        assert (at in speaking) == any(set(way) & (counted | gendered) for way in ways)


def _above(case: int) -> list[int]:
    above = PARENTS[case]
    return [] if above is None else [above, *_above(above)]
