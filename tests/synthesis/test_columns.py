from __future__ import annotations

import pytest

from qcode.synthesis.columns import Columns, columns_by_attribute, columns_by_case, columns_by_coder, columns_by_source
from qcode.synthesis.places import Place

# 1 Kyrgyzstan > 2 Government > 3 Ms A; 4 tajikistan > 5 Ms B
PARENTS = {1: None, 2: 1, 3: 2, 4: None, 5: 4}
LABELS = {4: "tajikistan", 1: "Kyrgyzstan", 2: "Government", 3: "Ms A", 5: "Ms B"}


def labels_of(columns: Columns) -> list[str]:
    return [label for _, label in columns.names]


def test_every_case_is_a_column_and_holds_what_is_below_it() -> None:
    columns = columns_by_case([Place(1, (3,))], PARENTS, LABELS)
    assert columns.names == (("2", "Government"), ("1", "Kyrgyzstan"), ("3", "Ms A"), ("5", "Ms B"), ("4", "tajikistan"))
    assert columns.of_place == ({2: (3,), 0: (3,), 1: (3,)},)


@pytest.mark.parametrize(
    ("depth", "labels", "standing"),
    [
        (1, ["Kyrgyzstan", "tajikistan"], ({0: (3,), 1: (5,)}, {0: (1,)})),
        (2, ["Government", "Ms B"], ({0: (3,), 1: (5,)}, {})),
        (3, ["Ms A"], ({0: (3,)}, {})),
        (4, [], ({}, {})),
    ],
)
def test_columns_at_a_depth(depth: int, labels: list[str], standing: tuple[dict[int, tuple[int, ...]], ...]) -> None:
    columns = columns_by_case([Place(1, (3, 5)), Place(2, (1,))], PARENTS, LABELS, depth)
    assert labels_of(columns) == labels
    assert columns.of_place == standing


def test_two_cases_of_a_place_below_one_case_fall_in_its_column_together() -> None:
    assert columns_by_case([Place(1, (2, 3))], PARENTS, {1: "Kyrgyzstan"}).of_place == ({0: (2, 3)},)


def test_values_are_columns_also_when_no_place_has_them() -> None:
    columns = columns_by_attribute([{"women": (3,), "Men": (5,)}, {}], ["other", "women"])
    assert columns.names == (("Men", "Men"), ("other", "other"), ("women", "women"))
    assert columns.of_place == ({2: (3,), 0: (5,)}, {})


def test_labels_that_differ_only_in_case_keep_one_order() -> None:
    assert labels_of(columns_by_attribute([{"a": (), "B": (), "A": (), "b": ()}])) == ["A", "a", "B", "b"]


def test_numbers_are_ordered_as_numbers_where_asked() -> None:
    years = [{"10": (1,), "9": (1,), "2,5": (1,), "nan": (1,), "-1": (1,), "2.5": (1,)}]
    assert labels_of(columns_by_attribute(years, numeric=True)) == ["-1", "2.5", "9", "10", "2,5", "nan"]
    assert labels_of(columns_by_attribute(years)) == ["-1", "10", "2,5", "2.5", "9", "nan"]


def test_a_source_is_a_column_with_all_its_passages() -> None:
    columns = columns_by_source([Place(1, (3,)), Place(1, (5,), 0, 9), Place(2), Place(3)], {2: "a.txt", 1: "b.txt"})
    assert columns.names == (("2", "a.txt"), ("1", "b.txt"))
    assert columns.of_place == ({1: (3,)}, {1: (5,)}, {0: ()}, {})


def test_equal_labels_keep_their_own_columns() -> None:
    assert columns_by_source([], {2: "same", 1: "same"}).names == (("1", "same"), ("2", "same"))


def test_a_coder_is_a_column() -> None:
    columns = columns_by_coder({1: "Nurlan", 2: "aida"})
    assert columns.names == (("2", "aida"), ("1", "Nurlan"))
    assert columns.of_coder == {2: 0, 1: 1}


def test_the_columns_of_a_coding() -> None:
    by_case = columns_by_case([Place(1, (3,)), Place(2)], PARENTS, LABELS)
    assert by_case.of_coding(0, 9) == (2, 0, 1)
    assert by_case.of_coding(1, 9) == (5,)
    by_coder = columns_by_coder({1: "Nurlan", 2: "aida"})
    assert by_coder.of_coding(0, 1) == (1,)
    assert by_coder.of_coding(0, 9) == (2,)
