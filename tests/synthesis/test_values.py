from __future__ import annotations

from qcode.synthesis.places import Place
from qcode.synthesis.values import values_of_places

# 1 Kyrgyzstan > 2 Government > 3 Ms A; 4 Tajikistan > 5 Ms B
PARENTS = {1: None, 2: 1, 3: 2, 4: None, 5: 4}


def values_of(
    place: Place, case_values: dict[int, str], source_values: dict[int, str] | None = None, **options: bool
) -> dict[str, tuple[int, ...]]:
    places = [place] if place.span is None else [Place(place.source, (4,)), place]
    return values_of_places(places, PARENTS, case_values, source_values or {}, **options)[-1]


def test_a_case_has_the_nearest_value_on_its_way_up() -> None:
    assert values_of(Place(1, (3,)), {1: "region", 2: "public"}) == {"public": (3,)}
    assert values_of(Place(1, (3,)), {1: "region", 3: "own"}) == {"own": (3,)}


def test_the_sources_own_value_comes_before_those_of_its_cases() -> None:
    assert values_of(Place(1, (3, 5)), {1: "cases"}, {1: "source"}) == {"source": (3, 5)}


def test_the_cases_of_a_passage_come_before_the_sources_own_value() -> None:
    assert values_of(Place(1, (3,), 0, 9), {1: "passage", 4: "whole"}, {1: "source"}) == {"passage": (3,)}


def test_a_passage_whose_cases_say_nothing_takes_the_sources_own_value() -> None:
    assert values_of(Place(1, (3,), 0, 9), {4: "whole"}, {1: "source"}) == {"source": (3,)}


def test_the_cases_of_the_whole_source_say_nothing_of_a_passage() -> None:
    assert values_of(Place(1, (3,), 0, 9), {4: "whole"}, {2: "another source"}) == {}


def test_several_cases_give_several_values_and_silent_cases_none() -> None:
    assert values_of(Place(1, (3, 5), 0, 9), {2: "a", 4: "b"}) == {"a": (3,), "b": (5,)}
    assert values_of(Place(1, (3, 5), 0, 9), {2: "a"}) == {"a": (3,)}
    assert values_of(Place(1, (3, 5)), {1: "a", 4: "a"}) == {"a": (3, 5)}


def test_nobody_says_anything() -> None:
    assert values_of(Place(1, (3,)), {4: "elsewhere"}) == {}
    assert values_of(Place(1), {4: "elsewhere"}) == {}


def test_counts_of_people_are_never_handed_down() -> None:
    assert values_of(Place(1, (3,)), {2: "12"}, handed_down=False) == {}
    assert values_of(Place(1, (2, 3)), {2: "12"}, handed_down=False) == {"12": (2,)}
    assert values_of(Place(1, (3,), 0, 9), {2: "12", 1: "40"}, handed_down=False) == {}


def test_a_ring_of_parents_is_walked_once() -> None:
    assert values_of_places([Place(1, (1,))], {1: 2, 2: 1}, {}, {}) == [{}]
