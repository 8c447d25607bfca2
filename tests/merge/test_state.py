"""What a whole set of operations means, in small examples; then histories of several copies, in any order."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from qcode.merge.content import Content, Listed, Reason
from qcode.merge.history import Operation, OperationId
from qcode.merge.lines import Change
from qcode.merge.rows import Scalar
from qcode.merge.state import content_of

REFERENCES = {"codes": {"parent": "codes"}, "codings": {"code": "codes"}}
#: a is common; b and c continue it without knowing of each other.
HEADS: dict[str, list[OperationId]] = {"a": [], "b": [("a", 2)], "c": [("a", 2)]}


#: Table, row, values (None for a delete), and whether it makes the row.
Done = tuple[str, str, Mapping[str, Scalar] | None, bool]


class Story:
    """Operations told one by one, each with what it did."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.changes: list[Change] = []
        self._last: dict[str, int] = {}

    def act(self, session: str, *done: Done, undoes: OperationId | None = None) -> OperationId:
        seq = self._last[session] = self._last.get(session, 0) + 1
        base = {"a": 0, "b": 10, "c": 20}[session]
        operation = Operation(session, seq, base + seq, undoes)
        self.operations.append(operation)
        self.changes.extend(Change(operation.id, *one) for one in done)
        return operation.id

    def content(self) -> Content:
        found = content_of(self.operations, HEADS, self.changes, REFERENCES, {})
        for seed in range(5):
            shuffler = random.Random(seed)
            operations, changes = list(self.operations), list(self.changes)
            shuffler.shuffle(operations)
            place = {operation.id: shuffler.random() for operation in operations}
            changes.sort(key=lambda change: place[change.operation])
            again = content_of(operations, HEADS, changes, REFERENCES, {})
            assert (again.tables, again.listed) == (found.tables, found.listed)
        return found


def code(key: str, parent: str | None = None) -> tuple[str, str, Mapping[str, Scalar], bool]:
    return ("codes", key, {"name": key, "parent": parent}, True)


def coding(key: str, of: str) -> tuple[str, str, Mapping[str, Scalar], bool]:
    return ("codings", key, {"code": of}, True)


def gone(table: str, key: str) -> tuple[str, str, None, bool]:
    return (table, key, None, False)


@pytest.fixture
def story() -> Story:
    story = Story()
    story.act("a", code("P"))
    story.act("a", code("K", "P"))
    return story


def test_inserts_stand(story: Story) -> None:
    assert story.content().tables == {
        "codes": {"P": {"name": "P", "parent": None}, "K": {"name": "K", "parent": "P"}},
        "codings": {},
    }
    assert story.content().listed == []


def test_deleted_here_used_there_comes_back_with_what_it_points_to(story: Story) -> None:
    delete = story.act("b", gone("codes", "K"), gone("codes", "P"))
    story.act("c", coding("X", "K"))
    found = story.content()
    assert found.tables["codes"].keys() == {"K", "P"}
    assert found.listed == [
        Listed(Reason.USED, "codes", "K", "", (delete,)),
        Listed(Reason.USED, "codes", "P", "", (delete,)),
    ]


def test_it_goes_again_when_its_use_goes(story: Story) -> None:
    story.act("b", gone("codes", "K"))
    use = story.act("c", coding("X", "K"))
    story.act("c", undoes=use)
    assert story.content().tables == {"codes": {"P": {"name": "P", "parent": None}}, "codings": {}}
    assert story.content().listed == []


def test_deleted_here_edited_there_and_two_values_are_listed(story: Story) -> None:
    delete = story.act("b", gone("codes", "K"))
    edit = story.act("c", ("codes", "K", {"name": "C"}, False))
    other = story.act("b", ("codes", "P", {"name": "B"}, False))
    same = story.act("c", ("codes", "P", {"name": "C"}, False))
    found = story.content()
    assert found.tables["codes"]["K"] == {"name": "C", "parent": "P"}
    assert found.listed == [
        Listed(Reason.EDITED, "codes", "K", "", (delete,)),
        Listed(Reason.CONFLICT, "codes", "P", "name", (same, other)),
    ]
    assert edit


def test_what_one_side_did_and_undid_changes_nothing(story: Story) -> None:
    before = story.content()
    for session in "bc":
        story.act(session, undoes=story.act(session, ("codes", "K", {"name": session}, False)))
    assert story.content() == before


def test_an_undone_insert_stays_where_others_used_it(story: Story) -> None:
    undo = story.act("b", undoes=("a", 2))
    story.act("c", ("codes", "K", {"name": "C"}, False))
    found = story.content()
    assert found.tables["codes"]["K"] == {"name": "C", "parent": "P"}
    assert found.listed == [Listed(Reason.EDITED, "codes", "K", "", (undo,))]


def test_an_undone_insert_stays_where_others_refer_to_it(story: Story) -> None:
    undo = story.act("b", undoes=("a", 2))
    story.act("c", coding("X", "K"))
    found = story.content()
    assert found.tables["codes"]["K"] == {"name": "K", "parent": "P"}
    assert found.listed == [Listed(Reason.USED, "codes", "K", "", (undo,))]


def test_an_undone_insert_is_gone_where_its_undoer_knew_of_the_use(story: Story) -> None:
    story.act("b", ("codes", "K", {"name": "B"}, False))
    story.act("b", undoes=("a", 2))
    assert story.content().tables["codes"].keys() == {"P"}
    assert story.content().listed == []


def test_an_undone_insert_is_no_conflict_with_one_that_stands(story: Story) -> None:
    story.act("b", undoes=story.act("b", code("same", "P")))
    story.act("c", ("codes", "same", {"name": "other", "parent": None}, True))
    assert story.content().tables["codes"]["same"] == {"name": "other", "parent": None}
    assert story.content().listed == []


def test_redo_is_the_undo_of_an_undo(story: Story) -> None:
    before = story.content()
    undo = story.act("b", undoes=("a", 2))
    story.act("b", undoes=undo)
    assert story.content() == before


def test_what_uses_a_row_that_was_never_made_waits_for_it(story: Story) -> None:
    story.act("b", coding("X", "nowhere"), coding("Y", "nowhere"))
    assert story.content().listed == [
        Listed(Reason.MISSING, "codes", "nowhere"),
        *(Listed(Reason.WAITING, "codings", key, partner="nowhere") for key in "XY"),
    ]
    assert story.content().tables["codings"] == {}


def test_several_changes_of_a_row_in_one_act_count_as_one(story: Story) -> None:
    story.act("b", code("new"), ("codes", "new", {"name": "newer"}, False))
    story.act("b", code("short"), gone("codes", "short"))
    assert story.content().tables["codes"]["new"] == {"name": "newer", "parent": None}
    assert "short" not in story.content().tables["codes"]
