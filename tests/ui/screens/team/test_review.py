from __future__ import annotations

import pytest

from qcode.merge.content import Reason
from qcode.model.merging import CodeSide, Conflict, Decision, Question, Said
from qcode.operations.settling import Answer
from ui.screens.team.review import Review, Rule, has_both, is_decidable, takes_words
from ui.screens.team.wording import item_words, state_words


def said(value: str, coder: str, at: str = "2022-06-05T08:00:00+00:00") -> Said:
    return Said(value, value, coder, at, (("definition", value),))


def conflict(
    name: str, *values: Said, table: str = "codes", row: str = "", field: str = "definition", kind: str = "two values"
) -> Conflict:
    return Conflict(name, kind, table, row or name, field, name.title(), "code", "Blue", said("base", "Anna"), values)


def question(name: str) -> Question:
    side = CodeSide(name, name, name, "Blue", "", "Firuz R.", 1, 1)
    return Question(name, side, side, 90)


THEIRS, MINE = said("theirs", "Firuz R.", "2022-06-07T08:00:00+00:00"), said("mine", "Anna")


@pytest.fixture
def review() -> Review:
    """A coding, a code with two fields, and a question; Anna decides."""
    made = Review("Anna")
    gone = conflict(
        *("gone", said("keep it", "Anna"), said("remove it", "Dilnoza S.", "2022-06-09T08:00:00+00:00")),
        table="codings", field="", kind=Reason.EDITED.value,
    )
    made.show_plan([gone, conflict("one", THEIRS, MINE, row="r"), conflict("two", THEIRS, MINE, row="r", field="colour")], [question("q")])
    return made


def test_items_stand_in_groups_and_rows_together(review: Review) -> None:
    assert [(item.group, item.ids) for item in review.items] == [("codes", ("one", "two")), ("codings", ("gone",)), ("questions", ("q",))]
    assert review.names == review.open == ["one", "two", "gone", "q"]


def test_mine_is_drawn_first_and_what_counts_is_chosen_until_then(review: Review) -> None:
    one = review.conflict("one")
    assert one is not None
    assert review.order(one) == [1, 0]
    assert (review.chosen(one), review.result(one)) == (0, "theirs")
    first = review.taking("one", 0)
    assert first == Decision("one", 1)
    review.note(first)
    assert (review.chosen(one), review.result(one), review.open) == (1, "mine", ["two", "gone", "q"])


def test_both_are_joined_and_known_as_both(review: Review) -> None:
    both = review.taking_both("one")
    assert both == Decision("one", None, "mine\n\ntheirs")
    review.note(both)
    assert review.both == {"one"}
    review.note(Decision("one", None, "own words"))
    assert review.both == set()
    assert review.taking_both("two") is None, "colours cannot stand together"
    assert review.taking_both("gone") is None


def test_there_is_no_third_value(review: Review) -> None:
    assert review.taking("one", 2) is None
    assert review.taking("no such", 0) is None


@pytest.mark.parametrize(
    ("start", "step", "expected"), [("", 1, "one"), ("one", 1, "two"), ("q", 1, "one"), ("one", -1, "q"), ("gone", -1, "two")]
)
def test_going_round(review: Review, start: str, step: int, expected: str) -> None:
    assert review.next_open(start, step) == expected


def test_what_is_decided_is_passed_over(review: Review) -> None:
    review.note(Decision("two", 0))
    assert review.next_open("one", 1) == "gone"
    for name in ("one", "gone"):
        review.note(Decision(name, 0))
    review.answer(Answer("q", "different"))
    assert review.next_open("one", 1) == ""


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule.MINE, [("one", 1), ("two", 1), ("gone", 0)]),
        (Rule.THEIRS, [("one", 0), ("two", 0), ("gone", 1)]),
        (Rule.NEWEST, [("one", 0), ("two", 0)]),
    ],
)
def test_many_at_once(review: Review, rule: Rule, expected: list[tuple[str, int]]) -> None:
    assert [(one.conflict, one.take) for one in review.by_rule(rule)] == expected


def test_a_rule_keeps_to_its_group_and_to_what_is_open(review: Review) -> None:
    review.note(Decision("one", 0))
    assert [one.conflict for one in review.by_rule(Rule.MINE, "codes")] == ["two"]


def test_what_was_settled_stays_marked_and_what_was_taken_back_is_open_again(review: Review) -> None:
    one, two = (review.conflict(name) for name in ("one", "two"))
    assert one is not None
    assert two is not None
    review.note(Decision("one", 1))
    review.show_open([two], [])
    assert (review.names, review.open) == (["two", "one"], ["two"])
    review.show_open([one, two], [])
    assert review.open == ["one", "two"]


def test_a_plan_made_again_keeps_what_was_chosen(review: Review) -> None:
    conflicts = [one for item in review.items for one in item.conflicts]
    review.note(Decision("one", 1))
    review.answer(Answer("q", "same", "q"))
    review.show_plan(conflicts, [question("q")])
    assert review.open == ["two", "gone"]


def test_words_in_the_list(review: Review) -> None:
    code, coding, asked = review.items
    assert item_words(code, review) == "Definition, colour · FR"
    assert item_words(coding, review) == "Removed by DS, changed by A"
    assert item_words(asked, review) == "Same code? · FR"
    assert state_words(code, review) == ("open", "open")
    review.note(Decision("one", 1))
    review.note(Decision("two", 0))
    assert state_words(code, review) == ("decided", "ok")
    review.note(Decision("two", 1))
    assert state_words(code, review) == ("mine", "ok")
    review.note(Decision("gone", 1))
    assert state_words(coding, review) == ("removed", "ok")


def test_what_settles_itself_has_no_choice() -> None:
    waiting = conflict("w", kind=Reason.WAITING.value)
    assert not is_decidable(waiting)
    assert not takes_words(waiting)
    assert not has_both(waiting)
    made = Review("Anna")
    made.show_plan([waiting], [])
    assert made.taking("w", 0) is None
    assert state_words(made.items[0], made) == ("waits", "faint")
