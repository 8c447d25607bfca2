"""What was decided stays wherever it still means something when a plan is made anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.merge.content import Reason
from qcode.model.merging import Conflict, Contribution, Decision
from qcode.operations.settling import Answer
from tests.ui.screens.team.test_review import MINE, THEIRS, conflict, question, said
from ui.screens.team.carried_words import carrying_words, words_without_place
from ui.screens.team.carrying import Fate
from ui.screens.team.review import Review
from ui.screens.team.wording import state_words

NEW, THIRD = said("new", "Firuz R."), said("third", "Dilnoza S.")
BEFORE = conflict("before", MINE, THEIRS, row="r")
FILES = [Contribution(name, file, (), "", "", 1, 0, 0, 0, 0, 0) for name, file in (("Firuz R.", "f.qcode"), ("Dilnoza S.", "d.qcode"))]


def reviewed(*decisions: Decision) -> Review:
    made = Review("Anna")
    made.show_plan([BEFORE], [question("q")])
    for decision in decisions:
        made.note(decision)
    return made


@pytest.mark.parametrize(
    ("decision", "values", "kept", "fate"),
    [
        (Decision("before", None, "own"), (MINE, THEIRS), Decision("now", None, "own"), None),
        (Decision("before", None, "own"), (NEW, THIRD), Decision("now", None, "own"), Fate.WORDS),
        (Decision("before", 0), (THIRD, THEIRS, MINE), Decision("now", 2), Fate.CHOICE),
        (Decision("before", 1), (MINE, THEIRS), Decision("now", 1), None),
        (Decision("before", 1), (MINE, NEW), None, Fate.GONE),
    ],
)
def test_words_stay_and_a_value_as_long_as_it_is_one(
    decision: Decision, values: tuple[object, ...], kept: Decision | None, fate: Fate | None
) -> None:
    review = reviewed(decision)
    carrying = review.show_plan([conflict("now", *values, row="r")], [question("q")])  # type: ignore[arg-type]
    assert review.decisions == ({"now": kept} if kept else {})
    assert [one.fate for one in carrying.carried] == ([fate] if fate else [])
    assert review.again == ({"now"} if fate in (Fate.WORDS, Fate.CHOICE) else set())
    tally = review.tally
    assert (tally.conflicts, tally.open_conflicts, tally.again) == (1, int(kept is None), len(review.again))
    assert (tally.all, tally.open) == (len(review.names), len(review.open))


def test_a_value_chosen_is_the_one_of_the_same_person_where_two_gave_it() -> None:
    review = reviewed(Decision("before", 1))
    review.show_plan([conflict("now", replace(THEIRS, coder="Dilnoza S."), MINE, THEIRS, row="r")], [])
    assert review.decisions == {"now": Decision("now", 2)}


def test_what_has_to_be_looked_at_is_gone_to_and_stays_so_until_it_was() -> None:
    review = reviewed(Decision("before", None, "own"))
    now = conflict("now", NEW, MINE, row="r")
    review.show_plan([now], [])
    assert (review.next_open("", 1), state_words(review.items[0], review)) == ("now", ("look again", "open"))
    assert review.show_plan([replace(now, id="later")], []).carried == ()
    assert review.again == {"later"}
    review.note(review.decisions["later"])
    assert (review.again, review.next_open("", 1)) == (set(), "")


def test_words_of_a_place_that_is_in_dispute_no_more_come_back_with_it() -> None:
    review = reviewed(Decision("before", None, "own"))
    (gone,) = review.show_plan([], []).carried
    assert (gone.fate, review.decisions, review.held) == (Fate.SETTLED, {}, 1)
    assert words_without_place([gone])[1] == "own"
    assert review.show_plan([], []).carried == (), "it was said"
    review.show_plan([BEFORE], [])
    assert (review.decisions, review.laid_by) == ({"before": Decision("before", None, "own")}, {})


def test_both_stays_both_only_while_there_are_no_others() -> None:
    both = reviewed().taking_both("before")
    assert both is not None
    review = reviewed(both)
    review.show_plan([replace(BEFORE, id="now")], [])
    assert review.both == {"now"}
    review.show_plan([conflict("more", MINE, THEIRS, THIRD, row="r")], [])
    assert (review.both, review.again) == (set(), {"more"})
    assert review.decisions["more"].text == both.text


def test_keeping_stays_chosen_however_the_row_is_used() -> None:
    kept, removed = said("keep it", "Anna"), said("remove it", "Dilnoza S.")
    edited, used = (conflict("x", kept, removed, row="c", field="", kind=kind.value) for kind in (Reason.EDITED, Reason.USED))
    review = Review("Anna")
    review.show_plan([edited], [])
    review.note(Decision("x", 1))
    assert review.show_plan([replace(used, id="y")], []).carried == ()
    assert review.decisions == {"y": Decision("y", 1)}


def test_the_sentences_name_field_row_and_file() -> None:
    own = reviewed(Decision("before", None, "own"))
    own.answer(Answer("q", "same", "q"))
    words = carrying_words(own.show_plan([replace(conflict("now", NEW, MINE, row="r"), title="Staff turnover")], []), FILES, "Anna")
    assert words == (
        "The definition of Staff turnover changed in f.qcode: look at it again. Your words are kept in the field. "
        "Whether q / q are the same code is not asked any more: your answer is not needed."
    )
    mine = reviewed(Decision("before", 1))
    words = carrying_words(mine.show_plan([conflict("now", said("other", "Anna"), THIRD, row="r")], []), FILES, "Anna")
    assert words == (
        "The definition of Now changed in this project and d.qcode: decide it again. What you chose is not among the values any more."
    )


def test_many_are_counted() -> None:
    before = [conflict(f"b{row}", MINE, THEIRS, row=str(row)) for row in range(6)]
    review = Review("Anna")
    review.show_plan(before, [])
    for one in before:
        review.note(Decision(one.id, 0))
    carrying = review.show_plan([conflict(f"n{row}", MINE, NEW, row=str(row)) for row in range(6)], [])
    assert carrying_words(carrying, FILES, "Anna").endswith("The same holds for 3 more decisions.")


VALUES = st.lists(st.sampled_from([MINE, THEIRS, NEW, THIRD]), min_size=2, max_size=4, unique=True).map(tuple)
PLANS = st.lists(st.dictionaries(st.sampled_from("abc"), VALUES, max_size=3), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(PLANS, st.data())
def test_words_written_are_never_lost_however_plans_change(plans: list[dict[str, tuple[object, ...]]], data: st.DataObject) -> None:
    review, written = Review("Anna"), dict[str, str]()
    for number, plan in enumerate(plans):
        listed: list[Conflict] = [conflict(f"{row}{number}", *values, row=row) for row, values in plan.items()]  # type: ignore[arg-type]
        review.show_plan(listed, [])
        held = {one.row: decision.text for one, decision in _held(review, listed)}
        assert held == written
        if listed:
            one = data.draw(st.sampled_from(listed))
            written[one.row] = f"words {number}"
            review.note(Decision(one.id, None, written[one.row]))


def _held(review: Review, listed: list[Conflict]) -> list[tuple[Conflict, Decision]]:
    return [*((one, review.decisions[one.id]) for one in listed if one.id in review.decisions), *review.laid_by.values()]
