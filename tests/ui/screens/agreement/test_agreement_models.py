from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel
from pytestqt.modeltest import ModelTester

from ui.screens.agreement.contrast import Ground, _laid, compare
from ui.screens.agreement.screen import AgreementScreen
from ui.screens.agreement.wording import initials, passage_words, short_names


def test_models_keep_qts_rules(screen: AgreementScreen, qtmodeltester: ModelTester) -> None:
    models: list[QAbstractItemModel] = [screen.list.rows, screen.figures_pane.pairs.pairs, screen.figures_pane.codes.lines]
    for model in models:
        assert model.rowCount() > 1
        qtmodeltester.check(model)


def test_rows_that_change_are_told_one_by_one(screen: AgreementScreen) -> None:
    rows = screen.list.rows
    told: list[int] = []
    rows.modelReset.connect(lambda: told.append(-1))
    rows.dataChanged.connect(lambda first, _last: told.append(first.row()))
    rows.show_points(rows.every, rows.names, rows.unit)
    assert told == []


@pytest.mark.parametrize(
    ("first", "second", "both", "one"),
    [
        ([(0, 9)], [(0, 9)], [(0, 9)], []),
        ([(0, 9)], [(3, 5)], [(3, 5)], [(0, 3), (5, 9)]),
        ([(0, 4), (6, 9)], [(2, 7)], [(2, 4), (6, 7)], [(0, 2), (4, 6), (7, 9)]),
        ([(0, 2)], [], [], [(0, 2)]),
    ],
)
def test_what_lies_in_both_and_in_one(
    first: list[tuple[int, int]], second: list[tuple[int, int]], both: list[tuple[int, int]], one: list[tuple[int, int]]
) -> None:
    assert compare(first, second) == (both, one)
    assert compare(second, first) == (both, one)


def test_the_greatest_ground_lies_on_top() -> None:
    found = _laid(((Ground.SAME, [(0, 10), (8, 12)]), (Ground.DIFFER, [(4, 6)]), (Ground.CURRENT, [(5, 7)])))
    assert found == [(0, 4, Ground.SAME), (4, 5, Ground.DIFFER), (5, 7, Ground.CURRENT), (7, 12, Ground.SAME)]


@pytest.mark.parametrize(("name", "letters"), [("Anna L.", "AL"), ("Бактыгуль", "Б"), ("maria del mar", "MD"), ("—", "—")])
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_two_people_of_one_first_name_are_called_by_all_of_it() -> None:
    assert short_names(("Anna L.", "Baktygul T.")) == ("Anna", "Baktygul")
    assert short_names(("Anna L.", "Anna K.")) == ("Anna L.", "Anna K.")


def test_a_passage_is_told_by_its_length_and_beginning() -> None:
    text = "The person who prepared the drafts left for an international organisation."
    assert passage_words(text, ((0, len(text)),)) == "11 words: “The person who prepared the drafts …”"
    assert passage_words(text, ((0, 3), (4, 10))) == "2 passages, 2 words: “The”"
