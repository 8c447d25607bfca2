from __future__ import annotations

from dataclasses import replace

import pytest

from qcode.exchange.exporters.lines import for_reading, lines_of
from qcode.model.matrix import Row
from tests.exchange.exporters.reports import NOTHING, found, small_report


@pytest.mark.parametrize(
    ("labels", "lines"),
    [
        (["a", "b"], ["a 0", "b 1"]),
        (["A > x", "A > y", "B > z"], ["A", "  x 0", "  y 1", "B", "  z 2"]),
        (["A", "A > x"], ["A 0", "  x 1"]),
        (["A > B > x", "A > y"], ["A", "  B", "    x 0", "  y 1"]),
        (["A > x", "c", "A > y"], ["A", "  x 0", "c 1", "A", "  y 2"]),
        (["A > x", "A > B > y", "A > B", "A", "C"], ["A", "  x 0", "  B", "    y 1", "    B 2", "  A 3", "C 4"]),
    ],
)
def test_groups_that_are_no_rows_before_become_headings(labels: list[str], lines: list[str]) -> None:
    found = lines_of([Row(label, label, label) for label in labels])
    assert ["  " * line.depth + line.text + ("" if line.row is None else f" {line.row}") for line in found] == lines
    assert [line.path for line in found if line.row is not None] == labels


def read(paths: dict[str, int], labels: dict[str, str]) -> tuple[list[str], dict[str, int]]:
    """The labels and the quotes behind the rows, as they are read, of codes with so many codings of their own."""
    report = small_report()
    matrix = replace(
        report.matrix,
        rows=tuple(Row(path, labels.get(path, path), path) for path in paths),
        columns=report.matrix.columns[:1],
        cells=tuple((found(own, 1, 3, 3),) if own else (NOTHING,) for own in paths.values()),
        row_totals=tuple(found(own, 1, 3, 3) if own else NOTHING for own in paths.values()),
    )
    shown = for_reading(replace(report, matrix=matrix, behind={(at, 0): (at,) for at, own in enumerate(paths.values()) if own}))
    rows = shown.matrix.rows
    assert [row_total.codings for row_total in shown.matrix.row_totals] == [paths[row.path] for row in rows]
    return [row.label for row in rows], {rows[at].path: indexes[0] for (at, _), indexes in shown.behind.items()}


def test_what_a_code_with_codes_below_it_holds_itself_is_read_last_in_its_branch() -> None:
    labels, behind = read({"A": 2, "A > x": 0, "A > B": 1, "A > B > y": 3, "A > z": 0, "C": 0, "C > v": 1, "D": 0}, {})
    assert labels == ["A > x", "A > B > y", "A > B", "A > z", "A", "C > v", "D"]
    assert behind == {"A": 0, "A > B": 2, "A > B > y": 3, "C > v": 6}


def test_labels_without_the_one_code_at_the_top_are_whole_where_it_has_a_row() -> None:
    labels = {"A > x": "x", "A > B > y": "B > y"}
    assert read({"A": 2, "A > x": 0, "A > B > y": 1}, labels)[0] == ["A > x", "A > B > y", "A"]
    assert read({"A": 0, "A > x": 0, "A > B > y": 1}, labels)[0] == ["x", "B > y"]
