from __future__ import annotations

import pytest

from qcode.agreement.alpha import Metric, cohen_kappa, fleiss_kappa, krippendorff_alpha

MISSING = ".*"


def rows(*written: str) -> list[list[str | None]]:
    return [[None if value in MISSING else value for value in row.replace(" ", "")] for row in written]


def numbers(*written: str) -> list[list[int | None]]:
    return [[None if value is None else int(value) for value in row] for row in rows(*written)]


BINARY_2011 = rows("0100000010", "1110010000")
NOMINAL_2011 = rows("aabbdcccedda", "babbbccceddd")
MISSING_2011 = numbers("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")
GRILL = numbers("* * * * * 3 4 1 2 1 1 3 3 * 3", "1 * 2 1 3 3 4 3 * * * * * * *", "* * 2 1 3 4 4 * 2 1 1 3 3 * 4")
ATLAS = rows("1100000000", "0110010100")
JON_HAN_LEE = rows("010110001111", "010100001101", "011001001000")
MARY_DAVE = rows("aacccccbbbbd", "acccccbbbbbd")
FLEISS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


@pytest.mark.parametrize(
    ("data", "metric", "published"),
    [
        pytest.param(BINARY_2011, "nominal", 0.095, id="Krippendorff 2011, A"),
        pytest.param(NOMINAL_2011, "nominal", 0.692, id="Krippendorff 2011, B"),
        pytest.param(MISSING_2011, "nominal", 0.743, id="Krippendorff 2011, C"),
        pytest.param(MISSING_2011, "ordinal", 0.815, id="Krippendorff 2011, C"),
        pytest.param(MISSING_2011, "interval", 0.849, id="Krippendorff 2011, C"),
        pytest.param(MISSING_2011, "ratio", 0.797, id="Krippendorff 2011, C"),
        pytest.param(GRILL, "nominal", 0.691, id="Wikipedia, after Grill"),
        pytest.param(GRILL, "interval", 0.811, id="Wikipedia, after Grill"),
        pytest.param(ATLAS, "nominal", 0.095, id="ATLAS.ti manual"),
        pytest.param(JON_HAN_LEE, "nominal", 0.234, id="Krippendorff, Content Analysis, 12.3.4.1"),
        pytest.param(MARY_DAVE, "nominal", 0.7592, id="Krippendorff, Content Analysis, 12.3.4.4"),
    ],
)
def test_published_alphas(data: list[list[str | None]], metric: str, published: float) -> None:
    assert krippendorff_alpha(data, Metric(metric)) == pytest.approx(published, abs=0.0005)


def test_cohen_of_twenty_five_ten_fifteen() -> None:
    assert cohen_kappa([[20, 5], [10, 15]]) == pytest.approx(0.40)  # Wikipedia, Cohen's kappa


def test_fleiss_of_ten_subjects() -> None:
    assert fleiss_kappa(FLEISS) == pytest.approx(0.210, abs=0.0005)  # Wikipedia, Fleiss' kappa


def test_where_chance_alone_agrees_always_nothing_is_invented() -> None:
    assert cohen_kappa([[9, 0], [0, 0]]) is None
    assert cohen_kappa([[0, 0], [0, 0]]) is None
    assert fleiss_kappa([[3, 0], [3, 0]]) is None
    assert krippendorff_alpha(rows("aaa", "aaa")) is None
    assert krippendorff_alpha(rows("a.", ".b")) is None


def test_fleiss_wants_as_many_judgements_of_each_subject() -> None:
    with pytest.raises(ValueError, match="same number"):
        fleiss_kappa([[1, 1], [1, 2]])


def test_ratio_of_two_zeros_is_no_difference() -> None:
    assert krippendorff_alpha([[0, 0, 3], [0, 0, 3]], Metric.RATIO) == 1
