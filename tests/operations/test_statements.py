"""Writing, changing, ordering, linking, reviewing and deleting findings, and what becomes of them when others act on what they rest on."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qcode.errors import UserError
from qcode.model.merging import Decision
from qcode.model.span import Span
from qcode.model.statement import Ground, Sort
from qcode.model.summary import Status, SummaryPlace
from qcode.opening import open_project
from qcode.operations.codes import delete_codes
from qcode.operations.codings import apply_code, change_coding, remove_codings
from qcode.operations.conflicts import resolve
from qcode.operations.handout import hand_in, handout
from qcode.operations.joining import join_codes
from qcode.operations.merging import merge_files
from qcode.operations.purge import purge_source
from qcode.operations.statements import (
    change_statement,
    delete_statements,
    link_grounds,
    move_statement,
    review_statements,
    unlink_grounds,
    write_statement,
)
from qcode.operations.summaries import clear_summaries, write_summary
from qcode.project import Project
from qcode.store.check import check
from qcode.views.conflicts import open_conflicts
from qcode.views.statements import Statement, statements_of
from tests.operations.examples import Example, acts_of, assert_sound, example, hash_of


class Chain:
    """A project with a finding that rests on a quote and a cell, a conclusion on it, and a recommendation on that."""

    def __init__(self, path: Path) -> None:
        self.example: Example = example(path)
        self.project = self.example.project
        self.quote = Ground(coding=self.example.coding)
        self.cell = Ground(cell=SummaryPlace(self.example.code, self.example.country))
        write = lambda *args, **more: write_statement(self.project, *args, **more)  # noqa: E731
        self.finding = write(Sort.FINDING, "Money comes late.", criterion="efficiency", grounds=[self.quote, self.cell])
        self.conclusion = write(Sort.CONCLUSION, "Late money stops work.", grounds=[Ground(statement=self.finding)])
        self.advice = write(
            Sort.RECOMMENDATION, "Pay in advance.", unit="Bishkek office", priority="high", grounds=[Ground(statement=self.conclusion)]
        )


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Chain]:
    made = Chain(tmp_path / "p.qcode")
    yield made
    made.project.close()


Verb = Callable[[Chain], object]


def shown(project: Project, number: str) -> Statement:
    return {one.number: one for one in statements_of(project)}[number]


VERBS: dict[str, Verb] = {
    "write": lambda c: write_statement(c.project, Sort.LESSON, "Pay early.\r\nAlways.", context="Small partners", grounds=[c.quote]),
    "change words": lambda c: change_statement(c.project, c.finding, words="Money comes twice a year."),
    "change a field": lambda c: change_statement(c.project, c.advice, response="partly accepted", follow_up="in a year"),
    "move": lambda c: move_statement(c.project, write_statement(c.project, Sort.FINDING, "x", criterion="Efficiency"), c.finding),
    "link": lambda c: link_grounds(c.project, c.advice, [Ground(statement=c.finding), c.quote]),
    "unlink": lambda c: unlink_grounds(c.project, c.finding, [c.quote]),
    "review": lambda c: review_statements(c.project, [c.finding, c.conclusion]),
    "delete": lambda c: delete_statements(c.project, [c.finding]),
    "join the code": lambda c: c.project.transact("join", "Join", lambda act: join_codes(act, c.example.code, c.example.other)),
}


@pytest.mark.parametrize("name", VERBS)
def test_done_taken_back_and_done_again(here: Chain, name: str) -> None:
    VERBS[name](here)
    after, done = hash_of(here.project), statements_of(here.project)
    assert_sound(here.project)
    here.project.undo()
    before, said = hash_of(here.project), statements_of(here.project)
    assert (before != after, said != done) == (True, True)
    assert_sound(here.project)
    here.project.redo()
    assert (hash_of(here.project), statements_of(here.project)) == (after, done)
    here.project.undo()
    assert (hash_of(here.project), statements_of(here.project)) == (before, said)


SAME_AGAIN: dict[str, Verb] = {
    "words": lambda c: change_statement(c.project, c.finding, words="Money comes late."),
    "link": lambda c: link_grounds(c.project, c.finding, [c.quote, c.cell]),
    "unlink": lambda c: unlink_grounds(c.project, c.conclusion, [c.quote]),
    "review as a draft": lambda c: review_statements(c.project, [c.finding], Status.DRAFT),
    "move": lambda c: move_statement(c.project, c.finding),
    "delete nothing": lambda c: delete_statements(c.project, ["nothing"]),
}


@pytest.mark.parametrize("name", SAME_AGAIN)
def test_what_changes_nothing_leaves_no_act(here: Chain, name: str) -> None:
    before, acts = hash_of(here.project), acts_of(here.project)
    assert not SAME_AGAIN[name](here)
    assert (hash_of(here.project), acts_of(here.project)) == (before, acts)


REFUSED: dict[str, tuple[Verb, str]] = {
    "no words": (lambda c: write_statement(c.project, Sort.FINDING, " \n"), "The finding has no words"),
    "a NUL": (lambda c: change_statement(c.project, c.finding, words="a\x00"), "The text holds characters that are none"),
    "a field of another sort": (lambda c: change_statement(c.project, c.finding, unit="x"), "A finding has no field 'Responsible unit'"),
    "no field at all": (lambda c: change_statement(c.project, c.advice, colour="red"), "'colour' is no field of a recommendation"),
    "no response": (lambda c: change_statement(c.project, c.advice, response="maybe"), "'maybe' is no response"),
    "two lines": (lambda c: change_statement(c.project, c.advice, unit="a\nb"), "'Responsible unit' is one line"),
    "a finding on a conclusion": (
        lambda c: link_grounds(c.project, c.finding, [Ground(statement=c.conclusion)]),
        "A finding rests on quotes and cells, not on a conclusion.",
    ),
    "a conclusion on a recommendation": (
        lambda c: link_grounds(c.project, c.conclusion, [Ground(statement=c.advice)]),
        "A conclusion rests on quotes, cells, a finding, not on a recommendation.",
    ),
    "a quote that is gone": (
        lambda c: link_grounds(c.project, c.finding, [Ground(coding=c.example.note)]),
        "What it is to rest on is not in the project any more",
    ),
    "nothing": (lambda c: link_grounds(c.project, c.finding, [Ground()]), "A finding rests on a quote, a cell, or another finding"),
    "a finding that is gone": (lambda c: review_statements(c.project, [c.example.note]), "This finding is not in the project any more"),
    "before another sort": (lambda c: move_statement(c.project, c.finding, c.advice), "Only a finding stands before or after a finding"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_one_sentence_and_nothing_written(here: Chain, name: str) -> None:
    verb, sentence = REFUSED[name]
    before, acts = hash_of(here.project), acts_of(here.project)
    with pytest.raises(UserError) as refused:
        verb(here)
    assert str(refused.value).startswith(sentence)
    assert (hash_of(here.project), acts_of(here.project)) == (before, acts)


def test_a_criterion_is_written_as_in_the_list_and_new_words_are_a_draft(here: Chain) -> None:
    review_statements(here.project, [here.finding])
    assert (shown(here.project, "F1").criterion, shown(here.project, "F1").status) == ("Efficiency", Status.REVIEWED)
    change_statement(here.project, here.finding, words="Money is late.")
    assert (shown(here.project, "F1").status, shown(here.project, "F1").reviewer) == (Status.DRAFT, "")


def test_findings_are_numbered_through_the_criteria_and_put_in_order_within_one(here: Chain) -> None:
    for words, criterion in (("b", "efficiency"), ("c", "Own"), ("d", "Relevance"), ("e", "")):
        write_statement(here.project, Sort.FINDING, words, criterion=criterion)
    order = lambda: [one.words for one in statements_of(here.project) if one.sort is Sort.FINDING]  # noqa: E731
    assert order() == ["d", "Money comes late.", "b", "c", "e"]
    move_statement(here.project, shown(here.project, "F3").uuid, here.finding)
    assert order() == ["d", "b", "Money comes late.", "c", "e"]
    move_statement(here.project, here.finding, shown(here.project, "F2").uuid)
    assert order() == ["d", "Money comes late.", "b", "c", "e"]


def test_a_place_between_two_others_is_found_however_often_they_are_moved(here: Chain) -> None:
    for number in range(70):
        write_statement(here.project, Sort.CONCLUSION, f"{number}")
        move_statement(here.project, shown(here.project, f"C{number % 2 + 2}").uuid, shown(here.project, "C1").uuid if number % 3 else "")
    numbers = [one.number for one in statements_of(here.project) if one.sort is Sort.CONCLUSION]
    assert numbers == [f"C{at}" for at in range(1, 72)]
    first, third = shown(here.project, "C1").uuid, shown(here.project, "C3").uuid
    move_statement(here.project, third, first)
    assert (shown(here.project, "C1").uuid, shown(here.project, "C2").uuid) == (third, first)


def test_a_code_that_is_joined_takes_the_links_to_its_cells_and_quotes_along(here: Chain) -> None:
    again = apply_code(here.project, here.example.note, Span(4, 27), here.example.other)
    link_grounds(here.project, here.finding, [Ground(coding=again), Ground(cell=SummaryPlace(here.example.other, here.example.country))])
    here.project.transact("join", "Join", lambda act: join_codes(act, here.example.code, here.example.other))
    finding = shown(here.project, "F1")
    assert {one.ground for one in finding.rests_on} == {
        Ground(coding=again),
        Ground(cell=SummaryPlace(here.example.other, here.example.country)),
    }
    assert finding.basis.quotes == (again,)
    assert_sound(here.project)


@pytest.fixture
def copies(here: Chain, tmp_path: Path) -> Callable[[str], Path]:
    """Copies of the project by the file manager."""
    here.project.settle()

    def copy(name: str) -> Path:
        return Path(shutil.copyfile(here.project.path, tmp_path / f"{name}.qcode"))

    return copy


def test_two_who_link_different_quotes_keep_both_and_two_texts_are_one_conflict(here: Chain, copies: Callable[[str], Path]) -> None:
    bo = copies("bo")
    more = apply_code(here.project, here.example.note, Span(0, 10), here.example.code)
    link_grounds(here.project, here.finding, [Ground(coding=more)])
    change_statement(here.project, here.finding, words="Ada's words.")
    change_statement(here.project, here.advice, unit="Osh office")
    with open_project(bo, coder="Bo") as theirs:
        other = apply_code(theirs, here.example.note, Span(0, 4), here.example.code)
        link_grounds(theirs, here.finding, [Ground(coding=other)])
        change_statement(theirs, here.finding, words="Bo's words.")
        change_statement(theirs, here.advice, priority="low")
        review_statements(theirs, [here.conclusion])
    merge_files(here.project, [bo])
    (conflict,) = open_conflicts(here.project)
    assert (conflict.table, conflict.field) == ("statements", "words")
    assert {said.words for said in conflict.values} == {"Ada's words. (draft)", "Bo's words. (draft)"}
    assert {one.ground.coding for one in shown(here.project, "F1").rests_on} == {"", here.example.coding, more, other}
    advice = shown(here.project, "R1")
    assert (advice.fields["unit"], advice.fields["priority"]) == ("Osh office", "low")
    resolve(here.project, [Decision(conflict.id, None, "Both.")])
    assert (open_conflicts(here.project), shown(here.project, "F1").words) == ([], "Both.")
    assert_sound(here.project)


def test_deleted_here_and_used_there_it_stays_and_is_listed(here: Chain, copies: Callable[[str], Path]) -> None:
    bo = copies("bo")
    with open_project(bo, coder="Bo") as theirs:
        write_statement(theirs, Sort.CONCLUSION, "Another one.", grounds=[Ground(statement=here.finding)])
    delete_statements(here.project, [here.finding])
    merge_files(here.project, [bo])
    (conflict,) = open_conflicts(here.project)
    assert (conflict.kind, conflict.table, conflict.title) == ("deleted here, used there", "statements", "Money comes late.")
    assert shown(here.project, "F1").words == "Money comes late."
    assert_sound(here.project)


def test_a_blind_copy_has_no_findings_and_writes_none(here: Chain, tmp_path: Path) -> None:
    handout(here.project, "Bo", tmp_path / "bo.qcode", blind=True)
    assert b"Money comes late." not in (tmp_path / "bo.qcode").read_bytes()
    with open_project(tmp_path / "bo.qcode", coder="Bo") as theirs:
        assert statements_of(theirs) == ()
        with pytest.raises(UserError, match="a finding rests on everybody's codings"):
            write_statement(theirs, Sort.FINDING, "x")
        with theirs.reading() as db:
            assert check(db) == []
        merge_files(theirs, [here.project.path])
        assert [one.number for one in statements_of(theirs)] == ["F1", "C1", "R1"]


def test_a_partial_copy_has_what_never_rested_on_a_withheld_source_at_whatever_remove(here: Chain, tmp_path: Path) -> None:
    report = apply_code(here.project, here.example.report, Span(0, 10), here.example.other)
    write_statement(here.project, Sort.FINDING, "Of the report alone.", grounds=[Ground(coding=report)])
    unlink_grounds(here.project, here.finding, [here.quote])
    handout(here.project, "Bo", tmp_path / "bo.qcode", sources=[here.example.report])
    content = (tmp_path / "bo.qcode").read_bytes()
    assert not any(words in content for words in (b"Money comes late.", b"Late money stops work.", b"Pay in advance."))
    with open_project(tmp_path / "bo.qcode", coder="Bo") as theirs:
        assert [one.words for one in statements_of(theirs)] == ["Of the report alone."]
        with theirs.reading() as db:
            assert check(db) == []
        merge_files(theirs, [here.project.path])
        assert hash_of(theirs) == hash_of(here.project)


def test_change_files_with_findings_say_a_form_of_their_own(here: Chain, tmp_path: Path) -> None:
    import gzip
    import json

    handout(here.project, "Bo", tmp_path / "bo.qcode")
    with open_project(tmp_path / "bo.qcode", coder="Bo") as theirs:
        change_statement(theirs, here.finding, words="Bo's words.")
        hand_in(theirs, tmp_path / "bo.qchange")
    assert json.loads(gzip.decompress((tmp_path / "bo.qchange").read_bytes()).splitlines()[0])[1] == 3
    merge_files(here.project, [tmp_path / "bo.qchange"])
    assert shown(here.project, "F1").words == "Bo's words."


def test_a_withdrawn_source_leaves_no_words_and_the_finding_says_that_its_quote_is_gone(here: Chain) -> None:
    unlink_grounds(here.project, here.finding, [here.cell])
    purge_source(here.project, here.example.note)
    finding = shown(here.project, "F1")
    assert (finding.basis.quotes, finding.warnings) == ((), ("It rests on no quote",))
    (changed,) = finding.changed
    assert changed.endswith("is no longer coded here: it is gone")
    assert_sound(here.project)
    review_statements(here.project, [here.finding])
    assert shown(here.project, "F1").changed == finding.changed


STALE: dict[str, tuple[Verb, tuple[str, ...]]] = {
    "removed": (
        lambda c: remove_codings(c.project, [c.example.coding]),
        ("Late payment × Kyrgyzstan: 1 quote that it does not name", "is no longer coded here: removed by Ada"),
    ),
    "recoded": (lambda c: change_coding(c.project, c.example.coding, code=c.example.other), ("was recoded to Support by Ada",)),
    "other ends": (lambda c: change_coding(c.project, c.example.coding, span=Span(0, 27)), ("the words of #KGZ01-", "were changed by Ada")),
    "a new quote": (
        lambda c: apply_code(c.project, c.example.note, Span(0, 3), c.example.code),
        ("Late payment × Kyrgyzstan: 1 new quote since: #KGZ01-",),
    ),
    "a summary": (
        lambda c: write_summary(c.project, c.cell.cell, "Late."),
        ("Late payment × Kyrgyzstan: its summary is new: by Ada,",),
    ),
    "no code": (
        lambda c: delete_codes(c.project, [c.example.code]),
        ("the cell Late payment × Kyrgyzstan is gone: the code was removed by Ada,", "is no longer coded here: removed by Ada"),
    ),
}


@pytest.mark.parametrize("name", STALE)
def test_what_changes_below_a_finding_is_said_until_it_is_taken_back(here: Chain, name: str) -> None:
    verb, parts = STALE[name]
    assert shown(here.project, "F1").changed == ()
    before = statements_of(here.project)
    verb(here)
    changed = "; ".join(shown(here.project, "F1").changed)
    assert name == "removed" or all(part in changed for part in parts), changed
    assert name != "removed" or parts[1] in changed
    assert "What F1 rests on has changed" in shown(here.project, "C1").warnings
    here.project.undo()
    assert statements_of(here.project) == before


def test_reviewed_it_is_fresh_but_for_what_is_gone(here: Chain) -> None:
    apply_code(here.project, here.example.note, Span(0, 3), here.example.code)
    assert review_statements(here.project, [here.finding]) == 1
    assert shown(here.project, "F1").changed == ()
    assert review_statements(here.project, [here.finding]) == 0


def test_a_summary_that_is_written_anew_or_cleared_is_told_of(here: Chain) -> None:
    write_summary(here.project, here.cell.cell, "Late.")
    review_statements(here.project, [here.finding])
    write_summary(here.project, here.cell.cell, "Very late.")
    assert shown(here.project, "F1").changed[0].startswith("Late payment × Kyrgyzstan: its summary says something else: by Ada,")
    clear_summaries(here.project, [here.cell.cell])
    assert shown(here.project, "F1").changed[0].startswith("Late payment × Kyrgyzstan: its summary was taken away: by Ada,")


def test_a_conclusion_says_that_its_finding_says_something_else(here: Chain) -> None:
    change_statement(here.project, here.finding, words="Money comes early.")
    (changed,) = shown(here.project, "C1").changed
    assert changed.startswith("F1 says something else: by Ada,")
    here.project.undo()
    assert shown(here.project, "C1").changed == ()


def test_a_quote_that_two_coded_apart_stays_linked_as_the_one_they_became(here: Chain, copies: Callable[[str], Path]) -> None:
    """Two copies code one passage in one person's name; the merge folds the later coding into the first."""
    bo = copies("bo")
    mine = apply_code(here.project, here.example.note, Span(0, 10), here.example.code)
    link_grounds(here.project, here.finding, [Ground(coding=mine)])
    with open_project(bo, coder="Bo") as theirs:
        hers = apply_code(theirs, here.example.note, Span(0, 10), here.example.code, coder="Ada")
        link_grounds(theirs, here.conclusion, [Ground(coding=hers)])
    merge_files(here.project, [bo])
    finding, conclusion = shown(here.project, "F1"), shown(here.project, "C1")
    (kept,) = {*finding.basis.quotes} - {here.example.coding}
    assert kept in (mine, hers)
    assert conclusion.basis.quotes == finding.basis.quotes
    assert not [one for one in (*finding.rests_on, *conclusion.rests_on) if one.ground.coding and one.changed]
    assert_sound(here.project)
