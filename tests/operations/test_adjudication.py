from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from qcode import create_project, open_project
from qcode.agreement.differences import Kind
from qcode.errors import UserError
from qcode.model.decision import AGREED, Outcome
from qcode.model.merging import Decision
from qcode.model.reading import ReadingStatus
from qcode.model.span import Span
from qcode.operations.adjudication import reopen, settle, take_over
from qcode.operations.coders import ensure_coder
from qcode.operations.codes import create_code
from qcode.operations.codings import add_coding, remove_codings
from qcode.operations.conflicts import resolve
from qcode.operations.merging import merge_files
from qcode.operations.readings import mark_readings
from qcode.operations.sources import add_pasted
from qcode.project import Project
from qcode.store.content import content_hash
from qcode.store.journal import Act
from qcode.views.adjudication import AdjudicationView, Point
from qcode.views.agreement import AgreementQuestion, AgreementView
from qcode.views.conflicts import open_conflicts
from qcode.views.quotes import build_quotes
from tests.store.examples import hash_of

TEXT = "One came. Two came late. Three left.\n\nFour stayed on. Five asked why.\n\nSix wrote. Seven read. Eight slept.\n"
PAIR = ("Anna", "Bek")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Anna and Bek have 'One came.' alike, and differ by ends, by code, by place and by one having nothing."""
    with create_project(tmp_path / "p.qcode", coder="Anna") as made:
        delay = create_code(made, "Delay")
        staff = create_code(made, "Staff")
        source = add_pasted(made, "one", TEXT)
        code(made, source, "Anna", delay, "One came.", "Two came late.", "Six wrote.")
        code(made, source, "Anna", staff, "Four stayed on.")
        code(made, source, "Bek", delay, "One came.", "came late.", "Four stayed on.", "Eight slept.")
        code(made, source, "Bek", staff, "Five asked why.")
        for coder in PAIR:
            mark_readings(made, ["one"], ReadingStatus.FINISHED, coder)
        yield made


def code(project: Project, source: str, coder: str, code: str, *quotes: str, **more: int) -> None:
    def fill(act: Act) -> None:
        for quote in quotes:
            add_coding(act, source, Span(at := TEXT.index(quote), at + len(quote)), code, ensure_coder(act, coder), {**more})

    project.transact("fill", "Fill", fill)


def points(project: Project, *coders: str) -> tuple[Point, ...]:
    return AdjudicationView(project).points(AgreementQuestion(coders or PAIR))


def point(project: Project, kind: Kind) -> Point:
    return next(one for one in points(project) if one.disagreement.difference.kind is kind)


def decide(project: Project, kind: Kind, outcome: Outcome, span: Span | None = None, reason: str = "") -> None:
    settle(project, PAIR, point(project, kind).disagreement, outcome, span=span, reason=reason)


def layer(project: Project) -> list[tuple[str, str]]:
    return [(one.code, one.quote) for one in build_quotes(project, coder=AGREED).quotes] if AGREED in names(project) else []


def names(project: Project) -> set[str]:
    with project.reading() as db:
        return {name for (name,) in db.execute("SELECT name FROM coders")}


def status(project: Project) -> str:
    with project.reading() as db:
        sql = "SELECT r.status FROM readings r JOIN coders c ON c.id = r.coder_id WHERE c.name = 'agreed'"
        return "".join(found for (found,) in db.execute(sql))


@pytest.mark.parametrize(
    ("kind", "outcome", "agreed"),
    [
        (Kind.ENDS, Outcome.FIRST, [("Delay", "Two came late.")]),
        (Kind.ENDS, Outcome.SECOND, [("Delay", "came late.")]),
        (Kind.ENDS, Outcome.BOTH, [("Delay", "Two came late.")]),
        (Kind.ENDS, Outcome.NEITHER, []),
        (Kind.OTHER_CODE, Outcome.FIRST, [("Staff", "Four stayed on.")]),
        (Kind.OTHER_CODE, Outcome.SECOND, [("Delay", "Four stayed on.")]),
        (Kind.OTHER_CODE, Outcome.BOTH, [("Delay", "Four stayed on."), ("Staff", "Four stayed on.")]),
        (Kind.ELSEWHERE, Outcome.BOTH, [("Delay", "Six wrote."), ("Delay", "Eight slept.")]),
        (Kind.ONLY_SECOND, Outcome.FIRST, []),
        (Kind.ONLY_SECOND, Outcome.SECOND, [("Staff", "Five asked why.")]),
    ],
)
def test_the_layer_holds_what_was_decided(project: Project, kind: Kind, outcome: Outcome, agreed: list[tuple[str, str]]) -> None:
    before = build_quotes(project).quotes
    decide(project, kind, outcome, reason=" See the codebook. ")
    assert sorted(layer(project)) == sorted(agreed)
    assert build_quotes(project).quotes == before, "the coders' own codings stay as they are"
    found = point(project, kind).decision
    assert found
    assert (found.outcome, found.reason, found.coder) == (outcome, "See the codebook.", "Anna")


def test_a_mind_can_be_changed_and_a_decision_taken_back(project: Project) -> None:
    start = TEXT.index("late")
    decide(project, Kind.ENDS, Outcome.NEW, Span(start, start + 4))
    assert layer(project) == [("Delay", "late")]
    assert point(project, Kind.ENDS).decision.span == (start, start + 4)  # type: ignore[union-attr]
    decide(project, Kind.ENDS, Outcome.NEW, Span(0, 3))
    assert layer(project) == [("Delay", "One")]
    decide(project, Kind.ENDS, Outcome.SECOND)
    assert layer(project) == [("Delay", "came late.")]
    assert reopen(project, PAIR, point(project, Kind.ENDS).disagreement)
    assert layer(project) == []
    assert point(project, Kind.ENDS).decision is None
    assert not reopen(project, PAIR, point(project, Kind.ENDS).disagreement)


def test_a_decision_is_one_act_that_can_be_undone_and_done_again(project: Project) -> None:
    def now() -> str:
        with project.reading() as db:
            return content_hash(db)

    before = now()
    decide(project, Kind.ENDS, Outcome.FIRST)
    after = now()
    decide(project, Kind.ENDS, Outcome.FIRST)
    assert now() == after
    project.undo()
    assert now() == before
    project.redo()
    assert now() == after


def test_the_other_way_round_it_is_the_same_decision(project: Project) -> None:
    decide(project, Kind.OTHER_CODE, Outcome.FIRST)
    turned = {one.key: one for one in points(project, "Bek", "Anna")}
    one = point(project, Kind.OTHER_CODE)
    assert turned.keys() == {each.key for each in points(project)}
    assert turned[one.key].decision.outcome is Outcome.SECOND  # type: ignore[union-attr]
    settle(project, ("Bek", "Anna"), turned[one.key].disagreement, Outcome.FIRST)
    assert layer(project) == [("Delay", "Four stayed on.")]
    assert point(project, Kind.OTHER_CODE).decision.outcome is Outcome.SECOND  # type: ignore[union-attr]


def test_what_both_agree_on_is_taken_over_once(project: Project) -> None:
    assert take_over(project, PAIR) == (1, ())
    assert layer(project) == [("Delay", "One came.")]
    assert take_over(project, PAIR) == (0, ())
    assert status(project) == "reading"


def test_a_source_is_read_in_the_layer_once_nothing_is_left_to_settle(project: Project) -> None:
    for one in points(project)[1:]:
        settle(project, PAIR, one.disagreement, Outcome.FIRST)
    assert status(project) == ""
    take_over(project, PAIR)
    assert status(project) == "reading"
    settle(project, PAIR, points(project)[0].disagreement, Outcome.NEITHER)
    assert status(project) == "finished"
    reopen(project, PAIR, points(project)[0].disagreement)
    assert status(project) == "reading"


def test_what_changed_since_is_open_again_and_is_decided_anew(project: Project) -> None:
    decide(project, Kind.ENDS, Outcome.FIRST)
    one = point(project, Kind.ENDS).disagreement
    code(project, one.source.uuid, "Bek", one.code.uuid, "late. Three")
    assert point(project, Kind.ENDS).decision is None
    decide(project, Kind.ENDS, Outcome.SECOND)
    assert layer(project) == [("Delay", "came late. Three")]


def test_marks_of_a_coder_stay_with_what_was_agreed(project: Project) -> None:
    source = points(project)[0].disagreement.source.uuid
    delay = point(project, Kind.ENDS).disagreement.code.uuid
    code(project, source, "Bek", delay, "late.", contradicts=1)
    decide(project, Kind.ENDS, Outcome.FIRST)
    with project.reading() as db:
        sql = "SELECT contradicts, important, origin FROM codings c JOIN coders r ON r.id = c.coder_id WHERE r.name = 'agreed'"
        assert db.execute(sql).fetchall() == [(1, 0, "agreed")]


def test_nobody_is_called_as_the_layer_and_it_is_compared_with_nobody(project: Project) -> None:
    for name in ("agreed", " Agreed "):
        with pytest.raises(UserError, match="is the layer of what coders agreed on"):
            mark_readings(project, ["one"], ReadingStatus.FINISHED, name)
    take_over(project, PAIR)
    with pytest.raises(UserError, match="not one of them"):
        AgreementView(project).measure(AgreementQuestion(("Anna", AGREED)))


def test_a_new_passage_must_be_chosen_and_lie_in_the_text(project: Project) -> None:
    with pytest.raises(UserError, match="No new passage was chosen"):
        decide(project, Kind.ENDS, Outcome.NEW)
    with pytest.raises(UserError, match="does not lie in the source"):
        decide(project, Kind.ENDS, Outcome.NEW, Span(5, 5000))
    assert point(project, Kind.ENDS).decision is None


def together(project: Project, mine: Outcome, theirs: Outcome) -> Project:
    """The project after two people decided the same difference, each in a copy, and one merged the other's."""
    project.settle()
    copy = Path(shutil.copyfile(project.path, project.path.with_name("theirs.qcode")))
    with open_project(copy, coder="Bek") as other:
        start = TEXT.index("Two")
        new = Span(start, start + 3) if theirs is Outcome.NEW else None
        settle(other, PAIR, point(other, Kind.ENDS).disagreement, theirs, span=new)
    settle(project, PAIR, point(project, Kind.ENDS).disagreement, mine)
    merge_files(project, [copy])
    return project


def test_two_people_who_decide_otherwise_meet_in_one_conflict(project: Project) -> None:
    together(project, Outcome.FIRST, Outcome.SECOND)
    (conflict,) = [one for one in open_conflicts(project) if one.table == "decisions"]
    assert (conflict.field, conflict.title) == ("outcome", "Delay")
    assert conflict.within.startswith("decision between Anna and Bek on")
    assert {said.words for said in conflict.values} == {"the passage of Anna", "the passage of Bek"}
    settle(project, PAIR, point(project, Kind.ENDS).disagreement, Outcome.SECOND)
    assert layer(project) == [("Delay", "came late.")]


@pytest.mark.parametrize(
    ("mine", "theirs"), [(Outcome.FIRST, Outcome.SECOND), (Outcome.BOTH, Outcome.NEITHER), (Outcome.FIRST, Outcome.NEW)], ids=" ".join
)
@pytest.mark.parametrize("taken", [0, 1])
def test_the_layer_has_what_was_chosen_of_two_decisions(project: Project, mine: Outcome, theirs: Outcome, taken: int) -> None:
    """As if only the one that was chosen had ever been made; undone, the two stand against each other again."""
    together(project, mine, theirs)
    before = hash_of(project)
    (conflict,) = [one for one in open_conflicts(project) if one.table == "decisions"]
    resolve(project, [Decision(conflict.id, take=taken)])
    assert [one for one in open_conflicts(project) if one.table == "decisions"] == []
    chosen = point(project, Kind.ENDS).decision
    assert chosen
    assert chosen.coder == conflict.values[taken].coder
    whole, end = ["Two came late."], ["came late."]
    expected = {Outcome.FIRST: whole, Outcome.SECOND: end, Outcome.BOTH: whole, Outcome.NEITHER: [], Outcome.NEW: ["Two"]}
    assert [words for _, words in layer(project)] == expected[chosen.outcome]
    project.undo()
    assert hash_of(project) == before


def test_two_people_who_decide_alike_leave_one_decision_and_one_passage(project: Project) -> None:
    together(project, Outcome.FIRST, Outcome.FIRST)
    assert layer(project) == [("Delay", "Two came late.")]
    (conflict,) = [one for one in open_conflicts(project) if one.table == "decisions"]
    assert {said.words for said in conflict.values} == {"the passage of Anna"}


TRIO = ("Anna", "Bek", "Chinara")


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Project]:
    """Three coders finished one source; Anna alone coded 'One came.', and she and Chinara 'Six wrote.'."""
    with create_project(tmp_path / "three.qcode", coder="Anna") as made:
        delay = create_code(made, "Delay")
        source = add_pasted(made, "one", TEXT)
        code(made, source, "Anna", delay, "One came.", "Six wrote.")
        code(made, source, "Chinara", delay, "Six wrote.")
        for coder in TRIO:
            mark_readings(made, ["one"], ReadingStatus.FINISHED, coder)
        yield made


def settle_place(project: Project, coders: tuple[str, str], words: str, outcome: Outcome) -> tuple[tuple[str, str], ...]:
    return settle(project, coders, place(project, coders, words).disagreement, outcome, reason=f"{coders[1]}: {outcome}")


def place(project: Project, coders: tuple[str, str], words: str) -> Point:
    return next(one for one in points(project, *coders) if one.disagreement.difference.start == TEXT.index(words))


def test_what_the_layer_does_not_hold_any_more_is_open_again(trio: Project) -> None:
    with_bek, with_chinara = ("Anna", "Bek"), ("Anna", "Chinara")
    assert settle_place(trio, with_bek, "One", Outcome.FIRST) == ()
    ahead = place(trio, with_chinara, "One")
    assert (ahead.decision, [(one.coders, one.decision.outcome) for one in ahead.elsewhere]) == (None, [(with_bek, Outcome.FIRST)])
    assert [set(pair) for pair in settle_place(trio, with_chinara, "One", Outcome.NEITHER)] == [set(with_bek)]
    assert layer(trio) == []
    over = place(trio, with_bek, "One")
    assert over.decision is None
    assert over.overtaken
    assert (over.overtaken.outcome, over.overtaken.reason) == (Outcome.FIRST, "Bek: first")
    trio.undo()
    assert place(trio, with_bek, "One").decision
    trio.redo()
    assert settle_place(trio, with_bek, "One", Outcome.NEITHER) == ()
    assert place(trio, with_bek, "One").decision
    assert place(trio, with_chinara, "One").decision


def test_settled_alike_for_two_pairs_it_stands_for_both_until_both_take_it_back(trio: Project) -> None:
    pairs = [("Anna", "Bek"), ("Chinara", "Anna")]
    for pair in pairs:
        assert settle_place(trio, pair, "One", Outcome.FIRST if pair[0] == "Anna" else Outcome.SECOND) == ()
    for pair, left in zip(pairs, (["One came."], []), strict=True):
        assert reopen(trio, pair, place(trio, pair, "One").disagreement)
        assert [words for _, words in layer(trio)] == left
    assert all(place(trio, pair, "One").decision is None for pair in pairs)


def test_taking_back_what_was_overtaken_leaves_the_layer(trio: Project) -> None:
    with_bek, with_chinara = ("Anna", "Bek"), ("Anna", "Chinara")
    settle_place(trio, with_bek, "One", Outcome.NEITHER)
    assert settle_place(trio, with_chinara, "One", Outcome.FIRST)
    assert reopen(trio, with_bek, place(trio, with_bek, "One").disagreement)
    assert layer(trio) == [("Delay", "One came.")]
    found = place(trio, with_bek, "One")
    assert (found.decision, found.overtaken) == (None, None)
    assert place(trio, with_chinara, "One").decision


def test_what_is_taken_over_opens_what_was_settled_otherwise(trio: Project) -> None:
    with_bek, with_chinara = ("Anna", "Bek"), ("Anna", "Chinara")
    settle_place(trio, with_bek, "Six", Outcome.NEITHER)
    count, pairs = take_over(trio, with_chinara)
    assert (count, [set(pair) for pair in pairs]) == (1, [set(with_bek)])
    over = place(trio, with_bek, "Six")
    assert (over.decision, over.overtaken is None) == (None, False)
    assert take_over(trio, with_chinara) == (0, ())
    assert settle_place(trio, with_bek, "Six", Outcome.FIRST) == ()
    assert AdjudicationView(trio).count_waiting(AgreementQuestion(with_chinara)) == 0


def test_a_pair_that_is_not_compared_any_more_stands_in_nobodys_way(trio: Project) -> None:
    settle_place(trio, ("Anna", "Bek"), "One", Outcome.FIRST)
    mark_readings(trio, ["one"], ReadingStatus.READING, "Bek")
    assert settle_place(trio, ("Anna", "Chinara"), "One", Outcome.NEITHER) == ()
    assert layer(trio) == []


def test_a_coding_taken_from_the_layer_by_hand_opens_its_decision(trio: Project) -> None:
    settle_place(trio, ("Anna", "Bek"), "One", Outcome.FIRST)
    with trio.reading() as db:
        sql = "SELECT c.uuid FROM codings c JOIN coders r ON r.id = c.coder_id WHERE r.name = 'agreed'"
        (key,) = db.execute(sql).fetchone()
    remove_codings(trio, [key])
    found = place(trio, ("Anna", "Bek"), "One")
    assert (found.decision, found.overtaken is None) == (None, False)
