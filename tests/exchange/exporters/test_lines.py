from __future__ import annotations

import pytest

from qcode.exchange.exporters.lines import Line, lines_of
from qcode.model.matrix import Row


@pytest.mark.parametrize(
    ("labels", "lines"),
    [
        (["a", "b"], [Line("a", 0, 0), Line("b", 0, 1)]),
        (["A > x", "A > y", "B > z"], [Line("A", 0, None), Line("x", 1, 0), Line("y", 1, 1), Line("B", 0, None), Line("z", 1, 2)]),
        (["A", "A > x"], [Line("A", 0, 0), Line("x", 1, 1)]),
        (["A > B > x", "A > y"], [Line("A", 0, None), Line("B", 1, None), Line("x", 2, 0), Line("y", 1, 1)]),
        (["A > x", "c", "A > y"], [Line("A", 0, None), Line("x", 1, 0), Line("c", 0, 1), Line("A", 0, None), Line("y", 1, 2)]),
    ],
)
def test_groups_that_are_no_rows_become_headings(labels: list[str], lines: list[Line]) -> None:
    assert lines_of([Row(label, label, label) for label in labels]) == lines
